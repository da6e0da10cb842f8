"""Runs the section "When a signature does not match" of all three READMEs, word for word, as a newcomer would.

What the endpoint received is saved as the section says: a body that was parsed and written anew, and lines of headers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import payseal
import pytest
from conftest import ROOT

PAGES = ("README.md", "bindings-wasm/README.md", "bindings-python/README.md")
ADDRESS = "http://127.0.0.1:3000"
GATEWAY = payseal.Bitloga("sandbox-key", "sandbox-secret")


class Endpoint(BaseHTTPRequestHandler):
    """Accepts the callback of the section if it is genuine."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        GATEWAY.verify_callback(body, self.headers).expect(uniqueid="125", amount="1.00")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"thanks")

    def log_message(self, format: str, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def section(page: str) -> str:
    text = (ROOT / page).read_text(encoding="utf-8")
    return text.split("\n## When a signature does not match\n")[1].split("\n## ")[0]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", section(page), re.MULTILINE | re.DOTALL)


def save_what_arrived(folder: Path) -> None:
    signed = GATEWAY.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    (folder / "body.json").write_bytes(signed.body.replace(b",", b", "))
    headers = {"Host": "shop.example", **signed.headers}
    (folder / "headers.txt").write_text("".join(f"{name}: {value}\r\n" for name, value in headers.items()))


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_print_what_the_page_says(page: str, node_project: Path, address: str) -> None:
    save_what_arrived(node_project)
    script = "".join(blocks(page, "sh")).replace(ADDRESS, address)
    assert script.startswith("export PAYSEAL_SECRET=") and address in script
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}

    finished = subprocess.run(
        ["bash", "-c", script],
        cwd=node_project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert finished.stderr == ""
    answers = script.count(" diagnose ")
    diagnosis, others = blocks(page, "text")
    assert finished.stdout == diagnosis * answers + others


@pytest.mark.parametrize("page", PAGES)
def test_exit_codes_are_those_of_the_help(page: str) -> None:
    help_text = subprocess.run([sys.executable, "-m", "payseal", "--help"], capture_output=True, text=True, check=True)
    codes = re.findall(r"^  (\d)  (.*)$", help_text.stdout, re.MULTILINE)
    assert len(codes) == 4
    assert re.findall(r"^\| (\d) \| (.*) \|$", section(page), re.MULTILINE) == codes
