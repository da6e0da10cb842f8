"""One table of what was done in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

from .tours import Step

Row = Sequence[Optional[Step]]
"""One step in every language; None where it was not reached."""


def rows(columns: Mapping[str, Sequence[Step]]) -> list[Row]:
    """The steps side by side, in the order of the longest column."""
    names = [step.name for step in max(columns.values(), key=len)]
    by_name = [{step.name: step for step in steps} for steps in columns.values()]
    return [[steps.get(name) for steps in by_name] for name in names]


def has_passed(row: Row) -> bool:
    """Whether the step was done in every language, and the same was sent in all of them."""
    return all(step is not None and step.passed for step in row) and len(sent(row)) == 1


def render(columns: Mapping[str, Sequence[Step]]) -> str:
    """The table as text."""
    lines = [cells(row) for row in rows(columns)]
    head = ["step", "sent", *columns]
    widths = [max(map(len, column)) for column in zip(head, *lines)]
    rule = ["─" * width for width in widths]
    return "\n".join(justify(line, widths) for line in [head, rule, *lines])


def justify(line: Sequence[str], widths: Sequence[int]) -> str:
    """A line with its cells as wide as their columns."""
    return "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()


def cells(row: Row) -> list[str]:
    """The cells of a row: the step, what was sent, and what came of it in every language."""
    name = next(step.name for step in row if step)
    return [name, " | ".join(sent(row)), *map(result, row)]


def sent(row: Row) -> list[str]:
    """What was sent, without repetition."""
    return list(dict.fromkeys(step.sent for step in row if step and step.sent))


def result(step: Step | None) -> str:
    """What came of a step, and whether it is right."""
    if step is None:
        return "✗ not reached"
    return f"{'✓' if step.passed else '✗'} {step.verified}"
