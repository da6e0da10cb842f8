"""Callbacks of Bitloga, verified from what really came over a socket."""

from __future__ import annotations

from decimal import Decimal

import pytest
from gateways import Gateways, wait_until
from payseal import Bitloga, MismatchError, SignatureError, unique_id
from receiver import Received, Receiver


def paid_invoice(gateways: Gateways, receiver: Receiver, **parameters: str) -> str:
    uniqueid = unique_id()
    call = gateways.bitloga.create_invoice(
        uniqueid=uniqueid,
        paysys="WMZ",
        amount="1.00",
        purse="Z123456789012",
        callbackurl=f"{receiver.url}/callback",
        **parameters,
    )
    gateways.send(call)
    gateways.control(f"invoices/{uniqueid}/pay")
    return uniqueid


def test_a_callback(gateways: Gateways, receiver: Receiver) -> None:
    uniqueid = paid_invoice(gateways, receiver, name="Зоя", surname="O/Neil", dtag="😀")
    received = receiver.next()
    assert received.path == "/callback"
    callback = gateways.bitloga.verify_callback(received.body, received.headers)
    callback.expect(uniqueid=uniqueid, amount=Decimal("1"), to="WMZ", purse="Z123456789012")
    assert (callback.name, callback.surname, callback.dtag) == ("Зоя", "O/Neil", "😀")
    assert callback.status.is_paid
    with pytest.raises(MismatchError):
        callback.expect(uniqueid=uniqueid, amount="9.00")


def test_a_changed_callback_is_refused(gateways: Gateways, receiver: Receiver) -> None:
    paid_invoice(gateways, receiver)
    received = receiver.next()
    for position in range(0, len(received.body), 7):
        changed = bytearray(received.body)
        changed[position] ^= 1
        with pytest.raises(SignatureError):
            gateways.bitloga.verify_callback(changed, received.headers)


def test_the_secret_may_be_replaced_meanwhile(gateways: Gateways, receiver: Receiver) -> None:
    paid_invoice(gateways, receiver)
    received = receiver.next()
    rotating = Bitloga("sandbox-key", ["new-secret", "sandbox-secret"])
    assert rotating.verify_callback(received.body, received.headers).secret_index == 1


def test_a_callback_is_repeated_until_it_is_answered_with_200(gateways: Gateways, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 404, 200]
    paid_invoice(gateways, receiver)
    attempts = [receiver.next() for _ in range(4)]
    wait_until(lambda: len(gateways.deliveries()) == 4 and not gateways.state("pending"))
    assert [attempt["status"] for attempt in gateways.deliveries()] == [500, 302, 404, 200]
    assert len(event_ids(gateways, attempts)) == 1


def test_a_callback_is_given_up_after_ten_attempts(gateways: Gateways, receiver: Receiver) -> None:
    receiver.statuses = [500]
    paid_invoice(gateways, receiver)
    wait_until(lambda: len(gateways.deliveries()) == 10 and not gateways.state("pending"))


def test_duplicates_are_one_event(gateways: Gateways, receiver: Receiver) -> None:
    gateways.misbehave("callback", "duplicate")
    first = paid_invoice(gateways, receiver)
    twice = [receiver.next(), receiver.next()]
    gateways.control(f"invoices/{first}/resend")
    assert len(event_ids(gateways, [*twice, receiver.next()])) == 1
    paid_invoice(gateways, receiver)
    assert len(event_ids(gateways, [*twice, receiver.next()])) == 2


def event_ids(gateways: Gateways, deliveries: list[Received]) -> set[str]:
    return {gateways.bitloga.verify_callback(it.body, it.headers).event_id for it in deliveries}
