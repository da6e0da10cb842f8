"""Every workflow follows the rules; and each rule finds what it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest
import rules
from rules import ROOT, Workflow

FILES = sorted((ROOT / ".github" / "workflows").iterdir())
RULES: list[Callable[[Workflow], list[str]]] = [
    rules.work_outside_of_make,
    rules.unknown_targets,
    rules.dangerous_triggers,
    rules.permissions,
    rules.without_a_limit,
]
HASH = "3d3c42e5aac5ba805825da76410c181273ba90b1"


def test_there_are_workflows() -> None:
    assert [file.name for file in FILES] == ["ci.yml", "docs.yml", "release.yml", "scheduled.yml", "smoke.yml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_action_is_pinned(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "uses: " in text
    assert rules.unpinned(text) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_workflow_follows(rule: Callable[[Workflow], list[str]], file: Path) -> None:
    assert rule(rules.parse(file.read_text(encoding="utf-8"))) == []


def test_one_action_has_one_version() -> None:
    used = {line for file in FILES for line in rules._USES.findall(file.read_text(encoding="utf-8"))}
    names = [line.split("@")[0] for line in used]
    assert sorted(names) == sorted(set(names))


def test_a_release_uses_no_stored_secret_and_no_token_outside_an_environment() -> None:
    workflow = rules.parse((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    # Attesting publishes nothing.
    assert rules.tokens(workflow) == ["attest"]


def test_what_is_published_is_what_was_compared_and_tried() -> None:
    workflow = rules.parse((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))

    def before(name: str) -> set[str]:
        needed = workflow["jobs"][name].get("needs", [])
        direct = {needed} if isinstance(needed, str) else set(needed)
        return direct.union(*(before(each) for each in direct))

    for job in ("crates", "npm", "pypi"):
        assert {"check", "build", "compare", "smoke", "attest"} <= before(job)
    assert {"crates", "npm", "pypi", "verify"} <= before("draft")


@pytest.mark.parametrize(
    "used",
    [
        "actions/checkout@v7",
        "actions/checkout@v7.0.1 # v7.0.1",
        f"actions/checkout@{HASH}",
        f"actions/checkout@{HASH} # v7",
        f"actions/checkout@{HASH[:39]} # v7.0.1",
        "docker://alpine:3",
        "./somewhere/else",
    ],
)
def test_an_action_that_is_not_pinned_is_found(used: str) -> None:
    assert rules.unpinned(f"steps:\n  - uses: {used}\n") == [used]


def test_an_action_that_is_pinned_is_not() -> None:
    assert rules.unpinned(f"  - uses: actions/checkout@{HASH} # v7.0.1\n    uses: ./.github/workflows/a.yml\n") == []


def workflow(run: str = "make test", **more: object) -> Workflow:
    """A workflow of one job that runs a command."""
    job = {"permissions": {}, "timeout-minutes": 5, "steps": [{"run": run}]}
    return {True: {"push": None}, "permissions": {}, "jobs": {"one": job}, **more}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("run", ["make test", "make fuzz FUZZ_SECONDS=3", "tests/run.py --only release"])
def test_the_workflow_below_is_in_order(rule: Callable[[Workflow], list[str]], run: str) -> None:
    assert rule(workflow(run)) == []


@pytest.mark.parametrize(
    "run",
    [
        "cargo test",
        "make test && cargo publish",
        "make test; curl example.org",
        "make test $(whoami)",
        "make test deploy",
        "make",
        "npm install -g npm",
        "python tests/no-such-script.py",
        "tests/run.py | tee log",
        "rustup toolchain install stable --profile minimal && true",
        "make test\ncargo build",
    ],
)
def test_work_outside_of_make_is_found(run: str) -> None:
    assert rules.work_outside_of_make(workflow(run)) == [run.splitlines()[-1]]


@pytest.mark.parametrize("name", ["tests", "tes", "node_modules", "releasecheck"])
def test_a_target_that_does_not_exist_is_found(name: str) -> None:
    assert rules.unknown_targets(workflow(f'make -C "$FOLDER" {name}')) == [name]


@pytest.mark.parametrize("trigger", ["pull_request_target", "workflow_run"])
def test_a_dangerous_trigger_is_found(trigger: str) -> None:
    assert rules.dangerous_triggers({**workflow(), True: {"push": None, trigger: None}}) == [trigger]


@pytest.mark.parametrize("top", ["write-all", "read-all", {"contents": "write"}])
def test_rights_for_every_job_are_found(top: object) -> None:
    assert rules.permissions(workflow(permissions=top)) == [f"top level: {top}"]


def test_missing_rights_are_found() -> None:
    broken = workflow()
    del broken["permissions"], broken["jobs"]["one"]["permissions"]
    assert rules.permissions(broken) == ["top level: missing", "one: permissions are missing"]


def test_a_job_without_a_limit_is_found() -> None:
    broken = workflow()
    del broken["jobs"]["one"]["timeout-minutes"]
    assert rules.without_a_limit(broken) == ["one"]


def test_tokens_are_found() -> None:
    broken = workflow("make test", env={"TOKEN": "${{ secrets.NPM_TOKEN }}"})
    broken["jobs"]["one"]["permissions"] = {"id-token": "write"}
    assert rules.tokens(broken) == ["one", "secrets.NPM_TOKEN"]
