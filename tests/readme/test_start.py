"""Follows each page of docs/start word for word, in an empty folder, as a newcomer would.

Of a page's blocks,

- ```` ```sh [first terminal] ```` is run in the first terminal, and ```` ```sh [second terminal] ```` in the second, which
  is opened in the folder that the first one is in; each goes on where its last block ended. A `text` block after one of
  the second terminal is all that it prints; where nothing follows, it has to end well.
- a block of the first terminal that has a `text` block after it starts a server: it prints those lines, perhaps among
  others, and runs until the page ends.
- a block of another language is a file, whose name is in its brackets.

Port 3000 is replaced by a free one. Packages called payseal come from registries on the loopback address, all others in
the versions that other tests pin. What the first terminal is said to print it has to print: once, although the genuine
callback is sent twice.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import registries
from blocks import Block, read
from conftest import ROOT

START = ROOT / "docs" / "start"
PAGES = tuple(START / f"{name}.md" for name in ("node", "workers", "fastapi", "rust"))
"""The pages whose blocks are executed here, all of them."""

HOMES = (ROOT / "docs" / "index.md", START / "index.md")
"""Pages whose only commands are those of the README that install, which test_install.py runs."""

INSTALL = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Install\n\n```sh\n")[1].split("```")[0]
PORT = re.compile(r"\b3000\b")
SAID = re.compile(r"The first terminal says `(.+?)`")
REMEMBERS_NOTHING = {"workers"}
START_SECONDS = 180.0  # Cargo compiles first.
PRINTING_SECONDS = 5.0

# What tools would ask the internet for on their own account.
QUIET = {
    "CLOUDFLARE_CF_FETCH_ENABLED": "false",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "WRANGLER_SEND_ERROR_REPORTS": "false",
    "WRANGLER_SEND_METRICS": "false",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}


def blocks(page: Path, port: int) -> list[Block]:
    """The blocks of a page, with another port."""
    return [replace(block, text=PORT.sub(str(port), block.text)) for block in read(page)]


class Terminal:
    """A terminal: its folder and its variables stay from one block to the next."""

    def __init__(self, folder: Path, variables: Mapping[str, str], log: Path) -> None:
        self.folder = folder
        self.log = log
        self._variables = dict(variables)
        self._state = log.with_suffix(".state")

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Runs commands to their end."""
        script = f"{self._go_on()}trap '{{ pwd; export -p; }} >\"$STATE\"' EXIT\n{commands}"
        command = ["bash", "-e", "-c", script]
        finished = subprocess.run(
            command, cwd=self.folder, env=self._environment(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        self.folder = Path(self._state.read_text(encoding="utf-8").splitlines()[0])
        return finished

    @contextmanager
    def running(self, commands: str) -> Iterator[subprocess.Popen[bytes]]:
        """Runs commands, the last of which does not end by itself."""
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                ["bash", "-e", "-c", self._go_on() + commands], cwd=self.folder, env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            try:
                yield process
            finally:
                _end(process)

    def said(self) -> str:
        """What commands that run have printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _go_on(self) -> str:
        return f"source <(tail -n +2 '{self._state}')\n" if self._state.exists() else ""

    def _environment(self) -> dict[str, str]:
        return {**self._variables, "STATE": str(self._state)}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a server and what it has started: they are a group of their own."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def wait_for(lines: list[str], terminal: Terminal, process: subprocess.Popen[bytes]) -> None:
    """Waits until a server has printed some lines."""
    deadline = time.monotonic() + START_SECONDS
    while any(line not in terminal.said() for line in lines):
        assert process.poll() is None, terminal.said()
        assert time.monotonic() < deadline, f"{lines} was not printed:\n{terminal.said()}"
        time.sleep(0.05)


def follow(page: Path, folder: Path, variables: Mapping[str, str], port: int) -> None:
    """Does what a page says."""
    steps = blocks(page, port)
    logs = folder.parent
    first = Terminal(folder, variables, logs / "first.log")
    second: Terminal | None = None
    with ExitStack() as servers:
        for at, step in enumerate(steps):
            following = steps[at + 1] if at + 1 < len(steps) else None
            expected = following.text if following and following.language == "text" else None
            if step.language == "text":
                assert steps[at - 1].language == "sh", "what printed this?"
            elif step.language != "sh":
                file = first.folder / step.title
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(step.text, encoding="utf-8")
            elif step.title == "first terminal" and expected is None:
                # The one part of this command that a published crate does not need.
                finished = first.run(step.text.replace("cargo add payseal", "cargo add --registry loopback payseal"))
                assert finished.returncode == 0, finished.stdout + finished.stderr
                lock_dependencies(first.folder)
            elif step.title == "first terminal":
                assert second is None
                process = servers.enter_context(first.running(step.text))
                wait_for(str(expected).splitlines(), first, process)
                second = Terminal(first.folder, variables, logs / "second.log")
            else:
                assert (step.title, second is None) == ("second terminal", False)
                send(step, expected, second, times=2 if "status 200" in str(expected) else 1)
        assert second is not None
        check_what_the_first_terminal_said(page, first)


def send(step: Block, expected: str | None, terminal: Terminal | None, times: int) -> None:
    """Runs a block of the second terminal."""
    assert terminal is not None
    for _ in range(times):
        finished = terminal.run(step.text)
        if expected is None:
            assert finished.returncode == 0, finished.stdout + finished.stderr
        else:
            assert finished.stdout == expected, finished.stderr


def check_what_the_first_terminal_said(page: Path, terminal: Terminal) -> None:
    (said,) = SAID.findall(page.read_text(encoding="utf-8"))
    times = 2 if page.stem in REMEMBERS_NOTHING else 1
    deadline = time.monotonic() + PRINTING_SECONDS
    while terminal.said().count(said) < times and time.monotonic() < deadline:
        time.sleep(0.05)
    assert terminal.said().count(said) == times, terminal.said()


def lock_dependencies(folder: Path) -> None:
    """Has Cargo take dependencies in the versions that this repository tests."""
    if (folder / "Cargo.toml").exists():
        shutil.copy(ROOT / "Cargo.lock", folder)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder. Some programs are large, so that it does not stay for the next runs as `tmp_path` does."""
    with tempfile.TemporaryDirectory(prefix="payseal-start-") as made:
        empty = Path(made) / "empty"
        empty.mkdir()
        yield empty


def environment(folder: Path, *programs: Path, **more: str) -> dict[str, str]:
    """That of a newcomer: none of our variables, and caches of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("BITLOGA", "PAYSEAL"))}
    path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
    cache = str(folder.parent / "npm-cache")
    return {**inherited, **QUIET, "PATH": path, "npm_config_cache": cache, **more}


def npm_registry(*installed: Path) -> dict[str, bytes]:
    """What was built, and packages that are installed for other tests."""
    (tarball,) = (ROOT / "bindings-wasm" / "dist").glob("*.tgz")
    files = registries.npm(tarball)
    for modules in installed:
        files.update(registries.npm_installed(modules))
    return files


def test_node(folder: Path, port: int) -> None:
    with registries.serving(npm_registry(ROOT / "tests" / "doctor" / "node_modules")) as address:
        follow(START / "node.md", folder, environment(folder, npm_config_registry=address), port)


def test_workers(folder: Path, port: int) -> None:
    node = ROOT / "target" / "nodes" / "26"
    modules = ROOT / "examples" / "cloudflare-worker" / "node_modules"
    with registries.serving(npm_registry(modules)) as address:
        follow(START / "workers.md", folder, environment(folder, node, npm_config_registry=address), port)


def pinned(folder: Path) -> str:
    """A file with the wheel that was built, and the versions that the shops in Python are tested with."""
    (wheel,) = (ROOT / "bindings-python" / "dist").glob("*.whl")
    newest = (ROOT / "tests" / "frameworks_python" / "newest.txt").read_text(encoding="utf-8").splitlines()
    # pip takes no extras here.
    lines = [line for line in newest if "[" not in line]
    file = folder.parent / "constraints.txt"
    file.write_text("\n".join([f"payseal @ {wheel.as_uri()}", *lines]), encoding="utf-8")
    return str(file)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the frameworks are pinned for Python 3.11 and newer")
def test_fastapi(folder: Path, port: int) -> None:
    python = Path(sys.executable).parent
    follow(START / "fastapi.md", folder, environment(folder, python, PIP_CONSTRAINT=pinned(folder)), port)


def test_rust(folder: Path, port: int) -> None:
    crate = registries.package_crate()
    files = {**registries.cargo(crate, ROOT / "core" / "Cargo.toml"), **npm_registry()}
    with registries.serving(files) as address:
        variables = {
            "CARGO_REGISTRIES_LOOPBACK_INDEX": f"sparse+{address}/",
            "CARGO_TARGET_DIR": str(ROOT / "target" / "readme"),
            "npm_config_registry": address,
        }
        follow(START / "rust.md", folder, environment(folder, **variables), port)


@pytest.mark.parametrize("page", HOMES, ids=lambda page: str(page.relative_to(ROOT)))
def test_packages_are_installed_as_the_readme_does(page: Path) -> None:
    commands = [block.text for block in blocks(page, port=3000) if block.language == "sh"]
    assert commands == [INSTALL]
