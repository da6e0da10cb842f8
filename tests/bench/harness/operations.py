"""Operations in memory: what is measured in which language, and the samples that come back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import peers, workloads
from .options import Effort
from .samples import Spread, ratio

VERIFY = "verify"
PARSE = "verify and parse"
REFUSE = "refuse a wrong signature"
SIGN = "sign an invoice"
NEW = "new client"

OURS = "payseal"

HOSTILE = "hostile"
"""The group of all hostile shapes, whose contenders are workloads."""


class Group(NamedTuple):
    """Contenders that take turns."""

    language: str
    operation: str
    workload: str
    threads: int = 0


@dataclass(frozen=True)
class Language:
    """A language, its program, and the contenders that its users have without adding anything."""

    name: str
    command: tuple[str, ...]
    folder: str
    platform: str
    """The contender whose cost grows beside payseal's in the plot."""


RUST = Language("Rust", (str(peers.rust_program("payseal-bench")),), ".", "ring, cached + serde_json::Value")
NODE = Language("Node", ("node", "measure.mjs"), str(peers.NODE), "createHmac + JSON.parse (inexact)")
PYTHON = Language(
    "Python",
    (str(peers.PYTHON), "measure.py"),
    str(peers.BENCH / "python"),
    "hmac.digest + json.loads(parse_float=Decimal)",
)
LANGUAGES = (RUST, NODE, PYTHON)

Samples = dict[Group, dict[str, list[float]]]
"""Nanoseconds per operation by contender. Samples at the same place were taken in the same round."""


class Results:
    """The samples of all groups."""

    def __init__(self) -> None:
        self.samples: Samples = defaultdict(lambda: defaultdict(list))
        self.versions: dict[str, str] = {}

    def add(self, language: str, report: dict[str, object]) -> None:
        """Adds what a program has measured."""
        for what, version in report["versions"].items():  # type: ignore[attr-defined]
            self.versions[f"{language}: {what}"] = version
        for group in report["groups"]:  # type: ignore[attr-defined]
            workload = HOSTILE if len(group["workloads"]) > 1 else group["workloads"][0]
            key = Group(language, group["operation"], workload, group.get("threads") or 0)
            for contender, nanoseconds in group["nanoseconds"].items():
                self.samples[key][contender] += nanoseconds

    def ours(self, group: Group) -> list[float]:
        """The samples of payseal."""
        return next(samples for name, samples in self.samples[group].items() if name.startswith(OURS))

    def ratio(self, group: Group, contender: str) -> Spread | None:
        """How many times as long payseal takes as a contender; None where that was not measured."""
        others = self.samples.get(group, {}).get(contender)
        return ratio(self.ours(group), others) if others else None

    def times(self, group: Group) -> Iterator[tuple[str, Spread]]:
        """Every contender with its nanoseconds per operation."""
        for name, samples in self.samples[group].items():
            yield name, Spread.of(samples)


def measure(effort: Effort) -> Results:
    """Runs the programs of all languages in turn, pass after pass."""
    results = Results()
    for number in range(effort.passes):
        for language in LANGUAGES:
            print(f"bench: {language.name}, pass {number + 1} of {effort.passes}", file=sys.stderr, flush=True)
            results.add(language.name, _run(language, effort))
    return results


def _run(language: Language, effort: Effort) -> dict[str, object]:
    plan = peers.HOME / f"plan-{language.name}.json"
    plan.write_text(json.dumps(_plan(language, effort)), encoding="utf-8")
    process = subprocess.run(
        [*language.command, str(plan)], cwd=language.folder, stdout=subprocess.PIPE, check=True, timeout=600
    )
    report: dict[str, object] = json.loads(process.stdout)
    return report


def _plan(language: Language, effort: Effort) -> dict[str, object]:
    groups = [{"rounds": effort.rounds, **group} for group in _groups(language, effort)]
    used = {workload for group in groups for workload in group["workloads"]}  # type: ignore[attr-defined]
    return {
        "turn_milliseconds": effort.turn_milliseconds,
        "workloads": {name: workloads.ALL[name].to_plan() for name in used},
        "groups": groups,
    }


def _groups(language: Language, effort: Effort) -> Iterator[dict[str, object]]:
    for workload in workloads.NAMED:
        yield {"operation": VERIFY, "workloads": [workload]}
        yield {"operation": PARSE, "workloads": [workload]}
    for operation in (REFUSE, SIGN, NEW):
        yield {"operation": operation, "workloads": [workloads.DOCUMENTED]}
    both = [OURS, language.platform]
    for threads in (1, 2):
        yield {"operation": PARSE, "workloads": [workloads.DOCUMENTED], "threads": threads, "only": both}
    for size in workloads.SIZES:
        yield {"operation": PARSE, "workloads": [workloads.of_size(size)], "only": both, "rounds": effort.large_rounds}
    hostile = [workloads.of_size(workloads.HOSTILE_SIZE), *map(workloads.of_shape, workloads.SHAPES)]
    yield {"operation": PARSE, "workloads": hostile, "only": [OURS], "rounds": effort.large_rounds}


def hostile(results: Results, language: Language) -> dict[str, Spread]:
    """How many times as long a callback of each hostile shape takes as an ordinary one of its size."""
    samples = results.samples[Group(language.name, PARSE, HOSTILE)]
    ordinary = samples[workloads.of_size(workloads.HOSTILE_SIZE)]
    return {shape: ratio(samples[workloads.of_shape(shape)], ordinary) for shape in workloads.SHAPES}


def growth(results: Results, language: Language, contender: str) -> Sequence[tuple[int, float]]:
    """The size and the nanoseconds of callbacks that grow."""

    def point(size: int) -> tuple[int, float]:
        workload = workloads.of_size(size)
        samples = results.samples[Group(language.name, PARSE, workload)][contender]
        return workloads.ALL[workload].size, Spread.of(samples).median

    return [point(size) for size in workloads.SIZES]
