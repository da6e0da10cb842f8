"""Runs the section "When a signature does not match" of all three READMEs, word for word, as a newcomer would.

What the endpoint received is saved as the section says: a body that was parsed and written anew, and lines of headers.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import blocks
import pytest
from conftest import ROOT
from test_commands import ENDPOINT_IN_DOCUMENTS, run_session, save_what_arrived

PAGES = ("README.md", "bindings-wasm/README.md", "bindings-python/README.md")
HEADING = "When a signature does not match"


def of_section(page: str, language: str) -> list[str]:
    found = blocks.read(ROOT / page)
    return [block.text for block in found if block.heading == HEADING and block.language == language]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_print_what_the_page_says(page: str, node_project: Path, endpoint: str) -> None:
    save_what_arrived(node_project, rewritten=True)
    script = "".join(of_section(page, "sh")).replace(ENDPOINT_IN_DOCUMENTS, endpoint)
    assert script.startswith("export PAYSEAL_SECRET=") and endpoint in script

    finished = run_session(script, node_project)

    assert finished.stderr == ""
    answers = script.count(" diagnose ")
    diagnosis, others = of_section(page, "text")
    assert finished.stdout == diagnosis * answers + others


@pytest.mark.parametrize("page", [*PAGES, "docs/command.md"])
def test_exit_codes_are_those_of_the_help(page: str) -> None:
    help_text = subprocess.run([sys.executable, "-m", "payseal", "--help"], capture_output=True, text=True, check=True)
    codes = re.findall(r"^  (\d)  (.*)$", help_text.stdout, re.MULTILINE)
    assert len(codes) == 4
    assert re.findall(r"^\| (\d) \| (.*) \|$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE) == codes
