"""What no workflow of this repository may do. Each rule returns what is wrong, in words."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]

Workflow = dict[Any, Any]

# What prepares a runner; all else is a target of make, or a script that runs here as well.
SET_UP = re.compile(r"rustup toolchain install (?:stable|nightly) --profile minimal(?: --component [\w,]+)?")
_USES = re.compile(r"^\s*(?:- )?uses:\s*(.*)$", re.MULTILINE)
_PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
_HERE = re.compile(r"\./\.github/workflows/[\w-]+\.yml")
# They run with the rights of this repository on what a stranger sent.
DANGEROUS_TRIGGERS = {"pull_request_target", "workflow_run", "issue_comment"}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def parse(text: str) -> Workflow:
    """A workflow. YAML reads the key `on` as true."""
    workflow: Workflow = yaml.safe_load(text)
    return workflow


def jobs(workflow: Workflow) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each job and its name."""
    yield from workflow["jobs"].items()


def commands(workflow: Workflow) -> list[str]:
    """Every line that a step runs."""
    steps = [step for _, job in jobs(workflow) for step in job.get("steps", [])]
    return [line for step in steps for line in step.get("run", "").strip().splitlines()]


def unpinned(text: str) -> list[str]:
    """Actions that are not of one commit, with the version in a comment. Tags can be moved, commits cannot."""
    return [used for used in _USES.findall(text) if not _PINNED.fullmatch(used) and not _HERE.fullmatch(used)]


def target(command: str) -> str | None:
    """The target of a command of make; None if it is another command, or a second one follows."""
    words = shlex.split(command)
    if words[:1] != ["make"] or re.search(r"[;&|`()<>\n]", command):
        return None
    rest = words[3:] if words[1:2] == ["-C"] else words[1:]
    return rest[0] if rest and all(re.match(r"[A-Z_]+=", word) for word in rest[1:]) else None


def is_script(command: str) -> bool:
    """Whether a command is a script of this repository."""
    words = shlex.split(command)
    file = words[1] if words[0] == "python" and len(words) > 1 else words[0]
    return "/" in file and (ROOT / file).is_file() and not re.search(r"[;&|`$<>]", command)


def work_outside_of_make(workflow: Workflow) -> list[str]:
    """Commands that do work here and nowhere else, so that nobody can try them."""
    allowed = (target, is_script, SET_UP.fullmatch)
    return [command for command in commands(workflow) if not any(is_allowed(command) for is_allowed in allowed)]


def unknown_targets(workflow: Workflow) -> list[str]:
    """Targets of make that the Makefile does not have."""
    named = [name for command in commands(workflow) if (name := target(command))]
    return [name for name in named if not re.search(rf"^{re.escape(name)}(?: [\w -]+)?:", MAKEFILE, re.MULTILINE)]


def dangerous_triggers(workflow: Workflow) -> list[str]:
    """Triggers by which strangers get rights."""
    return sorted(DANGEROUS_TRIGGERS & set(workflow[True]))


def permissions(workflow: Workflow) -> list[str]:
    """Rights that every job would have, and jobs that do not say which they need."""
    top = workflow.get("permissions", "missing")
    wrong = [] if top == {} or (isinstance(top, dict) and set(top.values()) <= {"read"}) else [f"top level: {top}"]
    return wrong + [f"{name}: permissions are missing" for name, job in jobs(workflow) if "permissions" not in job]


def without_a_limit(workflow: Workflow) -> list[str]:
    """Jobs that could run for six hours. Those of another file have their limits there."""
    return [name for name, job in jobs(workflow) if "uses" not in job and "timeout-minutes" not in job]


def tokens(workflow: Workflow) -> list[str]:
    """Jobs that could write here or speak for this workflow, and say no environment, and jobs with stored secrets."""
    trusted = [name for name, job in jobs(workflow) if "id-token" in job["permissions"] and "environment" not in job]
    stored = re.findall(r"\bsecrets\.\w+|secrets: inherit", yaml.safe_dump(workflow))
    return trusted + stored
