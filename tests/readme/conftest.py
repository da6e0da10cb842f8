"""What the tests of several documents share: a project with the npm package in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"


def run(command: list[str], folder: Path, timeout: float = 60) -> list[str]:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=timeout, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()


@pytest.fixture(scope="session")
def node_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with the packed package in it, as a user would have."""
    folder = tmp_path_factory.mktemp("readme")
    package = ROOT / "bindings-wasm"
    packed = run(
        ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), str(package)], ROOT
    )[-1]
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", f"./{packed}"], folder)
    # It is compiled where it is installed: once for all tests is enough.
    (folder / "node_modules" / "better-sqlite3").symlink_to(EXAMPLES / "node" / "node_modules" / "better-sqlite3")
    return folder
