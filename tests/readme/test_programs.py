"""Runs every block of JavaScript, Python and SQL in the documents (those of Rust are doc tests of a crate).

Blocks with tests are run by pytest and by Node's test runner, with the packages of the sandbox. Of the others:
A block must end without an error; a line that prints something and says in a comment what, must
print that. Calls go to a sandbox, started on a free port in place of the one the documents name.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import programs
import pytest
import treatment
from blocks import ROOT, Block
from treatment import Treatment


def having(language: str, tests: bool) -> list[Block]:
    """The blocks of a language, with tests or without."""
    found = treatment.here(Treatment.EXECUTED, language)
    return [block for block in found if bool(programs.number_of_tests(block)) == tests]


def place(block: Block) -> str:
    return block.place


@pytest.mark.parametrize("block", having("js", tests=False), ids=place)
def test_javascript(block: Block, node_project: Path, sandbox: str) -> None:
    printed = programs.javascript(block, node_project, sandbox)
    if programs.is_handler(block):
        assert [line[:1] for line in printed] == ["2", "4"], printed
    else:
        programs.check_printed(block, printed)


@pytest.mark.parametrize("block", having("python", tests=False), ids=place)
def test_python(block: Block, sandbox: str, tmp_path: Path) -> None:
    programs.check_printed(block, programs.python(block, tmp_path, sandbox))


@pytest.mark.parametrize("block", having("js", tests=True), ids=place)
def test_tests_in_javascript(block: Block, node_project_with_sandbox: Path) -> None:
    printed = programs.tests_of_javascript(block, node_project_with_sandbox)
    assert f"# pass {programs.number_of_tests(block)}" in printed


@pytest.mark.parametrize("block", having("python", tests=True), ids=place)
def test_tests_in_python(block: Block, python_sandbox: Path, tmp_path: Path) -> None:
    printed = programs.tests_of_python(block, tmp_path, python_sandbox)
    assert f"{programs.number_of_tests(block)} passed" in printed[-1]


def check_statements(statements: list[Block]) -> None:
    """Runs the statements of a page in SQLite, one block after the other."""
    store = sqlite3.connect(":memory:")
    for block in statements:
        for statement in re.split(r"(?<=;)\s*\n", block.text.strip()):
            parameters = len(set(re.findall(r"[?$]\d+", statement)))
            store.execute(statement, ("1",) * parameters)


def test_statements() -> None:
    found = treatment.here(Treatment.EXECUTED, "sql")
    for page in {block.page for block in found}:
        check_statements([block for block in found if block.page == page])


def test_a_wrong_statement_is_found() -> None:
    right = [
        written("CREATE TABLE a (b INT);\nINSERT INTO a VALUES (?1);\n"),
        written("SELECT b FROM a WHERE b = ?1\n"),
    ]
    check_statements(right)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        check_statements(right[1:])


def written(text: str) -> Block:
    """A block of a page that is not there."""
    return Block(ROOT / "docs" / "errors.md", 10_000, 10_002, "js", "", text, "No such heading", "", None)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("console.log(1); // 1", ["2"]),
        ("console.log(1); // 1", []),
        ("console.log(1); // 1", ["1", "2"]),
        ("print(1)  # 1\nprint(2)", ["2", "2"]),
        ("print(1)  # 1\nprint(2)\nprint(3)  # 3", ["3", "2", "1"]),
    ],
)
def test_other_output_than_promised_is_found(text: str, printed: list[str]) -> None:
    with pytest.raises(AssertionError):
        programs.check_printed(written(text), printed)


def test_promised_output_is_right() -> None:
    programs.check_printed(written("console.log(1); // 1\nprint(f(2))  # 2"), ["1", "2"])
    programs.check_printed(written("print(1)  # 1\nprint(2)\nprint(3)  # 3"), ["1", "2", "3"])


def test_a_block_that_fails_is_found(node_project: Path, sandbox: str, tmp_path: Path) -> None:
    for wrong in (written("throw new Error('wrong')"), written("import 'no-such-package'")):
        with pytest.raises(AssertionError, match=r"wrong|no-such-package"):
            programs.javascript(wrong, node_project, sandbox)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        programs.python(written("1 / 0"), tmp_path, sandbox)
    with pytest.raises(AssertionError, match="not ok"):
        programs.tests_of_javascript(
            written("import { test } from 'node:test'; test('a', () => { throw 1; });"), node_project
        )
