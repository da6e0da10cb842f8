"""Runs payouts and watches, so that nobody has to write the loop.

A driver saves before each request and after each answer, takes every exception of ``send`` for no
answer, sleeps, and stops when asked to. If ``store`` raises, nothing more is sent.

>>> from payseal import Bitloga
>>> from payseal.driver import run
>>> answer = b'{"to":"WMZ","amount_to":10.00,"purse":"Z1","status":"Complete","uniqueid":"135","success":true}'
>>> payout = Bitloga("key", "secret").payout(uniqueid="135", currency="USD", paysys="WMZ", amount=10, purse="Z1")
>>> run(payout, send=lambda request: (200, answer), store=lambda text, revision: print("saved", revision)).verdict
saved 1
saved 2
'paid'
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Coroutine
from typing import TYPE_CHECKING, Any, Callable, Protocol, Union, overload

from ._native import Payout, Watch
from ._payout import Done, Outcome, Progress, Send, Wait, WatchOutcome
from .transport import AsyncSender, Sender

Store = Callable[[str, int], object]
"""Saves a text durably, if the one saved before is of the revision before (revision 1: if there is none); else raises."""

AsyncStore = Callable[[str, int], Union[object, Awaitable[object]]]
"""As :data:`Store`; what it returns is awaited if it can be."""

NotKnown = Callable[[int, bytes], Union[bool, None]]
"""Your own judgement whether an answer to ``details`` says that the gateway does not know the payout, by status and
body; ``None`` leaves it to the library."""


class Stop(Protocol):
    """What stops a run: a ``threading.Event``, or one of ``multiprocessing``."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...

    def wait(self, timeout: float | None = None, /) -> object:
        """Sleeps so many seconds, or until it is set."""
        ...


