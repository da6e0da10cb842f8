"""What can be run in CONTRIBUTING.md and docs/: commands, statements, and quotations of sources.

Commands of make are only looked up: they have suites of their own.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import test_start

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {*test_start.PAGES, *test_start.HOMES}
PAGES = (ROOT / "CONTRIBUTING.md", *sorted({*(ROOT / "docs").rglob("*.md")} - ELSEWHERE))
LANGUAGES = {
    "sh",  # run here
    "text",  # nothing to run
    "mermaid",  # drawn by whoever shows the page
    "rust,ignore",  # quoted from the core
    "sql",  # run here
}


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """Each block of a page: the page before it, its language, its text."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```([\w,]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text[: block.start()], block[1], block[2]) for block in found]


def commands(page: Path) -> list[str]:
    lines = (line for _, language, text in blocks(page) if language == "sh" for line in text.splitlines())
    return [line.split("  #")[0].strip() for line in lines]


COMMANDS = sorted({command for page in PAGES for command in commands(page)})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_marked_as_what_it_is(page: Path) -> None:
    assert {language for _, language, _ in blocks(page)} <= LANGUAGES


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str) -> None:
    if target := re.match(r"make ([\w-]+)", command):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{target[1]}\b.*:", makefile, re.MULTILINE), command
        return
    # What writes files is asked whether they are as it would write them.
    if "generate" in command and "--check" not in command:
        command += " -- --check" if command.startswith(("npm", "cargo")) else " --check"
    paths = [str(Path(sys.executable).parent), os.environ["PATH"]]
    environment = {**os.environ, "PATH": os.pathsep.join(paths)}
    finished = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_suites_that_are_named_exist() -> None:
    listed = subprocess.run(
        [sys.executable, ROOT / "tests" / "run.py", "--list"], capture_output=True, text=True, check=True
    )
    suites = {line.split()[0] for line in listed.stdout.splitlines()}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"run\.py --only ([\w-]+)", text) + re.findall(r"suites? `([\w-]+)`", text)
        assert set(named) <= suites, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_quotations_are_in_the_file_that_is_linked_before_them(page: Path) -> None:
    """A quotation may leave something out where it has a line with `…`."""
    for before, language, text in blocks(page):
        if language != "rust,ignore":
            continue
        source = (page.parent / re.findall(r"\]\(([^)#]+\.rs)\)", before)[-1]).read_text(encoding="utf-8")
        for part in re.split(r"^\s*// …\n", text, flags=re.MULTILINE):
            assert part in source, part


def test_the_statement_of_a_store_accepts_only_the_next_revision() -> None:
    (statement,) = (text for _, language, text in blocks(ROOT / "docs" / "payouts.md") if language == "sql")
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)")
    changed = [store.execute(statement, ("135", revision, "text")).rowcount for revision in (1, 2, 2, 4, 3, 1)]
    assert changed == [1, 1, 0, 0, 1, 0]
