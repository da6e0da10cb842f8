"""Runs the tests of a wheel in one place: python3 tests/distribution/places PLACE WHEEL

Prints the outcome. Exits with 0 if tests ran and all passed, with 1 if not, and with 3 if the place is not to be had.
"""

from __future__ import annotations

import sys
from pathlib import Path

# Started as a folder, Python looks for modules in it, not beside it.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from places import PLACES, run  # noqa: E402


def main(arguments: list[str]) -> int:
    """Runs it and returns the exit status."""
    if len(arguments) != 2 or arguments[0] not in PLACES or not Path(arguments[1]).is_file():
        print(f"{__doc__}\nPlaces: {', '.join(PLACES)}", file=sys.stderr)
        return 2
    place, wheel = arguments
    outcome = run(place, Path(wheel))
    print(f"{place}: {outcome.status}: {outcome.detail}")
    return {"ran": 0, "failed": 1, "not runnable": 3}[outcome.status]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
