"""Senders over the HTTP clients people have. Each is imported only when it is used.

A sender takes a :class:`payseal.Request` and gives ``(status, body)``. It keeps the transport
contract: method, URL, headers and body go out unchanged, redirects are not followed, and every
status is handed over. Exceptions of the HTTP client pass through: they leave open
whether the request arrived.

>>> from payseal import Bitloga
>>> from payseal.transport import call
>>> balances = call(lambda request: (200, b'{"USD":10.45,"success":true}'), Bitloga("key", "secret").balances())
>>> balances["USD"]
Decimal('10.45')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Protocol, TypeVar

from ._native import Call, Request

if TYPE_CHECKING:
    import aiohttp
    import httpx
    import requests
else:

    class _Named:
        """Imports an HTTP client for those who ask for type hints, if it is there."""

        def __init__(self, name):
            self._name = name

        def __getattr__(self, name):
            try:
                return getattr(__import__(self._name), name)
            except ImportError:
                return Any

    aiohttp, httpx, requests = _Named("aiohttp"), _Named("httpx"), _Named("requests")

Answer = TypeVar("Answer")

DEFAULT_TIMEOUT = 30.0
"""Seconds before a request counts as one without response."""


class Sender(Protocol):
    """Sends a request and gives status and body. Bring your own, or take one from here."""

    def __call__(self, request: Request, /) -> tuple[int, bytes]:
        """Sends it, unchanged."""
        ...


class AsyncSender(Protocol):
    """As :class:`Sender`, to be awaited."""

    async def __call__(self, request: Request, /) -> tuple[int, bytes]:
        """Sends it, unchanged."""
        ...


def call(sender: Sender, call: Call[Answer]) -> Answer:
    """Sends a call and reads the answer.

    Parameters:
        sender: What sends it.
        call: What a client's method made.

    Returns:
        The typed answer.

    Raises:
        PaysealError: As ``call.parse``.
    """
    return call.parse(*sender(call))


async def call_async(sender: AsyncSender, call: Call[Answer]) -> Answer:
    """As :func:`call`, with a sender to be awaited."""
    return call.parse(*await sender(call))


def urllib_sender(timeout: float = DEFAULT_TIMEOUT) -> Sender:
    """A sender over the standard library."""
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, build_opener
    from urllib.request import Request as UrllibRequest

    class NoRedirects(HTTPRedirectHandler):
        def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
            return None

    opener = build_opener(NoRedirects)

    def send(request: Request, /) -> tuple[int, bytes]:
        outgoing = UrllibRequest(request.url, request.body, request.headers, method=request.method)
        try:
            with opener.open(outgoing, timeout=timeout) as response:
                return response.status, response.read()
        except HTTPError as error:
            # Not an error here: every status is handed over.
            with error:
                return error.code, error.read()

    return send


def httpx_sender(client: httpx.Client | None = None, timeout: float = DEFAULT_TIMEOUT) -> Sender:
    """A sender over httpx; with a client of yours it keeps connections open."""
    import httpx

    request_with: Callable[..., httpx.Response] = client.request if client else httpx.request

    def send(request: Request, /) -> tuple[int, bytes]:
        response = request_with(
            request.method,
            request.url,
            content=request.body,
            headers=request.headers,
            timeout=timeout,
            follow_redirects=False,
        )
        return response.status_code, response.content

    return send


def httpx_async_sender(client: httpx.AsyncClient, timeout: float = DEFAULT_TIMEOUT) -> AsyncSender:
    """A sender over httpx, to be awaited."""

    async def send(request: Request, /) -> tuple[int, bytes]:
        response = await client.request(
            request.method,
            request.url,
            content=request.body,
            headers=request.headers,
            timeout=timeout,
            follow_redirects=False,
        )
        return response.status_code, response.content

    return send


def requests_sender(session: requests.Session | None = None, timeout: float = DEFAULT_TIMEOUT) -> Sender:
    """A sender over requests; with a session of yours it keeps connections open."""
    import requests

    request_with: Callable[..., requests.Response] = session.request if session else requests.request

    def send(request: Request, /) -> tuple[int, bytes]:
        response = request_with(
            request.method,
            request.url,
            data=request.body,
            headers=request.headers,
            timeout=timeout,
            allow_redirects=False,
        )
        return response.status_code, response.content

    return send


def aiohttp_sender(session: aiohttp.ClientSession, timeout: float = DEFAULT_TIMEOUT) -> AsyncSender:
    """A sender over aiohttp, to be awaited."""
    import aiohttp

    limit = aiohttp.ClientTimeout(total=timeout)

    async def send(request: Request, /) -> tuple[int, bytes]:
        async with session.request(
            request.method,
            request.url,
            data=request.body,
            headers=request.headers,
            timeout=limit,
            allow_redirects=False,
        ) as response:
            return response.status, await response.read()

    return send
