"""Whether all places that name the version name the same: python3 -m release.versions [TAG [FOLDER]]

With a tag they have to name that version, and CHANGELOG.md has to have the day of its release. With a folder all
packages in it have to be of that version.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import changelog
from .failure import ReleaseError, run
from .packages import packages

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OURS = re.compile(r"(@payseal/|payseal\b).*")
_TAG = re.compile(r"v(\d+\.\d+\.\d+(?:-rc\.\d+)?)")
_EXACT = re.compile(r"=?(\d+\.\d+\.\d+\S*)")
# The file names of packages in the section "Install".
_FILE_NAME = re.compile(r"\bpayseal-(\d+\.\d+\.\d+(?:-rc\.\d+|rc\d+)?)(?:\.tgz|-cp)")


@dataclass(frozen=True)
class Place:
    """One place that names the version."""

    file: str
    what: str
    version: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what} is {self.version}"


def places(root: Path) -> list[Place]:
    """Every place in the files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    found: list[Place] = []
    for file in filter(None, listed.stdout.split("\0")):
        reader = _READERS.get(Path(file).name)
        if reader is not None and (root / file).exists():
            found += (Place(file, *place) for place in reader((root / file).read_text(encoding="utf-8")))
    return found


Found = Iterator["tuple[str, str]"]


def _cargo_manifest(text: str) -> Found:
    manifest = tomllib.loads(text)
    workspace = manifest.get("workspace", {})
    if version := workspace.get("package", {}).get("version"):
        yield "workspace.package.version", version
    package = manifest.get("package", {})
    # The version of most crates is the workspace's; what is not published may have another.
    if isinstance(package.get("version"), str) and package.get("publish") is not False:
        yield "package.version", package["version"]
    for table in (manifest, workspace, *manifest.get("target", {}).values()):
        for kind in ("dependencies", "dev-dependencies", "build-dependencies"):
            for name, needed in table.get(kind, {}).items():
                if OURS.fullmatch(name) and isinstance(needed, dict) and "version" in needed:
                    yield f"the dependency {name}", needed["version"].removeprefix("=")


def _cargo_lock(text: str) -> Found:
    for package in tomllib.loads(text)["package"]:
        # Crates of a registry have a source.
        if package["name"] in ("payseal", "payseal-sandbox") and "source" not in package:
            yield f"the crate {package['name']}", package["version"]


def _npm_manifest(text: str) -> Found:
    manifest: dict[str, Any] = json.loads(text)
    # Where it is 0.0.0, the version is filled in when the package is built.
    if not manifest.get("private") and manifest.get("version") != "0.0.0":
        yield "version", manifest.get("version", "missing")
    for kind in ("dependencies", "optionalDependencies", "peerDependencies"):
        for name, needed in manifest.get(kind, {}).items():
            # Others are ranges, or paths of this repository.
            if OURS.fullmatch(name) and (exact := _EXACT.fullmatch(needed)):
                yield f"the dependency {name}", exact[1]


def _npm_lock(text: str) -> Found:
    lock = json.loads(text)
    if OURS.fullmatch(lock.get("name", "")) and "version" in lock:
        yield "version", lock["version"]


def _python_project(text: str) -> Found:
    project = tomllib.loads(text).get("project", {})
    if "version" in project:
        yield "project.version", project["version"]


def _changelog(text: str) -> Found:
    yield "the newest section", changelog.sections(text)[0].version


def _readme(text: str) -> Found:
    for version in _FILE_NAME.findall(text):
        yield "the file name of a package", version


_READERS = {
    "Cargo.toml": _cargo_manifest,
    "Cargo.lock": _cargo_lock,
    "package.json": _npm_manifest,
    "package-lock.json": _npm_lock,
    "pyproject.toml": _python_project,
    "CHANGELOG.md": _changelog,
    "README.md": _readme,
}


def of_tag(tag: str) -> str:
    """The version that a tag names."""
    found = _TAG.fullmatch(tag)
    if found is None:
        raise ReleaseError(f"the tag {tag!r} is not `v1.2.3` or `v1.2.3-rc.1`")
    return found[1]


def spellings(version: str) -> tuple[str, str]:
    """How a version is written, and how Python writes it: 1.2.3-rc.1 and 1.2.3rc1."""
    return version, version.replace("-rc.", "rc")


def check(root: Path, tag: str | None) -> tuple[str, int]:
    """The version that all places name, and how many there are."""
    found = places(root)
    declared = next((each.version for each in found if each.what == "workspace.package.version"), None)
    if declared is None:
        raise ReleaseError("Cargo.toml has no workspace.package.version")
    version = declared if tag is None else of_tag(tag)
    wrong = [str(each) for each in found if each.version not in spellings(version)]
    if wrong:
        raise ReleaseError("\n  ".join([f"not every place says {version}:", *wrong]))
    if tag is not None:
        changelog.released((root / changelog.CHANGELOG).read_text(encoding="utf-8"), version)
    return version, len(found)


def check_built(folder: Path, version: str) -> int:
    """How many packages there are in a folder, all of them of the version."""
    built = packages(folder)
    wrong = [str(package) for package in built if package.version not in spellings(version)]
    if wrong:
        raise ReleaseError("\n  ".join([f"not every package is of version {version}:", *wrong]))
    return len(built)


def main(arguments: list[str]) -> None:
    """Prints the version, or what differs."""
    tag, folder = (*arguments, None, None)[:2]
    version, number = check(Path.cwd(), tag)
    print(f"{number} places say {version}")
    if folder is not None:
        print(f"{check_built(Path(folder), version)} packages are of version {version}")


if __name__ == "__main__":
    run(main)
