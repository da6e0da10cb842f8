"""Payouts: what the machine of the core promises, through the binding."""

from __future__ import annotations

import faulthandler
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import payseal
import pytest
from payouts import BITLOGA, BUSY, NO_MONEY, NOT_KNOWN, PAID, PAYOUT, REPEATED, action, drive, transaction
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


def test_a_refused_repeat_is_never_rejected() -> None:
    """The second request is refused because the first one has arrived, or because it emptied the balance."""
    for refusal in (REPEATED, NO_MONEY):
        payout = BITLOGA.payout(**PAYOUT, policy={"sends": 2})
        sent, now = 0, float(NOW)
        while not isinstance(step := payout.next(now), Done):
            if isinstance(step, Wait):
                now = step.until
            elif action(step) == "details":
                payout.on_response(step, *NOT_KNOWN, now)
            elif sent == 0:
                sent = 1
                payout.on_no_response(step, now)
            else:
                sent += 1
                payout.on_response(step, *refusal, now)
        assert (sent, step.outcome.verdict) == (2, "unknown")


def test_nothing_is_sent_again_before_the_settle_time() -> None:
    payout = BITLOGA.payout(**PAYOUT, policy={"sends": 2})
    sent_at: list[float] = []
    now = float(NOW)
    while len(sent_at) < 2:
        step = payout.next(now)
        if isinstance(step, Wait):
            now = step.until
            continue
        assert isinstance(step, Send)
        if action(step) == "withdraw":
            sent_at.append(now)
            payout.on_no_response(step, now)
        else:
            payout.on_response(step, *NOT_KNOWN, now)
    assert sent_at[1] - sent_at[0] >= 600


@pytest.mark.parametrize("year", [365 * 86400.0, -365 * 86400.0])
def test_a_clock_that_jumps_neither_stalls_it_nor_makes_it_hasty(year: float) -> None:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, Send)
    payout.on_response(step, *NO_MONEY, NOW)
    now, waited = NOW + year, 0.0
    while not isinstance(step := payout.next(now), Done):
        if isinstance(step, Wait):
            assert 0 < step.until - now <= 900
            waited += step.until - now
            now = step.until
        else:
            payout.on_response(step, *NOT_KNOWN, now)
    assert step.outcome.verdict == "rejected"
    assert 600 <= waited < 86400


@pytest.mark.parametrize(
    "denial",
    [NOT_KNOWN, (404, NOT_KNOWN[1]), (404, b'{"message":"Not Found"}'), (200, b"[]"), (200, b'{"data":[]}')],
)
def test_every_way_to_say_that_it_is_not_known(denial: tuple[int, bytes]) -> None:
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [NO_MONEY], then=denial)
    assert (outcome.verdict, outcome.reason) == ("rejected", "not enough money")


def test_a_canceled_payout_without_amounts_has_failed() -> None:
    canceled = transaction("Canceled", amount_from=None, amount_from_comis=None, amount_to=None)
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [None], then=canceled)
    assert (outcome.verdict, outcome.status) == ("failed", "Canceled")


def test_an_error_that_turns_into_a_payment_is_paid() -> None:
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [transaction("Error"), transaction("Error")], then=PAID)
    assert outcome.verdict == "paid"


@pytest.mark.parametrize("kind", ["withdraw", "WITHDRAW", "Payout", None])
def test_the_type_of_the_transaction_may_be_written_otherwise(kind: str | None) -> None:
    _, outcome = drive(BITLOGA.payout(**PAYOUT), [None], then=transaction(type=kind))
    assert outcome.verdict == "paid"


def test_a_blank_around_the_uniqueid_does_not_matter() -> None:
    _, outcome = drive(BITLOGA.payout(**{**PAYOUT, "uniqueid": "135 "}), [None], then=PAID)
    assert outcome.verdict == "paid"


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
    with pytest.raises(payseal.InvalidInputError) as raised:
        payout.on_response(first, *PAID, NOW + 6)
    assert raised.value.field == "request"
    with pytest.raises(payseal.InvalidInputError) as raised:
        payout.on_no_response(first, NOW + 6)
    assert raised.value.field == "request"
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


def test_a_misspelt_option_is_told_its_name() -> None:
    wrong: list[tuple[Any, str]] = [
        ({"settletime": 600}, "Did you mean 'settle_time'"),
        ({"colour": 600}, "there are settle_time, denials"),
        ({"settle_time": None}, "None: leave it out"),
    ]
    for policy, rule in wrong:
        with pytest.raises(payseal.InvalidInputError, match=rule):
            BITLOGA.payout(**PAYOUT, policy=policy)


