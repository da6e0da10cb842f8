"""What `make dist` left in a folder: which package each file is, and where it is published."""

from __future__ import annotations

import json
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path

from .failure import ReleaseError

CRATES, NPM, PYPI = "crates.io", "npm", "PyPI"

_CRATE = re.compile(r"(.+?)-(\d+\.\d+\.\d+.*)\.crate")
_WHEEL = re.compile(r"([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl")
_SDIST = re.compile(r"([^-]+)-([^-]+)\.tar\.gz")


@dataclass(frozen=True)
class Package:
    """One file that is published in a registry."""

    file: Path
    registry: str
    name: str
    version: str
    needs: frozenset[str] = frozenset()
    """Packages of npm that have to be published before it."""

    def __str__(self) -> str:
        return f"{self.registry}: {self.file.name}"


def packages(folder: Path) -> list[Package]:
    """All packages in a folder and the folders within, in the order in which they can be published."""
    found = [package for file in sorted(folder.rglob("*")) if file.is_file() and (package := _package(file))]
    if not found:
        raise ReleaseError(f"no package in {folder}")
    names = {package.name for package in found}
    return sorted(found, key=lambda package: len(package.needs & names))


def _package(file: Path) -> Package | None:
    """The package that a file is, or None for what no registry takes, such as a program in an archive."""
    if match := _CRATE.fullmatch(file.name):
        return Package(file, CRATES, match[1], match[2])
    if match := _WHEEL.fullmatch(file.name):
        return Package(file, PYPI, match[1].replace("_", "-"), match[2])
    if file.suffix == ".tgz":
        return _npm(file)
    if (match := _SDIST.fullmatch(file.name)) and f"{match[1]}-{match[2]}/PKG-INFO" in _names(file):
        return Package(file, PYPI, match[1].replace("_", "-"), match[2])
    return None


def _npm(file: Path) -> Package:
    with tarfile.open(file) as archive:
        manifest_file = archive.extractfile("package/package.json")
        assert manifest_file is not None
        manifest = json.load(manifest_file)
    needs = frozenset(manifest.get("dependencies", {})) | frozenset(manifest.get("optionalDependencies", {}))
    return Package(file, NPM, manifest["name"], manifest["version"], needs)


def _names(file: Path) -> list[str]:
    with tarfile.open(file) as archive:
        return archive.getnames()
