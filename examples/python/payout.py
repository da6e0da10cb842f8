"""A payout that happens exactly once, whatever happens on the way."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import httpx
from payseal import Done, Outcome, Payout, Request, Send


def pay_out(client: httpx.Client, payout: Payout) -> Outcome:
    """Pays out, and waits until the outcome is known."""
    with tempfile.TemporaryDirectory() as directory:
        # In a shop this is a row of the database: after a crash, `Bitloga.resume_payout` takes it up again.
        saved = Path(directory, "payout")
        while True:
            step = payout.next(time.time())
            if isinstance(step, Done):
                return step.outcome
            if isinstance(step, Send):
                saved.write_text(payout.to_text(), encoding="utf-8")
                exchange(client, payout, step.request)
            else:
                time.sleep(max(0, step.until - time.time()))


def exchange(client: httpx.Client, payout: Payout, request: Request) -> None:
    """Sends a request of the payout, and reports what came of it."""
    try:
        response = client.request(request.method, request.url, headers=request.headers, content=request.body)
    except httpx.TransportError:
        payout.on_no_response(time.time())
    else:
        payout.on_response(response.status_code, response.content, time.time())
