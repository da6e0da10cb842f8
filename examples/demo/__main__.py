"""Runs the tours and prints one table. Exits with 0 only if every step was done in every language."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from . import servers, table, tours
from .http import post
from .receiver import Receiver
from .tours import Step

# Long enough that notifications of one payment do not overtake each other.
BLOCK_TIME = "200"
WITHOUT_END = 1_000_000


def main() -> int:
    """Runs the demonstration."""
    signal.signal(signal.SIGTERM, end)
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        # A new sandbox counts its invoices from one: the Worker must not remember those of an earlier one.
        state = stack.enter_context(tempfile.TemporaryDirectory())
        sandbox = stack.enter_context(servers.sandbox("--block-time", BLOCK_TIME))
        worker = stack.enter_context(servers.worker(Path(state)))
        print(f"gateway {sandbox}, Worker {worker} (workerd)\n", flush=True)
        deliver_everything_twice(sandbox)
        receiver = Receiver(worker, sandbox)
        columns = {language: demonstrate(language, sandbox, worker, receiver) for language in tours.TOURS}
    return conclude(columns, time.monotonic() - started)


def deliver_everything_twice(sandbox: str) -> None:
    """Orders the sandbox to make duplicates."""
    order = {"action": "*", "mode": "duplicate", "times": WITHOUT_END}
    status, answer = post(f"{sandbox}/sandbox/misbehave", json.dumps(order).encode())
    if status != 200:
        raise RuntimeError(f"the sandbox refused: {answer}")


def demonstrate(language: str, sandbox: str, worker: str, receiver: Receiver) -> list[Step]:
    """The tour in one language, and after its deliveries what the Worker made of them."""
    steps = tours.run(language, sandbox, worker)
    if not all(step.passed for step in steps):
        return steps
    received = receiver.check()
    return [each for step in steps for each in (step, *received.get(step.name, ()))]


def conclude(columns: Mapping[str, Sequence[Step]], seconds: float) -> int:
    """Prints the table; returns the exit status."""
    print(table.render(columns))
    passed = [table.has_passed(row) for row in table.rows(columns)]
    print(f"\n{sum(passed)} of {len(passed)} steps done in {', '.join(columns)}, {seconds:.1f} s")
    return 0 if all(passed) else 1


def end(_signal: int, _frame: FrameType | None) -> None:
    """Ends the program by an exception, so that what it started is ended too."""
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
