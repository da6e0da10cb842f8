"""Waiting for invoices of both gateways."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import payseal
import pytest
from payseal import ApiForCrypto, Bitloga, Done, Send, Wait, Watch, WatchOutcome

BITLOGA = Bitloga("api-key", "api-secret")
CRYPTO = ApiForCrypto("wallet-id")
NOW = 1_700_000_000.0


def invoice(status: str, uniqueid: str = "125") -> bytes:
    fields = '"to":"WMZ","amount":1.00,"type":"Invoice","invoiceid":5'
    return f'{{{fields},"status":"{status}","uniqueid":"{uniqueid}","success":true}}'.encode()


def crypto_invoice(status: str, active: bool = True) -> bytes:
    fields = '"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1'
    return f'{{{fields},"status":"{status}","active":{str(active).lower()}}}'.encode()


def drive(watch: Watch, answers: Sequence[bytes | None], then: bytes | None = None) -> tuple[int, WatchOutcome]:
    script, questions, now = iter(answers), 0, NOW
    while not isinstance(step := watch.next(now), Done):
        if isinstance(step, Wait):
            now = step.until
            continue
        questions += 1
        body = next(script, then)
        if body is None:
            watch.on_no_response(step, now)
        else:
            watch.on_response(step, 200, body, now)
    return questions, step.outcome


def callback(status: str = "Payed", uniqueid: str = "125") -> payseal.Callback:
    sent = BITLOGA.sign_callback(to="WMZ", amount="1.00", purse="Z1", status=status, invoiceid=5, uniqueid=uniqueid)
    return BITLOGA.verify_callback(sent.body, sent.headers)


def test_an_invoice_is_followed_until_it_is_paid() -> None:
    questions, outcome = drive(BITLOGA.watch_invoice("125"), [None, invoice("Created"), b"", invoice("Payed")])
    assert (questions, outcome.verdict, outcome.status, outcome.is_paid) == (4, "paid", "Payed", True)


def test_closed_is_believed_when_it_was_seen_again() -> None:
    _, outcome = drive(BITLOGA.watch_invoice("125"), [invoice("Canceled"), invoice("Payed")])
    assert outcome.verdict == "paid"
    questions, outcome = drive(BITLOGA.watch_invoice("125"), [], then=invoice("Canceled"))
    assert (outcome.verdict, outcome.status) == ("closed", "Canceled")
    assert questions > 2


def test_a_crypto_invoice_that_expired_unpaid_is_closed() -> None:
    _, outcome = drive(CRYPTO.watch_invoice("i1"), [crypto_invoice("NOT_PAID")], then=crypto_invoice("NOT_PAID", False))
    assert (outcome.verdict, outcome.status) == ("closed", "NOT_PAID")
    questions, outcome = drive(
        CRYPTO.watch_invoice("i1"), [crypto_invoice("IN_BLOCK", False)] * 9 + [crypto_invoice("PAID")]
    )
    assert (questions, outcome.verdict) == (10, "paid")


@pytest.mark.parametrize(
    ("status", "active", "is_final"),
    [
        ("PAID", True, True),
        ("PAID", False, True),
        ("NOT_PAID", True, False),
        ("NOT_PAID", False, True),
        ("PARTIALLY_PAID", False, True),
        ("IN_MEMPOOL", False, False),
        ("IN_BLOCK", False, False),
        ("NEW", False, False),
    ],
)
def test_is_final(status: str, active: bool, is_final: bool) -> None:
    answer = CRYPTO.invoice("i1").parse(200, crypto_invoice(status, active))
    assert answer.is_final is is_final
    body = crypto_invoice(status, active)[:-1] + b',"secret_key":"k"}'
    notification = CRYPTO.verify_notification(body, "k")
    assert notification.is_final is is_final
    assert pickle.loads(pickle.dumps(notification)).is_final is is_final


def test_callbacks_end_it_whenever_they_come() -> None:
    watch = BITLOGA.watch_invoice("125")
    step = watch.next(NOW)
    assert isinstance(step, Send)
    assert watch.on_callback(callback()) and watch.is_called_back
    watch.on_response(step, 200, invoice("Created"), NOW)
    done = watch.next(NOW)
    assert isinstance(done, Done) and done.outcome.is_paid
    # Late, repeated and reordered ones change nothing.
    assert watch.on_callback(callback("Created")) and watch.on_callback(callback())
    assert watch.next(NOW) == done


def test_callbacks_about_others_are_told_apart() -> None:
    watch = BITLOGA.watch_invoice("125")
    assert not watch.on_callback(callback(uniqueid="126"))
    assert isinstance(watch.next(NOW), Send)


def test_a_notification_ends_it() -> None:
    watch = CRYPTO.watch_invoice("i1")
    for status, ends in (("IN_BLOCK", False), ("PAID", True)):
        body = crypto_invoice(status)[:-1] + b',"secret_key":"k"}'
        assert watch.on_notification(CRYPTO.verify_notification(body, "k"))
        assert watch.is_called_back is ends
    done = watch.next(NOW)
    assert isinstance(done, Done) and done.outcome.is_paid


def test_only_what_was_verified_is_handed_in() -> None:
    answer = BITLOGA.details("125").parse(200, invoice("Payed"))
    with pytest.raises(payseal.InvalidInputError):
        BITLOGA.watch_invoice("125").on_callback(answer)  # type: ignore[arg-type]


def test_a_class_of_the_same_name_is_not_taken_for_a_verified_one() -> None:
    class Callback:
        uniqueid, type, status = "125", "Invoice", "Payed"

    class Notification:
        id, status, active = "i1", "PAID", True

    with pytest.raises(payseal.InvalidInputError) as raised:
        BITLOGA.watch_invoice("125").on_callback(Callback())  # type: ignore[arg-type]
    assert raised.value.field == "callback"
    with pytest.raises(payseal.InvalidInputError) as raised:
        CRYPTO.watch_invoice("i1").on_notification(Notification())  # type: ignore[arg-type]
    assert raised.value.field == "notification"


def test_what_the_other_gateway_has_sent_is_refused() -> None:
    body = crypto_invoice("PAID")[:-1] + b',"secret_key":"k"}'
    with pytest.raises(payseal.InvalidInputError, match="on_callback"):
        BITLOGA.watch_invoice("i1").on_notification(CRYPTO.verify_notification(body, "k"))
    with pytest.raises(payseal.InvalidInputError, match="on_notification"):
        CRYPTO.watch_invoice("125").on_callback(callback())


def test_it_gives_up() -> None:
    _, outcome = drive(BITLOGA.watch_invoice("125", {"give_up_time": 600}), [], then=invoice("Created"))
    assert (outcome.verdict, outcome.status) == ("unknown", "Created")


def test_saved_texts() -> None:
    watch = CRYPTO.watch_invoice("i1")
    watch.next(NOW)
    text = watch.to_text()
    assert "wallet-id" not in text
    assert CRYPTO.resume_watch(text) == watch
    with pytest.raises(payseal.InvalidInputError):
        ApiForCrypto("other").resume_watch(text)
    with pytest.raises(payseal.MalformedError):
        CRYPTO.resume_watch("{}")
    with pytest.raises(payseal.InvalidInputError):
        CRYPTO.watch_invoice("i1", {"first_pause": 0})
    assert "i1" not in repr(watch)
