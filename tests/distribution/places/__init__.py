"""The environments in which built wheels and programs are run: other Pythons, C libraries, machines and systems.

    >>> from places import PLACES, run
    >>> "musl-aarch64" in PLACES
    True

Each is set up when it is first used, under `target/places`.
"""

from __future__ import annotations

from .catalogue import PLACES, Place, command, run
from .folders import SetUpFailed
from .outcome import NotHere, Outcome

__all__ = ["PLACES", "NotHere", "Outcome", "Place", "SetUpFailed", "command", "run"]
