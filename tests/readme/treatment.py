"""What becomes of each block of the documents: it is included, executed, compared, or said here to be neither.

A block that nothing here knows what to do with is an error.
"""

from __future__ import annotations

import importlib
import importlib.util
from enum import Enum
from pathlib import Path

import blocks
from blocks import ROOT, Block, Unreadable, name

README = ROOT / "README.md"
SITE = tuple(blocks.pages_of_the_site())
DOCUMENTS = tuple(dict.fromkeys((README, *SITE)))


class Treatment(Enum):
    """How a block is known to be right."""

    INCLUDED = "included"
    """It is a part of a file that a suite runs."""
    EXECUTED = "executed"
    """A test runs it."""
    PRINTED = "printed"
    """It is what the block before it printed."""
    PARSED = "parsed"
    """It is data, and can be read."""
    QUOTED = "quoted"
    """It is in the file that is linked before it."""
    DRAWN = "drawn"
    """It is a diagram."""
    NOT_RUN = "not run"
    """`NOT_RUN` says why."""


LANGUAGES = {
    "js": Treatment.EXECUTED,
    "python": Treatment.EXECUTED,
    "rust": Treatment.EXECUTED,
    "sh": Treatment.EXECUTED,
    "sql": Treatment.EXECUTED,
    "json": Treatment.PARSED,
    "rust,ignore": Treatment.QUOTED,
    "mermaid": Treatment.DRAWN,
}

Place = tuple[str, str, str]
"""A page, a heading on it, and a language; `*` matches any."""

# The blocks under a heading that a test of their own executes.
EXECUTED_ELSEWHERE: dict[Place, str] = {
    ("README.md", "Install", "sh"): "test_install.py::test_javascript_from_a_registry",
    ("docs/index.md", "Install", "sh"): "test_start.py::test_packages_are_installed_as_the_readme_does",
    ("docs/start/index.md", "Install", "sh"): "test_start.py::test_packages_are_installed_as_the_readme_does",
    ("README.md", "When a signature does not match", "*"): "test_doctor.py::test_the_commands_print_what_the_page_says",
    ("README.md", "Payouts that happen exactly once", "rust,ignore"): "test_readme.py::test_the_whole_program_in_rust",
    (
        "docs/payouts.md",
        "One worker at a time",
        "sql",
    ): "test_commands.py::test_the_statement_of_a_store_accepts_only_the_next_revision",
}

# Texts that are neither code nor what code printed.
NOT_RUN: dict[Place, str] = {
    ("CONTRIBUTING.md", "Commits", "text"): "the message of a commit",
    ("docs/releasing.md", "The tag", "text"): "publishes a release",
    ("docs/releasing.md", "Withdraw a version", "text"): "withdraws a release",
    ("docs/releasing.md", "Verify where a file comes from", "text"): "asks GitHub about a release",
    ("docs/releasing.md", "The first release", "text"): "changes settings of npm",
}

# The folders whose files a page may include: the suite that runs them, and the files that name or start each.
RUN_BY = {
    "examples/cloudflare-worker": ("end-to-end", "tests/end_to_end/test_worker.py"),
    "examples/javascript-frameworks": ("framework-examples-js", "tests/npm/frameworks.mjs"),
    "examples/node": ("end-to-end", "examples/demo/tours.py", "examples/node/tour.js", "tests/end_to_end/*.py"),
    "examples/python": ("demo", "examples/demo/tours.py", "examples/python/tour.py", "tests/frameworks_python/*.py"),
    "examples/python-frameworks": ("framework-examples-python", "examples/python-frameworks/README.md"),
    "examples/rust": ("demo", "examples/demo/tours.py"),
    "examples/sandbox": ("sandbox-packages", "tests/sandbox_packages/*.py"),
    "tests/doctor": ("doctor", "tests/doctor/*.py"),
    "tests/end_to_end": ("end-to-end", "tests/end_to_end/*.py"),
    "tests/npm": ("consumers", "tests/npm/*.mjs"),
    "tests/sandbox_packages": ("sandbox-packages", "tests/sandbox_packages/*.py"),
}


class Unmarked(Exception):
    """Nobody knows what to do with a block."""


def read() -> list[Block]:
    """Every block of every document."""
    return [block for page in DOCUMENTS for block in blocks.read(page)]


def treatment(block: Block) -> Treatment:
    """What becomes of a block."""
    if block.source:
        return Treatment.INCLUDED
    if elsewhere(block):
        return Treatment.PRINTED if block.language == "text" else Treatment.EXECUTED
    if block.language in LANGUAGES:
        return LANGUAGES[block.language]
    if block.language == "text" and _look_up(block, NOT_RUN):
        return Treatment.NOT_RUN
    if block.language == "text" and printed_by(block):
        return Treatment.PRINTED
    shown = f"```{block.language}"
    raise Unmarked(f"{block.place}: {shown} is neither executed nor included, nor printed by the block before it")


def elsewhere(block: Block) -> str | None:
    """The test of its own that executes a block."""
    return _look_up(block, EXECUTED_ELSEWHERE) or (_START if block.page in _pages_of_start() else None)


def _look_up(block: Block, table: dict[Place, str]) -> str | None:
    languages = (block.language, "*")
    return next((found for each in languages if (found := table.get((name(block.page), block.heading, each)))), None)


_START = "test_start.py"


def _pages_of_start() -> tuple[Path, ...]:
    """The pages whose steps are taken one by one, as a newcomer would."""
    if importlib.util.find_spec("test_start") is None:
        return ()
    pages = importlib.import_module("test_start").PAGES
    return tuple(page if isinstance(page, Path) else ROOT / page for page in pages)


def here(kind: Treatment, *languages: str) -> list[Block]:
    """The blocks of some languages that no test of their own executes."""
    found = [block for block in read() if block.language in languages and not block.source and not elsewhere(block)]
    return [block for block in found if treatment(block) is kind]


def printed_by(text: Block) -> list[Block]:
    """The blocks under the same heading whose output a text is: that before it, or the group of tabs before it."""
    of_page = blocks.read(text.page)
    previous = [block for block in of_page if block.line < text.line and block.heading == text.heading]
    if not previous:
        return []
    last = previous[-1]
    group = [last] if last.group is None else [block for block in previous if block.group == last.group]
    return group if all(block.language in ("js", "python", "sh") and not block.source for block in group) else []


def output_of(block: Block) -> str | None:
    """The text on the page that says what a block prints."""
    after = [each for each in blocks.read(block.page) if each.line > block.line and each.heading == block.heading]
    text = next((each for each in after if each.language == "text"), None)
    return text.text if text and not _look_up(text, NOT_RUN) and block in printed_by(text) else None


def suite_of(source: Path) -> str:
    """The suite that runs a file of this repository."""
    path = name(source)
    folder = max((each for each in RUN_BY if path.startswith(f"{each}/")), key=len, default=None)
    if folder is None:
        raise Unreadable(f"{path}: no suite is known to run it; those of these folders are: {', '.join(RUN_BY)}")
    suite, *evidence = RUN_BY[folder]
    first = source.relative_to(ROOT / folder).parts[0]
    # A package is built as a whole.
    named = Path(folder).name if first == "src" else first.split(".")[0]
    if not any(named in file.read_text(encoding="utf-8") for each in evidence for file in ROOT.glob(each)):
        raise Unreadable(f"{path}: `{named}` is not named in {', '.join(evidence)}")
    return suite
