"""Every sender against a real HTTP server on the loopback address."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, ClassVar

import payseal
import pytest
from payseal import Bitloga, transport

Received = list[tuple[str, str, dict[str, str], bytes]]


class Gateway(BaseHTTPRequestHandler):
    """Keeps what it receives; the path says how to answer."""

    received: ClassVar[Received] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.received.append((self.command, self.path, headers, body))
        if "redirect" in self.path:
            self.answer(302, b'{"error":"moved"}')
        elif "busy" in self.path:
            self.answer(503, b'{"error":"busy"}')
        else:
            self.answer(200, b'{"USD":10.45,"success":true}')

    def do_GET(self) -> None:
        self.received.append((self.command, self.path, {}, b""))
        self.answer(404, b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests say what went wrong."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def through_urllib(call: Any) -> Any:
    return transport.call(transport.urllib_sender(), call)


def through_httpx(call: Any) -> Any:
    pytest.importorskip("httpx")
    return transport.call(transport.httpx_sender(), call)


def through_httpx_client(call: Any) -> Any:
    httpx = pytest.importorskip("httpx")
    with httpx.Client(follow_redirects=True) as client:
        return transport.call(transport.httpx_sender(client), call)


def through_httpx_async(call: Any) -> Any:
    httpx = pytest.importorskip("httpx")

    async def run() -> Any:
        async with httpx.AsyncClient() as client:
            return await transport.call_async(transport.httpx_async_sender(client), call)

    return asyncio.run(run())


def through_requests(call: Any) -> Any:
    pytest.importorskip("requests")
    return transport.call(transport.requests_sender(), call)


def through_aiohttp(call: Any) -> Any:
    aiohttp = pytest.importorskip("aiohttp")

    async def run() -> Any:
        async with aiohttp.ClientSession() as session:
            return await transport.call_async(transport.aiohttp_sender(session), call)

    return asyncio.run(run())


SENDERS = [
    through_urllib,
    through_httpx,
    through_httpx_client,
    through_httpx_async,
    through_requests,
    through_aiohttp,
]
each_sender = pytest.mark.parametrize("send", SENDERS)
Send = Callable[[Any], Any]


@each_sender
def test_sends_unchanged(send: Send, address: str) -> None:
    call = Bitloga("api-key", "api-secret", base_url=f"{address}/api/v1/").balances("USD")
    Gateway.received.clear()
    assert send(call)["USD"] == Decimal("10.45")
    ((method, path, headers, body),) = Gateway.received
    assert (method, path, body) == ("POST", "/api/v1/", call.body)
    for name, value in call.headers.items():
        assert headers[name.lower()] == value


@each_sender
@pytest.mark.parametrize(("path", "status"), [("redirect", 302), ("busy", 503)])
def test_hands_over_every_status(send: Send, address: str, path: str, status: int) -> None:
    call = Bitloga("api-key", "api-secret", base_url=f"{address}/{path}/").balances()
    Gateway.received.clear()
    with pytest.raises(payseal.GatewayError) as caught:
        send(call)
    assert caught.value.status == status
    assert len(Gateway.received) == 1


@each_sender
def test_sends_no_body_with_get(send: Send, address: str) -> None:
    call = payseal.ApiForCrypto("wallet-id", base_url=f"{address}/").wallet()
    Gateway.received.clear()
    with pytest.raises(payseal.GatewayError):
        send(call)
    assert Gateway.received[0][:2] == ("GET", "/wallets/wallet-id")
