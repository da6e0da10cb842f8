"""How these programs end when something is wrong."""

from __future__ import annotations

import sys
from typing import Callable


class ReleaseError(Exception):
    """Something that stops a release, in words for whoever releases."""


def run(main: Callable[[list[str]], None]) -> None:
    """Runs a program with its arguments. What stops the release is printed, without a traceback."""
    try:
        main(sys.argv[1:])
    except ReleaseError as error:
        sys.exit(f"release: {error}")
