"""What builds the artifacts, each into an empty folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import crate
from commands import ROOT, Failed, Shell


@dataclass(frozen=True)
class Build:
    """Something that leaves one artifact or several in a folder."""

    name: str
    build: Callable[[Shell, Path], None]


def _crate(shell: Shell, folder: Path) -> None:
    shutil.copy2(crate.package(shell), folder)


def _npm(shell: Shell, folder: Path) -> None:
    shell.run("make", "build-wasm")
    for tarball in (ROOT / "bindings-wasm" / "dist").glob("*.tgz"):
        shutil.copy2(tarball, folder)


def _sdist(shell: Shell, folder: Path) -> None:
    shell.run("maturin", "sdist", "--manifest-path", "bindings-python/Cargo.toml", "--out", folder)


CRATE = Build("crate", _crate)
NPM = Build("npm", _npm)
SDIST = Build("sdist", _sdist)


def wheel(*target_and_interpreter: str) -> Build:
    """The wheel of `payseal` for a target of Rust, and for one interpreter if abi3 does not cover it."""

    def build(shell: Shell, folder: Path) -> None:
        shell.run("bindings-python/build-wheel.sh", folder, *target_and_interpreter)

    return Build("-".join(("wheel", *target_and_interpreter)), build)


def sandbox(*options: str) -> Build:
    """Packages of the sandbox."""
    program = Path("examples/sandbox/packages.py")

    def build(shell: Shell, folder: Path) -> None:
        if not (ROOT / program).exists():
            raise Failed(f"{program} is missing")
        shell.run("python3", program, *options, "--out", folder)

    return Build("".join(("sandbox", *options)), build)
