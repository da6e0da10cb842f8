"""The command in both languages, and how a test runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "javascript": ["node", str(ROOT / "bindings-wasm" / "dist" / "command.js")],
    "python": [sys.executable, "-m", "payseal"],
}
PROGRAMS = {"javascript": "npx payseal", "python": "python -m payseal"}
"""What the command calls itself."""


class Printed(NamedTuple):
    """How a command ended, and what it printed."""

    exit_code: int
    stdout: str
    stderr: str


def run(
    language: str,
    arguments: Sequence[str],
    folder: Path,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
) -> Printed:
    """Runs the command without a terminal, and with no variable named after payseal but those given."""
    finished = subprocess.run(
        [*COMMANDS[language], *arguments],
        cwd=folder, env=environment(variables or {}), input=stdin, capture_output=True, timeout=60, check=False,
        start_new_session=True,
    )  # fmt: skip
    return Printed(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PAYSEAL_")}
    return {**inherited, **variables}
