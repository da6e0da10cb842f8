"""A shop with nothing but the standard library: `http.server` to listen, `urllib` to call. Not for the open internet."""

from __future__ import annotations

import json
import sys
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ledger import UnknownOrder
from payseal import Call, Invoice, PaysealError, SignatureError
from shop import ACCOUNT, bitloga, ledger, place_order

LONGEST_BODY = 1 << 20  # More than a callback ever is.


class Handler(BaseHTTPRequestHandler):
    """Answers the three addresses of the shop."""

    def do_POST(self) -> None:
        if self.path == "/orders":
            self.order()
        elif self.path == "/callback":
            self.callback()
        else:
            self.answer(404, "not found")

    def do_GET(self) -> None:
        if self.path == "/paid":
            self.answer(200, json.dumps(ledger.paid()))
        else:
            self.answer(404, "not found")

    def order(self) -> None:
        """Places an order and says where to pay for it."""
        uniqueid, call = place_order()
        invoice = send(call)
        self.answer(200, json.dumps({"uniqueid": uniqueid, "invoice": invoice.invoice}))

    # region callback
    def callback(self) -> None:
        """Takes the gateway's word that an invoice was paid; anything but 200 makes the gateway deliver it again."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            return self.answer(400, "length")
        # The bytes as received: what is signed. Exactly as many as announced, since the connection may stay open.
        body = self.rfile.read(int(length))
        try:
            received = bitloga.verify_callback(body, self.headers)
            received.expect(amount=ledger.due(received.uniqueid), to=ACCOUNT["paysys"], purse=ACCOUNT["purse"])
        except SignatureError as error:
            return self.answer(401, error.code)
        except (PaysealError, UnknownOrder) as error:
            return self.answer(400, error.code)
        if received.status.is_paid:
            ledger.credit(received)
        self.answer(200, "ok")

    # endregion callback

    def answer(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Unredirected(HTTPRedirectHandler):
    """Hands over a redirect as it came: a signed request goes where it was meant to go, or nowhere."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def send(call: Call[Invoice]) -> Invoice:
    """Sends a call and reads the answer, whatever its status."""
    request = Request(call.url, data=call.body, headers=dict(call.headers), method=call.method)
    try:
        with build_opener(Unredirected).open(request, timeout=30) as response:
            return call.parse(response.status, response.read())
    except HTTPError as refusal:
        with refusal:
            return call.parse(refusal.code, refusal.read())


class Server(ThreadingHTTPServer):
    """A thread for every connection."""

    request_queue_size = 128  # The usual 5 turns away a burst of deliveries.


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
