"""Who is compared. Every contender shows that its results are right before its time counts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import platform
import ssl
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from importlib.metadata import version
from typing import Any, Callable, Optional

import msgspec
import orjson
import stripe
from payseal import Bitloga, SignatureError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from turns import Contender, Run, repeated

API_KEY = "api-key"
SECRET = "api-secret"
SECRET_BYTES = SECRET.encode()
STANDARD_SECRET = "whsec_" + base64.b64encode(b"api-secret-of-enough-bytes").decode()

INVOICE = {
    "uniqueid": "125",
    "paysys": "WMZ",
    "amount": "1.00",
    "purse": "Z123456789012",
    "paylist": "WMZ,WMR,WME",
    "comis": "payer",
    "desc": "Description",
}

Entrances = Mapping[str, Callable[[], Run]]
"""Contenders that have not been looked at yet: each checks its results before it runs."""

Receive = Callable[[], Any]
"""Verifies a callback and parses it."""


def contenders_of(group: dict[str, Any], plan: dict[str, Any]) -> list[Contender]:
    """The contenders of a group: all that can do its operation, or those it names. Where it has several workloads, they
    are called after these."""
    contenders = []
    for workload in group["workloads"]:
        entrances = OPERATIONS[group["operation"]](plan["workloads"][workload])
        for name, enter in entrances.items():
            if group.get("only") and name not in group["only"]:
                continue
            try:
                contenders.append(Contender(workload if len(group["workloads"]) > 1 else name, enter()))
            except Exception as error:
                raise RuntimeError(f"{group['operation']}, {workload}: {name}: {error}") from error
    return contenders


def versions() -> dict[str, str]:
    """The versions of everything that is compared."""
    packages = ("msgspec", "orjson", "payseal", "standardwebhooks", "stripe")
    return {
        "interpreter": platform.python_version(),
        "OpenSSL": ssl.OPENSSL_VERSION,
        **{package: version(package) for package in packages},
    }


def _client() -> Bitloga:
    return Bitloga(API_KEY, SECRET)


def _platform_verify(body: bytes, signature: str) -> bool:
    return hmac.compare_digest(hmac.digest(SECRET_BYTES, body, "sha512").hex(), signature)


def _wrong(signature: str) -> str:
    """The signature with its last digit changed."""
    return signature[:-1] + ("1" if signature.endswith("0") else "0")


# Verification alone.


def _verify(workload: dict[str, Any]) -> Entrances:
    body, signature = workload["body"].encode(), workload["signature"]

    def by_platform() -> Run:
        if not _platform_verify(body, signature) or _platform_verify(body, _wrong(signature)):
            raise ValueError("does not tell a right signature from a wrong one")
        return repeated(lambda: _platform_verify(body, signature))

    return {
        "payseal (a refusal: it always parses what it accepts)": lambda: _refusal_by_payseal(body, signature),
        "hmac.digest + compare_digest": by_platform,
    }


def _refuse(workload: dict[str, Any]) -> Entrances:
    body, signature = workload["body"].encode(), workload["signature"]
    webhook, headers = _of_standard_webhooks(body)
    secret, header = _of_stripe(body)
    other = body + b" "
    return {
        "payseal": lambda: _refusal_by_payseal(body, signature),
        "hmac.digest + compare_digest": lambda: repeated(lambda: _platform_verify(body, _wrong(signature))),
        "standardwebhooks": lambda: _refusal(lambda: webhook.verify(other, headers), WebhookVerificationError),
        "stripe": lambda: _refusal(
            lambda: stripe.Webhook.construct_event(other, header, secret), stripe.SignatureVerificationError
        ),
    }


def _refusal_by_payseal(body: bytes, signature: str) -> Run:
    client = _client()
    client.verify_callback(body, signature)
    wrong = _wrong(signature)
    return _refusal(lambda: client.verify_callback(body, wrong), SignatureError)


def _refusal(operation: Callable[[], object], expected: type[Exception]) -> Run:
    """An operation that has to raise."""

    def refused() -> None:
        try:
            operation()
        except expected:
            return
        raise ValueError("accepts a wrong signature")

    refused()
    return repeated(refused)


# Verification and parsing, after which every field is read.


class Callback(msgspec.Struct):
    """The documented fields; what else a callback holds is lost. msgspec reads the annotations, in Python 3.9 too."""

    to: str
    amount: Decimal
    type: str
    status: str
    invoiceid: int
    uniqueid: str
    purse: Optional[str] = None  # noqa: UP045
    dtag: Optional[str] = None  # noqa: UP045
    name: Optional[str] = None  # noqa: UP045
    surname: Optional[str] = None  # noqa: UP045


def _verify_and_parse(workload: dict[str, Any]) -> Entrances:
    body, signature = workload["body"].encode(), workload["signature"]

    def verified(parse: Callable[[bytes], Any]) -> Receive:
        def receive() -> Any:
            if not _platform_verify(body, signature):
                raise ValueError("refuses the callback")
            return parse(body)

        return receive

    client = _client()
    webhook, headers = _of_standard_webhooks(body)
    secret, header = _of_stripe(body)
    decode = msgspec.json.Decoder(Callback).decode
    as_attributes, as_items = _reading(workload, "callback.{}"), _reading(workload, "callback[{!r}]")
    contenders: dict[str, tuple[Receive, Callable[[Receive], Run]]] = {
        "payseal": (lambda: client.verify_callback(body, signature), as_attributes),
        "hmac.digest + json.loads(parse_float=Decimal)": (
            verified(lambda given: json.loads(given, parse_float=Decimal)),
            as_items,
        ),
        "hmac.digest + msgspec to a struct": (verified(decode), as_attributes),
        "hmac.digest + orjson (inexact)": (verified(orjson.loads), as_items),
        "standardwebhooks (SHA-256, inexact)": (lambda: webhook.verify(body, headers), as_items),
        "stripe (SHA-256, inexact)": (lambda: stripe.Webhook.construct_event(body, header, secret), as_items),
    }
    return {
        name: (lambda receive=receive, reading=reading: reading(receive))
        for name, (receive, reading) in contenders.items()
    }


def _reading(workload: dict[str, Any], access: str) -> Callable[[Receive], Run]:
    """Programs that receive a callback and read every field it has, after a check that it is right."""
    fields: dict[str, str] = workload["fields"]
    lines = ["def run(times):", "    for _ in range(times):", "        callback = receive()"]
    lines += [f"        {access.format(name)}" for name in fields]
    source = "\n".join(lines)

    def enter(receive: Receive) -> Run:
        callback = receive()
        for name, expected in fields.items():
            found = eval(access.format(name), {"callback": callback})
            if str(found) != expected and not (isinstance(found, float) and found == float(expected)):
                raise ValueError(f"reads {name} as {found!r}, not as {expected}")
        scope: dict[str, Any] = {"receive": receive}
        exec(source, scope)
        return scope["run"]  # type: ignore[no-any-return]

    return enter


# These two have signatures of their own, with the time in them.


def _of_standard_webhooks(body: bytes) -> tuple[Webhook, dict[str, str]]:
    webhook = Webhook(STANDARD_SECRET)
    now = datetime.now(tz=timezone.utc)
    return webhook, {
        "webhook-id": "msg_125",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": webhook.sign("msg_125", now, body.decode()),
    }


def _of_stripe(body: bytes) -> tuple[str, str]:
    secret, now = "whsec_secret", int(time.time())
    digits = hmac.digest(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hex()
    return secret, f"t={now},v1={digits}"


# Invoices.


def _sign_an_invoice(_workload: dict[str, Any]) -> Entrances:
    def by_hand() -> tuple[bytes, dict[str, str]]:
        body = json.dumps({"action": "invoice", **INVOICE, "amount": 1.0}, separators=(",", ":")).encode()
        signature = hmac.digest(SECRET_BYTES, body, "sha512").hex()
        return body, {"Content-type": "application/json", "X-APIKEY": API_KEY, "X-SIGNATURE": signature}

    client = _client()

    def by_payseal() -> tuple[bytes, dict[str, str]]:
        call = client.create_invoice(**INVOICE)
        return call.body, call.headers

    def signing(sign: Callable[[], tuple[bytes, dict[str, str]]]) -> Run:
        body, headers = sign()
        if json.loads(body) != {"action": "invoice", **INVOICE, "amount": 1}:
            raise ValueError(f"writes {body!r}")
        if not _platform_verify(body, headers["X-SIGNATURE"]):
            raise ValueError("signs something else")
        return repeated(sign)

    return {"payseal": lambda: signing(by_payseal), "json.dumps + hmac.digest": lambda: signing(by_hand)}


def _new_client(_workload: dict[str, Any]) -> Entrances:
    return {
        "payseal": lambda: repeated(_client),
        "standardwebhooks": lambda: repeated(lambda: Webhook(STANDARD_SECRET)),
        "stripe": lambda: repeated(lambda: stripe.StripeClient("sk_test_key")),
    }


OPERATIONS: Mapping[str, Callable[[dict[str, Any]], Entrances]] = {
    "verify": _verify,
    "verify and parse": _verify_and_parse,
    "refuse a wrong signature": _refuse,
    "sign an invoice": _sign_an_invoice,
    "new client": _new_client,
}
