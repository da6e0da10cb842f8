"""The other side: what a payer does, and what the gateway delivers. With a real gateway none of this is needed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

PATIENCE = 20.0
"""How long to wait for a delivery, in seconds."""


@dataclass(frozen=True)
class Delivery:
    """A callback or a notification, exactly as it was posted."""

    body: bytes
    headers: dict[str, str]


class Sandbox:
    """Where everything is."""

    def __init__(self, url: str, receiver: str) -> None:
        self.base_url = f"{url}/api/v1/"
        """The base URL of both gateways."""
        self.receiver = receiver
        """Where callbacks and notifications go to: `examples/cloudflare-worker`, if it runs."""
        self._control = httpx.Client(base_url=f"{url}/sandbox/")

    @classmethod
    def from_arguments(cls) -> Sandbox:
        """`tour.py [SANDBOX [RECEIVER]]`."""
        defaults = ["http://127.0.0.1:8787", "http://127.0.0.1:8788"]
        given = sys.argv[1:]
        return cls(*given, *defaults[len(given) :])

    def pay(self, invoice: str) -> None:
        """Pays an invoice, as its payer would."""
        self._control.post(f"{invoice}/pay").raise_for_status()

    def deliveries(self, subject: str) -> Iterator[Delivery]:
        """What the gateway delivers about an invoice. A receiver would find it in its requests."""
        seen = set()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for attempt in self._control.get("deliveries").json()["deliveries"]:
                if attempt["subject"] == subject and attempt["delivery"] not in seen:
                    seen.add(attempt["delivery"])
                    yield Delivery(attempt["body"].encode(), {"X-SIGNATURE": attempt["signature"] or ""})
            time.sleep(0.02)
        raise TimeoutError("nothing was delivered in time")


def report(step: str, sent: str, verified: str) -> None:
    """Prints one step as a line of JSON: what was sent, and what the answer said once it was verified."""
    print(json.dumps({"step": step, "sent": sent, "verified": verified}, ensure_ascii=False), flush=True)