class AsyncStop(Protocol):
    """What stops a run that is awaited: an ``asyncio.Event``."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...

    def wait(self) -> Coroutine[Any, Any, object]:
        """Is done when it is set."""
        ...


if TYPE_CHECKING:
    from typing import TypedDict

    from typing_extensions import Unpack

    class _Options(TypedDict, total=False):
        """The options of all four functions, which :func:`run` describes."""

        on_progress: Callable[[Progress], object] | None
        not_known: NotKnown | None
        now: Callable[[], float]

    class _RunOptions(_Options, total=False):
        stop: Stop | None
        sleep: Callable[[float], object] | None

    class _AsyncRunOptions(_Options, total=False):
        stop: AsyncStop | None
        sleep: Callable[[float], Awaitable[object]] | None


LONGEST_NAP = 3600.0
"""How long a driver sleeps at once, in seconds."""

LOOK = 0.25
"""How often a sleeping watch looks whether a callback was handed in, in seconds."""


@overload
def run(machine: Payout, send: Sender, store: Store, **options: Unpack[_RunOptions]) -> Outcome | None: ...
@overload
def run(machine: Watch, send: Sender, store: Store, **options: Unpack[_RunOptions]) -> WatchOutcome | None: ...
def run(
    machine: Any,
    send: Sender,
    store: Store,
    *,
    stop: Stop | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    not_known: NotKnown | None = None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], object] | None = None,
) -> Any:
    """Runs a payout or a watch to its end.

    Parameters:
        machine: What ``payout``, ``resume_payout``, ``watch_invoice`` or ``resume_watch`` gave.
        send: Sends a request, unchanged and once, and gives status and body: see
            ``payseal.transport``. Whatever it raises counts as no answer.
        store: Saves the text: see :data:`Store`.
        stop: Set it to stop, as when a signal has come: at once in a pause, else in the next one.
        on_progress: Is given the progress after each answer and before each pause.
        not_known: See :data:`NotKnown`.
        now: A clock.
        sleep: Sleeps so many seconds, at most an hour at once. With one of your own ``stop`` is looked at
            when it returns; the default is interrupted.

    Returns:
        The outcome; ``None`` if it was stopped.
    """
    clock = _Clock(now)
    while stop is None or not stop.is_set():
        step = advance(machine, send, store, on_progress=on_progress, not_known=not_known, now=clock)
        if isinstance(step, Done):
            return step.outcome
        _pause(machine, step.until - clock.told, stop, sleep)
    return None


@overload
def advance(machine: Payout, send: Sender, store: Store, **options: Unpack[_Options]) -> Wait | Done[Outcome]: ...
@overload
def advance(machine: Watch, send: Sender, store: Store, **options: Unpack[_Options]) -> Wait | Done[WatchOutcome]: ...
def advance(
    machine: Any,
    send: Sender,
    store: Store,
    *,
    on_progress: Callable[[Progress], object] | None = None,
    not_known: NotKnown | None = None,
    now: Callable[[], float] = time.time,
) -> Any:
    """Does all there is to do now, for those who are woken otherwise, such as by a job queue.

    Parameters:
        machine: As for :func:`run`.
        send: As for :func:`run`.
        store: As for :func:`run`.
        on_progress: As for :func:`run`.
        not_known: As for :func:`run`.
        now: As for :func:`run`.

    Returns:
        ``Wait(until)``: call again then. ``Done(outcome)``: it has ended.
    """
    while True:
        saved = machine.revision
        step = machine.next(now())
        _save(machine, saved, store)
        if not isinstance(step, Send):
            if on_progress is not None:
                on_progress(machine.progress())
            return step
        saved = machine.revision
        _report(machine, step, _answer(send, step), not_known, now)
        _save(machine, saved, store)
        if on_progress is not None:
            on_progress(machine.progress())


@overload
async def run_async(
    machine: Payout, send: AsyncSender, store: AsyncStore, **options: Unpack[_AsyncRunOptions]
) -> Outcome | None: ...
@overload
async def run_async(
    machine: Watch, send: AsyncSender, store: AsyncStore, **options: Unpack[_AsyncRunOptions]
) -> WatchOutcome | None: ...
async def run_async(
    machine: Any,
    send: AsyncSender,
    store: AsyncStore,
    *,
    stop: AsyncStop | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    not_known: NotKnown | None = None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], Awaitable[object]] | None = None,
) -> Any:
    """As :func:`run`, to be awaited. Cancelling it is like a crash: the saved text goes on later.

    Parameters:
        machine: As for :func:`run`.
        send: Sends a request, to be awaited.
        store: Saves the text, to be awaited or not.
        stop: As for :func:`run`.
        on_progress: As for :func:`run`.
        not_known: As for :func:`run`.
        now: As for :func:`run`.
        sleep: Sleeps so many seconds, to be awaited; it is cancelled when ``stop`` is set.

    Returns:
        The outcome; ``None`` if it was stopped.
    """
    clock = _Clock(now)
    while stop is None or not stop.is_set():
        step = await advance_async(machine, send, store, on_progress=on_progress, not_known=not_known, now=clock)
        if isinstance(step, Done):
            return step.outcome
        await _pause_async(machine, step.until - clock.told, stop, sleep)
    return None


@overload
async def advance_async(
    machine: Payout, send: AsyncSender, store: AsyncStore, **options: Unpack[_Options]
) -> Wait | Done[Outcome]: ...
@overload
async def advance_async(
    machine: Watch, send: AsyncSender, store: AsyncStore, **options: Unpack[_Options]
) -> Wait | Done[WatchOutcome]: ...
async def advance_async(
    machine: Any,
    send: AsyncSender,
    store: AsyncStore,
    *,
    on_progress: Callable[[Progress], object] | None = None,
    not_known: NotKnown | None = None,
    now: Callable[[], float] = time.time,
) -> Any:
    """As :func:`advance`, to be awaited.

    Parameters:
        machine: As for :func:`run`.
        send: Sends a request, to be awaited.
        store: Saves the text, to be awaited or not.
        on_progress: As for :func:`run`.
        not_known: As for :func:`run`.
        now: As for :func:`run`.

    Returns:
        ``Wait(until)``: call again then. ``Done(outcome)``: it has ended.
    """
    while True:
        saved = machine.revision
        step = machine.next(now())
        await _awaited(_save(machine, saved, store))
        if not isinstance(step, Send):
            if on_progress is not None:
                on_progress(machine.progress())
            return step
        saved = machine.revision
        _report(machine, step, await _answer_async(send, step), not_known, now)
        await _awaited(_save(machine, saved, store))
        if on_progress is not None:
            on_progress(machine.progress())


def _save(machine: Payout | Watch, saved: int, store: AsyncStore) -> object:
    """Saves the machine, unless it is still of the revision that was saved."""
    return store(machine.to_text(), machine.revision) if machine.revision != saved else None


# No frame keeps an answer: frames show up in reports, and an answer may hold the key of an invoice.


def _answer(send: Sender, step: Send) -> tuple[int, bytes] | None:
    """What comes of a request; ``None`` for no answer."""
    try:
        return send(step.request)
    except Exception:
        return None


async def _answer_async(send: AsyncSender, step: Send) -> tuple[int, bytes] | None:
    """As :func:`_answer`, to be awaited."""
    try:
        return await send(step.request)
    except Exception:
        return None


def _report(
    machine: Payout | Watch,
    step: Send,
    answer: tuple[int, bytes] | None,
    not_known: NotKnown | None,
    now: Callable[[], float],
) -> None:
    """Tells the machine what came of a request."""
    status, body = 0, b""
    try:
        if answer is None:
            machine.on_no_response(step, now())
            return
        status, body = answer
        judgement = not_known(status, body) if not_known is not None else None
        machine.on_response(step, status, body, now(), not_known=judgement)
    finally:
        del answer, body


class _Clock:
    """A clock that remembers what it told last: pauses count from that, whatever the clock is set to meanwhile."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.told = 0.0

    def __call__(self) -> float:
        self.told = self.now()
        return self.told


def _pause(
    machine: Payout | Watch,
    left: float,
    stop: Stop | None,
    sleep: Callable[[float], object] | None,
) -> None:
    """Sleeps so many seconds, or until a callback was handed in or somebody wants it to stop."""
    sleep = sleep or (time.sleep if stop is None else stop.wait)
    while left > 0 and not _is_called_back(machine) and not (stop is not None and stop.is_set()):
        nap = _nap(machine, left)
        sleep(nap)
        left -= nap


async def _pause_async(
    machine: Payout | Watch,
    left: float,
    stop: AsyncStop | None,
    sleep: Callable[[float], Awaitable[object]] | None,
) -> None:
    """As :func:`_pause`, to be awaited."""
    import asyncio

    sleep = sleep or asyncio.sleep
    while left > 0 and not _is_called_back(machine) and not (stop is not None and stop.is_set()):
        nap = _nap(machine, left)
        await (sleep(nap) if stop is None else _until_either(sleep(nap), stop.wait()))
        left -= nap


async def _until_either(*awaited: Awaitable[object]) -> None:
    """Awaits the first to end, and cancels the other."""
    import asyncio

    tasks = [asyncio.ensure_future(one) for one in awaited]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


def _nap(machine: Payout | Watch, left: float) -> float:
    """How long to sleep at once: no system sleeps for more than a month."""
    return min(left, LOOK if isinstance(machine, Watch) else LONGEST_NAP)


def _is_called_back(machine: Payout | Watch) -> bool:
    return isinstance(machine, Watch) and machine.is_called_back


async def _awaited(result: object) -> None:
    if isinstance(result, Awaitable):
        await result
