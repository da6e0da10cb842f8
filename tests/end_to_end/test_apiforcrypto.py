"""Every method of Api for Crypto, and its notifications as they are delivered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from gateways import Gateways
from payseal import ApiForCrypto, CryptoInvoice, GatewayError, SignatureError, unique_id
from receiver import Receiver

WALK = ["IN_MEMPOOL", "IN_BLOCK", "PAID"]


def create(gateways: Gateways, receiver: Receiver, **parameters: Any) -> CryptoInvoice:
    call = gateways.api_for_crypto.create_invoice(
        blockchain="tron",
        symbol="USDT",
        expiry=15,
        confirmations=2,
        data={"order_id": unique_id(), "url_callback": f"{receiver.url}/notification", "title": "Кофе ☕"},
        **parameters,
    )
    return gateways.send(call)


def statuses(gateways: Gateways, receiver: Receiver, count: int) -> list[str]:
    return [gateways.api_for_crypto.verify_notification(receiver.next().body).status for _ in range(count)]


def test_the_walk_of_an_invoice(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=2_000_000)
    assert (invoice.status, invoice.value, invoice.active) == ("NOT_PAID", Decimal(2_000_000), True)
    gateways.control(f"crypto/{invoice.id}/pay")
    seen = []
    for _ in WALK:
        notification = gateways.api_for_crypto.verify_notification(receiver.next().body)
        assert notification.event_id == f"{invoice.id}:{notification.status}"
        assert notification.data is not None and notification.data.title == "Кофе ☕"
        seen.append(str(notification.status))
    assert seen == WALK
    assert notification.status.is_paid
    paid = gateways.send(gateways.api_for_crypto.invoice(invoice.id))
    assert (paid.status, paid.confirmations, len(paid.txs)) == ("PAID", 2, 1)


def test_half_and_the_other_half(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=1_000_001)
    gateways.control(f"crypto/{invoice.id}/pay", partial=True)
    assert statuses(gateways, receiver, 3) == ["IN_MEMPOOL", "IN_BLOCK", "PARTIALLY_PAID"]
    gateways.control(f"crypto/{invoice.id}/pay")
    assert statuses(gateways, receiver, 3) == WALK
    assert len(gateways.send(gateways.api_for_crypto.invoice(invoice.id)).txs) == 2


def test_an_invoice_that_expires(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=1)
    gateways.control(f"crypto/{invoice.id}/expire")
    expired = gateways.send(gateways.api_for_crypto.invoice(invoice.id))
    assert (expired.status, expired.active) == ("NOT_PAID", False)


def test_a_price_in_fiat_with_a_markup(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, fiatCurrency={"currency": "RUB", "value": 1000, "percent": 2})
    assert invoice.value == 12_750_000
    assert invoice.fiat_currency is not None
    assert (invoice.fiat_currency.currency, invoice.fiat_currency.percent) == ("RUB", Decimal(2))


def test_a_value_beyond_every_float(gateways: Gateways, receiver: Receiver) -> None:
    value = 79_228_162_514_264_337_593_543_950_337
    assert create(gateways, receiver, value=value).value == value


def test_the_invoice_below_its_wallet(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=1)
    client = ApiForCrypto(
        "sandbox-wallet",
        base_url=f"{gateways.url}/api/v1/",
        invoice_url="{base_url}wallets/{wallet_id}/invoices/{uuid}",
    )
    assert gateways.send(client.invoice(invoice.id)) == invoice


def test_an_explicit_secret_key(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=1, secret_key="a key of its own")
    gateways.control(f"crypto/{invoice.id}/pay")
    body = receiver.next().body
    assert gateways.api_for_crypto.verify_notification(body, "a key of its own").id == invoice.id
    with pytest.raises(SignatureError):
        gateways.api_for_crypto.verify_notification(body, "another key")
    with pytest.raises(SignatureError):
        gateways.api_for_crypto.verify_notification(body)


def test_the_wallet(gateways: Gateways, receiver: Receiver) -> None:
    invoice = create(gateways, receiver, value=2_000_000)
    gateways.control(f"crypto/{invoice.id}/pay")
    statuses(gateways, receiver, 3)
    wallet = gateways.send(gateways.api_for_crypto.wallet())
    (account,) = (it for it in wallet.accounts if (it.blockchain, it.symbol) == ("tron", "USDT"))
    assert (account.decimal, account.decimal_balance) == (Decimal(6), Decimal(2))


@pytest.mark.parametrize(("symbol", "status"), [("DOGE", 403), ("NONE", 403)])
def test_refused_currencies(gateways: Gateways, symbol: str, status: int) -> None:
    call = gateways.api_for_crypto.create_invoice(
        blockchain="dogecoin", symbol=symbol, value=1, expiry=15, confirmations=1, data={"order_id": "1"}
    )
    with pytest.raises(GatewayError) as refused:
        gateways.send(call)
    assert (refused.value.code, refused.value.status) == ("http_status", status)


def test_an_unknown_wallet(gateways: Gateways) -> None:
    with pytest.raises(GatewayError) as refused:
        gateways.send(ApiForCrypto("another", base_url=f"{gateways.url}/api/v1/").wallet())
    assert (refused.value.code, refused.value.status) == ("http_status", 404)
