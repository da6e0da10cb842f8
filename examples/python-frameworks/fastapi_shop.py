"""A shop with FastAPI."""

from __future__ import annotations

from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, Request
from fastapi.responses import PlainTextResponse
from ledger import UnknownOrder
from payseal import PaysealError, SignatureError
from shop import ACCOUNT, bitloga, ledger, place_order

app = FastAPI()


@app.post("/orders")
def order() -> dict[str, str]:
    """Places an order and says where to pay for it."""
    uniqueid, call = place_order()
    response = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
    invoice = call.parse(response.status_code, response.content)
    return {"uniqueid": uniqueid, "invoice": invoice.invoice}


# region callback
async def raw_body(request: Request) -> bytes:
    """The bytes as received: what is signed. A parameter that is a Pydantic model or a `dict` has been parsed."""
    return await request.body()


# A plain `def` runs in a thread of its own, so that the ledger may block. Only reading the body has to be awaited,
# which is why a dependency does it.
@app.post("/callback")
def callback(request: Request, body: Annotated[bytes, Depends(raw_body)]) -> PlainTextResponse:
    """Takes the gateway's word that an invoice was paid; anything but 200 makes the gateway deliver it again."""
    try:
        received = bitloga.verify_callback(body, request.headers)
        received.expect(amount=ledger.due(received.uniqueid), to=ACCOUNT["paysys"], purse=ACCOUNT["purse"])
    except SignatureError as error:
        return PlainTextResponse(error.code, 401)
    except (PaysealError, UnknownOrder) as error:
        return PlainTextResponse(error.code, 400)
    if received.status.is_paid:
        ledger.credit(received)
    return PlainTextResponse("ok")


# endregion callback


@app.get("/paid")
def paid() -> dict[str, str]:
    """What was paid, by order."""
    return ledger.paid()
