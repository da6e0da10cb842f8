"""How many tests passed, read from what each kind of test tool prints.

A counter takes the log of a suite and the exit status of its command. It never reports success
that was not shown: a command that failed counts at least one failure, and so does a command that
ran no test at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Counts:
    """The tests of one suite, or of several."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        text = f"{self.passed} passed"
        if self.failed:
            text += f", {self.failed} failed"
        if self.skipped:
            text += f", {self.skipped} skipped"
        return text


Counter = Callable[[str, int], Counts]

_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CARGO_RESULT = re.compile(r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;", re.MULTILINE)
_NODE_TOTAL = re.compile(r"^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$", re.MULTILINE)
_PYTEST_SUMMARY = re.compile(r"^=*\s?((?:\d+ \w+(?:, )?)+) in [\d.]+s\b.*$", re.MULTILINE)
_PYTEST_TOTAL = re.compile(r"(\d+) (\w+)")
_UNITTEST_RAN = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
_UNITTEST_DETAILS = re.compile(r"^(?:OK|FAILED) \((.*)\)$", re.MULTILINE)
_UNITTEST_DETAIL = re.compile(r"([a-z ]+)=(\d+)")

# What the words in those summaries mean. Others ("warnings", "deselected") count for nothing.
_PASSED = {"pass", "passed", "xfailed", "expected failures"}
_FAILED = {
    "fail",
    "failed",
    "failures",
    "cancelled",
    "error",
    "errors",
    "xpassed",
    "unexpected successes",
}
_SKIPPED = {"skipped", "todo"}


def command(_log: str, status: int) -> Counts:
    """A command that is one check: it passes when it exits with 0."""
    return Counts(passed=1) if status == 0 else Counts(failed=1)


def build(_log: str, status: int) -> Counts:
    """A command that prepares something for other suites: only its failure counts."""
    return Counts() if status == 0 else Counts(failed=1)


def cargo(log: str, status: int) -> Counts:
    """`cargo test`: the sum over its binaries and documentation tests."""
    results = _CARGO_RESULT.findall(_plain(log))
    found = [Counts(int(passed), int(failed), int(ignored)) for passed, failed, ignored in results]
    return _settled(sum(found, Counts()), status)


def node(log: str, status: int) -> Counts:
    """`node --test`, with the reporter `spec` or `tap`; several runs in one log are summed."""
    return _settled(_tally(_NODE_TOTAL.findall(_plain(log))), status)


def pytest(log: str, status: int) -> Counts:
    """`pytest`, with or without `-q`; several runs in one log are summed."""
    summaries = _PYTEST_SUMMARY.findall(_plain(log))
    totals = [total for summary in summaries for total in _PYTEST_TOTAL.findall(summary)]
    return _settled(_tally((kind, number) for number, kind in totals), status)


def unittest(log: str, status: int) -> Counts:
    """`python -m unittest`, which prints how many ran and how many of those did not pass."""
    text = _plain(log)
    ran = sum(int(number) for number in _UNITTEST_RAN.findall(text))
    found = _tally(_UNITTEST_DETAIL.findall(", ".join(_UNITTEST_DETAILS.findall(text))))
    passed = ran - found.failed - found.skipped
    return _settled(Counts(passed, found.failed, found.skipped), status)


def _plain(log: str) -> str:
    """The log without colours."""
    return _ESCAPE_SEQUENCE.sub("", log)


def _tally(totals: Iterable[tuple[str, str]]) -> Counts:
    """Adds up pairs of a word and a number."""
    passed = failed = skipped = 0
    for word, number in totals:
        word = word.strip()
        passed += int(number) if word in _PASSED else 0
        failed += int(number) if word in _FAILED else 0
        skipped += int(number) if word in _SKIPPED else 0
    return Counts(passed, failed, skipped)


def _settled(found: Counts, status: int) -> Counts:
    """The counts to judge by: no success without a test, nor without a good exit status."""
    if found.failed == 0 and (status != 0 or found.passed == 0):
        return Counts(found.passed, 1, found.skipped)
    return found
