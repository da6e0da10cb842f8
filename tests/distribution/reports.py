"""What came of an artifact, and what a whole run of `make dist` says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Status = Literal["ran", "failed", "not runnable"]


@dataclass(frozen=True)
class Outcome:
    """What came of running an artifact in one place."""

    status: Status
    detail: str


@dataclass(frozen=True)
class Built:
    """A file that was built."""

    size: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """One artifact."""

    name: str
    built: Built | str
    """The file, or why there is none."""
    checks: int = 0
    """How many checks were made."""
    problems: tuple[tuple[str, str], ...] = ()
    """The checks that failed, and why."""
    runs: tuple[tuple[str, Outcome], ...] = ()
    """What came of each run, by its place; without a place, why there is none."""

    @property
    def failed(self) -> bool:
        """Whether it must not be published."""
        if isinstance(self.built, str) or self.problems or not self.checks or not self.runs:
            return True
        return any(outcome.status == "failed" for _, outcome in self.runs)

    @property
    def ran(self) -> bool:
        """Whether it was run somewhere, and failed nowhere."""
        statuses = [outcome.status for _, outcome in self.runs]
        return "ran" in statuses and "failed" not in statuses


HEADINGS = ("artifact", "bytes", "built", "checked", "run")


def table(reports: Sequence[Report]) -> str:
    """One line for each artifact, and one more for each further place and each check that failed."""
    rows = [HEADINGS, *(row for report in reports for row in _rows(report))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-|-".join("-" * width for width in widths), *lines[1:]])


def _rows(report: Report) -> list[tuple[str, ...]]:
    if isinstance(report.built, str):
        return [(report.name, "", "FAILED", "", "")]
    checked = [f"FAILED: {check}" for check, _ in report.problems] or [f"{report.checks} checks"]
    runs = [_run(place, outcome) for place, outcome in report.runs]
    rows = []
    for line in range(max(len(checked), len(runs))):
        first = (report.name, f"{report.built.size}", f"{report.built.seconds:.0f} s") if line == 0 else ("", "", "")
        rows.append((*first, *(cells[line] if line < len(cells) else "" for cells in (checked, runs))))
    return rows


def _run(place: str, outcome: Outcome) -> str:
    status = {"ran": "ran", "failed": "FAILED", "not runnable": "not runnable here"}[outcome.status]
    detail = "" if outcome.status == "failed" else f": {outcome.detail}"
    return f"{status}{f' at {place}' if place else ''}{detail}"


def failures(reports: Sequence[Report]) -> list[str]:
    """A line for everything that failed, with the reason."""
    lines = []
    for report in reports:
        if isinstance(report.built, str):
            lines.append(f"{report.name} was not built: {report.built}")
        lines += [f"{report.name}: {check}: {why}" for check, why in report.problems]
        lines += [
            f"{report.name}@{place}: {outcome.detail}" for place, outcome in report.runs if outcome.status == "failed"
        ]
    return lines


def totals(reports: Sequence[Report]) -> str:
    """The last line: how many of the artifacts came how far."""
    built = sum(isinstance(report.built, Built) for report in reports)
    checked = sum(isinstance(report.built, Built) and report.checks > 0 and not report.problems for report in reports)
    ran = sum(report.ran for report in reports)
    failed = sum(report.failed for report in reports)
    not_run = sum(not report.ran and not report.failed for report in reports)
    counted = f"{built} built, {checked} checked, {ran} run, {not_run} not runnable here, {failed} failed"
    return f"{len(reports)} artifacts: {counted}"


def exit_status(reports: Sequence[Report]) -> int:
    """0 if everything may be published."""
    return 1 if not reports or any(report.failed for report in reports) else 0
