"""Whole processes: how long until the first callback is verified, and how much memory they take."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from . import peers, workloads
from .options import Effort
from .samples import Spread

BARE = "bare interpreter"
PAYSEAL = "payseal"
PLATFORM = "platform"
STANDARD = "standardwebhooks"
STRIPE = "stripe"


@dataclass(frozen=True)
class Starts:
    """The programs of one language."""

    language: str
    programs: dict[str, list[str]]
    folder: Path


def _node(name: str) -> list[str]:
    return ["node", f"starts/{name}.mjs"]


def _python(name: str) -> list[str]:
    return [str(peers.PYTHON), f"starts/{name}.py"]


STARTS = (
    Starts(
        "Node",
        {
            BARE: _node("bare"),
            PAYSEAL: _node("payseal"),
            PLATFORM: _node("platform"),
            STANDARD: _node("standardwebhooks"),
            STRIPE: _node("stripe"),
        },
        peers.NODE,
    ),
    Starts(
        "Python",
        {
            BARE: _python("bare"),
            PAYSEAL: _python("payseal_"),
            PLATFORM: _python("platform_"),
            STANDARD: _python("standardwebhooks_"),
            STRIPE: _python("stripe_"),
        },
        peers.BENCH / "python",
    ),
)


@dataclass(frozen=True)
class Memory:
    """Kibibytes that a process holds after its first callback, and how many more after many."""

    first: int
    more: int


@dataclass(frozen=True)
class StartResults:
    """What was measured of one language."""

    milliseconds: dict[str, list[float]]
    """From the start of the process to the first verified callback, by program. Samples at the same place were taken
    in the same round."""
    memory: dict[str, Memory]

    def above_bare(self, program: str) -> Spread:
        """What a program adds to the bare interpreter of the same round."""
        pairs = zip(self.milliseconds[program], self.milliseconds[BARE])
        return Spread.of([sample - bare for sample, bare in pairs])


def measure(effort: Effort) -> dict[str, StartResults]:
    """Starts all programs in turn, round after round."""
    milliseconds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    print(f"bench: cold start, {effort.starts} times each", file=sys.stderr, flush=True)
    for number in range(effort.starts + 1):
        for starts in STARTS:
            for name, command in starts.programs.items():
                sample = _time_to_first(command, starts.folder)
                if number > 0:  # The first round only warms the caches of the disk.
                    milliseconds[starts.language][name].append(sample)
    print("bench: memory", file=sys.stderr, flush=True)
    return {
        starts.language: StartResults(
            milliseconds[starts.language],
            {
                name: _memory(command, starts.folder, effort.memory_callbacks)
                for name, command in starts.programs.items()
            },
        )
        for starts in STARTS
    }


def _start(command: list[str], folder: Path, callbacks: int) -> subprocess.Popen[bytes]:
    plan = workloads.NAMED[workloads.DOCUMENTED].to_plan()
    arguments = [str(plan["body"]), str(plan["signature"]), str(callbacks)]
    return subprocess.Popen([*command, *arguments], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _time_to_first(command: list[str], folder: Path) -> float:
    started = perf_counter()
    with _start(command, folder, 0) as process:
        _wait(process)
        seconds = perf_counter() - started
        process.kill()
    return seconds * 1e3


def _memory(command: list[str], folder: Path, callbacks: int) -> Memory:
    """Memory once settled: a first lot of callbacks makes compilers and allocators take what they keep."""
    with _start(command, folder, callbacks) as process:
        _wait(process)
        first = _resident(process.pid)
        _go_on(process)
        _wait(process)
        after = _resident(process.pid)
        process.kill()
    return Memory(first, after - first)


def _wait(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    if process.stdout.read(1) != b".":
        raise RuntimeError(f"{process.args!r} has verified nothing")


def _go_on(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b".")
    process.stdin.flush()


def _resident(pid: int) -> int:
    """The kibibytes a process holds in memory."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status.read_text(encoding="ascii"), re.MULTILINE)
        return int(found[1]) if found else 0
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True).stdout)
