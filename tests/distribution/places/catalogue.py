"""The places, by name."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import linux, windows
from .folders import TARGET, SetUpFailed, alone, set_up
from .outcome import NotHere, Outcome, last_line
from .python import Python

DEBIAN_STABLE = "trixie"
"""The Debian whose arm64 Python is run."""
DEBIAN_NEXT = "forky"
"""The first Debian that has CPython 3.14."""


def _nothing() -> None:
    pass


def _no_prefix() -> list[str]:
    return []


def _emulated() -> list[str]:
    set_up("places_linux")
    return [linux.QEMU]


@dataclass(frozen=True)
class Place:
    """One environment: how it is set up, what starts its programs, and what has to be ended after a run."""

    python: Callable[[], Python]
    """Sets up what is missing, which is quick the second time. Raises `NotHere` if it is not to be had."""
    prefix: Callable[[], list[str]] = _no_prefix
    finish: Callable[[], None] = _nothing


PLACES: dict[str, Place] = {
    **{
        f"cpython-{version}": Place(partial(linux.of_this_machine, version))
        for version in ("3.9", "3.10", "3.11", "3.12", "3.13")
    },
    "cpython-3.14": Place(partial(linux.of_this_machine_or_debian, "3.14", DEBIAN_NEXT)),
    # No registry has this one, so it runs only where somebody has built it.
    "cpython-3.14t": Place(partial(linux.of_this_machine, "3.14t")),
    "glibc-aarch64": Place(partial(linux.debian_aarch64, "3.13", DEBIAN_STABLE), _emulated),
    "musl-x86_64": Place(linux.musl_x86_64),
    "musl-aarch64": Place(linux.musl_aarch64, _emulated),
    "windows-x86_64": Place(windows.python, windows.program, windows.finish),
}


def run(place: str, wheel: Path) -> Outcome:
    """Installs a wheel in a place and runs the tests of the package there.

    It has "failed" unless tests were counted and all passed, also if the set-up failed. It is "not runnable" only if the place
    cannot be had on this machine. What was printed is in `target/places/PLACE.log`. Raises `KeyError` for an unknown place.
    """
    chosen = PLACES[place]
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return Outcome(
            "not runnable", f"the places are for Linux on x86_64, not {platform.system()} on {platform.machine()}"
        )
    with alone(place):
        try:
            python = chosen.python()
            return python.run_tests(wheel.resolve(), TARGET / f"{place}.log")
        except NotHere as reason:
            return Outcome("not runnable", str(reason))
        except SetUpFailed as error:
            return Outcome("failed", f"the place could not be set up: {last_line(str(error))}")
        finally:
            chosen.finish()


def command(place: str, program: Path) -> list[str]:
    """The command that runs a program in a place: an emulator or wine before it, or nothing.

    Programs for aarch64 have to be linked statically. Raises `KeyError` for an unknown place, `NotHere` if it is not to
    be had on this machine, and `SetUpFailed` if the emulator or wine cannot be installed.
    """
    return [*PLACES[place].prefix(), str(program)]
