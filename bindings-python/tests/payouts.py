"""What the tests of payouts and drivers share: answers of the gateway, and a way to drive a payout by a script."""

from __future__ import annotations

import json
from typing import Any, Optional

from payseal import Bitloga, Done, Outcome, Payout, Send, Wait

BITLOGA = Bitloga("api-key", "api-secret")
PAYOUT: Any = {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z123456789012"}

Answer = Optional[tuple[int, bytes]]
"""Status and body; ``None`` for no answer."""

NOT_KNOWN = (200, b'{"success":false,"error":"uniqueid not found"}')
REPEATED = (409, b'{"success":false,"error":"uniqueid was used before"}')
NO_MONEY = (200, b'{"success":false,"error":"not enough money"}')
BUSY = (200, b'{"success":false,"error":"too many requests"}')


def transaction(status: str = "Complete", **fields: object) -> tuple[int, bytes]:
    """What the gateway says of the payout."""
    known = {
        "from": "USD",
        "to": "WMZ",
        "amount_from": 10.1,
        "amount_from_comis": 10.1,
        "amount_to": 10.0,
        "purse": "Z123456789012",
        "type": "Withdraw",
        "status": status,
        "orderid": 29,
        "transid": "436f",
        "uniqueid": "135",
        "success": True,
    }
    return 200, json.dumps({**known, **fields}).encode()


PAID = transaction()


def action(step: Send) -> str:
    """What a step asks the gateway for."""
    return str(json.loads(step.request.body or b"")["action"])


def drive(payout: Payout, answers: list[Answer], then: Answer = None) -> tuple[list[str], Outcome]:
    """Answers with a script, and ``then`` for ever. Returns the actions sent, and the outcome."""
    script, actions, now = iter(answers), [], 1_700_000_000.0
    while not isinstance(step := payout.next(now), Done):
        if isinstance(step, Wait):
            assert step.until > now
            now = step.until
            continue
        actions.append(action(step))
        answer = next(script, then)
        if answer is None:
            payout.on_no_response(step, now)
        else:
            payout.on_response(step, *answer, now)
    return actions, step.outcome
