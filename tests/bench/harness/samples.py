"""Statistics: medians with their spread, and ratios of samples taken in the same round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Spread:
    """A median and the quartiles around it."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Spread:
        """The spread of some samples."""
        if len(samples) < 2:
            return cls(samples[0], samples[0], samples[0])
        low, _, high = quantiles(samples, n=4, method="inclusive")
        return cls(low, median(samples), high)

    def scaled(self, factor: float) -> Spread:
        """The same in another unit."""
        return Spread(self.low * factor, self.median * factor, self.high * factor)

    def to_json(self) -> dict[str, float]:
        """For the report that programs read."""
        return {"low": self.low, "median": self.median, "high": self.high}


def ratio(samples: Sequence[float], others: Sequence[float]) -> Spread:
    """How many times as long the samples took as the others of the same round: whatever else the machine did in that
    round, it did to both."""
    return Spread.of([sample / other for sample, other in zip(samples, others)])
