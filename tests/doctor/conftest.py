"""What the tests of the command share: an endpoint on the loopback address, and the table of mistakes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

TABLE: list[tuple[str, str, str]] = []
"""Each mistake, the cause that the command told, and its words."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table."""
    if TABLE:
        terminalreporter.write_line("| mistake | cause | what the command says |")
        terminalreporter.write_line("|---|---|---|")
    for row in TABLE:
        terminalreporter.write_line(f"| {' | '.join(row)} |")
    terminalreporter.write_line("")


class Endpoint(ThreadingHTTPServer):
    """Answers by the path of a request, and keeps what came last."""

    received: tuple[dict[str, str], bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


ANSWERS = {
    "/accepts": (200, b"thanks\n"),
    "/refuses": (401, b'{"error":"signature_mismatch"}'),
    "/says-nothing": (204, b""),
    "/redirects": (307, b""),
    "/moves-the-cursor": (200, "\x1b[2Jé\u202e".encode()),
}


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received = {name.lower(): value for name, value in self.headers.items()}, body
        if self.path == "/hangs-up":
            self.close_connection = True
            return
        status, answer = ANSWERS[self.path]
        self.send_response(status)
        if status == 307:
            self.send_header("Location", "/accepts")
        if status != 204:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *_: object) -> None:
        """Nothing: the tests say what is wrong."""


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Endpoint]:
    with Endpoint(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
