"""Pays out thousands of times over sockets, at a gateway that misbehaves, with clients that are killed.

`make soak` runs 10,000 payouts from Rust and 2,000 each from Node and Python; `--short` a few
hundred. Each client saves to a SQLite database of its own and is killed at random; the next process
goes on from what was saved. In the end the gateway's ledger is held against the verdicts: no payout
was debited twice, none is missing, and every verdict is true.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# In a thousand requests, so many of each kind go wrong.
TROUBLE = {
    "drop": 40, "drop-after": 40, "twice": 25, "late": 25, "500": 20, "500-after": 20, "429": 10, "rubbish": 10,
    "rubbish-after": 10, "deny": 20, "lag": 20,
}  # fmt: skip
# Later than this no request arrives, and details does not lag longer: far less than the clients' settle time of
# 4 s, as the machine may be busy.
LATE_MS = (10, 600)
LAG_MS = (0, 1_000)
ACTIONS = ["withdraw", "details"]
DETAILS_LAG_MS = 300

AFTER_THE_LAST = 2.0
"""How long requests may still be on their way when the last client has ended, in seconds."""


@dataclass
class Language:
    """One client, and what became of its payouts."""

    name: str
    command: list[str]
    payouts: int
    workers: int
    kills: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def languages(short: bool) -> list[Language]:
    """The clients: those that were built by `make soak`."""
    rust = str(ROOT / "target" / "release" / "payseal-soak")
    node = ["node", str(ROOT / "tests" / "soak" / "node" / "client.mjs")]
    python = [sys.executable, str(ROOT / "tests" / "soak" / "client.py")]
    return [
        Language("Rust", [rust], 300 if short else 10_000, 48),
        Language("Node", node, 100 if short else 2_000, 48),
        Language("Python", python, 100 if short else 2_000, 48),
    ]


class Sandbox:
    """A local gateway that misbehaves, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        program = ROOT / "target" / "release" / "payseal-sandbox"
        self.process = subprocess.Popen(
            [program, "--port", "0", "--details-lag", str(DETAILS_LAG_MS), "--seed", str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "listening on " in line, line
        self.url = line.split("listening on ")[1].strip()
        self.post("balances", {"USD": "10000000"})
        trouble = {"seed": seed, "per_mille": TROUBLE, "late_ms": LATE_MS, "lag_ms": LAG_MS, "actions": ACTIONS}
        self.post("trouble", trouble)

    def post(self, path: str, options: object) -> Any:
        body = json.dumps(options).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/sandbox/{path}", body, headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}/sandbox/{path}") as answer:
            return json.load(answer)


def run_client(language: Language, url: str, database: Path, dice: random.Random) -> None:
    """Runs a client to the end of its payouts, killing it now and then."""
    command = [
        *language.command,
        url,
        str(database),
        language.name.lower(),
        str(language.payouts),
        str(language.workers),
    ]
    kills = 3 + language.payouts // 500
    while True:
        process = subprocess.Popen(command)
        try:
            patience = dice.uniform(0.5, 3.0) if language.kills < kills else 900
            status = process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            if language.kills >= kills:
                raise SystemExit(f"{language.name} does not end") from None
            language.kills += 1
            continue
        if status != 0:
            raise SystemExit(f"{language.name} ended with status {status}")
        return


def judge(language: Language, database: Path, ledger: dict[str, dict[str, Any]]) -> list[str]:
    """Holds what was saved against the gateway's ledger. Returns the violations."""
    violations = []
    with sqlite3.connect(database) as connection:
        saved = dict(connection.execute("SELECT uniqueid, text FROM payouts"))
    for number in range(language.payouts):
        uniqueid = f"{language.name.lower()}-{number}"
        text = saved.get(uniqueid)
        outcome = json.loads(text).get("outcome") if text is not None else None
        if outcome is None:
            violations.append(f"{uniqueid}: lost")
            continue
        verdict = outcome["verdict"]
        language.verdicts[verdict] += 1
        if verdict == "unknown":
            language.reasons[outcome.get("reason", "no answer")] += 1
        moved = ledger.get(uniqueid, {"debits": 0, "returns": 0, "moved": "0"})
        violations += [f"{uniqueid}: {problem}" for problem in problems(verdict, number, moved)]
    return violations


def problems(verdict: str, number: int, moved: dict[str, Any]) -> list[str]:
    """What is wrong with a verdict, by what the gateway has debited and returned."""
    debits = moved["debits"]
    if debits > 1:
        return [f"debited {debits} times"]
    if verdict == "paid":
        # The sandbox takes a commission of one per cent.
        is_right = debits == 1 and moved["returns"] == 0 and Decimal(moved["moved"]) >= Decimal(f"1.{number % 100:02}")
        return [] if is_right else ["paid, but not debited as asked for"]
    if verdict in ("failed", "rejected") and debits > moved["returns"]:
        return [f"{verdict}, but debited"]
    return [f"a {verdict} that nothing here can cause"] if verdict == "conflict" else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few hundred payouts")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    sandbox = Sandbox(arguments.seed)
    began = time.monotonic()
    violations = []
    clients = languages(arguments.short)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for language in clients:
                run_client(language, sandbox.url, Path(folder, language.name), dice)
            time.sleep(AFTER_THE_LAST)
            ledger = {payout["uniqueid"]: payout for payout in sandbox.get("payouts?fields=summary")["payouts"]}
            for language in clients:
                violations += judge(language, Path(folder, language.name), ledger)
        faults = sandbox.get("counts")["faults"]
    finally:
        sandbox.process.terminate()
        sandbox.process.wait()
    report(clients, faults, violations, time.monotonic() - began)
    return 1 if violations else 0


def report(clients: list[Language], faults: dict[str, int], violations: list[str], seconds: float) -> None:
    print(f"soak: {sum(client.payouts for client in clients)} payouts in {seconds:.0f} s")
    print("| language | payouts | kills | paid | failed | rejected | unknown |")
    print("|---|---|---|---|---|---|---|")
    for client in clients:
        counts = [client.verdicts[verdict] for verdict in ("paid", "failed", "rejected", "unknown")]
        print("|", " | ".join(map(str, [client.name, client.payouts, client.kills, *counts])), "|")
    print("faults:", ", ".join(f"{count} {kind}" for kind, count in sorted(faults.items())))
    for client in clients:
        for reason, count in client.reasons.most_common():
            print(f"unknown in {client.name}, {count} times: {reason}")
    doubled = sum("times" in violation for violation in violations)
    lost = sum(violation.endswith("lost") for violation in violations)
    print(f"duplicates: {doubled}, lost: {lost}, false verdicts: {len(violations) - doubled - lost}")
    for violation in violations[:20]:
        print("violation:", violation)
    passed = sum(client.payouts for client in clients) - len(violations)
    print(f"{passed} passed, {len(violations)} failed in {seconds:.1f}s")


if __name__ == "__main__":
    sys.exit(main())
