"""Builds, checks and runs artifacts, one after the other. What goes wrong is reported; the others go on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from artifacts import Artifact, NotHere
from builds import Build
from commands import Failed, Shell
from reports import Built, Outcome, Report
from runs import Run


@dataclass(frozen=True)
class Workshop:
    """The folders of a run of `make dist`."""

    dist: Path
    """What would be published."""
    builds: Path
    """What each build leaves, before it is moved."""
    logs: Path
    finished: dict[Build, float | str] = field(default_factory=dict)
    """How many seconds each build took, or why it failed."""

    def shell(self, name: str) -> Shell:
        """A shell with an empty log."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        log.write_text("", encoding="utf-8")
        return Shell(log)

    def make(self, artifact: Artifact, place: str = "") -> Report:
        """Builds, checks and runs an artifact; with a place, only there."""
        shell = self.shell(artifact.name)
        try:
            file, seconds = self._build(artifact)
        except Failed as failure:
            return Report(artifact.name, str(failure))
        print(f"{artifact.name}: built in {seconds:.0f} s", flush=True)
        problems = tuple(_problems(shell, artifact, file))
        runs = tuple(_runs(shell, artifact, file, place))
        for where, outcome in runs:
            # The table comes at the end of all, which may be an hour away.
            print(f"{artifact.name}: {outcome.status}{f' at {where}' if where else ''}: {outcome.detail}", flush=True)
        return Report(artifact.name, Built(file.stat().st_size, seconds), len(artifact.checks), problems, runs)

    def _build(self, artifact: Artifact) -> tuple[Path, float]:
        """Runs the build if no other artifact has, and moves the file to the others that would be published."""
        build, folder = artifact.build, self.builds / artifact.build.name
        if build not in self.finished:
            self.finished[build] = _run_build(self.shell(f"build-{build.name}"), build, folder)
        seconds = self.finished[build]
        if isinstance(seconds, str):
            raise Failed(seconds)
        found = list(folder.glob(artifact.pattern))
        if len(found) != 1:
            raise Failed(f"the build left {len(found)} files like {artifact.pattern}")
        self.dist.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy2(found[0], self.dist)), seconds


def _run_build(shell: Shell, build: Build, folder: Path) -> float | str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    started = time.monotonic()
    try:
        build.build(shell, folder)
    except Failed as failure:
        return str(failure)
    return time.monotonic() - started


def _problems(shell: Shell, artifact: Artifact, file: Path) -> Iterator[tuple[str, str]]:
    for check in artifact.checks:
        try:
            check.check(shell, file)
        # A check that cannot be made has failed.
        except Exception as error:
            yield check.name, _said(shell, error)


def _runs(shell: Shell, artifact: Artifact, file: Path, place: str) -> list[tuple[str, Outcome]]:
    if isinstance(artifact.runs, NotHere):
        return [("", Outcome("not runnable", artifact.runs.reason))]
    return [(run.place, _outcome(shell, run, file)) for run in artifact.runs if place in ("", run.place)]


def _outcome(shell: Shell, run: Run, file: Path) -> Outcome:
    try:
        outcome = run.run(shell, file)
    # A run that breaks in an unforeseen way has failed; the others go on.
    except Exception as error:
        return Outcome("failed", _said(shell, error))
    shell.note(f"{run.place}: {outcome.status}: {outcome.detail}")
    return outcome


def _said(shell: Shell, error: Exception) -> str:
    text = str(error) if isinstance(error, Failed) else f"{type(error).__name__}: {error}"
    shell.note(text)
    return text
