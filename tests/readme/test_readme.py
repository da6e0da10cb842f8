"""What README.md says beside its blocks, which test_programs.py runs, and its whole programs."""

from __future__ import annotations

import re
from pathlib import Path

import blocks
import programs
import pytest
from blocks import ROOT, Block
from conftest import EXAMPLES, run
from treatment import README

TEXT = README.read_text(encoding="utf-8")


def of_language(language: str) -> list[Block]:
    found = [block for block in blocks.read(README) if block.language == language]
    assert found, f"no {language} block in README.md"
    return found


def whole_program(language: str) -> str:
    return next(block.text for block in of_language(language) if "payouts.sqlite" in block.text)


def test_the_handler_answers_as_its_comment_says(node_project: Path, sandbox: str) -> None:
    (handler,) = (block for block in of_language("js") if programs.is_handler(block))
    assert '// "125 1.00 Payed"' in handler.text
    printed = programs.javascript(handler, node_project, sandbox)
    assert printed == ["200 125 1.00 Payed", "401 signature_mismatch"]


WHOLE_PROGRAMS = {
    "rust,ignore": "rust/src/bin/payout.rs",
    "js": "node/payout.js",
    "python": "python/payout.py",
}


@pytest.mark.parametrize("language", WHOLE_PROGRAMS)
def test_whole_programs_are_the_examples_and_short(language: str) -> None:
    """What is not in the README is the comment that the example begins with."""
    block = whole_program(language)
    example = (EXAMPLES / WHOLE_PROGRAMS[language]).read_text(encoding="utf-8")
    assert example.endswith(block)
    assert len(example.removesuffix(block).split("\n")) <= 3
    assert block.count("\n") < 25


def test_the_whole_program_in_rust(sandbox: str, tmp_path: Path) -> None:
    """The very program, built from the README with another address, pays; run again, it says so again."""
    source = whole_program("rust,ignore")
    package = tmp_path / "program"
    (package / "src").mkdir(parents=True)
    (package / "src" / "main.rs").write_text(source.replace(programs.SANDBOX_IN_DOCUMENTS, sandbox), encoding="utf-8")
    manifest = (EXAMPLES / "rust" / "Cargo.toml").read_text(encoding="utf-8")
    dependencies = [line for line in manifest.splitlines() if line.startswith(("rusqlite", "ureq"))]
    core = f'payseal = {{ path = "{ROOT / "core"}", features = ["http", "std"] }}'
    head = '[workspace]\n[package]\nname = "program"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]'
    (package / "Cargo.toml").write_text("\n".join([head, core, *dependencies]), encoding="utf-8")
    (package / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    target = ROOT / "target" / "readme"
    command = ["cargo", "run", "--quiet", "--manifest-path", str(package / "Cargo.toml"), "--target-dir", str(target)]
    for _ in range(2):
        assert run(command, tmp_path, timeout=600) == ["paid"]


def test_the_table_of_verdicts_is_that_of_the_core() -> None:
    """The core's own documentation is checked against its code, by its tests."""
    source = (ROOT / "core" / "src" / "bitloga" / "payout" / "outcome.rs").read_text(encoding="utf-8")
    rows = re.findall(r"^/// (\| `\w+` \|.*)$", source, re.MULTILINE)
    assert len(rows) == 5
    for page in ("README.md", "docs/payouts.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for row in rows:
            assert row in text, f"{page}: {row}"


def test_the_two_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^make (\w+)", TEXT, re.MULTILINE)
    assert commands[:2] == ["demo", "test"]
    for command in commands:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
