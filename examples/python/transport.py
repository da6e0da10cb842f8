"""The transport, here httpx. Any HTTP client does as well."""

from __future__ import annotations

from typing import TypeVar

import httpx
from payseal import Call

Answer = TypeVar("Answer")


def send(client: httpx.Client, call: Call[Answer]) -> Answer:
    """Sends a call unchanged, and lets it read the answer, whatever its status. httpx follows no redirects."""
    response = client.request(call.method, call.url, headers=call.headers, content=call.body)
    return call.parse(response.status_code, response.content)
