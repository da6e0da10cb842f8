#!/usr/bin/env python3
"""Measures payseal against what people use today: `tests/bench/run.py [--quick] [--write]`, run by `make bench`.

Installs what it compares with into target/bench, measures, prints the report and leaves it there as text, JSON and SVG.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence

from harness import machine, operations, peers, report, starts, workers
from harness.options import FULL, QUICK
from harness.report import Measured

PLOT = "growth.svg"


def main(arguments: Sequence[str]) -> int:
    """Measures and reports. Whether targets are met is for people to read: the exit status is 0 either way."""
    options = _parser().parse_args(arguments)
    peers.install()
    started = time.monotonic()
    measured = measure(quick=options.quick)
    text = report.markdown(measured, PLOT)
    _write(measured, text)
    if options.write:
        plot = peers.BENCH / PLOT
        plot.write_text(report.plot(measured), encoding="utf-8")
        committed = report.markdown(measured, str(plot.relative_to(peers.ROOT)))
        (peers.ROOT / "BENCHMARKS.md").write_text(committed, encoding="utf-8")
    print(text)
    print(report.targets_table(measured))
    print(f"\nmeasured in {time.monotonic() - started:.0f} s; report in {peers.HOME.relative_to(peers.ROOT)}")
    return 0


def measure(*, quick: bool) -> Measured:
    """Measures everything."""
    effort = QUICK if quick else FULL
    results = operations.measure(effort)
    on_workers = workers.measure(effort)
    processes = starts.measure(effort)
    return Measured(effort, machine.describe(results.versions), results, processes, on_workers)


def _write(measured: Measured, text: str) -> None:
    """Leaves the report where nothing is committed."""
    (peers.HOME / "report.md").write_text(text, encoding="utf-8")
    (peers.HOME / "report.json").write_text(json.dumps(report.to_json(measured)), encoding="utf-8")
    (peers.HOME / PLOT).write_text(report.plot(measured), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure payseal against what people use today.")
    parser.add_argument("--quick", action="store_true", help="measure in less than two minutes, and less surely")
    parser.add_argument("--write", action="store_true", help="write the report into BENCHMARKS.md")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
