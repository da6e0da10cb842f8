"""Runs blocks of JavaScript and Python as a reader would: as a file in a project that has the packages."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import treatment
from blocks import Block
from conftest import run

# Documents name the address at which the sandbox listens by itself.
SANDBOX_IN_DOCUMENTS = "http://127.0.0.1:8787"
PRINTS = re.compile(r"^ *(?:console\.log|print)\(", re.MULTILINE)
PRINTED = re.compile(r"(?:console\.log|print)\(.*\);?\s*(?://|#) (.+)$", re.MULTILINE)
_TESTS = re.compile(r"^(?:(?:async )?def test_|test\()", re.MULTILINE)

# A server's handler is given what a gateway would send, and what somebody else would.
CALL_HANDLER = """
import handler from "./block.mjs";
import { Bitloga } from "payseal";
const bitloga = new Bitloga({ apiKey: "sandbox-key", apiSecret: "sandbox-secret" });
const { body, headers } = bitloga.signCallback(
  { to: "WMZ", amount: "1.00", purse: "Z123456789012", invoiceid: 5, uniqueid: "125" });
const post = (sent) => handler.fetch(new Request("http://localhost/", { method: "POST", body: sent, headers }));
const genuine = await post(body);
console.log(genuine.status, await genuine.text());
const forged = await post("{}");
console.log(forged.status, await forged.text());
"""


def number_of_tests(block: Block) -> int:
    """How many tests a block has."""
    return len(_TESTS.findall(block.text))


def is_handler(block: Block) -> bool:
    """Whether a block is a server's handler: it does nothing until it is called."""
    return "export default" in block.text


def javascript(block: Block, project: Path, sandbox: str) -> list[str]:
    """What a block of JavaScript prints, in a folder of its own within a project."""
    folder = Path(tempfile.mkdtemp(dir=project))
    (folder / "block.mjs").write_text(block.text.replace(SANDBOX_IN_DOCUMENTS, sandbox), encoding="utf-8")
    (folder / "main.mjs").write_text(CALL_HANDLER if is_handler(block) else 'import "./block.mjs";', encoding="utf-8")
    return run(["node", "main.mjs"], folder)


def python(block: Block, folder: Path, sandbox: str) -> list[str]:
    """What a block of Python prints, in an empty folder."""
    script = folder / "block.py"
    script.write_text(block.text.replace(SANDBOX_IN_DOCUMENTS, sandbox), encoding="utf-8")
    return run([sys.executable, str(script)], folder)


def tests_of_javascript(block: Block, project: Path) -> list[str]:
    """What Node's test runner prints about a block."""
    folder = Path(tempfile.mkdtemp(dir=project))
    (folder / "block.test.mjs").write_text(block.text, encoding="utf-8")
    return run(["node", "--test", "--test-reporter", "tap", "block.test.mjs"], folder)


def tests_of_python(block: Block, folder: Path, packages: Path) -> list[str]:
    """What pytest prints about a block; it finds more packages in a folder."""
    (folder / "test_block.py").write_text(block.text, encoding="utf-8")
    return run(["env", f"PYTHONPATH={packages}", sys.executable, "-m", "pytest", "test_block.py"], folder)


def check_printed(block: Block, printed: list[str]) -> None:
    """Compares what a block printed with what its comments and the text after it say. It has to print something."""
    assert printed
    promised = PRINTED.findall(block.text)
    if len(promised) == len(PRINTS.findall(block.text)):
        assert printed == promised
    else:
        rest = iter(printed)
        assert [line for line in promised if line not in rest] == [], os.linesep.join(printed)
    if (text := treatment.output_of(block)) is not None:
        assert "".join(f"{line}\n" for line in printed) == text
