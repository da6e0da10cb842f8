"""A tour of payseal: both gateways, every method, one program."""

from __future__ import annotations

import httpx
from payseal import ApiForCrypto, Bitloga, unique_id
from payseal.driver import run
from payseal.transport import httpx_sender
from sandbox import Sandbox, report
from transport import send


def bitloga(sandbox: Sandbox, client: httpx.Client) -> None:
    """Bitloga: an invoice and its callback, a payout, a code that carries money."""
    gateway = Bitloga("sandbox-key", "sandbox-secret", base_url=sandbox.base_url)

    balances = send(client, gateway.balances())
    report("balances", "all", f"{balances['USD']} USD")

    uniqueid = unique_id()
    call = gateway.create_invoice(
        uniqueid=uniqueid,
        paysys="WMZ",
        amount="1.00",
        purse="Z123456789012",
        paylist="SBP_RUB",
        callbackurl=f"{sandbox.receiver}/callback",
    )
    requisites = send(client, call).requisites[0]
    report("invoice", "1.00 WMZ by SBP_RUB", f"to pay: {requisites.amount} {requisites.currency}")

    sandbox.pay(f"invoices/{uniqueid}")
    delivery = next(sandbox.deliveries(uniqueid))
    callback = gateway.verify_callback(delivery.body, delivery.headers)
    callback.expect(uniqueid=uniqueid, amount="1.00", to="WMZ")
    report("callback", "its payment", f"{callback.status} {callback.amount} {callback.to}")

    details = send(client, gateway.details(uniqueid))
    report("details", "its uniqueid", details.status)

    payout = gateway.payout(uniqueid=unique_id(), currency="USD", paysys="WMZ", amount="10.00", purse="Z123456789012")
    saved = {}  # In a shop this is a table of the database: see payout.py.
    outcome = run(payout, httpx_sender(client), lambda text, revision: saved.update({revision: text}))
    report("payout", "10.00 WMZ from USD", outcome.verdict if outcome else "stopped")

    code = send(client, gateway.create_code(amount="5.00", currency="USD", password="password", desc="A present")).code
    report("code created", "5.00 USD, password", f"{code[:4]}-…")

    applied = send(client, gateway.apply_code(code=code, password="password"))
    report("code applied", "code, password", f"{applied.amount} {applied.currency}")

    pages = gateway.code_pages(currency="USD", limit=1)
    codes = {listed.code: listed for page in pages for listed in send(client, page).data}
    report("codes listed", "USD, page by page", f"{codes[code].status} {codes[code].amount}")


def api_for_crypto(sandbox: Sandbox, client: httpx.Client) -> None:
    """Api for Crypto: an invoice and its notifications, which are verified with nothing stored."""
    gateway = ApiForCrypto("sandbox-wallet", "sandbox-notification-secret", base_url=sandbox.base_url)

    call = gateway.create_invoice(
        blockchain="tron",
        symbol="USDT",
        fiatCurrency={"currency": "RUB", "value": 1000, "percent": 2},
        expiry=15,
        confirmations=2,
        data={"order_id": unique_id(), "url_callback": f"{sandbox.receiver}/notification"},
    )
    invoice = send(client, call)
    report("crypto invoice", "1000 RUB + 2 % in USDT", f"to pay: {invoice.value} units")

    sandbox.pay(f"crypto/{invoice.id}")
    events = {}
    for delivery in sandbox.deliveries(invoice.id):
        notification = gateway.verify_notification(delivery.body)
        # The same event may be delivered more than once.
        events[notification.event_id] = notification.status
        if notification.status.is_paid:
            break
    report("notifications", "its payment", " ".join(events.values()))

    invoice = send(client, gateway.invoice(invoice.id))
    report("crypto details", "its id", invoice.status)

    wallet = send(client, gateway.wallet())
    report("wallet", "wallet id", f"{len(wallet.accounts)} accounts")


if __name__ == "__main__":
    with httpx.Client() as client:
        sandbox = Sandbox.from_arguments()
        bitloga(sandbox, client)
        api_for_crypto(sandbox, client)
