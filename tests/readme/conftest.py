"""What the tests of several documents share: projects with the packages in them, a sandbox, and a shop's endpoint."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import payseal
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SANDBOX_PACKAGES = EXAMPLES / "sandbox" / "dist"
GATEWAY = payseal.Bitloga("sandbox-key", "sandbox-secret")


def run(command: list[str], folder: Path, timeout: float = 60) -> list[str]:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=timeout, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout.splitlines()


def environment(**more: str) -> dict[str, str]:
    """The environment of this process, with the commands of its Python first."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]), **more}


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
    # It is compiled where it is installed: once for all tests is enough.
    (folder / "node_modules" / "better-sqlite3").symlink_to(EXAMPLES / "node" / "node_modules" / "better-sqlite3")
    return folder


@pytest.fixture(scope="session")
def node_project_with_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the packages as they are built, for this machine only, and the sandbox's."""
    folder = tmp_path_factory.mktemp("tests")
    packages = [*(ROOT / "bindings-wasm" / "dist").glob("*.tgz"), *SANDBOX_PACKAGES.glob("*.tgz")]
    (folder / "package.json").write_text('{"private": true}')
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", *map(str, packages)], folder)
    return folder


@pytest.fixture(scope="session")
def python_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH that has the sandbox's package."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = SANDBOX_PACKAGES.glob("*.whl")
    run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(wheel)], folder)
    return folder


@contextmanager
def running_sandbox(*options: str) -> Iterator[str]:
    """The address of a sandbox on a free port, with some options."""
    program = ROOT / "target" / "debug" / "payseal-sandbox"
    with subprocess.Popen([program, *options, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert "listening on " in line, line
            yield line.split("listening on ")[1].strip()
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[str]:
    """The address of a sandbox that all tests share."""
    with running_sandbox() as address:
        yield address


class Endpoint(BaseHTTPRequestHandler):
    """Accepts the callback that the documents send if it is genuine."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        GATEWAY.verify_callback(body, self.headers).expect(uniqueid="125", amount="1.00")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"thanks")

    def log_message(self, format: str, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The address of a shop that receives callbacks."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
