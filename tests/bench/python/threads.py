"""How much several threads do together."""

from __future__ import annotations

import threading
from time import perf_counter
from typing import Callable

from turns import Contender, Run

BATCH = 64
"""How many operations a thread does before it looks at the clock."""

SECONDS = 0.1
"""How long a turn takes: many times as long as the interpreter lets one thread run before it lets another."""


def measure(enter: Callable[[], list[Contender]], threads: int, rounds: int) -> dict[str, list[float]]:
    """Nanoseconds per operation of all threads together, by contender, one for each round."""
    started = 0.0

    def start() -> None:
        nonlocal started
        started = perf_counter()

    barrier = threading.Barrier(threads, action=start)
    found: list[dict[str, list[float]]] = []

    def work() -> None:
        contenders = enter()
        rates: dict[str, list[float]] = {contender.name: [] for contender in contenders}
        for _ in range(rounds):
            for name, run in contenders:
                barrier.wait()
                rates[name].append(_rate(run, started))
        found.append(rates)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if len(found) < threads:
        raise RuntimeError("a thread has failed")
    return {name: [1e9 / sum(rates) for rates in zip(*(each[name] for each in found))] for name in found[0]}


def _rate(run: Run, started: float) -> float:
    """Operations per second, of the time since all threads were let go."""
    operations = 0
    while perf_counter() - started < SECONDS:
        run(BATCH)
        operations += BATCH
    return operations / (perf_counter() - started)
