"""Runs suites, some at a time, each into a log file of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .counts import Counts
from .suites import Suite

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / "target" / "test-logs"
VIRTUAL_ENVIRONMENT = ROOT / "target" / "venv"

_TIMED_OUT = 124
_PAUSE = 0.05


@dataclass(frozen=True)
class Outcome:
    """What came of one suite."""

    suite: Suite
    counts: Counts
    seconds: float = 0.0
    remark: str = ""

    @property
    def log(self) -> Path:
        """Where the suite's output is."""
        return LOGS / f"{self.suite.name}.log"


class _Run:
    """A suite that is running."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._started = time.monotonic()
        self._log = (LOGS / f"{suite.name}.log").open("wb")
        # A session of its own, so that whatever the command starts can be ended with it.
        self._process = subprocess.Popen(
            ["bash", "-c", suite.command],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def outcome(self) -> Outcome | None:
        """What came of it, or None while it runs."""
        status = self._process.poll()
        seconds = time.monotonic() - self._started
        remark = ""
        if status is None:
            if seconds < self.suite.minutes * 60:
                return None
            status, remark = _TIMED_OUT, f"stopped after {self.suite.minutes} minutes"
        self.stop()
        log = (LOGS / f"{self.suite.name}.log").read_text(encoding="utf-8", errors="replace")
        return Outcome(self.suite, self.suite.count(log, status), seconds, remark)

    def stop(self) -> None:
        """Ends the command and everything it left running."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # Nothing is left of it.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()


def run(suites: Iterable[Suite], places: int) -> Iterator[Outcome]:
    """Runs the suites, at most `places` at once, and yields each outcome as it is known."""
    LOGS.mkdir(parents=True, exist_ok=True)
    waiting = list(suites)
    running: list[_Run] = []
    passed: set[str] = set()
    failed: set[str] = set()
    try:
        while waiting or running:
            for outcome in _blocked(waiting, failed):
                waiting.remove(outcome.suite)
                failed.add(outcome.suite.name)
                yield outcome
            _start(waiting, running, passed, places)
            for current in list(running):
                finished = current.outcome()
                if finished is not None:
                    running.remove(current)
                    (failed if finished.counts.failed else passed).add(finished.suite.name)
                    yield finished
            time.sleep(_PAUSE)
    finally:
        for current in running:
            current.stop()


def _blocked(waiting: list[Suite], failed: set[str]) -> list[Outcome]:
    """The suites that cannot run, because one they need has failed."""
    blocked = []
    for suite in waiting:
        missing = [name for name in suite.after if name in failed]
        if missing:
            remark = f"not run: {', '.join(missing)} failed"
            blocked.append(Outcome(suite, Counts(failed=1), remark=remark))
    return blocked


def _start(waiting: list[Suite], running: list[_Run], passed: set[str], places: int) -> None:
    """Starts the first suites that are ready, while there is a place for them."""
    for suite in list(waiting):
        if len(running) >= places:
            return
        lane_is_taken = any(suite.lane and suite.lane == other.suite.lane for other in running)
        if passed.issuperset(suite.after) and not lane_is_taken:
            waiting.remove(suite)
            running.append(_Run(suite))


def _environment() -> dict[str, str]:
    """The environment of a suite: the tools of `tests/requirements.txt` first, and no colours."""
    tools = VIRTUAL_ENVIRONMENT / "bin"
    return {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "VIRTUAL_ENV": str(VIRTUAL_ENVIRONMENT),
        "CARGO_TERM_COLOR": "never",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
    }
