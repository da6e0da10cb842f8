"""Packages from PyPI, each with its version and its hash."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .folders import REQUIREMENTS, TARGET, alone, command, key_of, made

_ONLY_THESE = ("--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")


@dataclass(frozen=True)
class Tags:
    """Which wheels a Python takes that pip cannot ask itself."""

    version: str
    platforms: tuple[str, ...]

    def options(self) -> list[str]:
        """The same for pip."""
        abis = (f"cp{self.version.replace('.', '')}", "abi3", "none")
        options = ["--implementation", "cp", "--python-version", self.version, "--only-binary", ":all:"]
        for name, values in (("--platform", self.platforms), ("--abi", abis)):
            for value in values:
                options += [name, value]
        return options


@dataclass(frozen=True)
class Installer:
    """How pip installs for one Python: by asking it, or by its tags into its folder of packages."""

    python: Path | None = None
    tags: Tags | None = None
    site: Path | None = None

    def packages(self, requirements: str) -> None:
        """Installs what one of the files in `requirements/` lists."""
        self._install([*_ONLY_THESE, "-r", str(REQUIREMENTS / f"{requirements}.txt")])

    def wheel(self, wheel: Path) -> None:
        """Installs a wheel. Pip refuses one for another platform."""
        self._install(["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", str(wheel)])

    def _install(self, what: Sequence[str]) -> None:
        if self.python:
            command([*_pip(), "--python", self.python, "install", *what])
        else:
            assert self.tags and self.site
            command([*_pip(), "install", "--target", self.site, *self.tags.options(), *what])


def download(requirements: str, folder: Path, tags: Tags | None = None) -> None:
    """Downloads what one of the files in `requirements/` lists: wheels, or without tags the sources."""
    options = tags.options() if tags else ["--no-build-isolation", "--no-binary", ":all:"]
    command([*_pip(), "download", *_ONLY_THESE, *options, "-d", folder, "-r", REQUIREMENTS / f"{requirements}.txt"])


def tool(name: str) -> Path:
    """A program of the packages in `requirements/tools.txt`."""
    requirements = REQUIREMENTS / "tools.txt"

    def make(folder: Path) -> None:
        command([sys.executable, "-m", "venv", folder])
        command([folder / "bin" / "python", "-m", "pip", "install", *_ONLY_THESE, "-r", requirements])

    with alone("tools"):
        return made(TARGET / "tools", key_of(requirements, sys.version), make) / "bin" / name


def _pip() -> list[str | Path]:
    return [tool("python"), "-m", "pip"]
