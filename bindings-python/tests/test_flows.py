"""Pages of codes, and one client in many threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import payseal
import pytest
from payseal import Bitloga

BITLOGA = Bitloga("api-key", "api-secret")


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
