"""Runs the JavaScript and Python blocks of README.md (the Rust ones are doc tests of the core).

Blocks with tests are run by pytest and by Node's test runner, with the packages of the sandbox. Of the others:
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
from conftest import run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SANDBOX_PACKAGES = EXAMPLES / "sandbox" / "dist"
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
    found = re.findall(rf"^```{re.escape(language)}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found, f"no {language} block in README.md"
    return found


def with_tests(language: str) -> list[str]:
    """The blocks with tests."""
    return [block for block in blocks(language) if re.search(r"^(?:def test_|test\()", block, re.MULTILINE)]


def programs(language: str) -> list[str]:
    """The blocks without tests."""
    return [block for block in blocks(language) if block not in with_tests(language)]


def name(block: str) -> str:
    """What a block is called in the results: its first line that makes something."""
    return next((line for line in block.splitlines() if "=" in line), block.splitlines()[0])[:40]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[str]:
    program = ROOT / "target" / "debug" / "payseal-sandbox"
    with subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "listening on " in line, line
        yield line.split("listening on ")[1].strip()
        process.terminate()


@pytest.mark.parametrize("block", programs("js"), ids=name)
def test_javascript(block: str, node_project: Path, sandbox: str) -> None:
    (node_project / "block.mjs").write_text(block.replace(SANDBOX_IN_README, sandbox), encoding="utf-8")
    (node_project / "payouts.sqlite").unlink(missing_ok=True)
    if "export default" in block:
        (node_project / "main.mjs").write_text(CALL_HANDLER, encoding="utf-8")
        assert run(["node", "main.mjs"], node_project) == ["200 125 1.00 Payed", "401 signature_mismatch"]
    else:
        expected = PRINTED.findall(block)
        assert expected and run(["node", "block.mjs"], node_project) == expected


@pytest.mark.parametrize("block", programs("python"), ids=name)
def test_python(block: str, sandbox: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(block.replace(SANDBOX_IN_README, sandbox), encoding="utf-8")
    printed = run([sys.executable, str(script)], tmp_path)
    expected = PRINTED.findall(block)
    assert printed if not expected else printed == expected


def test_the_test_in_javascript(tmp_path: Path) -> None:
    """With the packages as they are built, for this machine only."""
    (block,) = with_tests("js")
    packages = [*(ROOT / "bindings-wasm" / "dist").glob("*.tgz"), *SANDBOX_PACKAGES.glob("*.tgz")]
    (tmp_path / "package.json").write_text('{"private": true}')
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", *map(str, packages)], tmp_path)
    (tmp_path / "block.test.mjs").write_text(block, encoding="utf-8")
    assert "# pass 1" in run(["node", "--test", "--test-reporter", "tap", "block.test.mjs"], tmp_path)


def test_the_test_in_python(tmp_path: Path) -> None:
    (block,) = with_tests("python")
    (wheel,) = SANDBOX_PACKAGES.glob("*.whl")
    folder = tmp_path / "installed"
    run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(wheel)], tmp_path)
    (tmp_path / "test_block.py").write_text(block, encoding="utf-8")
    command = ["env", f"PYTHONPATH={folder}", sys.executable, "-m", "pytest", "test_block.py"]
    assert "1 passed" in run(command, tmp_path)[-1]


WHOLE_PROGRAMS = {
    "rust,ignore": "rust/src/bin/payout.rs",
    "js": "node/payout.js",
    "python": "python/payout.py",
}


@pytest.mark.parametrize("language", WHOLE_PROGRAMS)
def test_whole_programs_are_the_examples_and_short(language: str) -> None:
    """What is not in the README is the comment that the example begins with."""
    block = next(block for block in blocks(language) if "payouts.sqlite" in block)
    example = (EXAMPLES / WHOLE_PROGRAMS[language]).read_text(encoding="utf-8")
    assert example.endswith(block)
    assert len(example.removesuffix(block).split("\n")) <= 3
    assert block.count("\n") < 25


def test_the_whole_program_in_rust(sandbox: str, tmp_path: Path) -> None:
    """The very program, built from the README with another address, pays; run again, it says so again."""
    source = next(block for block in blocks("rust,ignore") if "payouts.sqlite" in block)
    package = tmp_path / "program"
    (package / "src").mkdir(parents=True)
    (package / "src" / "main.rs").write_text(source.replace(SANDBOX_IN_README, sandbox), encoding="utf-8")
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
    commands = re.findall(r"^make (\w+)", README, re.MULTILINE)
    assert commands[:2] == ["demo", "test"]
    for command in commands:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
