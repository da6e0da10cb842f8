"""A shop with the server and the client of aiohttp."""

from __future__ import annotations

import asyncio

from aiohttp import ClientSession, web
from ledger import UnknownOrder
from payseal import PaysealError, SignatureError
from shop import ACCOUNT, bitloga, ledger, place_order

routes = web.RouteTableDef()


@routes.post("/orders")
async def order(_request: web.Request) -> web.Response:
    """Places an order and says where to pay for it."""
    uniqueid, call = await asyncio.to_thread(place_order)
    # A long-lived application keeps one session; see "Client Session" in the documentation of aiohttp.
    async with (
        ClientSession() as session,
        session.request(call.method, call.url, headers=call.headers, data=call.body, allow_redirects=False) as response,
    ):
        invoice = call.parse(response.status, await response.read())
    return web.json_response({"uniqueid": uniqueid, "invoice": invoice.invoice})


# region callback
@routes.post("/callback")
async def callback(request: web.Request) -> web.Response:
    """Takes the gateway's word that an invoice was paid; anything but 200 makes the gateway deliver it again."""
    # The bytes as received: what is signed. `request.json()` is parsed, and `request.text()` decodes by the
    # charset that the sender claims.
    body = await request.read()
    try:
        received = bitloga.verify_callback(body, request.headers)
        due = await asyncio.to_thread(ledger.due, received.uniqueid)  # The ledger blocks, the event loop must not.
        received.expect(amount=due, to=ACCOUNT["paysys"], purse=ACCOUNT["purse"])
    except SignatureError as error:
        return web.Response(text=error.code, status=401)
    except (PaysealError, UnknownOrder) as error:
        return web.Response(text=error.code, status=400)
    if received.status.is_paid:
        await asyncio.to_thread(ledger.credit, received)
    return web.Response(text="ok")


# endregion callback


@routes.get("/paid")
async def paid(_request: web.Request) -> web.Response:
    """What was paid, by order."""
    return web.json_response(await asyncio.to_thread(ledger.paid))


def create_app(_arguments: list[str]) -> web.Application:
    """The application, for `python -m aiohttp.web`."""
    app = web.Application()
    app.add_routes(routes)
    return app
