"""What the programs of this folder share: settings, the gateway's client, the ledger and the terms of the shop."""

from __future__ import annotations

import os
from decimal import Decimal

from ledger import open_ledger
from payseal import Bitloga, Call, Invoice, unique_id

URL = os.environ.get("SHOP_URL", "http://127.0.0.1:8000")
"""Where the gateway reaches this shop."""

PRICE = Decimal("1.00")
"""The shop sells one thing. What it costs is the shop's to say: never an amount that came from the customer."""

ACCOUNT = {"paysys": "WMZ", "purse": "Z123456789012"}
"""Where customers' money goes."""

bitloga = Bitloga(
    os.environ.get("BITLOGA_API_KEY", "sandbox-key"),
    os.environ.get("BITLOGA_API_SECRET", "sandbox-secret"),
    base_url=os.environ.get("BITLOGA_URL", "http://127.0.0.1:8787/api/v1/"),
)

ledger = open_ledger(os.environ.get("PAYSEAL_EVENTS", "sqlite:///shop.db"))


def place_order() -> tuple[str, Call[Invoice]]:
    """Notes an order, and says what to send to the gateway to have it paid."""
    uniqueid = unique_id()
    # First the note, then the call: a callback may arrive before the gateway's answer does.
    ledger.place(uniqueid, PRICE)
    return uniqueid, bitloga.create_invoice(uniqueid=uniqueid, amount=PRICE, callbackurl=f"{URL}/callback", **ACCOUNT)
