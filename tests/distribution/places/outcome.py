"""What came of running a wheel's tests somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Status = Literal["ran", "failed", "not runnable"]

_SUMMARY = re.compile(r"^=*\s?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s\b", re.MULTILINE)
_COUNT = re.compile(r"(\d+) ([a-z]+)")
_FAILED = {"failed", "error", "errors"}


class NotHere(Exception):
    """A place cannot be had on this machine. The text says why."""


@dataclass(frozen=True)
class Outcome:
    """How it ended, and what was counted or why nothing was."""

    status: Status
    detail: str

    def __post_init__(self) -> None:
        if not self.detail.strip():
            raise ValueError("an outcome needs a count or a reason")


def of_tests(status: int, output: str, about: str) -> Outcome:
    """What pytest's output and exit status say. Success needs both, and at least one test that passed.

    `about` says in which Python.
    """
    summaries = _SUMMARY.findall(output.replace("\r\n", "\n"))
    if not summaries:
        return Outcome("failed", f"{about}: no test was counted, exit status {status}: {last_line(output)}")
    counts = {word: int(number) for number, word in _COUNT.findall(summaries[-1])}
    if status != 0:
        return Outcome("failed", f"{about}: {summaries[-1]}, exit status {status}")
    if _FAILED & counts.keys() or not counts.get("passed"):
        return Outcome("failed", f"{about}: {summaries[-1]}")
    return Outcome("ran", f"{about}: {summaries[-1]}")


def last_line(output: str) -> str:
    """The last line that says something: of a traceback, the error."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "no output"