def test_the_policy_can_be_read() -> None:
    defaults = {
        "settle_time": 600.0,
        "denials": 2,
        "sends": 1,
        "first_pause": 5.0,
        "longest_pause": 900.0,
        "give_up_time": 86400.0,
    }
    assert BITLOGA.payout(**PAYOUT).policy == defaults
    # In binary, 1.1 seconds are a little more than 1100 milliseconds; parts of them are rounded up.
    payout = BITLOGA.payout(**PAYOUT, policy={"settle_time": 1.1, "first_pause": 0.0001, "sends": 2})
    assert payout.policy == {**defaults, "settle_time": 1.1, "first_pause": 0.001, "sends": 2}
    assert BITLOGA.resume_payout(payout.to_text()).policy == payout.policy
    assert BITLOGA.payout(**PAYOUT, policy=payout.policy) == payout
    assert {name: type(value) for name, value in payout.policy.items()} == {
        name: type(value) for name, value in defaults.items()
    }


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


@pytest.fixture
def watchdog() -> Iterator[None]:
    """Ends the process with the stacks of all threads if they wait for each other: nothing else would."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    faulthandler.dump_traceback_later(60, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("watchdog")
def test_errors_are_raised_with_no_lock_held() -> None:
    """To make an error runs Python code, which gives way to threads that want the same lock."""
    payout, stranger = BITLOGA.payout(**PAYOUT), BITLOGA.payout(**PAYOUT).next(NOW)
    assert isinstance(stranger, Send)
    long_body = b" " * 100_000  # Read with other threads running.

    def read() -> None:
        for _ in range(1_000):
            payout.to_text()
            payout.progress()
            assert payout == payout

    def fail() -> None:
        for _ in range(1_000):
            with pytest.raises(payseal.InvalidInputError):
                payout.on_no_response(stranger, NOW)
            with pytest.raises(payseal.InvalidInputError):
                payout.on_response(stranger, 200, long_body, NOW)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(4) for work in (read, fail)]:
            done.result()


@pytest.mark.usefixtures("watchdog")
def test_objects_are_made_with_no_lock_held() -> None:
    """The steps and the progress of one payout are made in many threads at once."""
    payout = BITLOGA.payout(**PAYOUT)

    def step(number: int) -> None:
        for tick in range(500):
            now = NOW + number + tick
            step = payout.next(now)
            if isinstance(step, Send):
                try:
                    payout.on_response(step, *NOT_KNOWN, now)
                except payseal.InvalidInputError as error:
                    assert error.field == "request"  # Another thread took the next step.
            payout.progress()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(step, number) for number in range(8)]:
            done.result()
    assert payout.progress().sends == 1


CRYPTO = payseal.ApiForCrypto("wallet-id")
CRYPTO_INVOICE: Any = {"blockchain": "tron", "symbol": "USDT", "value": 1, "expiry": 30, "confirmations": 1}
CALLS: dict[str, tuple[Callable[[], payseal.Call[Any]], bool]] = {
    "Bitloga.balances": (BITLOGA.balances, True),
    "Bitloga.create_invoice": (lambda: BITLOGA.create_invoice(uniqueid="1", paysys="WMZ", amount=1, purse="Z1"), True),
    "Bitloga.withdraw": (lambda: BITLOGA.withdraw(**PAYOUT), False),
    "Bitloga.details": (lambda: BITLOGA.details("1"), True),
    "Bitloga.create_code": (lambda: BITLOGA.create_code(amount=1, currency="USD"), False),
    "Bitloga.apply_code": (lambda: BITLOGA.apply_code(code="c"), False),
    "Bitloga.list_codes": (BITLOGA.list_codes, True),
    "ApiForCrypto.create_invoice": (lambda: CRYPTO.create_invoice(**CRYPTO_INVOICE), True),
    "ApiForCrypto.invoice": (lambda: CRYPTO.invoice("i1"), True),
    "ApiForCrypto.wallet": (CRYPTO.wallet, True),
}
"""A call of every method, and whether sending it again moves no money."""


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 400, 404])
def test_nothing_that_moves_money_is_retryable(name: str, status: int) -> None:
    call, is_repeatable = CALLS[name]
    for body in (b"", b'{"success":false,"error":"busy"}'):
        with pytest.raises(payseal.GatewayError) as raised:
            call().parse(status, body)
        assert raised.value.retryable is (is_repeatable and status not in (400, 404))


def test_every_method_is_known_to_move_money_or_not() -> None:
    """A method that is added has to be added to the table."""
    methods = {
        f"{gateway.__name__}.{name}"
        for gateway in (Bitloga, payseal.ApiForCrypto)
        for name in dir(gateway)
        if not name.startswith("_")
        and "Call[" in str(getattr(getattr(gateway, name), "__annotations__", {}).get("return"))
    }
    assert methods == set(CALLS)
