"""Payouts: what the machine of the core promises, through the binding."""

from __future__ import annotations

import faulthandler
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import payseal
import pytest
from payouts import BITLOGA, BUSY, NO_MONEY, NOT_KNOWN, PAID, PAYOUT, REPEATED, drive, transaction
from payseal import Bitloga, Done, Send, Wait

NOW = 1_700_000_000


def test_paid_at_once() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, Send)
    assert step.request.body == BITLOGA.withdraw(**PAYOUT).body
    payout.on_response(step, *PAID, NOW + 1.5)
    step = payout.next(NOW + 2)
    assert isinstance(step, Done)
    assert step.outcome.is_paid
    assert (step.outcome.verdict, step.outcome.orderid, step.outcome.transid) == ("paid", "29", "436f")
    assert isinstance(step.outcome.status, payseal.TransactionStatus)
    assert step.outcome.differences == ()


def test_an_acknowledged_payout_is_never_sent_again() -> None:
    pending = transaction("Pending")
    actions, outcome = drive(BITLOGA.payout(**PAYOUT, policy={"sends": 3}), [pending, *[NOT_KNOWN] * 60, PAID])
    assert actions.count("withdraw") == 1
    assert outcome.verdict == "paid"


def test_the_refusal_of_a_second_copy_is_not_believed() -> None:
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [REPEATED, NOT_KNOWN, NOT_KNOWN, PAID])
    assert outcome.verdict == "paid"


def test_a_refusal_is_rejected_after_the_settle_time() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, Send)
    payout.on_response(step, *NO_MONEY, NOW)
    assert payout.progress().refusal == "not enough money"
    now = float(NOW)
    while not isinstance(step := payout.next(now), Done):
        if isinstance(step, Wait):
            now = step.until
        else:
            payout.on_response(step, *NOT_KNOWN, now)
    assert (step.outcome.verdict, step.outcome.reason) == ("rejected", "not enough money")
    assert now - NOW >= 600


def test_a_lost_request_is_sent_again_only_if_allowed() -> None:
    actions, outcome = drive(BITLOGA.payout(**PAYOUT), [None], then=NOT_KNOWN)
    assert (actions.count("withdraw"), outcome.verdict, outcome.reason) == (1, "unknown", "uniqueid not found")
    answers = [None, *[NOT_KNOWN] * 40]
    actions, outcome = drive(BITLOGA.payout(**PAYOUT, policy={"sends": 2}), answers, then=PAID)
    assert (actions.count("withdraw"), outcome.verdict) == (2, "paid")


def test_a_restored_text_asks_before_it_sends() -> None:
    text = BITLOGA.payout(**PAYOUT).to_text()
    actions, outcome = drive(BITLOGA.resume_payout(text), [PAID])
    assert (actions, outcome.verdict) == (["details"], "paid")
    actions, outcome = drive(BITLOGA.resume_payout(text), [NOT_KNOWN] * 30, then=PAID)
    assert actions[0] == "details"


def test_another_payment_of_that_uniqueid_is_a_conflict() -> None:
    other = transaction(amount_to=1.0, purse="Z000000000000")
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [REPEATED], then=other)
    assert outcome.verdict == "conflict"
    assert outcome.differences == (("amount_to", "10.00", "1.0"), ("purse", "Z123456789012", "Z000000000000"))


@pytest.mark.parametrize("answer", [BUSY, (400, BUSY[1]), (401, NOT_KNOWN[1]), (500, NOT_KNOWN[1]), (200, b"")])
def test_what_is_not_a_denial_decides_nothing(answer: tuple[int, bytes]) -> None:
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [NO_MONEY], then=answer)
    assert (outcome.verdict, outcome.reason) == ("unknown", "not enough money")


def test_a_failed_server_has_not_refused() -> None:
    failed = (500, b'{"success":false,"error":"Internal Server Error"}')
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [failed], then=NOT_KNOWN)
    assert outcome.verdict == "unknown"


def test_your_own_judgement_counts() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step, now = payout.next(NOW), float(NOW)
    assert isinstance(step, Send)
    payout.on_response(step, *NO_MONEY, now)
    while not isinstance(step := payout.next(now), Done):
        if isinstance(step, Wait):
            now = step.until
        else:
            payout.on_response(step, 200, b'{"success":false,"error":"nope"}', now, not_known=True)
    assert step.outcome.verdict == "rejected"


def test_an_answer_to_an_earlier_request_is_refused() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    first = payout.next(NOW)
    assert isinstance(first, Send)
    payout.on_no_response(first, NOW)
    second = payout.next(NOW + 5)
    assert isinstance(second, Send)
    with pytest.raises(payseal.InvalidInputError, match="request"):
        payout.on_response(first, *PAID, NOW + 6)
    with pytest.raises(payseal.InvalidInputError, match="request"):
        payout.on_no_response(first, NOW + 6)
    payout.on_response(second, *PAID, NOW + 6)
    assert isinstance(payout.next(NOW + 6), Done)


def test_what_is_not_a_step_is_refused() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    for step in (None, 1, "step", BITLOGA.balances(), Wait):
        with pytest.raises(payseal.InvalidInputError) as raised:
            payout.on_no_response(step, NOW)  # type: ignore[arg-type]
        assert raised.value.field == "step"


