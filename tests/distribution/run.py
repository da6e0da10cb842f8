#!/usr/bin/env python3
"""Builds everything that is published into target/dist, checks every file, and runs what can be run here.

make dist                           everything
make dist DIST=--list               the names of all artifacts, with the places in which they are run
make dist DIST="--only NAME"        one artifact; several with several --only
make dist DIST="--only NAME@PLACE"  one artifact, run in one place only

What the commands printed is in target/dist-logs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence

import choice
import placeholder
import reports
from artifacts import ARTIFACTS
from commands import ROOT, Failed
from making import Workshop

TARGET = ROOT / "target"


def main(arguments: Sequence[str]) -> int:
    """Makes what was asked for and prints the table. Returns the exit status."""
    described, _, usage = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(description=described, epilog=usage, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the artifacts and their places")
    parser.add_argument("--only", action="append", default=[], metavar="NAME[@PLACE]", help="make only this")
    asked = parser.parse_args(arguments)
    if asked.list:
        print("\n".join(choice.listed(ARTIFACTS)))
        return 0
    try:
        chosen = choice.chosen(ARTIFACTS, asked.only)
    except choice.Unknown as unknown:
        parser.error(str(unknown))
    workshop = Workshop(TARGET / "dist", TARGET / "dist-builds", TARGET / "dist-logs")
    if not asked.only:
        shutil.rmtree(workshop.dist, ignore_errors=True)
    made = [workshop.make(artifact, place) for artifact, place in chosen]
    print(f"\n{reports.table(made)}\n")
    for failure in reports.failures(made):
        print(f"failed: {failure}")
    print('One line again: make dist DIST="--only ARTIFACT", or "--only ARTIFACT@PLACE". Logs: target/dist-logs/')
    if warning := placeholder.warning():
        print(warning)
    print(reports.totals(made))
    return max(reports.exit_status(made), 0 if asked.only else _write_bills(workshop))


def _write_bills(workshop: Workshop) -> int:
    """Writes the bills of materials that are published with the packages. Returns the exit status."""
    try:
        workshop.shell("sbom").run("make", "--no-print-directory", "sbom")
    except Failed as failure:
        print(f"failed: bills of materials: {failure}")
        return 1
    print(f"bills of materials: {len(list((workshop.dist / 'sbom').iterdir()))}, in target/dist/sbom")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
