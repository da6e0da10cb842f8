"""A shop with Flask."""

from __future__ import annotations

import httpx
from flask import Flask, request
from ledger import UnknownOrder
from payseal import PaysealError, SignatureError
from shop import ACCOUNT, bitloga, ledger, place_order

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1 << 20  # More than a callback ever is.


@app.post("/orders")
def order() -> dict[str, str]:
    """Places an order and says where to pay for it."""
    uniqueid, call = place_order()
    response = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
    invoice = call.parse(response.status_code, response.content)
    return {"uniqueid": uniqueid, "invoice": invoice.invoice}


# region callback
@app.post("/callback")
def callback() -> tuple[str, int]:
    """Takes the gateway's word that an invoice was paid; anything but 200 makes the gateway deliver it again."""
    # The bytes as received: what is signed. `request.json` is parsed, and once `request.form` was touched the body
    # of a form is consumed and `get_data()` empty.
    body = request.get_data()
    try:
        received = bitloga.verify_callback(body, request.headers)
        received.expect(amount=ledger.due(received.uniqueid), to=ACCOUNT["paysys"], purse=ACCOUNT["purse"])
    except SignatureError as error:
        return error.code, 401
    except (PaysealError, UnknownOrder) as error:
        return error.code, 400
    if received.status.is_paid:
        ledger.credit(received)
    return "ok", 200


# endregion callback


@app.get("/paid")
def paid() -> dict[str, str]:
    """What was paid, by order."""
    return ledger.paid()
