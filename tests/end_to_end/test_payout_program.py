"""The program of `examples/node/payout.js`, a whole user's program with SQLite: killed, and run twice at once."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gateways import Gateways, wait_until

from examples.demo.places import NODE

PROGRAM = NODE / "payout.js"
SANDBOX_IN_PROGRAM = "http://127.0.0.1:8787"
ONCE = [Decimal("-10.10")]

Run = subprocess.Popen[str]


class Runs:
    """Runs of the program in one folder, where its database is."""

    def __init__(self, folder: Path, gateway: str) -> None:
        self.folder = folder
        self.running: list[Run] = []
        program = PROGRAM.read_text(encoding="utf-8")
        assert SANDBOX_IN_PROGRAM in program
        (folder / "payout.mjs").write_text(program.replace(SANDBOX_IN_PROGRAM, gateway), encoding="utf-8")
        (folder / "node_modules").symlink_to(NODE / "node_modules")

    def start(self) -> Run:
        run = subprocess.Popen(
            ["node", "payout.mjs"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.running.append(run)
        return run

    def saved(self) -> dict[str, Any]:
        """The payout as it is saved; nothing if it is not."""
        try:
            with sqlite3.connect(self.folder / "payouts.sqlite") as database:
                row = database.execute("SELECT text FROM payouts").fetchone()
        except sqlite3.OperationalError:
            return {}
        return dict(json.loads(row[0])) if row else {}

    def wait_for_stage(self, stage: str) -> None:
        wait_until(lambda: self.saved().get("stage") == stage)

    def end(self) -> None:
        for run in self.running:
            run.kill()
            run.communicate()


@pytest.fixture
def runs(gateways: Gateways, tmp_path: Path) -> Iterator[Runs]:
    runs = Runs(tmp_path, gateways.url)
    yield runs
    runs.end()


def said(run: Run) -> tuple[int, str, str]:
    output, errors = run.communicate(timeout=30)
    return run.returncode, output.strip(), errors


def test_it_pays_once_however_often_it_is_run(gateways: Gateways, runs: Runs) -> None:
    for _ in range(2):
        assert said(runs.start())[:2] == (0, "paid")
    assert gateways.movements("withdrawal 135") == ONCE


def test_it_is_killed_while_it_waits_and_two_go_on(gateways: Gateways, runs: Runs) -> None:
    gateways.misbehave("withdraw", "drop-after")
    killed = runs.start()
    runs.wait_for_stage("waiting")
    killed.send_signal(signal.SIGKILL)
    ended = [said(run) for run in (runs.start(), runs.start())]
    assert sorted(code for code, _, _ in ended) in ([0, 0], [0, 1]), ended
    for code, output, errors in ended:
        assert output == "paid" if code == 0 else "another worker has it" in errors
    assert gateways.movements("withdrawal 135") == ONCE


def test_it_is_killed_while_it_sends(gateways: Gateways, runs: Runs) -> None:
    gateways.misbehave("withdraw", "delay-after", delay_ms=2000)
    killed = runs.start()
    runs.wait_for_stage("withdrawing")
    wait_until(lambda: gateways.movements("withdrawal 135") == ONCE)
    killed.send_signal(signal.SIGKILL)
    assert said(runs.start())[:2] == (0, "paid")
    assert gateways.movements("withdrawal 135") == ONCE
