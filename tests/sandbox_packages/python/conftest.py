"""The shop, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from payseal_sandbox import Sandbox


# region shop
@pytest.fixture
def shop(payseal_sandbox: Sandbox, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "BITLOGA_URL": payseal_sandbox.base_url,
        "PAYSEAL_EVENTS": f"sqlite:///{tmp_path}/shop.db",
        "SHOP_URL": url,
    }
    command = [sys.executable, "-m", "uvicorn", "fastapi_shop:app", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(command, env=environment) as process:
        for _ in range(3000):
            try:
                httpx.get(f"{url}/paid")
                break
            except httpx.ConnectError:
                time.sleep(0.02)
        yield url
        process.terminate()
    # endregion shop


@pytest.fixture(autouse=True)
def seen(payseal_sandbox: Sandbox) -> None:
    """Tells whoever runs these tests which sandboxes there were."""
    with open(os.environ["SANDBOXES"], "a", encoding="utf-8") as file:
        file.write(f"{payseal_sandbox.pid} {payseal_sandbox.url}\n")
