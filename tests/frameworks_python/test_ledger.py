"""The ledgers by themselves: what happens when crediting fails, and after a restart."""

from __future__ import annotations

import sqlite3
import zlib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Thread

import psycopg
import pytest
import redis
from ledger import Ledger, UnknownOrder, open_ledger
from ledger.redis_events import RedisLedger
from ledger.sqlite import SqliteLedger
from payseal import Bitloga, Callback, unique_id


def paid_callback(uniqueid: str) -> Callback:
    gateway = Bitloga("key", "secret")
    sent = gateway.sign_callback(to="WMZ", amount="1.00", invoiceid=zlib.crc32(uniqueid.encode()), uniqueid=uniqueid)
    return gateway.verify_callback(sent.body, sent.headers)


@pytest.fixture
def url(store: str, store_urls: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The setting of a store, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return store_urls[store]


@pytest.fixture
def ledger(url: str) -> Ledger:
    return open_ledger(url)


def execute(url: str, statement: str) -> None:
    """Changes the database without the ledger."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            connection.execute(statement.encode())
    else:
        with sqlite3.connect("shop.db") as sqlite_connection:
            sqlite_connection.execute(statement)


def test_orders_cost_what_was_noted_and_unknown_ones_are_refused(ledger: Ledger) -> None:
    uniqueid = unique_id()
    ledger.place(uniqueid, Decimal("1.10"))
    assert str(ledger.due(uniqueid)) == "1.10"
    with pytest.raises(UnknownOrder):
        ledger.due("nobody")


def test_a_payment_is_remembered_by_another_process(url: str) -> None:
    callback = paid_callback(unique_id())
    open_ledger(url).credit(callback)
    reopened = open_ledger(url)
    reopened.credit(callback)
    assert reopened.paid()[callback.uniqueid] == "1.00"


def test_an_event_whose_credit_failed_is_credited_later(ledger: Ledger, url: str) -> None:
    callback = paid_callback(unique_id())
    execute(url, "ALTER TABLE credits RENAME TO elsewhere")
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.UndefinedTable)):
        ledger.credit(callback)
    execute(url, "ALTER TABLE elsewhere RENAME TO credits")
    assert callback.uniqueid not in ledger.paid()
    ledger.credit(callback)
    ledger.credit(callback)
    assert ledger.paid()[callback.uniqueid] == "1.00"


def test_many_at_once_may_open_a_new_ledger(url: str) -> None:
    execute(url, "DROP TABLE IF EXISTS events")
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(open_ledger, [url] * 8))
    callback = paid_callback(unique_id())
    for ledger in opened:
        ledger.credit(callback)
    assert opened[0].paid()[callback.uniqueid] == "1.00"


class Interrupted(RedisLedger):
    """A process that dies between noting the event and crediting it."""

    def _add_credit(self, transaction: sqlite3.Connection, callback: Callback) -> None:
        raise SystemExit


def test_with_redis_an_interrupted_event_is_not_credited_by_itself(store_urls: dict[str, str], tmp_path: Path) -> None:
    callback = paid_callback(unique_id())
    path = str(tmp_path / "shop.db")
    with pytest.raises(SystemExit):
        Interrupted(store_urls["redis"], path).credit(callback)
    with pytest.raises(TimeoutError):
        RedisLedger(store_urls["redis"], path, patience=0.1).credit(callback)
    assert callback.uniqueid not in SqliteLedger(path).paid()


def test_with_redis_a_second_delivery_waits_for_the_first(store_urls: dict[str, str], tmp_path: Path) -> None:
    callback = paid_callback(unique_id())
    ledger = RedisLedger(store_urls["redis"], str(tmp_path / "shop.db"))
    client = redis.Redis.from_url(store_urls["redis"])
    key = f"payseal:event:{callback.event_id}"
    client.set(key, "crediting")
    second = Thread(target=ledger.credit, args=[callback])
    second.start()
    second.join(0.3)
    assert second.is_alive()
    client.set(key, "credited")
    second.join(5)
    assert not second.is_alive()
    assert callback.uniqueid not in ledger.paid()


def test_redis_notes_have_no_expiry(store_urls: dict[str, str], tmp_path: Path) -> None:
    callback = paid_callback(unique_id())
    RedisLedger(store_urls["redis"], str(tmp_path / "shop.db")).credit(callback)
    assert redis.Redis.from_url(store_urls["redis"]).ttl(f"payseal:event:{callback.event_id}") == -1


def test_a_store_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="PAYSEAL_EVENTS"):
        open_ledger("mysql://localhost/shop")
