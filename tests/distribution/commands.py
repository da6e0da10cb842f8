"""Runs commands, and keeps what they print."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKERS = ROOT / "target" / "venv-dist" / "bin"
"""The tools of tests/distribution/requirements.txt."""


class Failed(Exception):
    """What went wrong, on one line."""


@dataclass(frozen=True)
class Shell:
    """Runs commands for one artifact. What they print is added to its log."""

    log: Path

    def run(
        self, *command: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None, minutes: int = 40
    ) -> str:
        """What a command printed to both of its outputs. Raises `Failed` if it does not end with 0."""
        words = [str(word) for word in command]
        settings = {**os.environ, "NO_COLOR": "1", **(environment or {})}
        try:
            finished = subprocess.run(
                words, cwd=folder, env=settings, timeout=minutes * 60, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                errors="replace",
            )  # fmt: skip
        except FileNotFoundError:
            raise Failed(f"{words[0]} is missing") from None
        except subprocess.TimeoutExpired:
            raise Failed(f"{Path(words[0]).name} took longer than {minutes} minutes") from None
        self.note(f"$ {' '.join(words)}\n{finished.stdout}")
        if finished.returncode != 0:
            raise Failed(f"{Path(words[0]).name}: {_last_line(finished.stdout) or finished.returncode}")
        return finished.stdout

    def note(self, text: str) -> None:
        """Adds to the log."""
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{text}\n")


def _last_line(printed: str) -> str:
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    return lines[-1][:160] if lines else ""
