"""The crate as it is published: packed, unpacked outside the repository, tested there."""

from __future__ import annotations

import re
import tarfile
import time
from pathlib import Path

from commands import ROOT, Failed, Shell

TARGET = ROOT / "target" / "package-core"


def package(shell: Shell) -> Path:
    """Packs the crate."""
    command = ("cargo", "package", "--quiet", "--allow-dirty", "--no-verify", "-p", "payseal")
    shell.run(*command, "--target-dir", TARGET)
    (packed,) = (TARGET / "package").glob("payseal-*.crate")
    return packed


def run_tests(shell: Shell, crate: Path, empty: Path) -> int:
    """Unpacks the crate into an empty folder and runs its tests with all features. Returns how many passed."""
    printed = _cargo(shell, crate, empty, "test", "--all-features", "--quiet")
    passed = sum(int(number) for number in re.findall(r"(\d+) passed; 0 failed", printed))
    if passed == 0:
        raise Failed("cargo test ran no test of the crate")
    return passed


def check_without_features(shell: Shell, crate: Path, empty: Path) -> None:
    """Unpacks the crate into an empty folder and compiles it without its features."""
    _cargo(shell, crate, empty, "check", "--no-default-features", "--quiet")


def _cargo(shell: Shell, crate: Path, empty: Path, *command: str) -> str:
    with tarfile.open(crate) as packed:
        # The files of every crate have the same time of long ago: Cargo would take an earlier build for theirs.
        for member in packed.getmembers():
            member.mtime = time.time()
        packed.extractall(empty)
    (folder,) = empty.glob("payseal-*")
    # The versions that this repository tests.
    (folder / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    environment = {"CARGO_TARGET_DIR": str(TARGET / "tests"), "CARGO_NET_OFFLINE": "true"}
    return shell.run("cargo", *command, folder=folder, environment=environment)
