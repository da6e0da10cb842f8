"""Runs the JavaScript and Python blocks of README.md (the Rust ones are doc tests of the core).

A block must end without an error; a line that prints something and says in a comment what, must
print that. Calls go to a sandbox, started on a free port in place of the one the README names.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SANDBOX_IN_README = "http://127.0.0.1:8787"
PRINTED = re.compile(r"(?:console\.log|print)\(.*\);?\s*(?://|#) (.+)$", re.MULTILINE)

# The first block is a server's handler: give it what a gateway would send.
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


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found, f"no {language} block in README.md"
    return found


def name(block: str) -> str:
    """What a block is called in the results: its first line that makes something."""
    return next((line for line in block.splitlines() if "=" in line), block.splitlines()[0])[:40]


def run(command: list[str], folder: Path) -> list[str]:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[str]:
    program = ROOT / "target" / "debug" / "payseal-sandbox"
    with subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "listening on " in line, line
        yield line.split("listening on ")[1].strip()
        process.terminate()


@pytest.fixture(scope="session")
def node_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with the packed package in it, as a user would have."""
    folder = tmp_path_factory.mktemp("readme")
    package = ROOT / "bindings-wasm"
    packed = run(
        ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), str(package)], ROOT
    )[-1]
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", f"./{packed}"], folder)
    return folder


@pytest.mark.parametrize("block", blocks("js"), ids=name)
def test_javascript(block: str, node_project: Path) -> None:
    (node_project / "block.mjs").write_text(block, encoding="utf-8")
    if "export default" in block:
        (node_project / "main.mjs").write_text(CALL_HANDLER, encoding="utf-8")
        assert run(["node", "main.mjs"], node_project) == ["200 125 1.00 Payed", "401 signature_mismatch"]
    else:
        expected = PRINTED.findall(block)
        assert expected and run(["node", "block.mjs"], node_project) == expected


@pytest.mark.parametrize("block", blocks("python"), ids=name)
def test_python(block: str, sandbox: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(block.replace(SANDBOX_IN_README, sandbox), encoding="utf-8")
    printed = run([sys.executable, str(script)], tmp_path)
    expected = PRINTED.findall(block)
    assert printed if not expected else printed == expected


def test_the_two_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^make (\w+)", README, re.MULTILINE)
    assert commands[:2] == ["demo", "test"]
    for command in commands:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
