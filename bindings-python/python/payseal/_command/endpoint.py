"""Posts a message to the endpoint that it is to test."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPErrorProcessor, ProxyHandler, Request, build_opener

from .failure import unreachable, wrong_use


class Answer(NamedTuple):
    """What an endpoint answered."""

    status: int
    body: str


_SECONDS = 30
# How much of an answer is read.
_MOST = 64 * 1024


def endpoint_of(address: str) -> str:
    """An address that a test message may go to: nobody on the way can read it."""
    url = _parsed(address)
    if url is None or not url.hostname or url.scheme not in ("http", "https"):
        raise wrong_use("the address is no URL, such as http://127.0.0.1:3000/callback")
    if url.username or url.password:
        raise wrong_use("the address must not have a user name or password")
    if url.scheme == "https" or _is_loopback(url.hostname):
        return address
    raise wrong_use("the address must begin with https://, unless it is of this machine (localhost, 127.0.0.1, [::1])")


def _parsed(address: str) -> SplitResult | None:
    # What parses it would leave line breaks out.
    if re.search(r"[\x00-\x20\x7f]", address):
        return None
    try:
        url = urlsplit(address)
        return url if url.port != 0 else None
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.[0-9]{1,3}){3}", host) is not None


class _AnyAnswer(HTTPErrorProcessor):
    """Takes an answer of any status for an answer, redirects too."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        return response

    https_response = http_response


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Posts a message."""
    try:
        request = Request(url, body, dict(headers), method="POST")
        with build_opener(ProxyHandler({}), _AnyAnswer).open(request, timeout=_SECONDS) as response:
            return Answer(response.status, response.read(_MOST).decode("utf-8", "replace"))
    except (OSError, HTTPException, ValueError) as error:
        raise unreachable(f"the endpoint cannot be reached: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, socket.timeout):
        return f"no answer within {_SECONDS} seconds"
    if isinstance(cause, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(cause, socket.gaierror):
        return "its host is not known"
    if isinstance(cause, ssl.SSLError):
        return "its certificate is not trusted"
    return "the connection broke"
