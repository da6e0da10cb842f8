"""Payouts against a gateway that misbehaves: whatever happens, the ledger holds exactly one."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Callable, Optional

import httpx
import pytest
from gateways import Gateways, http
from payseal import Bitloga, Done, Outcome, Payout, Request, Send

ONCE = [Decimal("-10.10")]
START = 1_700_000_000.0
IMPATIENCE = 0.15
"""How long a request may take, in seconds; less than a delay of the sandbox."""

Reply = Optional[httpx.Response]


def start(gateways: Gateways, *, purse: str = "Z123456789012", amount: str = "10.00", uniqueid: str = "135") -> Payout:
    # The sandbox refuses repeats: what was lost may be sent again.
    return gateways.bitloga.payout(
        uniqueid=uniqueid, currency="USD", paysys="WMZ", amount=amount, purse=purse, policy={"sends": 3}
    )


def exchange(request: Request) -> Reply:
    """The answer, or None if there is none."""
    try:
        return http.request(
            request.method, request.url, headers=request.headers, content=request.body, timeout=IMPATIENCE
        )
    except httpx.TransportError:
        return None


def settle(
    gateways: Gateways, payout: Payout, between: Callable[[Payout, int], Payout] = lambda payout, _: payout
) -> Outcome:
    """Drives a payout on a clock of its own, which does not wait. `between` is called before and after every send."""
    now, moment = START, 0
    for _ in range(1000):
        step = payout.next(now)
        if isinstance(step, Done):
            return step.outcome
        if isinstance(step, Send):
            before, payout = payout, between(payout, moment)
            if payout is before:
                reply = exchange(step.request)
                payout = between(before, moment + 1)
                if payout is before and reply is None:
                    payout.on_no_response(step, now)
                elif payout is before and reply is not None:
                    payout.on_response(step, reply.status_code, reply.content, now)
            moment += 2
        else:
            assert step.until > now
            now = step.until
    raise AssertionError("the payout is never settled")


def assert_paid_once(gateways: Gateways, outcome: Outcome) -> None:
    assert outcome.is_paid
    assert gateways.movements("withdrawal 135") == ONCE
    (payout,) = gateways.state("payouts")
    assert (outcome.orderid, outcome.transid) == (str(payout["orderid"]), payout["transid"])


def test_nothing_happens(gateways: Gateways) -> None:
    assert_paid_once(gateways, settle(gateways, start(gateways)))


@pytest.mark.parametrize("mode", ["drop", "drop-after", "500", "500-after", "rubbish", "rubbish-after"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("action", ["withdraw", "details", "*"])
def test_faults(gateways: Gateways, action: str, mode: str, times: int) -> None:
    if action != "withdraw":
        # Without it `details` would never be asked.
        gateways.misbehave("withdraw", "drop-after")
    gateways.misbehave(action, mode, times=times)
    assert_paid_once(gateways, settle(gateways, start(gateways)))


@pytest.mark.parametrize("mode", ["delay", "delay-after"])
def test_an_answer_that_comes_too_late(gateways: Gateways, mode: str) -> None:
    """With `delay` the first withdrawal is carried out while the payout is being settled: the race that pays twice."""
    gateways.misbehave("withdraw", mode, delay_ms=400)
    outcome = settle(gateways, start(gateways))
    time.sleep(0.5)
    assert_paid_once(gateways, outcome)


@pytest.mark.parametrize("moment", range(6))
@pytest.mark.parametrize("mode", ["drop", "drop-after"])
def test_a_crash_at_any_point(gateways: Gateways, mode: str, moment: int) -> None:
    """The process ends before or after one of its sends; another one goes on from what was saved."""
    gateways.misbehave("withdraw", mode)

    def crash(payout: Payout, now: int) -> Payout:
        return gateways.bitloga.resume_payout(payout.to_text()) if now == moment else payout

    assert_paid_once(gateways, settle(gateways, start(gateways), crash))


def test_a_payout_that_is_pending(gateways: Gateways) -> None:
    payout = start(gateways, purse="pending")
    step = payout.next(START)
    assert isinstance(step, Send)
    reply = exchange(step.request)
    assert reply is not None
    payout.on_response(step, reply.status_code, reply.content, START)
    assert not isinstance(payout.next(START), Done)
    gateways.control("payouts/135/complete")
    assert_paid_once(gateways, settle(gateways, payout))


def test_a_payout_that_fails(gateways: Gateways) -> None:
    gateways.misbehave("withdraw", "drop-after")
    payout = start(gateways, purse="pending")
    step = payout.next(START)
    assert isinstance(step, Send)
    assert exchange(step.request) is None
    payout.on_no_response(step, START)
    gateways.control("payouts/135/fail")
    outcome = settle(gateways, payout)
    assert (outcome.verdict, outcome.status) == ("failed", "Error")
    assert gateways.movements("withdrawal 135") == ONCE
    assert gateways.movements("withdrawal 135 failed") == [Decimal("10.10")]


def test_a_payout_that_is_refused(gateways: Gateways) -> None:
    outcome = settle(gateways, start(gateways, amount="1000000"))
    assert outcome.verdict == "rejected"
    assert outcome.reason is not None and "insufficient balance" in outcome.reason
    assert gateways.state("payouts") == []


def test_a_uniqueid_that_belongs_to_an_invoice(gateways: Gateways) -> None:
    gateways.send(gateways.bitloga.create_invoice(uniqueid="135", paysys="WMZ", amount="1", purse="Z1"))
    outcome = settle(gateways, start(gateways))
    assert outcome.verdict == "conflict"
    assert gateways.movements("withdrawal 135") == []


def test_a_stranger_is_no_denial(gateways: Gateways) -> None:
    """A gateway that refuses the key does not say that it does not know the payout."""
    stranger = Bitloga("sandbox-key", "another-secret", base_url=f"{gateways.url}/api/v1/")
    payout = stranger.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    sent = 0
    now = START
    for _ in range(20):
        step = payout.next(now)
        if isinstance(step, Send):
            sent += b'"withdraw"' in (step.request.body or b"")
            reply = exchange(step.request)
            assert reply is not None and reply.status_code == 401
            payout.on_response(step, reply.status_code, reply.content, now)
        else:
            assert not isinstance(step, Done)
            now = step.until
    assert sent == 1
