"""The stores of `examples/python`: what was saved is there for another process, and one of two workers goes on."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Union

import psycopg
import pytest
from payseal import Bitloga, Request, unique_id
from payseal.driver import advance, run
from stores import AnotherWorker, PostgresStore, SqliteStore

Store = Union[SqliteStore, PostgresStore]

BITLOGA = Bitloga("key", "secret")
FAST: Any = {"settle_time": 0.05, "first_pause": 0.005, "longest_pause": 0.02, "give_up_time": 5}


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, store_urls: dict[str, str], tmp_path: Path) -> str:
    """Where a store is, in the terms of its kind."""
    return str(tmp_path / "payouts.sqlite") if request.param == "sqlite" else store_urls["postgresql"]


def opened(location: str) -> Store:
    if location.startswith("postgresql"):
        return PostgresStore(psycopg.connect(location))
    return SqliteStore(location)


def payout(uniqueid: str) -> Any:
    return BITLOGA.payout(uniqueid=uniqueid, currency="USD", paysys="WMZ", amount="1.00", purse="Z1", policy=FAST)


def no_answer(request: Request, /) -> tuple[int, bytes]:
    raise TimeoutError


def test_another_process_goes_on(location: str) -> None:
    uniqueid = unique_id()
    answer = (
        '{"to":"WMZ","amount_to":1.00,"purse":"Z1","type":"Withdraw","status":"Complete","success":true,'
        f'"uniqueid":"{uniqueid}"}}'
    ).encode()
    assert opened(location).text(uniqueid) is None
    advance(payout(uniqueid), no_answer, opened(location).of(uniqueid))
    text = opened(location).text(uniqueid)
    assert text is not None
    store = opened(location)
    outcome = run(BITLOGA.resume_payout(text), lambda request: (200, answer), store.of(uniqueid))
    assert outcome is not None and outcome.is_paid
    saved = store.text(uniqueid)
    assert saved is not None and '"verdict":"paid"' in saved


def test_of_many_workers_one_goes_on(location: str) -> None:
    uniqueid = unique_id()
    advance(payout(uniqueid), no_answer, opened(location).of(uniqueid))
    text = opened(location).text(uniqueid)
    assert text is not None
    workers = [(BITLOGA.resume_payout(text), opened(location)) for _ in range(8)]

    def later() -> float:
        return time.time() + 60

    def work(worker: tuple[Any, Store]) -> bool:
        machine, store = worker
        try:
            advance(machine, no_answer, store.of(uniqueid), now=later)
        except AnotherWorker:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, workers)) == 1


def test_a_payout_is_begun_once(location: str) -> None:
    uniqueid = unique_id()
    sent = []

    def send(request: Request, /) -> tuple[int, bytes]:
        sent.append(b'"withdraw"' in (request.body or b""))
        raise TimeoutError

    def work(_: int) -> bool:
        try:
            advance(payout(uniqueid), send, opened(location).of(uniqueid))
        except AnotherWorker:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 1
    assert sum(sent) == 1
