"""Publishes what `make dist` left, leaving out what is published: python3 -m release.publish WHAT FOLDER

crates        with `cargo publish`
npm           with `npm publish`, the packages for single platforms first
stage         NAME, the third argument: copies the files of that project on PyPI into target/publish/NAME,
              for the action that uploads them
verify        waits until everything is published, with the bytes of FOLDER
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

from .failure import ReleaseError, run
from .packages import CRATES, NPM, PYPI, Package, packages
from .registries import is_published

# What publishes with a token of the workflow and says which workflow it was.
_OLDEST_NPM = (11, 5)
# A registry shows a new version after some seconds, seldom minutes.
_ATTEMPTS = 40
_PAUSE = 15.0


def crates(folder: Path) -> None:
    """Publishes the crates. Nothing is compiled: `make dist` has done that, without a token nearby."""
    for package in _missing(folder, CRATES):
        _command("cargo", "publish", "--locked", "--no-verify", "--package", package.name)


def npm(folder: Path) -> None:
    """Publishes the packages of npm."""
    version = subprocess.run(["npm", "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < _OLDEST_NPM:
        raise ReleaseError(f"npm {version.strip()} cannot publish without a token; 11.5 can")
    for package in _missing(folder, NPM):
        # What is not meant for everyone must not become what `npm install` chooses.
        channel = "next" if "-" in package.version else "latest"
        _command("npm", "publish", str(package.file.resolve()), "--provenance", "--access", "public", "--tag", channel)


def stage(folder: Path, name: str) -> None:
    """Copies the files of one project on PyPI. All of them: the action leaves out what is there."""
    target = Path("target/publish") / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    chosen = [package for package in packages(folder) if (package.registry, package.name) == (PYPI, name)]
    if not chosen:
        raise ReleaseError(f"{folder} has no file of {name}")
    for package in chosen:
        print(f"published already, with these bytes: {package}" if is_published(package) else f"new: {package}")
        shutil.copy2(package.file, target)


def verify(folder: Path, attempts: int = _ATTEMPTS, pause: float = _PAUSE) -> None:
    """Waits until every package is published as it was built."""
    missing = packages(folder)
    number = len(missing)
    for attempt in range(attempts):
        missing = [package for package in missing if not is_published(package)]
        if not missing:
            print(f"all {number} files are published as they were built")
            return
        if attempt + 1 < attempts:
            time.sleep(pause)
    raise ReleaseError("\n  ".join(["not published:", *map(str, missing)]))


def _missing(folder: Path, registry: str) -> list[Package]:
    """What is still to be published; all is asked for before anything is published."""
    chosen = [package for package in packages(folder) if package.registry == registry]
    if not chosen:
        raise ReleaseError(f"{folder} has nothing for {registry}")
    there = {package for package in chosen if is_published(package)}
    for package in chosen:
        print(f"{'published already' if package in there else 'publishing'}: {package}", flush=True)
    return [package for package in chosen if package not in there]


def _command(*command: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise ReleaseError(f"failed: {' '.join(command)}")


def main(arguments: list[str]) -> None:
    """Does one of these."""
    what, folder = arguments[0], Path(arguments[1])
    if what == "crates":
        crates(folder)
    elif what == "npm":
        npm(folder)
    elif what == "stage":
        stage(folder, arguments[2])
    elif what == "verify":
        verify(folder)
    else:
        raise ReleaseError(f"{what} is none of crates, npm, stage and verify")


if __name__ == "__main__":
    run(main)
