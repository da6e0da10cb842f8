"""Pages of codes, payouts, and one client in many threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import payseal
import pytest
from payseal import Bitloga, Done, Send, Wait

BITLOGA = Bitloga("api-key", "api-secret")
PAYOUT: Any = {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z1"}
DETAILS = (
    b'{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,"type":"Withdraw",'
    b'"status":"Complete","orderid":29,"transid":"436f","uniqueid":"135","success":true}'
)


def page(count: int) -> bytes:
    code = '{"code":"c","amount":1.00,"currency":"USD","status":"Active"}'
    return f'{{"data":[{",".join([code] * count)}],"success":true}}'.encode()


def test_code_pages_end_at_the_first_short_page() -> None:
    answers = iter([page(10), page(10), page(3)])
    bodies = []
    for call in BITLOGA.code_pages(status="Active", limit=10):
        bodies.append(json.loads(call.body or b""))
        assert call.parse(200, next(answers)).data[0].code == "c"
    assert [body.get("offset") for body in bodies] == [None, 10, 20]
    assert all(body["limit"] == 10 and body["status"] == "Active" for body in bodies)


def test_code_pages_start_where_they_are_told_and_end_on_an_empty_page() -> None:
    pages = BITLOGA.code_pages(offset=5, limit=2)
    first = next(pages)
    assert b'"offset":5' in (first.body or b"")
    first.parse(200, page(2))
    second = next(pages)
    assert b'"offset":7' in (second.body or b"")
    second.parse(200, page(0))
    assert list(pages) == []
    assert list(pages) == []


def test_code_pages_want_every_page_parsed() -> None:
    pages = BITLOGA.code_pages(limit=1)
    call = next(pages)
    with pytest.raises(RuntimeError, match="parse the answer"):
        next(pages)
    with pytest.raises(payseal.GatewayError):
        call.parse(500, b"")
    with pytest.raises(RuntimeError):
        next(pages)
    call.parse(200, page(1))
    call.parse(200, page(1))
    assert b'"offset":1' in (next(pages).body or b"")


def test_code_pages_check_at_once() -> None:
    with pytest.raises(payseal.InvalidInputError):
        BITLOGA.code_pages(limit=101)


def test_payout_that_is_paid_at_once() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(1_700_000_000)
    assert isinstance(step, Send)
    assert step.request.body == BITLOGA.withdraw(**PAYOUT).body
    payout.on_response(200, DETAILS, 1_700_000_001.5)
    step = payout.next(1_700_000_002)
    assert isinstance(step, Done)
    assert step.outcome.is_paid
    assert (step.outcome.verdict, step.outcome.orderid, step.outcome.transid) == ("paid", "29", "436f")
    assert isinstance(step.outcome.status, payseal.TransactionStatus)


def test_payout_survives_a_crash_after_a_time_out() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    assert isinstance(payout.next(1_700_000_000), Send)
    payout = BITLOGA.resume_payout(payout.to_text())
    step = payout.next(1_700_000_010.25)
    assert isinstance(step, Wait)
    assert step.until == 1_700_000_015.25
    step = payout.next(step.until)
    assert isinstance(step, Send)
    assert step.request.body == BITLOGA.details("135").body
    payout.on_response(200, DETAILS, 1_700_000_016)
    step = payout.next(1_700_000_016)
    assert isinstance(step, Done)
    assert step.outcome.is_paid


def test_payout_refuses_what_makes_no_sense() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    with pytest.raises(payseal.InvalidInputError):
        payout.on_no_response(1_700_000_000)
    with pytest.raises(payseal.InvalidInputError):
        payout.next("now")  # type: ignore[arg-type]
    with pytest.raises(payseal.InvalidInputError):
        BITLOGA.payout(**{**PAYOUT, "amount": 0})
    for text in ("", "{}", '{"version":2}', payout.to_text()[:-1]):
        with pytest.raises(payseal.PaysealError):
            BITLOGA.resume_payout(text)


def test_payout_text_holds_no_secret() -> None:
    text = BITLOGA.payout(**PAYOUT).to_text()
    assert "api-key" not in text
    assert "api-secret" not in text
    assert json.loads(text)["stage"] == "ready"


def test_unique_ids() -> None:
    identifiers = {payseal.unique_id() for _ in range(10_000)}
    assert len(identifiers) == 10_000
    assert all(len(identifier) == 26 and identifier.isalnum() for identifier in identifiers)


def test_threads_share_a_client() -> None:
    """A million operations in 16 threads, long bodies among them: those are hashed with other threads running."""
    signed = BITLOGA.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    long_body = signed.body[:-1] + b',"x":"' + b"x" * 100_000 + b'"}'
    expected = BITLOGA.verify_callback(signed.body, signed.headers)

    def work(number: int) -> int:
        for _ in range(31_250):
            assert BITLOGA.verify_callback(signed.body, signed.headers) == expected
            body = BITLOGA.create_code(amount=number + 1, currency="USD").body
            assert body == b'{"action":"create","amount":%d,"currency":"USD"}' % (number + 1)
        for _ in range(20):
            with pytest.raises(payseal.SignatureError):
                BITLOGA.verify_callback(long_body, signed.headers)
        return number

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(work, range(16))) == list(range(16))
