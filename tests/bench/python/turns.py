"""Rounds in which every contender takes its turn."""

from __future__ import annotations

import gc
from time import perf_counter
from typing import Callable, NamedTuple

Run = Callable[[int], None]
"""An operation, repeated as often as it is told."""


class Contender(NamedTuple):
    """One way to do an operation."""

    name: str
    run: Run


def repeated(operation: Callable[[], object]) -> Run:
    """The operation repeated in a loop of its own."""

    def run(times: int) -> None:
        for _ in range(times):
            operation()

    return run


def in_turn(contenders: list[Contender], rounds: int, turn: float) -> dict[str, list[float]]:
    """Nanoseconds per operation, by contender, one for each round. Every round begins with another contender; a turn
    takes about so many seconds."""
    repetitions = [_repetitions(contender.run, turn) for contender in contenders]
    samples: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    gc.collect()
    for round_ in range(rounds):
        for place in range(len(contenders)):
            number = (round_ + place) % len(contenders)
            name, run = contenders[number]
            samples[name].append(_seconds(run, repetitions[number]) / repetitions[number] * 1e9)
    return samples


def _repetitions(run: Run, turn: float) -> int:
    """How often an operation runs in a turn of so many seconds. Warms it up, too."""
    times = 1
    while True:
        total = _seconds(run, times)
        if total >= turn / 4:
            return max(1, round(times * turn / total))
        times *= 2


def _seconds(run: Run, times: int) -> float:
    started = perf_counter()
    run(times)
    return perf_counter() - started
