"""The drivers: what they save, send, survive and stop at."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable

import payseal
import pytest
from payouts import BITLOGA, NO_MONEY, NOT_KNOWN, PAID, PAYOUT, Answer
from payseal import Bitloga, Done, Payout, Request, Wait
from payseal.driver import advance, advance_async, run, run_async
from payseal.transport import aiohttp_sender, httpx_async_sender, httpx_sender, requests_sender, urllib_sender

FAST: Any = {"settle_time": 0.05, "first_pause": 0.005, "longest_pause": 0.02, "give_up_time": 0.5}
PATIENT: Any = {**FAST, "give_up_time": 60}


class Shop:
    """A gateway that answers by a script, and a store: both remember in which order they were used."""

    def __init__(self, answers: list[Answer], then: Answer = None) -> None:
        self.answers = iter(answers)
        self.then = then
        self.log: list[str] = []
        self.texts: dict[int, str] = {}

    def send(self, request: Request, /) -> tuple[int, bytes]:
        self.log.append(json.loads(request.body or b"")["action"])
        answer = next(self.answers, self.then)
        if answer is None:
            raise ValueError("cannot decode")
        return answer

    async def send_async(self, request: Request, /) -> tuple[int, bytes]:
        return self.send(request)

    def store(self, text: str, revision: int) -> None:
        if revision != len(self.texts) + 1:
            raise RuntimeError("another worker has it")
        self.log.append(f"save {revision}")
        self.texts[revision] = text

    async def store_async(self, text: str, revision: int) -> None:
        self.store(text, revision)


def payout(policy: Any = FAST) -> Payout:
    return BITLOGA.payout(**PAYOUT, policy=policy)


def test_it_saves_before_it_sends_and_after_each_answer() -> None:
    shop = Shop([None, NOT_KNOWN, PAID])
    outcome = run(payout(), shop.send, shop.store)
    assert outcome is not None and outcome.is_paid
    assert shop.log == ["save 1", "withdraw", "save 2", "details", "save 3", "details", "save 4"]


def test_it_does_the_same_asynchronously() -> None:
    for store in ("store", "store_async"):
        shop = Shop([None, NOT_KNOWN, PAID])
        outcome = asyncio.run(run_async(payout(), shop.send_async, getattr(shop, store)))
        assert outcome is not None and outcome.is_paid
        assert shop.log == ["save 1", "withdraw", "save 2", "details", "save 3", "details", "save 4"]


def test_nothing_is_sent_once_the_store_fails() -> None:
    def fail(text: str, revision: int) -> None:
        raise OSError("disk full")

    shop = Shop([PAID])
    with pytest.raises(OSError, match="disk full"):
        run(payout(), shop.send, fail)
    with pytest.raises(OSError, match="disk full"):
        asyncio.run(run_async(payout(), shop.send_async, fail))
    assert shop.log == []


def test_a_crash_at_any_point_loses_nothing() -> None:
    """The process dies after each call of the store or of the gateway in turn."""

    class Dead(BaseException):
        pass

    for last in range(1, 8):
        shop = Shop([None, NOT_KNOWN], then=PAID)
        used = 0

        def counted(work: Callable[..., Any], last: int = last) -> Callable[..., Any]:
            def call(*arguments: Any) -> Any:
                nonlocal used
                used += 1
                result = work(*arguments)
                if used == last:
                    raise Dead
                return result

            return call

        try:
            outcome = run(payout(), counted(shop.send), counted(shop.store))
        except Dead:
            text = shop.texts[max(shop.texts)]
            outcome = run(BITLOGA.resume_payout(text), shop.send, shop.store)
        assert outcome is not None and outcome.is_paid
        assert shop.log.count("withdraw") == 1 - (last == 1), last


def test_it_stops_when_asked_to() -> None:
    shop, stop = Shop([], then=NOT_KNOWN), threading.Event()
    threading.Timer(0.1, stop.set).start()
    began = time.monotonic()
    assert run(payout({"first_pause": 60}), shop.send, shop.store, stop=stop) is None
    assert time.monotonic() - began < 5

    async def stopped() -> object:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.1, stop.set)
        shop = Shop([], then=NOT_KNOWN)
        return await run_async(payout({"first_pause": 60}), shop.send_async, shop.store, stop=stop)

    assert asyncio.run(stopped()) is None


def test_nothing_is_sent_if_it_was_stopped_before() -> None:
    shop, stop = Shop([PAID]), threading.Event()
    stop.set()
    assert run(payout(), shop.send, shop.store, stop=stop) is None

    async def stopped() -> object:
        stop = asyncio.Event()
        stop.set()
        return await run_async(payout(), shop.send_async, shop.store, stop=stop)

    assert asyncio.run(stopped()) is None
    assert shop.log == []


def test_it_sleeps_as_it_is_told_and_still_stops() -> None:
    slept: list[float] = []
    looks = 0

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            stop.set()

    async def sleep_async(seconds: float) -> None:
        sleep(seconds)

    def now() -> float:
        nonlocal looks
        looks += 1
        assert looks < 50, "it does not sleep as it is told"
        return 1000.0 + sum(slept)

    short: Any = {"first_pause": 0.01}
    stop: Any = threading.Event()
    assert run(payout(short), Shop([]).send, Shop([]).store, stop=stop, now=now, sleep=sleep) is None
    assert slept == pytest.approx([0.01, 0.02, 0.04])

    async def stopped() -> object:
        nonlocal stop
        stop = asyncio.Event()
        shop = Shop([])
        return await run_async(payout(short), shop.send_async, shop.store, stop=stop, now=now, sleep=sleep_async)

    slept.clear()
    assert asyncio.run(stopped()) is None
    assert slept == pytest.approx([0.01, 0.02, 0.04])


def test_a_stop_interrupts_a_sleep_that_was_given() -> None:
    async def stopped() -> object:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.05, stop.set)
        shop = Shop([], then=NOT_KNOWN)
        return await run_async(payout({"first_pause": 60}), shop.send_async, shop.store, stop=stop, sleep=asyncio.sleep)

    began = time.monotonic()
    assert asyncio.run(stopped()) is None
    assert time.monotonic() - began < 5


def test_a_failed_store_after_an_answer_ends_the_run_and_loses_nothing() -> None:
    shop = Shop([None, PAID])

    def full(text: str, revision: int) -> None:
        if revision == 2:
            raise OSError("disk full")
        shop.store(text, revision)

    with pytest.raises(OSError, match="disk full"):
        run(payout(), shop.send, full)
    assert shop.log == ["save 1", "withdraw"]
    outcome = run(BITLOGA.resume_payout(shop.texts[1]), shop.send, shop.store)
    assert outcome is not None and outcome.is_paid
    assert shop.log.count("withdraw") == 1


def test_an_interrupt_ends_the_run_and_leaves_a_text_that_goes_on() -> None:
    shop = Shop([PAID])

    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(payout(), interrupted, shop.store)
    outcome = run(BITLOGA.resume_payout(shop.texts[1]), shop.send, shop.store)
    assert outcome is not None and outcome.is_paid
    assert "withdraw" not in shop.log and "details" in shop.log

    with pytest.raises(KeyboardInterrupt):
        run(payout(), Shop([]).send, Shop([]).store, sleep=interrupted)


def test_cancelling_ends_the_run_and_leaves_a_text_that_goes_on() -> None:
    shop = Shop([PAID])

    async def cancelled() -> None:
        sending = asyncio.Event()

        async def hang(_request: Request, /) -> tuple[int, bytes]:
            sending.set()
            await asyncio.sleep(60)
            raise AssertionError

        task = asyncio.ensure_future(run_async(payout(), hang, shop.store))
        await sending.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    outcome = run(BITLOGA.resume_payout(shop.texts[1]), shop.send, shop.store)
    assert outcome is not None and outcome.is_paid
    assert "withdraw" not in shop.log and "details" in shop.log


def test_a_clock_that_is_set_back_does_not_lengthen_a_pause() -> None:
    looks = 0

    def now() -> float:
        nonlocal looks
        looks += 1
        return time.time() if looks <= 3 else time.time() - 1e9

    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        time.sleep(min(seconds, 1))

    shop = Shop([None, PAID])
    outcome = run(payout(), shop.send, shop.store, now=now, sleep=sleep)
    assert outcome is not None and outcome.is_paid
    assert sum(slept) < 1


def test_it_advances_to_the_next_pause() -> None:
    shop = Shop([None, PAID])
    machine = payout({"first_pause": 60})
    clock = iter([1000.0, 1000.0, 1000.0])
    step = advance(machine, shop.send, shop.store, now=lambda: next(clock))
    assert step == advance(machine, shop.send, shop.store, now=lambda: 1001.0)
    assert isinstance(step, Wait) and step.until == 1060
    done = asyncio.run(advance_async(machine, shop.send_async, shop.store, now=lambda: step.until))
    assert isinstance(done, Done) and done.outcome.is_paid


def test_it_reports_progress_and_asks_for_your_judgement() -> None:
    seen = []
    shop = Shop([NO_MONEY], then=(200, b'{"success":false,"error":"nope"}'))
    outcome = run(
        payout(),
        shop.send,
        shop.store,
        on_progress=lambda progress: seen.append((progress.stage, progress.refusal)),
        not_known=lambda status, body: b"nope" in body,
    )
    assert outcome is not None and (outcome.verdict, outcome.reason) == ("rejected", "not enough money")
    assert seen[0] == ("waiting", "not enough money")
    assert seen[-1][0] == "done"


def test_two_workers_cannot_both_go_on(tmp_path: Path) -> None:
    file = tmp_path / "payouts.sqlite"
    first, second = SqliteStore(file), SqliteStore(file)
    shop = Shop([None], then=NOT_KNOWN)
    step = advance(payout({}), shop.send, first.save, now=lambda: 1000.0)
    assert isinstance(step, Wait)
    text, until = first.text(), step.until
    workers = [BITLOGA.resume_payout(text), BITLOGA.resume_payout(text)]
    advance(workers[0], shop.send, first.save, now=lambda: until)
    with pytest.raises(sqlite3.IntegrityError, match="another worker"):
        advance(workers[1], shop.send, second.save, now=lambda: until)


def test_two_workers_that_begin_the_same_payout_send_it_once(tmp_path: Path) -> None:
    """Both make the payout, as two deliveries of one job would."""
    for attempt in range(20):
        file, sent, both = tmp_path / f"{attempt}.sqlite", Shop([], then=PAID), threading.Barrier(2)
        SqliteStore(file)

        def work(file: Path = file, sent: Shop = sent, both: threading.Barrier = both) -> str:
            store, machine = SqliteStore(file), payout()
            both.wait()
            try:
                outcome = run(machine, sent.send, store.save)
            except sqlite3.IntegrityError:
                return "refused"
            return outcome.verdict if outcome else "stopped"

        with ThreadPoolExecutor(2) as pool:
            ended = sorted(worker.result() for worker in [pool.submit(work), pool.submit(work)])
        assert ended == ["paid", "refused"]
        assert sent.log == ["withdraw"]


class SqliteStore:
    """As the documentation shows it."""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(file, isolation_level=None)
        self.database.execute("CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)")

    def save(self, text: str, revision: int) -> None:
        changed = self.database.execute(
            """INSERT INTO payouts VALUES ('135', ?1, ?2) ON CONFLICT DO UPDATE SET revision = ?1, text = ?2
            WHERE revision = ?1 - 1""",
            (revision, text),
        )
        if changed.rowcount != 1:
            raise sqlite3.IntegrityError("another worker has it")

    def text(self) -> str:
        return str(self.database.execute("SELECT text FROM payouts").fetchone()[0])


def test_a_callback_in_another_thread_ends_a_watch() -> None:
    watch = BITLOGA.watch_invoice("125", {"first_pause": 60})
    sent = BITLOGA.sign_callback(to="WMZ", amount="1.00", purse="Z1", invoiceid=5, uniqueid="125")
    callback = BITLOGA.verify_callback(sent.body, sent.headers)
    shop = Shop([], then=(502, b""))
    threading.Timer(0.2, lambda: watch.on_callback(callback)).start()
    began = time.monotonic()
    outcome = run(watch, shop.send, shop.store)
    assert outcome is not None and outcome.is_paid
    assert time.monotonic() - began < 5
    assert sorted(shop.texts) == list(range(1, len(shop.texts) + 1))


def test_a_callback_ends_a_watch_that_is_awaited() -> None:
    watch = BITLOGA.watch_invoice("125", {"first_pause": 60})
    sent = BITLOGA.sign_callback(to="WMZ", amount="1.00", purse="Z1", invoiceid=5, uniqueid="125")
    callback = BITLOGA.verify_callback(sent.body, sent.headers)
    shop = Shop([], then=(502, b""))

    async def wait() -> Any:
        asyncio.get_running_loop().call_later(0.1, watch.on_callback, callback)
        return await run_async(watch, shop.send_async, shop.store_async)

    began = time.monotonic()
    assert asyncio.run(wait()).is_paid
    assert time.monotonic() - began < 5


class Gateway(BaseHTTPRequestHandler):
    """Breaks the first requests in one of many ways, and then pays."""

    trouble = ""
    left = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if Gateway.left == 0:
            return self.answer(PAID[0], PAID[1])
        Gateway.left -= 1
        if Gateway.trouble == "hang":
            time.sleep(0.5)
        elif Gateway.trouble == "cut":
            self.answer(200, PAID[1], length=len(PAID[1]) + 10)
        elif Gateway.trouble == "gzip":
            self.answer(200, b"this is not gzip", encoding="gzip")
        elif Gateway.trouble == "500":
            self.answer(500, b"<html>")
        elif Gateway.trouble == "redirect":
            self.answer(302, b"")
        self.close_connection = True
        return None

    def answer(self, status: int, body: bytes, length: int | None = None, encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests say what went wrong."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("trouble", ["hang", "cut", "gzip", "500", "redirect", "close"])
@pytest.mark.parametrize("sender", [urllib_sender, httpx_sender, requests_sender])
def test_whatever_breaks_a_request_is_no_answer(address: str, trouble: str, sender: Any) -> None:
    Gateway.trouble, Gateway.left = trouble, 2
    bitloga = Bitloga("api-key", "api-secret", base_url=address)
    shop = Shop([])
    outcome = run(bitloga.payout(**PAYOUT, policy=PATIENT), sender(timeout=0.2), shop.store)
    assert outcome is not None and outcome.verdict == "paid"
    assert Gateway.left == 0


async def through_httpx(bitloga: Bitloga, shop: Shop) -> Any:
    httpx = pytest.importorskip("httpx")
    async with httpx.AsyncClient() as client:
        return await run_async(bitloga.payout(**PAYOUT, policy=PATIENT), httpx_async_sender(client, 0.2), shop.store)


async def through_aiohttp(bitloga: Bitloga, shop: Shop) -> Any:
    aiohttp = pytest.importorskip("aiohttp")
    async with aiohttp.ClientSession() as session:
        return await run_async(bitloga.payout(**PAYOUT, policy=PATIENT), aiohttp_sender(session, 0.2), shop.store)


@pytest.mark.parametrize("trouble", ["hang", "cut", "gzip", "500", "redirect", "close"])
@pytest.mark.parametrize("through", [through_httpx, through_aiohttp])
def test_whatever_breaks_an_awaited_request_is_no_answer(address: str, trouble: str, through: Any) -> None:
    Gateway.trouble, Gateway.left = trouble, 2
    outcome = asyncio.run(through(Bitloga("api-key", "api-secret", base_url=address), Shop([])))
    assert outcome is not None and outcome.verdict == "paid"
    assert Gateway.left == 0


def test_the_client_has_to_be_the_payouts_own() -> None:
    text = payout().to_text()
    with pytest.raises(payseal.InvalidInputError):
        Bitloga("other", "api-secret").resume_payout(text)