@pytest.mark.parametrize("now", [True, "now", -1, float("nan"), float("inf"), None])
def test_what_is_not_a_time_is_refused(now: Any) -> None:
    with pytest.raises(payseal.InvalidInputError) as raised:
        BITLOGA.payout(**PAYOUT).next(now)
    assert raised.value.field == "now"


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        ({"sends": 0}, "policy.sends"),
        ({"sends": True}, "policy.sends"),
        ({"sends": 1.5}, "policy.sends"),
        ({"sends": None}, "policy.sends"),
        ({"denials": 1}, "policy.denials"),
        ({"settle_time": -1}, "policy.settle_time"),
        ({"settle_time": "600"}, "policy.settle_time"),
        ({"settletime": 600}, "policy.settletime"),
        ({"first_pause": 0}, "policy.first_pause"),
        ({"longest_pause": 1}, "policy.longest_pause"),
        ({"give_up_time": 60}, "policy.give_up_time"),
        ([("sends", 1)], "policy"),
    ],
)
def test_a_wrong_policy_is_refused(policy: Any, field: str) -> None:
    with pytest.raises(payseal.InvalidInputError) as raised:
        BITLOGA.payout(**PAYOUT, policy=policy)
    assert raised.value.field == field


def test_the_policy_is_saved() -> None:
    payout = BITLOGA.payout(**PAYOUT, policy={"settle_time": 1.5, "sends": 2})
    saved = json.loads(payout.to_text())["policy"]
    assert (saved["settle_time"], saved["sends"], saved["denials"]) == (1500, 2, 2)


def test_another_accounts_client_refuses() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    payout.next(NOW)
    text = payout.to_text()
    assert "api-key" not in text and "api-secret" not in text
    Bitloga("api-key", "rotated-secret").resume_payout(text)
    for other in (Bitloga("other-key", "api-secret"), Bitloga("api-key", "api-secret", base_url="http://localhost/")):
        with pytest.raises(payseal.InvalidInputError) as raised:
            other.resume_payout(text)
        assert raised.value.field == "gateway"


def test_texts_are_refused_unless_whole() -> None:
    text = BITLOGA.payout(**PAYOUT).to_text()
    for broken in ("", "{}", '{"version":3}', text[:-1], text.replace("WMZ", "")):
        with pytest.raises(payseal.MalformedError):
            BITLOGA.resume_payout(broken)
    with pytest.raises(payseal.InvalidInputError):
        BITLOGA.payout(**{**PAYOUT, "amount": 0})


def test_the_revision_counts_what_has_to_be_saved() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    assert payout.revision == 0
    step = payout.next(NOW)
    assert isinstance(step, Send)
    assert payout.revision == 1
    payout.on_no_response(step, NOW)
    assert payout.revision == 2
    assert isinstance(payout.next(NOW), Wait)
    assert payout.revision == 2
    step = payout.next(NOW + 5)
    assert isinstance(step, Send)
    assert payout.revision == 2
    payout.on_response(step, *PAID, NOW + 5)
    assert payout.revision == 3


def test_progress() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    assert (payout.progress().stage, payout.progress().since) == ("ready", None)
    step = payout.next(NOW)
    assert isinstance(step, Send)
    payout.on_response(step, *NO_MONEY, NOW + 1)
    progress = payout.progress()
    assert (progress.stage, progress.sends, progress.questions, progress.denials) == ("waiting", 1, 0, 0)
    assert (progress.last_status, progress.last_reason, progress.last_answer_at) == (200, "not enough money", NOW + 1)
    assert (progress.since, progress.next_look, progress.acknowledged) == (NOW, NOW + 6, False)


def test_nothing_shown_is_a_secret() -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, Send)
    signature = step.request.headers["X-SIGNATURE"]
    shown = "".join(map(repr, (payout, step, step.request, payout.progress()))) + payout.to_text()
    assert "api-key" not in shown and "api-secret" not in shown and signature not in shown


def test_errors_are_raised_with_no_lock_held() -> None:
    """An error runs Python code, here a collection that gives way to other threads."""
    faulthandler.dump_traceback_later(60, exit=True)
    payout = BITLOGA.payout(**PAYOUT)
    begun = threading.Event()

    def read(_: int) -> None:
        begun.set()
        for _ in range(2_000):
            payout.to_text()
            payout.progress()
            assert payout == payout

    def fail(_: int) -> None:
        begun.wait()
        for _ in range(2_000):
            with pytest.raises(payseal.InvalidInputError):
                payout.on_no_response(Send_of_another, NOW)

    other = BITLOGA.payout(**PAYOUT).next(NOW)
    assert isinstance(other, Send)
    Send_of_another = other
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, number) for number in range(4) for work in (read, fail)]:
            done.result()
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_nothing_that_moves_money_is_retryable(status: int) -> None:
    moving = [
        BITLOGA.withdraw(**PAYOUT),
        BITLOGA.create_code(amount=1, currency="USD"),
        BITLOGA.apply_code(code="c"),
    ]
    crypto = payseal.ApiForCrypto("wallet-id")
    reading = [BITLOGA.balances(), BITLOGA.details("1"), BITLOGA.list_codes(), crypto.wallet(), crypto.invoice("i1")]
    for calls, retryable in ((moving, False), (reading, True)):
        for call in calls:
            with pytest.raises(payseal.GatewayError) as raised:
                call.parse(status, b"")
            assert raised.value.retryable is retryable
