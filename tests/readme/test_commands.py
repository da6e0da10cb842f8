"""Runs the commands in the documents, and one of their statements.

Commands of make are only looked up: they have suites of their own. Those of our packages are run in a project that has
them, with what an endpoint received in body.json and headers.txt, a sandbox and an endpoint.
"""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import blocks
import pytest
import treatment
from blocks import ROOT, Block
from conftest import GATEWAY, environment, running_sandbox
from programs import SANDBOX_IN_DOCUMENTS
from treatment import README, SITE, Treatment

ENDPOINT_IN_DOCUMENTS = "http://127.0.0.1:3000"
BLOCKS = treatment.here(Treatment.EXECUTED, "sh")
_OURS = re.compile(r"^(?:npx payseal|python -m payseal|curl) ", re.MULTILINE)
_SANDBOX = re.compile(r"(?:npx )?payseal-sandbox\b")
_INSTALLS = re.compile(r"(?:npm install|pip install|cargo add) ")


def commands(block: Block) -> list[str]:
    """The commands of a block, without comments."""
    joined = block.text.replace("\\\n", " ")
    lines = [re.sub(r"(?:^|\s+)#\s.*", "", line).strip() for line in joined.splitlines()]
    return [line for line in lines if line]


def is_session(block: Block) -> bool:
    """Whether the commands of a block are ours, and belong together."""
    return bool(_OURS.search(block.text))


SESSIONS = [block for block in BLOCKS if is_session(block)]
COMMANDS = sorted({command for block in BLOCKS if not is_session(block) for command in commands(block)})
# Those of "Install" are run by test_install.py; those of "Testing" name what test_programs.py installs.
INSTALLS = {
    command
    for block in blocks.read(README)
    if block.language == "sh" and block.heading in ("Install", "Testing")
    for command in commands(block)
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str) -> None:
    if target := re.match(r"make ([\w-]+)", command):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{target[1]}\b.*:", makefile, re.MULTILINE), command
    elif _INSTALLS.match(command):
        assert command in INSTALLS, f"not a command of README.md, where it is tried: {command}"
    elif started := _SANDBOX.match(command):
        options = re.sub(r"--port[ =]\d+", "", command[started.end() :])
        with running_sandbox(*shlex.split(options)) as address:
            assert address.startswith("http://127.0.0.1:")
    else:
        run_in_repository(command)


def run_in_repository(command: str) -> None:
    # What writes files is asked whether they are as it would write them.
    if "generate" in command and "--check" not in command:
        command += " -- --check" if command.startswith(("npm", "cargo")) else " --check"
    finished = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def check_session(block: Block, project: Path, sandbox: str, endpoint: str) -> None:
    """All commands of a block ask about the same: each prints the text after it, or all of them together do."""
    save_what_arrived(project, rewritten=" diagnose " in block.text)
    script = block.text.replace(ENDPOINT_IN_DOCUMENTS, endpoint).replace(SANDBOX_IN_DOCUMENTS, sandbox)
    # The page may have said before how the secret is given.
    finished = run_session(script, project, PAYSEAL_SECRET="sandbox-secret")
    assert finished.stderr == "", block.place
    text = treatment.output_of(block)
    if text is None:
        assert finished.returncode == 0 and finished.stdout, block.place
    else:
        assert finished.stdout in (text, text * len(_OURS.findall(block.text))), block.place


def test_our_commands_do_what_the_pages_say(node_project: Path, sandbox: str, endpoint: str) -> None:
    for block in SESSIONS:
        check_session(block, node_project, sandbox, endpoint)


SESSION = """
```sh
npx payseal diagnose --body body.json --headers headers.txt --api-key sandbox-key
python -m payseal diagnose --body body.json --headers headers.txt --api-key sandbox-key
```

```text
body_rewritten: the signature is of this JSON written differently: the body was parsed and written anew on its way; verify the bytes as received, before any JSON middleware
```

## The endpoint

```sh
npx payseal trigger http://127.0.0.1:3000/callback --uniqueid 125 --amount 1.00
```

It answers:

```text
status 200
thanks
```

## The sandbox

```sh
curl --silent --fail http://127.0.0.1:8787/sandbox/state
```
"""


def test_a_session_is_what_its_page_says(node_project: Path, sandbox: str, endpoint: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(SESSION)
    sessions = [block for block in blocks.read(tmp_path / "page.md") if block.language == "sh"]
    assert [is_session(block) for block in sessions] == [True] * 3
    for block in sessions:
        check_session(block, node_project, sandbox, endpoint)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("body_rewritten: the", "body_rewritten: a"),
        ("status 200", "status 201"),
        ("--uniqueid 125", "--uniqueid"),
        ("sandbox/state", "sandbox/no-such-page"),
    ],
)
def test_a_session_that_goes_otherwise_is_found(
    old: str, new: str, node_project: Path, sandbox: str, endpoint: str, tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text(SESSION.replace(old, new))
    sessions = [block for block in blocks.read(tmp_path / "page.md") if block.language == "sh"]
    with pytest.raises(AssertionError):
        for block in sessions:
            check_session(block, node_project, sandbox, endpoint)


def run_session(script: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a folder."""
    env = environment(**settings)
    command = ["bash", "-c", script]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def save_what_arrived(folder: Path, rewritten: bool) -> None:
    """Leaves what an endpoint received: a body that may have been parsed and written anew, and lines of headers."""
    signed = GATEWAY.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    (folder / "body.json").write_bytes(signed.body.replace(b",", b", ") if rewritten else signed.body)
    headers = {"Host": "shop.example", **signed.headers}
    (folder / "headers.txt").write_text("".join(f"{name}: {value}\r\n" for name, value in headers.items()))


def test_our_commands_are_run_and_not_looked_up() -> None:
    text = "export A=1  # a comment\nnpx payseal diagnose --body body.json \\\n  --api-key sandbox-key  # more\n"
    block = Block(ROOT / "docs" / "no-page.md", 3, 6, "sh", "", text, "", "", None)
    assert is_session(block)
    assert commands(block) == ["export A=1", "npx payseal diagnose --body body.json    --api-key sandbox-key"]


@pytest.mark.parametrize(
    "command", ["make no-such-target", "npm install left-pad", "payseal-sandbox --no-such", "false"]
)
def test_a_command_that_does_not_run_is_found(command: str) -> None:
    with pytest.raises(AssertionError):
        test_a_command_runs(command)


def test_suites_that_are_named_exist() -> None:
    listed = subprocess.run(
        [sys.executable, ROOT / "tests" / "run.py", "--list"], capture_output=True, text=True, check=True
    )
    suites = {line.split()[0] for line in listed.stdout.splitlines()}
    for page in SITE:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"run\.py --only ([\w-]+)", text) + re.findall(r"suites? `([\w-]+)`", text)
        assert set(named) <= suites, page.name


def test_the_statement_of_a_store_accepts_only_the_next_revision() -> None:
    (statement,) = (block.text for block in blocks.read(ROOT / "docs" / "payouts.md") if block.language == "sql")
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)")
    changed = [store.execute(statement, ("135", revision, "text")).rowcount for revision in (1, 2, 2, 4, 3, 1)]
    assert changed == [1, 1, 0, 0, 1, 0]
