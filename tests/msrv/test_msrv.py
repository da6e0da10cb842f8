"""Everything builds with the oldest compiler that is promised: `rust-version` in Cargo.toml, and nowhere else."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = re.findall(r'^rust-version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)[0]
# `rust-version` may leave out the last number, and a toolchain has none then: its newest is meant.
TOOLCHAIN = f"+{VERSION}"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    # In a folder of its own: another compiler would make everything be built again.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target" / "msrv")}
    # Set while a program started by rustup runs, it would be obeyed instead of the version asked for.
    environment.pop("RUSTUP_TOOLCHAIN", None)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def oldest() -> str:
    run("tests/setup.sh", "oldest_rust")
    try:
        found = run("cargo", TOOLCHAIN, "--version")
    except FileNotFoundError:
        pytest.skip("cargo is missing")
    if not found.stdout.startswith(f"cargo {VERSION}"):
        pytest.skip(f"Rust {VERSION} cannot be had here: {found.stderr.strip().splitlines()[:1]}")
    return TOOLCHAIN


@pytest.mark.parametrize(
    "arguments",
    [
        "-p payseal --all-features",
        "-p payseal --no-default-features",
        "-p payseal-python",
        "-p payseal-wasm --target wasm32-unknown-unknown",
        "-p payseal-sandbox",
    ],
)
def test_it_builds_with_the_oldest_compiler(arguments: str, oldest: str) -> None:
    finished = run("cargo", oldest, "check", "--locked", "--quiet", *arguments.split())
    assert finished.returncode == 0, finished.stderr


def test_every_crate_of_the_workspace_inherits_the_version() -> None:
    members = re.findall(
        r'"([^"]+)"', re.findall(r"^members = (.*)", (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[0]
    )
    assert "core" in members
    others = [
        member
        for member in members
        if "rust-version.workspace = true" not in (ROOT / member / "Cargo.toml").read_text(encoding="utf-8")
    ]
    assert others == []
