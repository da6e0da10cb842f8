"""The address that is in the manifests until the project has its own."""

from __future__ import annotations

import subprocess

from commands import ROOT

PLACEHOLDER = "https://payseal.example"
MANIFESTS = ("Cargo.toml", "package.json", "pyproject.toml")


def warning() -> str:
    """What to change before anything is published; empty if nothing is left."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    manifests = [name for name in listed.stdout.splitlines() if name.split("/")[-1] in MANIFESTS]
    return warning_of([name for name in manifests if PLACEHOLDER in (ROOT / name).read_text(encoding="utf-8")])


def warning_of(files: list[str]) -> str:
    """The warning about these files."""
    if not files:
        return ""
    return (
        f"WARNING: {PLACEHOLDER} is a placeholder; before publishing, put the project's address into {', '.join(files)}"
    )
