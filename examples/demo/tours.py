"""The tours: the same story as a program in each language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from .places import NODE, PYTHON, rust_program

TOURS = {
    "Rust": [str(rust_program("payseal-tour"))],
    "Node": ["node", str(NODE / "tour.js")],
    "Python": [sys.executable, str(PYTHON / "tour.py")],
}

STEPS = (
    "balances",
    "invoice",
    "callback",
    "details",
    "payout",
    "code created",
    "code applied",
    "codes listed",
    "crypto invoice",
    "notifications",
    "crypto details",
    "wallet",
)
"""What every tour reports, in this order."""

TIMEOUT = 120.0


@dataclass(frozen=True)
class Step:
    """One step: what was sent, and what came of it."""

    name: str
    sent: str
    verified: str
    passed: bool = True


def run(language: str, sandbox: str, receiver: str) -> list[Step]:
    """Runs the tour in a language. If it breaks off, the last step says why."""
    command = [*TOURS[language], sandbox, receiver]
    environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    tour = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=TIMEOUT)
    lines = [json.loads(line) for line in tour.stdout.splitlines()]
    steps = [Step(line["step"], line["sent"], line["verified"]) for line in lines]
    missing = STEPS[len(steps) :]
    if tour.returncode != 0 or missing:
        print(f"The tour in {language} broke off:\n{tour.stderr}", file=sys.stderr)
        steps.append(Step(missing[0] if missing else STEPS[-1], "", "broke off", passed=False))
    return steps
