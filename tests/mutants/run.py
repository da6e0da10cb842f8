#!/usr/bin/env python3
"""Takes each guard of the payouts away in turn, and sees that a test fails: a guard that nobody misses is not one.

Each mutant is a change of the core's source, made in a copy of the workspace in `target/mutants`. The explorer of
histories and the tests of payouts have to catch it. `--short` tries a few.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "target" / "mutants"
PAYOUT = "core/src/bitloga/payout/"
COMMON = "core/src/machine/common.rs"
PATIENCE = 300
"""After so many seconds a test that never ends has caught its mutant."""


@dataclass(frozen=True)
class Mutant:
    """What is changed where, and what is lost with it."""

    lost: str
    file: str
    old: str
    new: str


MUTANTS = [
    Mutant("denials count only after the settle time", PAYOUT + "mod.rs",
           "Says::NotKnown if waited >= self.policy.settled_after() =>", "Says::NotKnown =>"),
    Mutant("several denials are needed", PAYOUT + "mod.rs", "self.denials >= self.policy.denials", "self.denials >= 1"),
    Mutant("an acknowledged payout is not denied", PAYOUT + "mod.rs",
           "let is_enough = self.known.is_none() && ", "let is_enough = "),
    Mutant("only a first and only send is rejected", PAYOUT + "mod.rs",
           "self.sends == 1 && !self.is_uncertain", "true"),
    Mutant("a text that may have been sent is uncertain", PAYOUT + "saved.rs",
           "self.is_uncertain = true;", "self.is_uncertain = false;"),
    Mutant("a restored payout asks before it sends", PAYOUT + "saved.rs",
           "if self.stage == Stage::Ready {", "if false {"),
    Mutant("no more is sent than the policy allows", PAYOUT + "mod.rs",
           "self.sends < self.policy.sends", "self.sends < 9"),
    Mutant("a closed status is seen again", PAYOUT + "mod.rs",
           "verdict == Verdict::Paid || is_settled", "true"),
    Mutant("it is seen again after the settle time", PAYOUT + "mod.rs",
           "waited >= seen_at.saturating_add(self.policy.settled_after())", "true"),
    Mutant("what was paid is compared", PAYOUT + "mod.rs", "(false, ..) => Some(Verdict::Conflict),\n", ""),
    Mutant("the amount is compared", PAYOUT + "answer.rs",
           "amount.filter(|amount| !Amount::are_equal_texts(amount, digits))", "None"),
    Mutant("the purse is compared", PAYOUT + "answer.rs",
           'self.text("purse").filter(|other| !is_same_account(other, purse))', "None"),
    Mutant("an amount that is absent is not the right one", PAYOUT + "mod.rs",
           "(true, true, _) if transaction.is_of_amount =>", "(true, true, _) =>"),
    Mutant("answers are about this uniqueid", PAYOUT + "answer.rs",
           'answer.text("uniqueid").is_some_and(|uniqueid| is_same(&uniqueid, &asked.uniqueid))', "true"),
    Mutant("a failed server has not refused", "core/src/error.rs",
           "!matches!(status, 408 | 425 | 429) && status < 500", "true"),
    Mutant("a server that lets nobody in has not looked", PAYOUT + "answer.rs",
           "&& !matches!(status, 401 | 403 | 407) ", ""),
    Mutant("words that say something else are not a denial", PAYOUT + "answer.rs",
           "is_404 || NOT_KNOWN", "true || NOT_KNOWN"),
    Mutant("time counts only as far as it was asked for", "core/src/machine/timer.rs",
           "now.millis().saturating_sub(seen.millis())).min(self.left);", "now.millis().saturating_sub(seen.millis()));"),
    Mutant("a clock that is set back does not stop it", "core/src/machine/timer.rs",
           "self.seen = Some(now);", "self.seen = self.seen.max(Some(now));"),
    Mutant("what an answer proves, it proves for when it was asked", COMMON,
           "let waited = self.timer.waited;\n        self.on_report(answer.at);",
           "self.on_report(answer.at);\n        let waited = u64::MAX / 2;"),
    Mutant("it gives up", PAYOUT + "mod.rs", "if waited >= give_up_time {", "if false {"),
    Mutant("an answer to an earlier request is refused", COMMON,
           "is_under_way && to.number == self.requests", "is_under_way"),
    Mutant("another account's client is refused", COMMON,
           "self.account.as_ref().is_none_or(|own| own == account)", "true"),
    Mutant("each report is a revision", COMMON,
           "self.timer.advance(now);\n        self.revision += 1;", "self.timer.advance(now);"),
]  # fmt: skip

# The three that lost the most money before.
SHORT = (0, 2, 5)


def main() -> int:
    mutants = [MUTANTS[number] for number in SHORT] if sys.argv[1:] == ["--short"] else MUTANTS
    began, survivors = time.monotonic(), 0
    copy_workspace()
    if not tests_pass():
        print("the tests fail without any change\n0 passed, 1 failed")
        return 1
    for mutant in mutants:
        path = COPY / mutant.file
        source = path.read_text(encoding="utf-8")
        if source.count(mutant.old) != 1:
            raise SystemExit(f"{mutant.file}: not there once: {mutant.old}")
        path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
        is_caught = not tests_pass()
        path.write_text(source, encoding="utf-8")
        survivors += not is_caught
        print("caught:" if is_caught else "SURVIVED:", mutant.lost, flush=True)
    seconds = time.monotonic() - began
    print(f"{len(mutants) - survivors} passed, {survivors} failed in {seconds:.1f}s")
    return 1 if survivors else 0


def copy_workspace() -> None:
    """The core with its tests, as a workspace of its own. What was built before is kept."""
    for name in ("core", "docs", "README.md", "tests/vectors"):
        source, target = ROOT / name, COPY / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("fuzz", "target"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / "Cargo.lock", COPY)
    lines = (ROOT / "Cargo.toml").read_text(encoding="utf-8").splitlines()
    only_core = ['members = ["core"]' if line.startswith("members = ") else line for line in lines]
    text = "\n".join(only_core)
    # Profiles of packages that are not here would be warned of.
    (COPY / "Cargo.toml").write_text(text.split("[profile.release]")[0], encoding="utf-8")


def tests_pass() -> bool:
    command = ["cargo", "test", "--release", "--quiet", "-p", "payseal", "--all-features", "--test", "explorer"]
    command += ["--test", "payout"]
    # What both are built from is built once.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target"), "RUST_BACKTRACE": "0"}
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=COPY, env=environment, stdout=silent, stderr=silent, start_new_session=True
    ) as process:
        try:
            return process.wait(timeout=PATIENCE) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return False


if __name__ == "__main__":
    sys.exit(main())
