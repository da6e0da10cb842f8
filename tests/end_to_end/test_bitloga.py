"""Every method of Bitloga, against a gateway that checks what it gets."""

from __future__ import annotations

from decimal import Decimal

import httpx
import pytest
from gateways import Gateways
from payseal import Bitloga, GatewayError, InvoiceDetails, WithdrawDetails, unique_id

PURSE = "Z123456789012"


def test_balances(gateways: Gateways) -> None:
    balances = gateways.send(gateways.bitloga.balances())
    assert dict(balances) == {
        "USD": Decimal(10000),
        "USDT": Decimal(10000),
        "RUB": Decimal(800000),
        "LTC": Decimal(100),
        "BTC": Decimal(1),
        "KZT": Decimal(5000000),
    }


def test_one_balance(gateways: Gateways) -> None:
    assert dict(gateways.send(gateways.bitloga.balances("BTC"))) == {"BTC": Decimal(1)}


@pytest.mark.parametrize(
    ("system", "kind"),
    [
        ("CARD_RUB", "card"),
        ("SBP_RUB", "phone"),
        ("ACCOUNT_KZT", "account"),
        ("QR_RUB", "qr"),
        ("USDTTRC20", "crypto"),
    ],
)
def test_every_type_of_requisites(gateways: Gateways, system: str, kind: str) -> None:
    call = gateways.bitloga.create_invoice(
        uniqueid=unique_id(), paysys="WMZ", amount="1.00", purse=PURSE, paylist=system
    )
    (requisites,) = gateways.send(call).requisites
    assert requisites.type == kind
    assert requisites.amount > 0
    assert requisites.wallet
    assert (requisites.payment_url is not None) == (kind == "qr")


def test_an_invoice_with_every_parameter(gateways: Gateways) -> None:
    given = {
        "uniqueid": unique_id(),
        "paysys": "CARD_RUB",
        "pay_amount": Decimal("2438.50"),
        "purse": "4111 1111 1111 1111",
        "paylist": "SBP_RUB",
        "comis": "payee",
        "dtag": 'a "tag" \\ with / all',
        "email": "user@example.com",
        "name": "Зоя",
        "surname": "Żółć 😀",
        "desc": "Line\nbreak",
        "callbackurl": "http://127.0.0.1:9/callback?a=1&b=%20",
        "successurl": "http://127.0.0.1:9/success",
        "failurl": "http://127.0.0.1:9/fail",
    }
    invoice = gateways.send(gateways.bitloga.create_invoice(**given))  # type: ignore[arg-type]
    assert invoice.invoice.startswith(gateways.url)
    (kept,) = gateways.state("invoices")
    assert {name: kept[name] for name in given} == {**given, "pay_amount": "2438.50"}


def test_details_of_an_invoice(gateways: Gateways) -> None:
    uniqueid = unique_id()
    call = gateways.bitloga.create_invoice(
        uniqueid=uniqueid, paysys="WMZ", amount="1.50", purse=PURSE, name="Зоя", surname="Ж", dtag="7"
    )
    gateways.send(call)
    details = gateways.send(gateways.bitloga.details(uniqueid))
    assert isinstance(details, InvoiceDetails)
    assert (details.uniqueid, details.to, details.amount) == (uniqueid, "WMZ", Decimal("1.5"))
    assert (details.name, details.surname, details.dtag) == ("Зоя", "Ж", "7")
    assert details.status == "Created"
    assert not details.status.is_final
    gateways.control(f"invoices/{uniqueid}/fail")
    details = gateways.send(gateways.bitloga.details(uniqueid))
    assert details.status == "Canceled"
    assert details.status.is_final
    assert not details.status.is_paid


def test_withdraw_and_its_details(gateways: Gateways) -> None:
    uniqueid = unique_id()
    call = gateways.bitloga.withdraw(
        uniqueid=uniqueid, currency="USD", paysys="CARD_RUB", amount="800", purse="41", name="Зоя", surname="Ж"
    )
    withdrawal = gateways.send(call)
    assert (withdrawal.from_, withdrawal.to, withdrawal.amount_to) == ("USD", "CARD_RUB", Decimal(800))
    assert (withdrawal.amount_from, withdrawal.amount_from_comis) == (Decimal("10.10"), Decimal("10.16"))
    assert withdrawal.status.is_paid
    details = gateways.send(gateways.bitloga.details(uniqueid))
    assert isinstance(details, WithdrawDetails)
    assert (details.orderid, details.transid) == (withdrawal.orderid, withdrawal.transid)
    assert gateways.movements(f"withdrawal {uniqueid}") == [Decimal("-10.16")]


def test_a_code_from_creation_to_redemption(gateways: Gateways) -> None:
    create = gateways.bitloga.create_code(amount="5.00", currency="USD", password='p"ä/', desc="Подарок 🎁")
    code = gateways.send(create).code
    (listed,) = gateways.send(gateways.bitloga.list_codes(code=code)).data
    assert (listed.status, listed.password, listed.desc) == ("Active", "Required", "Подарок 🎁")
    with pytest.raises(GatewayError) as refused:
        gateways.send(gateways.bitloga.apply_code(code=code, password="wrong"))
    assert (refused.value.code, refused.value.status) == ("rejected", 403)
    applied = gateways.send(gateways.bitloga.apply_code(code=code, password='p"ä/'))
    assert (applied.amount, applied.currency) == (Decimal(5), "USD")
    (listed,) = gateways.send(gateways.bitloga.list_codes(code=code, status="Redeemed")).data
    assert listed.applytime is not None


def test_codes_page_by_page(gateways: Gateways) -> None:
    created = [gateways.send(gateways.bitloga.create_code(amount=n, currency="RUB")).code for n in range(1, 8)]
    sizes, listed = [], []
    for call in gateways.bitloga.code_pages(currency="RUB", limit=3):
        page = gateways.send(call).data
        sizes.append(len(page))
        listed += [code.code for code in page]
    assert (sizes, listed) == ([3, 3, 1], created)
    (one,) = gateways.send(gateways.bitloga.list_codes(amount="2.0", offset=0, limit=100)).data
    assert one.code == created[1]


def test_a_repeated_uniqueid_is_refused(gateways: Gateways) -> None:
    call = gateways.bitloga.withdraw(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse=PURSE)
    gateways.send(call)
    with pytest.raises(GatewayError) as refused:
        gateways.send(call)
    assert refused.value.code == "rejected"
    assert refused.value.reason == "uniqueid was used before"
    assert gateways.movements("withdrawal 135") == [Decimal("-10.10")]


def test_another_secret_is_refused(gateways: Gateways) -> None:
    stranger = Bitloga("sandbox-key", "another-secret", base_url=f"{gateways.url}/api/v1/")
    with pytest.raises(GatewayError) as refused:
        gateways.send(stranger.balances())
    assert (refused.value.code, refused.value.status) == ("rejected", 401)


@pytest.mark.parametrize(("mode", "code"), [("500", "http_status"), ("rubbish", "malformed_body")])
def test_answers_that_are_none(gateways: Gateways, mode: str, code: str) -> None:
    gateways.misbehave("balances", mode)
    with pytest.raises(Exception) as failed:
        gateways.send(gateways.bitloga.balances())
    assert getattr(failed.value, "code", None) == code
    assert gateways.send(gateways.bitloga.balances())["USD"] == 10000


def test_a_broken_connection_is_the_transports_own_error(gateways: Gateways) -> None:
    gateways.misbehave("balances", "drop")
    with pytest.raises(httpx.TransportError):
        gateways.send(gateways.bitloga.balances())
