"""The report: for people, for programs, and as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import starts, workers, workloads
from .operations import LANGUAGES, NEW, NODE, OURS, PARSE, PYTHON, REFUSE, RUST, SIGN, VERIFY, Group, Language, Results
from .operations import growth as growth_of
from .operations import hostile as hostile_of
from .options import Effort
from .plot import Line, svg
from .samples import Spread
from .starts import StartResults
from .targets import MOST_OF_ORDINARY, Verdict, verdicts
from .workers import WorkerResults

TITLE = "Verify and parse: cost grows with the size"

METHOD = """\
Every comparison is of one run. In each language one program takes {rounds} rounds, in every one of which all contenders
take their turn of about {turn} ms, a different one first each time; languages take turns too, in {passes} passes. A ratio is
the median of the ratios of single rounds, so that whatever else the machine does hits both sides; after it are the
quartiles. Before its time counts, every contender shows that it reads every field right, or tells a right signature from
a wrong one. `exact` contenders keep the digits of amounts; `inexact` ones turn them into binary floats. stripe and
standardwebhooks verify signatures of their own with SHA-256. For `verify` alone, payseal in JavaScript and Python
refuses a wrong signature, which computes the same: it parses whatever it accepts. A cold start is timed from outside,
from the start of the process to the first verified callback, and the bare interpreter's time of the same round is taken
off. `serde_json instead of our reader` verifies as payseal does, keeps unknown fields and the digits of numbers, and refuses
names that are there twice; the two other boundaries are wrapped around payseal's core. Workers run in workerd and get requests of {connections} connections on the loopback address.
"""


@dataclass(frozen=True)
class Measured:
    """Everything that was measured, and on what."""

    effort: Effort
    machine: dict[str, str]
    operations: Results
    processes: dict[str, StartResults]
    workers: WorkerResults

    @property
    def verdicts(self) -> list[Verdict]:
        """Every target and how it came out."""
        return list(verdicts(self.operations, self.processes, self.workers))


def markdown(measured: Measured, plot: str) -> str:
    """The whole report, which is also readable as it is."""
    return "\n".join([*_markdown(measured, plot), ""])


def targets_table(measured: Measured) -> str:
    """The table of targets alone."""
    return "\n".join(_targets(measured.verdicts))


def _markdown(measured: Measured, plot: str) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench` (`tests/bench/run.py --write`). Ratios below 1 mean that payseal is faster."
    yield ""
    yield "## Targets"
    yield ""
    yield from _targets(measured.verdicts)
    yield ""
    yield "What bounds those that are short: [tests/bench](tests/bench/README.md)."
    for language in LANGUAGES:
        yield ""
        yield f"## {language.name}"
        yield ""
        yield from _operations(measured.operations, language)
    yield ""
    yield "## Cost grows with the size"
    yield ""
    yield f"![{TITLE}]({plot})"
    yield ""
    yield from _hostile(measured.operations)
    yield ""
    yield "## Workers in workerd"
    yield ""
    yield from _workers(measured.workers)
    yield ""
    yield "## Cold start and memory"
    yield ""
    yield from _processes(measured.processes, measured.effort)
    yield ""
    yield "## Method"
    yield ""
    effort = measured.effort
    yield METHOD.format(
        rounds=effort.rounds,
        turn=effort.turn_milliseconds,
        passes=effort.passes,
        connections=workers.CONNECTIONS,
    )
    yield from _table(["what", "version"], measured.machine.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _targets(targets: Sequence[Verdict]) -> Iterator[str]:
    rows = (
        [
            verdict.operation,
            verdict.against,
            f"{verdict.at_most:.2f}{verdict.unit}",
            "" if verdict.measured is None else f"**{_ratio(verdict.measured)}**{verdict.unit}",
            verdict.word,
        ]
        for verdict in targets
    )
    yield from _table(["operation", "against", "at most", "measured", ""], rows)


def _operations(results: Results, language: Language) -> Iterator[str]:
    groups = [
        Group(language.name, operation, workload) for workload in workloads.NAMED for operation in (VERIFY, PARSE)
    ]
    groups += [Group(language.name, operation, workloads.DOCUMENTED) for operation in (REFUSE, SIGN, NEW)]
    groups += [Group(language.name, PARSE, workloads.DOCUMENTED, threads) for threads in (1, 2)]
    rows = (row for group in groups for row in _contenders(results, group))
    yield from _table(["operation", "against", "payseal takes of its time", "its time", "payseal's time"], rows)


def _contenders(results: Results, group: Group) -> Iterator[Sequence[str]]:
    ours = Spread.of(results.ours(group))
    what = f"{group.operation}, {_size(group.workload)}"
    if group.operation in (SIGN, NEW):
        what = group.operation
    if group.threads:
        what += f", {group.threads} thread{'s' if group.threads > 1 else ''} together"
    others = [(name, spread) for name, spread in results.times(group) if not name.startswith(OURS)]
    for name, spread in sorted(others, key=lambda other: other[1].median):
        measured = results.ratio(group, name)
        assert measured is not None
        yield [what, name, f"**{_ratio(measured)}**", _time(spread.median), _time(ours.median)]
    for name, spread in results.times(group):
        if name.startswith(OURS) and name != OURS and group.operation == PARSE:
            yield [what, f"({name})", "", _time(spread.median), _time(ours.median)]


def _size(workload: str) -> str:
    return f"{workload} ({workloads.ALL[workload].size} bytes)"


def _hostile(results: Results) -> Iterator[str]:
    shapes = {language.name: hostile_of(results, language) for language in LANGUAGES}
    yield (
        "Callbacks of 1 MiB that somebody shaped to cost more, against an ordinary one of that size: "
        f"at most {MOST_OF_ORDINARY:.0f} times as much."
    )
    yield ""
    rows = ([shape, *(_ratio(shapes[language.name][shape]) for language in LANGUAGES)] for shape in workloads.SHAPES)
    yield from _table(["shape", *(language.name for language in LANGUAGES)], rows)


def _workers(measured: WorkerResults) -> Iterator[str]:
    rows = (
        [
            name,
            f"{_number(Spread.of(measured.requests_per_second[name]))} requests/s",
            f"{_number(Spread.of(measured.cold_milliseconds[name]))} ms",
        ]
        for name in workers.NAMES
    )
    yield from _table(["Worker", "under load", "process start to first verified callback"], rows)


def _processes(processes: dict[str, StartResults], effort: Effort) -> Iterator[str]:
    rows = (
        [
            language,
            program,
            f"{_number(measured.above_bare(program))} ms"
            if program != starts.BARE
            else f"({_number(Spread.of(measured.milliseconds[program]))} ms)",
            _memory(measured.memory[program].first),
            _memory(measured.memory[program].more),
        ]
        for language, measured in processes.items()
        for program in measured.milliseconds
    )
    head = [
        "",
        "program",
        "cold start above bare",
        "memory then",
        f"and {effort.memory_callbacks} callbacks later, more by",
    ]
    yield from _table(head, rows)


def _ratio(spread: Spread) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f}–{spread.high:.2f})"


def _number(spread: Spread) -> str:
    digits = 0 if spread.median >= 1000 else 1
    return f"{spread.median:.{digits}f} ({spread.low:.{digits}f}–{spread.high:.{digits}f})"


def _time(nanoseconds: float) -> str:
    for unit, factor in (("ns", 1.0), ("µs", 1e3), ("ms", 1e6)):
        if nanoseconds < 1000 * factor or unit == "ms":
            break
    value = nanoseconds / factor
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def _memory(kibibytes: int) -> str:
    return f"{kibibytes / 1024:.1f} MiB"


COLOURS = {RUST.name: "#b7410e", NODE.name: "#2e7d32", PYTHON.name: "#1565c0"}


def plot(measured: Measured) -> str:
    """Time against size, of payseal and of what each language has."""
    lines = []
    for language in LANGUAGES:
        colour = COLOURS[language.name]
        lines.append(Line(f"{language.name}: payseal", growth_of(measured.operations, language, OURS), colour))
        platform = growth_of(measured.operations, language, language.platform)
        lines.append(Line(PLATFORMS[language.name], platform, colour, dashed=True))
    return svg(TITLE, lines)


PLATFORMS = {
    RUST.name: "ring + serde_json::Value",
    NODE.name: "createHmac + JSON.parse",
    PYTHON.name: "hmac.digest + json.loads",
}


def to_json(measured: Measured) -> dict[str, object]:
    """Everything, for programs."""
    return {
        "machine": measured.machine,
        "targets": [
            {
                "operation": verdict.operation,
                "against": verdict.against,
                "at_most": verdict.at_most,
                "measured": verdict.measured and verdict.measured.to_json(),
                "verdict": verdict.word,
            }
            for verdict in measured.verdicts
        ],
        "operations": [
            {**group._asdict(), "nanoseconds": contenders} for group, contenders in measured.operations.samples.items()
        ],
        "cold_start_milliseconds": {name: each.milliseconds for name, each in measured.processes.items()},
        "memory_kibibytes": {
            name: {program: vars(memory) for program, memory in each.memory.items()}
            for name, each in measured.processes.items()
        },
        "workers": vars(measured.workers),
    }
