"""The servers the shops are tested with, and the shops themselves, started by the commands of their README."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shlex
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import redis
from processes import ROOT, free_port, is_listening, postgresql, redis_server, running, sandbox, wait_until

SHOPS = ROOT / "examples" / "python-frameworks"
COMMANDS = {
    found[1]: found[0]
    for found in re.findall(
        r"^(\S.* ?\b(\w+)_shop\b.*)$", (SHOPS / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    if "8000" in found[0]
}
"""The command of each shop, as its README gives it."""

STORES = ("sqlite", "postgresql", "redis")
OVERLAP = 0.5
"""For how many seconds deliveries arrive before the store may write."""

SECRET = b"sandbox-secret"


@dataclass
class Shop:
    """A shop that is running, seen from outside."""

    url: str
    sandbox: str
    client: httpx.Client
    events: str
    folder: Path

    def order(self) -> str:
        """Places an order and returns its identifier."""
        response = self.client.post(f"{self.url}/orders")
        assert response.status_code == 200, response.text
        placed = response.json()
        assert placed["invoice"].startswith(self.sandbox)
        uniqueid: str = placed["uniqueid"]
        return uniqueid

    def paid(self) -> dict[str, str]:
        """What the shop says was paid, by order."""
        response = self.client.get(f"{self.url}/paid")
        paid: dict[str, str] = response.json()
        return paid

    def deliver(self, body: bytes, signature: str | None) -> tuple[int, str]:
        """Sends the shop a callback; returns status and text of the answer."""
        headers = {"Content-Type": "application/json"}
        if signature is not None:
            headers["X-SIGNATURE"] = signature
        response = self.client.post(f"{self.url}/callback", content=body, headers=headers)
        return response.status_code, response.text

    def deliver_at_once(self, times: int, body: bytes, signature: str) -> list[tuple[int, str]]:
        """Sends the shop the same callback many times, so that all have arrived before the first is credited."""
        with ThreadPoolExecutor(times) as pool:
            with writes_held(self.events, self.folder):
                answers = [pool.submit(self.deliver, body, signature) for _ in range(times)]
                time.sleep(OVERLAP)
                assert not any(answer.done() for answer in answers)
            return [answer.result() for answer in answers]

    def control(self, path: str, **fields: object) -> None:
        """Tells the sandbox what to do."""
        response = self.client.post(f"{self.sandbox}/sandbox/{path}", json=fields or None)
        assert response.status_code == 200, response.text

    def deliveries(self, uniqueid: str) -> list[dict[str, Any]]:
        """Every attempt of the sandbox to deliver a callback of this invoice."""
        attempts = self.client.get(f"{self.sandbox}/sandbox/deliveries").json()["deliveries"]
        return [attempt for attempt in attempts if attempt["subject"] == uniqueid]

    def wait_for_deliveries(self, uniqueid: str, count: int) -> list[dict[str, Any]]:
        """Waits until the sandbox has made so many attempts."""
        wait_until(
            lambda: len(self.deliveries(uniqueid)) >= count,
            lambda: f"deliveries: {self.deliveries(uniqueid)}",
        )
        return self.deliveries(uniqueid)


@contextmanager
def writes_held(events: str, folder: Path) -> Iterator[None]:
    """Keeps a store from writing while it may be read: whoever looks first and notes afterwards is found out."""
    if events.startswith("postgresql"):
        with psycopg.connect(events) as connection:
            connection.execute("LOCK TABLE events IN SHARE MODE")
            yield
    elif events.startswith("redis"):
        with redis.Redis.from_url(events) as client:
            client.execute_command("CLIENT PAUSE", 30_000, "WRITE")
            try:
                yield
            finally:
                client.execute_command("CLIENT UNPAUSE")
    else:
        with closing(sqlite3.connect(folder / "shop.db")) as connection_to_file:
            connection_to_file.execute("BEGIN IMMEDIATE")
            yield


def callback(uniqueid: str, changes: dict[str, object] | None = None) -> bytes:
    """A callback as the gateway's document shows it, for an order of the shops, with some fields changed."""
    fields: dict[str, object] = {
        "to": "WMZ",
        "amount": 1.0,
        "purse": "Z123456789012",
        "type": "Invoice",
        "status": "Payed",
        "invoiceid": zlib.crc32(uniqueid.encode()),
        "uniqueid": uniqueid,
    }
    return json.dumps({**fields, **(changes or {})}).encode()


def signed(body: bytes, secret: bytes = SECRET) -> str:
    """A signature made by Python's own `hmac`."""
    return hmac.new(secret, body, hashlib.sha512).hexdigest()


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    """Where the sandbox listens."""
    with sandbox() as url:
        yield url


@pytest.fixture(scope="session")
def store_urls() -> Iterator[dict[str, str]]:
    """The settings of all stores, their servers running."""
    with postgresql() as postgresql_url, redis_server() as redis_url:
        yield {"sqlite": "sqlite:///shop.db", "postgresql": postgresql_url, "redis": redis_url}


def start_shop(name: str, events: str, folder: Path, sandbox_url: str, port: int) -> AbstractContextManager[None]:
    """Starts a shop by the command of its README, but for the port."""
    command = shlex.split(COMMANDS[name].replace("8000", str(port)))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": str(SHOPS),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PAYSEAL_EVENTS": events,
        "SHOP_URL": f"http://127.0.0.1:{port}",
        "BITLOGA_URL": f"{sandbox_url}/api/v1/",
    }
    if command[0] == "python" and command[1].endswith(".py"):
        command[1] = str(SHOPS / command[1])
    return running(command, folder, lambda: is_listening(port), environment, patience=2)


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """Where events are kept."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def shop(
    request: pytest.FixtureRequest,
    store: str,
    store_urls: dict[str, str],
    sandbox_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shop]:
    """Each shop, with each store."""
    port = free_port()
    folder = tmp_path_factory.mktemp(f"{request.param}-{store}")
    program = start_shop(request.param, store_urls[store], folder, sandbox_url, port)
    with program, httpx.Client(trust_env=False, timeout=30) as client:
        yield Shop(f"http://127.0.0.1:{port}", sandbox_url, client, store_urls[store], folder)
