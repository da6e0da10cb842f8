"""Packages that were built, registries on the loopback address, and programs that note how they are called."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tarfile
from pathlib import Path
from typing import Callable

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "readme")]


def pack(file: Path, **files: str) -> Path:
    """An archive with some texts; `__` in a name is written for `/`, and `_` for `.`."""
    with tarfile.open(file, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return file


def npm_package(folder: Path, name: str, version: str = "1.2.3", **manifest: object) -> Path:
    """A package as `npm pack` makes it."""
    text = json.dumps({"name": name, "version": version, **manifest})
    return pack(folder / f"{name.lstrip('@').replace('/', '-')}-{version}.tgz", package__package_json=text)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """What `make dist` leaves: two packages of npm of which one needs the other, a crate, two wheels, an sdist."""
    folder = tmp_path / "dist"
    folder.mkdir()
    npm_package(folder, "payseal")
    # Its name comes first, but the package that it needs has to be published before it.
    npm_package(folder, "payseal-sandbox", optionalDependencies={"payseal-sandbox-linux-x64": "1.2.3"})
    npm_package(folder, "payseal-sandbox-linux-x64")
    (folder / "payseal-1.2.3.crate").write_text("a crate")
    (folder / "payseal-1.2.3-cp39-abi3-win_amd64.whl").write_text("a wheel")
    (folder / "payseal_sandbox-1.2.3-py3-none-win_amd64.whl").write_text("another wheel")
    with tarfile.open(folder / "payseal-1.2.3.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("payseal-1.2.3/PKG-INFO"))
    (folder / "payseal-sandbox-1.2.3-x86_64-unknown-linux-musl.tar.gz").write_text("a program")
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Puts a program on the path, written for bash; the file it returns gets a line for each call."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def put(name: str, does: str) -> Path:
        calls = tmp_path / f"{name}.calls"
        calls.touch()
        real = shutil.which(name, path=os.environ["PATH"].split(os.pathsep, 1)[1])
        file = folder / name
        file.write_text(f'#!/usr/bin/env bash\nreal={real}\necho "$*" >>{calls}\n{does}\n')
        file.chmod(0o755)
        return calls

    return put
