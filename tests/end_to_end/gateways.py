"""The sandbox as a test sees it: through the clients of payseal, and through its control API."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any, Callable, TypeVar

import httpx
from payseal import ApiForCrypto, Bitloga, Call

Answer = TypeVar("Answer")

PATIENCE = 10.0

http = httpx.Client(trust_env=False, verify=False, timeout=10)
"""One for all tests: making one takes longer than most of them. Nothing leaves this machine."""


class Gateways:
    """Both gateways of one sandbox."""

    def __init__(self, url: str) -> None:
        base_url = f"{url}/api/v1/"
        self.bitloga = Bitloga("sandbox-key", "sandbox-secret", base_url=base_url)
        self.api_for_crypto = ApiForCrypto("sandbox-wallet", "sandbox-notification-secret", base_url=base_url)
        self.url = url

    def send(self, call: Call[Answer]) -> Answer:
        """Sends a call as any user would."""
        response = http.request(call.method, call.url, headers=call.headers, content=call.body)
        return call.parse(response.status_code, response.content)

    def control(self, path: str, **options: object) -> dict[str, Any]:
        """Does something to the world on the other side."""
        response = http.post(f"{self.url}/sandbox/{path}", json=options or None)
        assert response.is_success, response.text
        return dict(response.json())

    def misbehave(self, action: str, mode: str, **options: object) -> None:
        """Orders a fault."""
        self.control("misbehave", action=action, mode=mode, **options)

    def state(self, part: str) -> Any:
        """What the gateways know."""
        return http.get(f"{self.url}/sandbox/state").json()[part]

    def deliveries(self) -> list[dict[str, Any]]:
        """Every attempt to deliver something."""
        return list(http.get(f"{self.url}/sandbox/deliveries").json()["deliveries"])

    def movements(self, reason: str) -> list[Decimal]:
        """What the ledger holds for a reason."""
        return [Decimal(entry["amount"]) for entry in self.state("ledger") if entry["reason"] == reason]


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for something that happens in another process."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
