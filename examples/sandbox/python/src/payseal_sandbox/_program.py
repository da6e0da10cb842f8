"""Where the program is that came with this package."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ._errors import SandboxError

DISTRIBUTION = "payseal-sandbox"
NAME = "payseal-sandbox.exe" if sys.platform == "win32" else "payseal-sandbox"


def program() -> Path:
    """The program `payseal-sandbox` of this installation.

    Raises `SandboxError` if it is not there.
    """
    places = list(dict.fromkeys(_places()))
    for place in places:
        if place.is_file():
            return place
    looked = "".join(f"\n  {place}" for place in places)
    raise SandboxError(
        f"the program {NAME} of this package is missing; it was looked for at{looked}\n"
        f"Install the package again: {sys.executable} -m pip install --force-reinstall {DISTRIBUTION}"
    )


def version() -> str:
    """The version of this package, which is that of the program."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "unknown"


def _places() -> Iterator[Path]:
    # The installer's own list is exact, except for `pip install --target`, which moves files after writing it.
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == NAME:
            yield Path(str(file.locate())).resolve()
    yield Path(sysconfig.get_path("scripts")) / NAME
    yield Path(__file__).resolve().parents[1] / "bin" / NAME
