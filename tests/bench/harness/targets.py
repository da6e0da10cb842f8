"""What payseal is held to: ratios measured in one run, where below 1 is faster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import starts, workloads
from .operations import LANGUAGES, NODE, PARSE, PYTHON, REFUSE, RUST, SIGN, VERIFY, Group, Language, Results, hostile
from .samples import Spread
from .starts import StartResults
from .workers import WorkerResults

OPENSSL = {
    RUST.name: "openssl",
    NODE.name: "createHmac + timingSafeEqual",
    PYTHON.name: "hmac.digest + compare_digest",
}
"""What verifies with OpenSSL, by language."""

NODE_PARSE = {workloads.DOCUMENTED: 0.45, workloads.FULL: 0.60, workloads.SMALL: 1.20, workloads.LARGE: 1.00}
"""What verifying and parsing may take in Node of the platform's time, by workload."""

MOST_OF_ORDINARY = 2.0
"""How many times as long as an ordinary callback of its size any other may take."""


@dataclass(frozen=True)
class Verdict:
    """One target, and what was measured."""

    operation: str
    against: str
    at_most: float
    measured: Spread | None
    unit: str = ""

    @property
    def word(self) -> str:
        """How it came out."""
        if self.measured is None:
            return "not measured"
        return "pass" if self.measured.median <= self.at_most else "short"


def verdicts(results: Results, processes: dict[str, StartResults], workers: WorkerResults) -> Iterator[Verdict]:
    """Every target."""

    def held(language: Language, operation: str, workload: str, what: str, contender: str, at_most: float) -> Verdict:
        measured = results.ratio(Group(language.name, operation, workload), contender)
        return Verdict(f"{language.name}: {what}", contender, at_most, measured)

    documented = workloads.DOCUMENTED
    yield held(RUST, VERIFY, documented, "verify", "the SHA-512 blocks alone", 1.25)
    yield held(RUST, PARSE, documented, "verify and parse", "ring, cached + serde_json to a struct", 0.90)
    for workload, at_most in NODE_PARSE.items():
        what = f"verify and parse, exact amounts, every field read: {workload}"
        yield held(NODE, PARSE, workload, what, "createHmac + JSON.parse (inexact)", at_most)
    yield held(NODE, SIGN, documented, "build and sign an invoice", "JSON.stringify + createHmac", 0.80)
    yield held(NODE, REFUSE, documented, "refuse a wrong signature", "createHmac + timingSafeEqual", 2.20)
    yield Verdict("workerd: time of a request under load", "WebCrypto + JSON.parse", 1.0, workers.time_ratio())
    yield Verdict(
        "workerd: first callback of a cold process, later by", "WebCrypto + JSON.parse", 7.0,
        workers.cold_difference(), " ms",
    )  # fmt: skip
    yield Verdict(
        "Node: cold start above the bare interpreter", "the bare interpreter", 9.0,
        processes[NODE.name].above_bare(starts.PAYSEAL), " ms",
    )  # fmt: skip
    what = "verify and parse into the typed object, every field read"
    yield held(PYTHON, PARSE, documented, what, "hmac.digest + json.loads(parse_float=Decimal)", 0.25)
    yield held(PYTHON, PARSE, documented, what, "hmac.digest + msgspec to a struct", 0.60)
    for language, at_most in ((NODE, 0.15), (PYTHON, 0.05)):
        yield _cold_start(language, processes[language.name], at_most)
    for language in LANGUAGES:
        yield held(language, VERIFY, workloads.LARGE, "verify only, 64 KiB", OPENSSL[language.name], 1.40)
    for language in LANGUAGES:
        yield _worst_shape(language, results)


def _cold_start(language: Language, processes: StartResults, at_most: float) -> Verdict:
    theirs = processes.above_bare(starts.STRIPE).median
    measured = processes.above_bare(starts.PAYSEAL).scaled(1 / theirs)
    return Verdict(f"{language.name}: cold start above the bare interpreter", "stripe", at_most, measured)


def _worst_shape(language: Language, results: Results) -> Verdict:
    shapes = hostile(results, language)
    worst = max(shapes, key=lambda shape: shapes[shape].median)
    what = f"{language.name}: the worst shape of 1 MiB ({worst})"
    return Verdict(what, "ordinary callback of 1 MiB", MOST_OF_ORDINARY, shapes[worst])
