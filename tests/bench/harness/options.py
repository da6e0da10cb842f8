"""How thorough a run is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How often everything is measured."""

    passes: int
    """How often each language's program is started; languages take turns."""
    rounds: int
    """How often each contender takes its turn in one pass."""
    large_rounds: int
    """The same for callbacks that grow, up to 1 MiB."""
    turn_milliseconds: float
    starts: int
    """How often each program of the cold start is started."""
    memory_callbacks: int
    """How many callbacks a program verifies before its memory is looked at again."""
    worker_rounds: int
    worker_requests: int
    """How many requests each Worker gets in one round."""


FULL = Effort(
    passes=3,
    rounds=25,
    large_rounds=7,
    turn_milliseconds=5,
    starts=40,
    memory_callbacks=100_000,
    worker_rounds=12,
    worker_requests=4_000,
)
QUICK = Effort(
    passes=1,
    rounds=9,
    large_rounds=3,
    turn_milliseconds=2,
    starts=10,
    memory_callbacks=20_000,
    worker_rounds=4,
    worker_requests=1_500,
)
