"""Every shop with every store, over HTTP."""

from __future__ import annotations

import json

import pytest
from conftest import COMMANDS, Shop, callback, signed

GENUINE_FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "amount": ({"amount": 0.01}, "mismatch"),
    "account": ({"purse": "Z999999999999"}, "mismatch"),
    "payment system": ({"to": "WMR"}, "mismatch"),
    "order nobody placed": ({"uniqueid": "nobody"}, "unknown_order"),
    "missing field": ({"amount": None}, "malformed_body"),
}


def test_five_shops_are_tested() -> None:
    assert sorted(COMMANDS) == ["aiohttp", "django", "fastapi", "flask", "stdlib"]


def test_an_order_delivered_twice_is_credited_once(shop: Shop) -> None:
    uniqueid = shop.order()
    assert uniqueid not in shop.paid()
    shop.control("misbehave", action="callback", mode="duplicate")
    shop.control(f"invoices/{uniqueid}/pay")
    attempts = shop.wait_for_deliveries(uniqueid, 2)
    assert [attempt["status"] for attempt in attempts] == [200, 200]
    assert shop.paid()[uniqueid] == "1.00"

    shop.control(f"invoices/{uniqueid}/resend")
    assert shop.wait_for_deliveries(uniqueid, 3)[-1]["status"] == 200
    assert shop.paid()[uniqueid] == "1.00"


def test_twenty_deliveries_at_once_are_credited_once(shop: Shop) -> None:
    uniqueid = shop.order()
    body = callback(uniqueid)
    answers = shop.deliver_at_once(20, body, signed(body))
    assert answers == [(200, "ok")] * 20
    assert float(shop.paid()[uniqueid]) == 1.0


def test_forged_callbacks_are_refused(shop: Shop) -> None:
    uniqueid = shop.order()
    body = callback(uniqueid)
    assert shop.deliver(body, signed(body, b"another secret")) == (401, "signature_mismatch")
    assert shop.deliver(body, signed(body)[:-2]) == (401, "signature_malformed")
    assert shop.deliver(body, None) == (401, "signature_missing")
    assert shop.deliver(body + b"\n", signed(body)) == (401, "signature_mismatch")
    assert uniqueid not in shop.paid()


def test_the_body_is_verified_as_received(shop: Shop) -> None:
    """Parsed and written anew, this body would not match its signature any more."""
    uniqueid = shop.order()
    body = b'{ "to" :"WMZ","amount":1.000,' + callback(uniqueid)[1:].replace(b'"to": "WMZ", "amount": 1.0, ', b"")
    assert json.dumps(json.loads(body)).encode() != body
    assert shop.deliver(body, signed(body)) == (200, "ok")
    assert shop.paid()[uniqueid] == "1.000"


@pytest.mark.parametrize("body", [b'{"to":', b"", b"\xff", b"[]", b'{"to":"WMZ","to":"WMZ"}'])
def test_malformed_bodies_are_refused(shop: Shop, body: bytes) -> None:
    assert shop.deliver(body, signed(body)) == (400, "malformed_body")


@pytest.mark.parametrize("fault", GENUINE_FAULTS)
def test_genuine_callbacks_about_something_else_are_refused(shop: Shop, fault: str) -> None:
    uniqueid = shop.order()
    changes, code = GENUINE_FAULTS[fault]
    body = callback(uniqueid, changes)
    assert shop.deliver(body, signed(body)) == (400, code)
    assert uniqueid not in shop.paid()


def test_what_is_not_paid_is_not_credited(shop: Shop) -> None:
    uniqueid = shop.order()
    canceled = callback(uniqueid, {"status": "Canceled"})
    assert shop.deliver(canceled, signed(canceled)) == (200, "ok")
    assert uniqueid not in shop.paid()

    paid = callback(uniqueid)
    assert shop.deliver(paid, signed(paid)) == (200, "ok")
    assert float(shop.paid()[uniqueid]) == 1.0
