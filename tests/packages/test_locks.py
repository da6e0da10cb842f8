"""Each lock file of Cargo fits its workspace: those outside the main one are not built by `make test`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = subprocess.run(
    ["git", "ls-files", "*Cargo.lock"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_fits_its_workspace(lock: str) -> None:
    manifest = ROOT / lock.replace(".lock", ".toml")
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--manifest-path", str(manifest)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
