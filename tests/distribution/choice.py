"""Which artifacts were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from artifacts import Artifact, NotHere


class Unknown(Exception):
    """A name that no artifact has, or no place of that artifact."""


def places(artifact: Artifact) -> list[str]:
    """The places in which an artifact is run."""
    return [] if isinstance(artifact.runs, NotHere) else [run.place for run in artifact.runs]


def chosen(artifacts: Sequence[Artifact], only: Sequence[str]) -> list[tuple[Artifact, str]]:
    """The artifacts of these names, each with the one place that was named after `@`; all if none was asked for."""
    if not only:
        return [(artifact, "") for artifact in artifacts]
    named = {artifact.name: artifact for artifact in artifacts}
    found = []
    for wanted in only:
        name, _, place = wanted.partition("@")
        if name not in named or (place and place not in places(named[name])):
            raise Unknown(f"nothing is called {wanted}; --list shows all")
        found.append((named[name], place))
    return found


def listed(artifacts: Sequence[Artifact]) -> list[str]:
    """A line for each artifact, with its places or why there is none."""
    width = max(len(artifact.name) for artifact in artifacts)
    return [f"{artifact.name:<{width}}  {_where(artifact)}" for artifact in artifacts]


def _where(artifact: Artifact) -> str:
    if isinstance(artifact.runs, NotHere):
        return f"not runnable here: {artifact.runs.reason}"
    return ", ".join(places(artifact))
