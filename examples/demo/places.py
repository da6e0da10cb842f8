"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
NODE = EXAMPLES / "node"
PYTHON = EXAMPLES / "python"
WORKER = EXAMPLES / "cloudflare-worker"
NPM_PACKAGE = ROOT / "bindings-wasm"

OUTPUT = ROOT / "target" / "demo"
"""Logs, and the packed npm package."""


def newest_node() -> str:
    """What runs wrangler, which may need a newer Node than the one on the path: `tests/setup.sh nodes` installs it."""
    installed = ROOT / "target" / "nodes" / "26" / "node"
    return str(installed) if installed.exists() else "node"


def rust_program(name: str) -> Path:
    """A program that cargo has built: `make build-examples` does it."""
    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
    return target / "debug" / (name + (".exe" if os.name == "nt" else ""))
