"""How artifacts are run: in a place that `places` knows, or on this machine itself."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import crate
import headers
from commands import ROOT, Failed, Shell
from contents import contents
from release import build_from, install, run_tests
from reports import Outcome

HERE = "here"
"""The place that is this machine."""


@dataclass(frozen=True)
class Run:
    """One way to run an artifact."""

    place: str
    run: Callable[[Shell, Path], Outcome]


def _places() -> Any:
    """The environments other than this machine, which are looked for when one is used."""
    try:
        return importlib.import_module("places")
    except ModuleNotFoundError as error:
        raise Failed(f"tests/distribution/places cannot be imported: {error}") from error


def in_place(place: str) -> Run:
    """The wheel's tests in one of the places."""

    def run(_: Shell, file: Path) -> Outcome:
        places = _places()
        if place not in places.PLACES:
            raise Failed(f"tests/distribution/places has no {place}")
        found = places.run(place, file)
        return Outcome(found.status, found.detail)

    return Run(place, run)


def _crate(shell: Shell, file: Path) -> Outcome:
    with tempfile.TemporaryDirectory() as tests, tempfile.TemporaryDirectory() as bare:
        passed = crate.run_tests(shell, file, Path(tests))
        crate.check_without_features(shell, file, Path(bare))
    return Outcome("ran", f"{passed} tests passed outside the repository")


def _sdist(shell: Shell, file: Path) -> Outcome:
    wheel = build_from(file)
    environment = install(sys.executable, "dist-sdist", wheel)
    succeeded, summary = run_tests(environment)
    shell.note(summary)
    return Outcome("ran" if succeeded else "failed", f"CPython {sys.version.split()[0]}: {summary}")


_PROGRAM = """
import assert from "node:assert";
import { createRequire } from "node:module";
import * as imported from "payseal";
const required = createRequire(import.meta.url)("payseal");
for (const { Bitloga } of [imported, required]) {
  const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
  const fields = { to: "WMZ", amount: "1.00", purse: "Z123456789012", invoiceid: 5, uniqueid: "125" };
  const { body, headers } = bitloga.signCallback(fields);
  assert.equal(bitloga.verifyCallback(body, headers).event_id, "Invoice:5:Payed");
  const forged = body.replace('"amount":1.00', '"amount":2.00');
  assert.throws(() => bitloga.verifyCallback(forged, headers), { code: "signature_mismatch" });
}
"""


def _npm(shell: Shell, file: Path) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        shell.run("npm", "install", "--no-audit", "--no-fund", "--offline", file, folder=Path(folder))
        (Path(folder) / "main.mjs").write_text(_PROGRAM, encoding="utf-8")
        shell.run("node", "main.mjs", folder=Path(folder))
    return Outcome("ran", f"Node {_node(shell)}: imported and required, a callback verified and a forged one refused")


def _node(shell: Shell) -> str:
    return shell.run("node", "--version").strip().lstrip("v")


CRATE = Run(HERE, _crate)
SDIST = Run(HERE, _sdist)
NPM = Run(HERE, _npm)


def sandbox_program(place: str) -> Run:
    """Starts the sandbox out of any of its packages, and asks it for its page."""

    def run(shell: Shell, file: Path) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            program = _unpack_program(file, Path(folder))
            command = [str(program)] if place == HERE else _command(place, program)
            if isinstance(command, Outcome):
                return command
            return Outcome("ran", f"answers with {_status_of_page(shell, command)}")

    return Run(place, run)


def _command(place: str, program: Path) -> list[str] | Outcome:
    """What starts a program in a place, or why nothing does."""
    places = _places()
    try:
        return list(places.command(place, program))
    except places.NotHere as reason:
        return Outcome("not runnable", str(reason))
    except places.SetUpFailed as error:
        raise Failed(f"the place could not be set up: {error}") from error


def _unpack_program(package: Path, folder: Path) -> Path:
    (name, content), *_ = ((name, content) for name, content in contents(package).items() if headers.kind(content))
    program = folder / Path(name).name
    program.write_bytes(content)
    program.chmod(0o755)
    return program


def _status_of_page(shell: Shell, command: list[str]) -> int:
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            line = process.stdout.readline()
            shell.note(line)
            if "listening on" not in line:
                raise Failed("the sandbox did not say where it listens")
            with urllib.request.urlopen(line.split()[-1], timeout=60) as answer:
                return int(answer.status)
        finally:
            # An emulator has processes of its own.
            os.killpg(process.pid, signal.SIGKILL)


def _sandbox_npm(shell: Shell, file: Path) -> Outcome:
    """Installs the main package and that of this platform, as npm does by itself once both are published."""
    with tempfile.TemporaryDirectory() as built, tempfile.TemporaryDirectory() as folder:
        shell.run("python3", ROOT / "examples/sandbox/packages.py", "--here", "--out", built)
        tarballs = list(Path(built).glob("*.tgz"))
        command = ("npm", "install", "--no-audit", "--no-fund", "--offline", "--omit=optional", file)
        shell.run(*command, *tarballs, folder=Path(folder))
        printed = shell.run("npx", "--offline", "payseal-sandbox", "--help", folder=Path(folder))
    if "--port" not in printed:
        raise Failed("payseal-sandbox --help does not name its options")
    return Outcome("ran", f"Node {_node(shell)}: npx payseal-sandbox --help")


SANDBOX_NPM = Run(HERE, _sandbox_npm)
