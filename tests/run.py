#!/usr/bin/env python3
"""Runs the suites of the project and ends with a count: `tests/run.py [--only NAME]… [--list]`.

The suites are in `runner/suites.py`. What each prints goes to `target/test-logs/NAME.log`.
"""

from __future__ import annotations

import argparse
import itertools
import signal
import sys
import time
from collections.abc import Sequence

from runner.counts import Counts
from runner.schedule import ROOT, Outcome, run
from runner.suites import SUITES, Suite

PLACES = 2
"""How many suites run at the same time."""

TAIL = 60
"""How many lines of a failing suite's log are shown."""


def main(arguments: Sequence[str]) -> int:
    """Runs the chosen suites and returns the exit status."""
    options = _parser().parse_args(arguments)
    if options.list:
        for suite in SUITES:
            print(f"{suite.name:<20} {suite.command}")
        return 0

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    total = Counts()
    for outcome in run(selected(SUITES, options.only), PLACES):
        total += outcome.counts
        report(outcome)
    print(f"\nall suites: {_duration(time.monotonic() - started)}")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


def selected(suites: Sequence[Suite], names: Sequence[str]) -> list[Suite]:
    """The suites of these names with all they wait for; every suite if no name is given."""
    wanted = set(names) or {suite.name for suite in suites}
    by_name = {suite.name: suite for suite in suites}
    open_names = list(wanted)
    while open_names:
        for name in by_name[open_names.pop()].after:
            if name not in wanted:
                wanted.add(name)
                open_names.append(name)
    return [suite for suite in suites if suite.name in wanted]


def report(outcome: Outcome) -> None:
    """Prints a line about a suite, and the end of its log if it failed."""
    failed = outcome.counts.failed > 0
    word = "FAILED" if failed else "ok"
    what = outcome.remark or str(outcome.counts)
    if outcome.counts == Counts():
        what = "built"
    print(
        f"{word:<7} {outcome.suite.name:<20} {what:<34} {_duration(outcome.seconds):>9}",
        flush=True,
    )
    if not outcome.seconds:
        return
    lines = outcome.log.read_text(encoding="utf-8", errors="replace").splitlines()
    if failed:
        _print_indented([f"$ {outcome.suite.command}", *lines[-TAIL:]])
        _print_indented([f"(whole log: {outcome.log.relative_to(ROOT)})"])
    elif outcome.suite.table:
        _print_indented(table(lines, outcome.suite.table))


def table(lines: Sequence[str], first: str) -> list[str]:
    """The lines from the first that begins with `first` to the next empty one."""
    rest = list(itertools.dropwhile(lambda line: not line.startswith(first), lines))
    return list(itertools.takewhile(str.strip, rest))


def _print_indented(lines: Sequence[str]) -> None:
    for line in lines:
        print(f"    {line}", flush=True)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Run the suites of the project.")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        default=[],
        choices=[suite.name for suite in SUITES],
        help="run this suite and what it waits for (may be repeated)",
    )
    parser.add_argument("--list", action="store_true", help="list the suites and their commands")
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
