"""The two servers: the sandbox, which plays the gateways, and the Worker, which receives what they deliver."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from .places import OUTPUT, WORKER, newest_node, rust_program

READY = re.compile(r"(?:listening|Ready) on (http://127\.0\.0\.1:\d+)")
START_SECONDS = 60.0
STOP_SECONDS = 10.0

# Wrangler reaches for the network on its own account. Nothing here needs it.
QUIET_WRANGLER = {
    "CLOUDFLARE_CF_FETCH_ENABLED": "false",
    "WRANGLER_HIDE_BANNER": "true",
    "WRANGLER_LOG_PATH": str(OUTPUT / "wrangler"),
    "WRANGLER_REGISTRY_PATH": str(OUTPUT / "wrangler" / "registry"),
    "WRANGLER_SEND_ERROR_REPORTS": "false",
    "WRANGLER_SEND_METRICS": "false",
}


@contextlib.contextmanager
def sandbox(*options: str, log: Path = OUTPUT / "sandbox.log") -> Iterator[str]:
    """Runs a sandbox on a free port, and yields its address."""
    command = [str(rust_program("payseal-sandbox")), "--port", "0", *options]
    with serving(command, log=log) as url:
        yield url


@contextlib.contextmanager
def worker(
    state: Path, *, log: Path = OUTPUT / "worker.log", variables: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Runs the Worker in workerd on a free port, and yields its address. Its storage is in the folder `state`."""
    command = [newest_node(), "node_modules/wrangler/bin/wrangler.js", "dev", "--show-interactive-dev-session=false"]
    command += ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"]
    command += ["--env-file", ".dev.vars.example", "--persist-to", str(state)]
    for name, value in (variables or {}).items():
        command += ["--var", f"{name}:{value}"]
    with serving(command, folder=WORKER, environment=QUIET_WRANGLER, log=log) as url:
        yield url


@contextlib.contextmanager
def serving(
    command: list[str], *, folder: Path | None = None, environment: Mapping[str, str] | None = None, log: Path
) -> Iterator[str]:
    """Runs a server while the block does, and yields the address it says it listens on."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield address(process, log)
        finally:
            stop(process)


def address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Waits until a server says where it listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        said = READY.search(log.read_text(encoding="utf-8", errors="replace"))
        if said:
            return said[1]
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError(f"a server did not start; it said:\n{log.read_text(encoding='utf-8', errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks a server to end, and insists if it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
