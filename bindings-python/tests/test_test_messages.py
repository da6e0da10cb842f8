"""Messages as the gateways would send them, for tests of endpoints: signed bodies, unknown fields, notifications."""

from __future__ import annotations

import copy
import json
import pickle
import weakref
from collections import OrderedDict
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import payseal
import pytest
from payseal import ApiForCrypto, Bitloga, InvalidInputError

BITLOGA = Bitloga("api-key", "api-secret")
CRYPTO = ApiForCrypto("wallet-id")
FIELDS: Any = {"to": "WMZ", "amount": "1.00", "purse": "Z1", "invoiceid": 5, "uniqueid": "125"}
INVOICE: Any = {"id": "i1", "blockchain": "tron", "symbol": "USDT", "address": "T1", "value": 10_500_000}


@pytest.mark.parametrize(
    "body",
    [b"", b"no callback", "ж", bytearray(b"{}"), memoryview(b"[1]"), b"\xff\x00", b"x" * 100_000],
    # A name made of the longest body is more than Windows allows in the environment.
    ids=("empty", "text", "no-ascii", "bytearray", "memoryview", "no-utf8", "long"),
)
def test_any_body_is_signed(body: Any) -> None:
    signed = BITLOGA.sign_callback_body(body)
    assert signed.body == (body.encode() if isinstance(body, str) else bytes(body))
    assert signed.headers["Content-type"] == "application/json"
    # The signature is right: what is refused is the body.
    with pytest.raises(payseal.MalformedError):
        BITLOGA.verify_callback(signed.body, signed.headers)


def test_a_body_is_signed_as_its_fields_are() -> None:
    signed = BITLOGA.sign_callback(**FIELDS)
    again = BITLOGA.sign_callback_body(signed.body)
    assert (again.body, again.headers) == (signed.body, signed.headers)
    assert BITLOGA.verify_callback(again.body, again.headers).uniqueid == "125"


def test_an_object_is_no_body() -> None:
    parsed: Any = {"to": "WMZ"}
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.sign_callback_body(parsed)
    assert caught.value.code == "body_not_raw"


EXTRA: dict[str, Any] = {
    "network": "tron",
    "nothing": None,
    "yes": True,
    "no": False,
    "count": 10**30,
    "rate": Decimal("0.10"),
    "small": Decimal("0.00000001"),
    "lists": ["a", ("b", [])],
    "nested": OrderedDict(z=MappingProxyType({"k": "ж"}), a=1),
}


def test_unknown_fields_come_after_those_of_the_document() -> None:
    signed = BITLOGA.sign_callback(**FIELDS, extra=EXTRA)
    assert signed.body.startswith(BITLOGA.sign_callback(**FIELDS).body[:-1] + b',"network":"tron","nothing":null,')
    assert b'"rate":0.10,"small":0.00000001,' in signed.body
    assert list(json.loads(signed.body)["nested"]) == ["z", "a"]
    callback = BITLOGA.verify_callback(signed.body, signed.headers)
    assert callback.extra == {**EXTRA, "lists": ("a", ("b", ())), "nested": {"z": {"k": "ж"}, "a": 1}}
    assert str(callback.extra["rate"]) == "0.10"


@pytest.mark.parametrize("extra", [None, {}])
def test_no_unknown_fields(extra: Any) -> None:
    assert BITLOGA.sign_callback(**FIELDS, extra=extra).body == BITLOGA.sign_callback(**FIELDS).body


def nested(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"k": value}
    return value


def endless() -> Any:
    value: dict[str, Any] = {}
    value["again"] = [value]
    return value


WRONG: dict[str, Any] = {
    "no mapping": [("a", 1)],
    "a text": "a",
    "a float": {"a": 1.5},
    "a float within": {"a": [{"b": 1.5}]},
    "bytes": {"a": b"b"},
    "a set": {"a": {1}},
    "an object": {"a": object()},
    "a number as a name": {1: "a"},
    "a number as a name within": {"a": {1: "a"}},
    "not a number": {"a": Decimal("NaN")},
    "infinity": {"a": Decimal("-Infinity")},
    "a lone surrogate": {"a": "\ud800"},
    "a lone surrogate as a name": {"\ud800": "a"},
    "a field of the document": {"amount": 5},
    "a default of the document": {"status": "Payed"},
    "too deep": {"a": nested(64)},
    "far too deep": {"a": nested(100_000)},
    "endless": endless(),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_json_is_refused(name: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.sign_callback(**FIELDS, extra=WRONG[name])
    assert (caught.value.field or "").partition(".")[0] == "extra"
    assert len(str(caught.value)) < 500


def test_as_deep_as_bodies_may_be() -> None:
    signed = BITLOGA.sign_callback(**FIELDS, extra={"a": nested(63)})
    assert BITLOGA.verify_callback(signed.body, signed.headers).extra["a"] is not None


class Loud(str):
    """Text that shows itself as another."""

    __slots__ = ()

    def __str__(self) -> str:
        return "loud"


class Rounded(Decimal):
    def __str__(self) -> str:
        return "1.00"


def test_subclasses_are_what_they_hold() -> None:
    signed = BITLOGA.sign_callback(**FIELDS, extra={Loud("a"): Loud("b"), "c": Rounded("1.005")})
    assert signed.body.endswith(b',"a":"b","c":1.005}')


def test_a_notification() -> None:
    sent = CRYPTO.test_notification(**INVOICE, secret_key="of this invoice")
    assert isinstance(sent, payseal.TestNotification)
    assert sent.headers == {"Content-type": "application/json"}
    notification = CRYPTO.verify_notification(sent.body, "of this invoice")
    assert (notification.id, str(notification.value), notification.status) == ("i1", "10500000", "PAID")
    with pytest.raises(payseal.SignatureError):
        CRYPTO.verify_notification(sent.body, "of another")


def test_a_notification_with_a_derived_key() -> None:
    shop = ApiForCrypto("wallet-id", notification_secret="a secret of your own")
    sent = shop.test_notification(**INVOICE, status="PARTIALLY_PAID", confirmations=2, data={"order_id": "order-125"})
    notification = shop.verify_notification(sent.body)
    assert (notification.status, notification.confirmations) == ("PARTIALLY_PAID", 2)
    assert notification.data is not None and notification.data.order_id == "order-125"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, "secret_key"),
        ({"secret_key": "k", "value": "1.5.5"}, "value"),
        ({"secret_key": "k", "value": 1.5}, "value"),
        ({"secret_key": "k", "confirmations": True}, "confirmations"),
        ({"secret_key": "k", "data": {"orderid": "1"}}, "data.orderid"),
        ({"secret_key": "k", "id": 5}, "id"),
    ],
)
def test_a_wrong_notification_is_refused(changed: Any, field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        CRYPTO.test_notification(**{**INVOICE, **changed})
    assert caught.value.field == field


def test_misspelt_names() -> None:
    with pytest.raises(TypeError, match="Did you mean 'blockchain'"):
        CRYPTO.test_notification(**{**INVOICE, "blokchain": "tron"})
    with pytest.raises(TypeError, match="Did you mean 'extra'"):
        BITLOGA.sign_callback(**FIELDS, extras={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_as_objects() -> None:
    for made in (CRYPTO.test_notification(**INVOICE, secret_key="k"), BITLOGA.sign_callback_body(b"{}")):
        assert copy.copy(made) is made
        assert copy.deepcopy([made])[0] is made
        assert weakref.ref(made)() is made
        with pytest.raises(TypeError, match="key"):
            pickle.dumps(made)
    # Not a class of tests, whatever its name begins with.
    assert payseal.TestNotification.__test__ is False
