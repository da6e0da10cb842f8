"""Workers in workerd, under load from a real HTTP client on the loopback address, and started cold."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from . import peers, workloads
from .options import Effort
from .samples import Spread, ratio

PAYSEAL = "payseal"
WEBCRYPTO = "webcrypto"
NAMES = (PAYSEAL, WEBCRYPTO)

CONNECTIONS = 8
PATIENCE = 10.0
"""How many seconds a Worker may take to answer for the first time."""

CONFIGURATION = """\
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:%(port)d", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [%(modules)s],
  compatibilityDate = "2025-01-01",
);
"""


@dataclass(frozen=True)
class WorkerResults:
    """What was measured. Samples at the same place were taken in the same round."""

    requests_per_second: dict[str, list[float]]
    cold_milliseconds: dict[str, list[float]]
    """From the start of workerd to the first verified callback."""

    def time_ratio(self) -> Spread:
        """How many times as long a request takes with payseal."""
        return ratio(self.requests_per_second[WEBCRYPTO], self.requests_per_second[PAYSEAL])

    def cold_difference(self) -> Spread:
        """How many milliseconds later the first callback is verified with payseal."""
        pairs = zip(self.cold_milliseconds[PAYSEAL], self.cold_milliseconds[WEBCRYPTO])
        return Spread.of([ours - theirs for ours, theirs in pairs])


def measure(effort: Effort) -> WorkerResults:
    """Loads both Workers in turn, then starts both in turn."""
    print("bench: Workers in workerd", file=sys.stderr, flush=True)
    subprocess.run(["node", "worker/bundle.mjs"], cwd=peers.NODE, check=True)
    requests_per_second = _load(effort)
    cold: dict[str, list[float]] = {name: [] for name in NAMES}
    for _ in range(effort.starts):
        for name in NAMES:
            cold[name].append(_cold(name))
    return WorkerResults(requests_per_second, cold)


def _load(effort: Effort) -> dict[str, list[float]]:
    with _worker(PAYSEAL) as first, _worker(WEBCRYPTO) as second:
        _first_answer(first)
        _first_answer(second)
        addresses = {name: f"http://127.0.0.1:{port}/" for name, port in zip(NAMES, (first, second))}
        plan = {
            "addresses": addresses,
            "rounds": effort.worker_rounds,
            "requests": effort.worker_requests,
            "connections": CONNECTIONS,
            **workloads.NAMED[workloads.DOCUMENTED].to_plan(),
        }
        path = peers.HOME / "plan-workers.json"
        path.write_text(json.dumps(plan), encoding="utf-8")
        process = subprocess.run(
            ["node", "worker/load.mjs", str(path)], cwd=peers.NODE, stdout=subprocess.PIPE, check=True, timeout=300
        )
    samples: dict[str, list[float]] = json.loads(process.stdout)
    return samples


def _cold(name: str) -> float:
    started = perf_counter()
    with _worker(name) as port:
        _first_answer(port)
        return (perf_counter() - started) * 1e3


@contextmanager
def _worker(name: str) -> Iterator[int]:
    """Runs a Worker, and yields its port."""
    port = _free_port()
    configuration = peers.NODE / "built" / f"{name}.capnp"
    configuration.write_text(CONFIGURATION % {"port": port, "modules": _modules(name)}, encoding="utf-8")
    workerd = peers.NODE / "node_modules" / "workerd" / "bin" / "workerd"
    process = subprocess.Popen([str(_binary(workerd)), "serve", str(configuration)], cwd=configuration.parent)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def _binary(launcher: Path) -> Path:
    """The program itself: the launcher of the npm package is a script of Node, unless its installation replaced it."""
    if launcher.read_bytes()[:2] != b"#!":
        return launcher
    found = list((peers.NODE / "node_modules" / "@cloudflare").glob("workerd-*/bin/workerd"))
    return found[0]


def _modules(name: str) -> str:
    built = peers.NODE / "built"
    modules = [f'(name = "{name}.mjs", esModule = embed "{name}.mjs")']
    if name == PAYSEAL:
        modules += [f'(name = "{path.name}", wasm = embed "{path.name}")' for path in built.glob("*.wasm")]
    return ", ".join(modules)


def _first_answer(port: int) -> None:
    """Waits until the Worker has verified a callback."""
    plan = workloads.NAMED[workloads.DOCUMENTED].to_plan()
    deadline = perf_counter() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", "/", str(plan["body"]), {"x-signature": str(plan["signature"])})
            response = connection.getresponse()
            if response.status != 200 or response.read() != b"125 1":
                raise RuntimeError("the Worker refuses a callback")
            return
        except ConnectionError:
            if perf_counter() > deadline:
                raise
            sleep(0.0002)
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
