"""Both packages have the same bytes wherever they are built: they are built again in another folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it is now, without what was built."""
    folder = tmp_path_factory.mktemp("elsewhere")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    (folder / "bindings-wasm" / "node_modules").symlink_to(ROOT / "bindings-wasm" / "node_modules")
    return folder


def run(folder: Path, *command: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def digest(folder: Path, pattern: str) -> tuple[str, str]:
    (package,) = folder.glob(pattern)
    return package.name, hashlib.sha256(package.read_bytes()).hexdigest()


def test_the_wheel(elsewhere: Path) -> None:
    run(elsewhere, "bindings-python/build-wheel.sh", "bindings-python/dist")
    pattern = "bindings-python/dist/*.whl"
    assert digest(elsewhere, pattern) == digest(ROOT, pattern)


def test_the_npm_package_and_its_module(elsewhere: Path) -> None:
    run(elsewhere / "bindings-wasm", "npm", "run", "build")
    run(elsewhere / "bindings-wasm", "npm", "pack", "--ignore-scripts", "--pack-destination", "dist")
    for pattern in ("bindings-wasm/dist/payseal.wasm", "bindings-wasm/dist/*.tgz"):
        assert digest(elsewhere, pattern) == digest(ROOT, pattern)
