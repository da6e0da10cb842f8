"""Same vectors, same bytes, same codes as Rust and JavaScript."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import payseal
import pytest
from payseal import Bitloga, PaysealError
from vectors import (
    BAD_INPUTS,
    GATEWAYS,
    Json,
    arguments_of,
    assert_same,
    body_of,
    call_of,
    client_of,
    source_of,
)


def vectors(section: str) -> list[Any]:
    """The vectors of a section of both gateways."""
    return [
        pytest.param(gateway, vector, id=f"{gateway}: {vector['name']}")
        for gateway, file in GATEWAYS.items()
        for vector in file.get(section, [])
    ]


@pytest.mark.parametrize(("gateway", "vector"), vectors("calls"))
def test_calls(gateway: str, vector: Json) -> None:
    call = getattr(client_of(gateway, vector), vector["method"])(**arguments_of(vector["input"]))
    request = vector["request"]
    assert (call.method, call.url) == (request["method"], request["url"])
    assert list(call.headers.items()) == [tuple(header) for header in request["headers"]]
    assert call.body == (body_of(request["body"]) if "body" in request else None)


PLAIN = re.compile(r"-?\d+(\.\d+)?")
AMOUNTS = ("amount", "pay_amount", "value")


@pytest.mark.parametrize(("gateway", "vector"), vectors("calls"))
def test_calls_with_decimals(gateway: str, vector: Json) -> None:
    """The bytes are those of the text that a ``Decimal`` was made of, unless that has an exponent."""
    arguments = arguments_of(vector["input"])
    for name in AMOUNTS:
        if PLAIN.fullmatch(arguments.get(name, "")):
            arguments[name] = Decimal(arguments[name])
    call = getattr(client_of(gateway, vector), vector["method"])(**arguments)
    assert call.body == (body_of(vector["request"]["body"]) if "body" in vector["request"] else None)


@pytest.mark.parametrize(("gateway", "vector"), vectors("answers"))
def test_answers(gateway: str, vector: Json) -> None:
    call = call_of(gateway, vector["method"], client_of(gateway, vector))
    body = body_of(vector["body"])
    answer = call.parse(vector["status"], body)
    assert_same(answer, vector["value"])
    for form in (bytearray(body), memoryview(body), body.decode()):
        assert call.parse(vector["status"], form) == answer


@pytest.mark.parametrize(("gateway", "vector"), vectors("callbacks"))
def test_callbacks(gateway: str, vector: Json) -> None:
    client = client_of(gateway, vector)
    assert isinstance(client, Bitloga)
    callback = client.verify_callback(body_of(vector["body"]), source_of(vector["signature"]))
    assert_same(callback, vector["value"])
    assert callback.event_id == vector["event_id"]
    assert callback.secret_index == vector["secret_index"]
    if "expect" in vector:
        callback.expect(**vector["expect"])


@pytest.mark.parametrize(("gateway", "vector"), vectors("notifications"))
def test_notifications(gateway: str, vector: Json) -> None:
    client = client_of(gateway, vector)
    assert isinstance(client, payseal.ApiForCrypto)
    notification = client.verify_notification(body_of(vector["body"]), vector.get("secret_key"))
    assert_same(notification, vector["value"])
    assert notification.event_id == vector["event_id"]


WRITABLE = [vector for vector in BAD_INPUTS if "python" not in vector.get("unwritable_in", [])]


@pytest.mark.parametrize("vector", WRITABLE, ids=lambda vector: vector["name"])
def test_bad_inputs(vector: Json) -> None:
    client = None if vector["operation"] == "construct" else client_of(vector["gateway"], vector)
    with pytest.raises(PaysealError) as caught:
        attempt(vector, client)
    error = caught.value
    assert error.code == vector["code"]
    for name in ("field", "retryable", "reason"):
        if name in vector:
            assert getattr(error, name) == vector[name], name
    if error.code in ("rejected", "http_status"):
        assert error.status == vector["status"]
    for text in vector.get("mentions", []):
        assert text in str(error)
    assert_discreet(error, vector)
    assert isinstance(error, ValueError) == (error.code in ("invalid_input", "invalid_secret", "body_not_raw"))
    if client is not None:
        assert_works(vector["gateway"], client)


@pytest.mark.parametrize(
    "vector", [vector for vector in BAD_INPUTS if vector not in WRITABLE], ids=lambda vector: vector["name"]
)
def test_missing_arguments_are_type_errors(vector: Json) -> None:
    assert vector["code"] == "invalid_input"
    with pytest.raises(TypeError, match=vector["field"]):
        attempt(vector, client_of(vector["gateway"], vector))


def attempt(vector: Json, client: Any) -> None:
    """Does what the vector says must fail."""
    operation = vector["operation"]
    if operation == "construct" and vector["gateway"] == "bitloga":
        Bitloga("api-key", vector["secret"])
    elif operation == "construct":
        payseal.ApiForCrypto("wallet-id", vector["secret"])
    elif operation == "call":
        getattr(client, vector["method"])(**arguments_of(vector["input"]))
    elif operation == "parse":
        call_of(vector["gateway"], vector["method"], client).parse(vector["status"], body_of(vector["body"]))
    elif operation == "verify_notification":
        client.verify_notification(body_of(vector["body"]), vector.get("secret_key"))
    else:
        callback = client.verify_callback(body_of(vector["body"]), source_of(vector["signature"]))
        assert operation == "expect", "a bad callback was accepted"
        callback.expect(**vector["expect"])


def assert_discreet(error: PaysealError, vector: Json) -> None:
    """The text of an error holds no secret, no signature and no body."""
    client = vector.get("client") or GATEWAYS[vector["gateway"]]["client"]
    hidden = [vector.get("secret"), vector.get("secret_key"), client.get("api_secret")]
    hidden += [client.get("notification_secret"), *vector.get("secrets", [])]
    signature = vector.get("signature")
    hidden += signature if isinstance(signature, list) else [signature]
    body = vector.get("body")
    if body is not None and isinstance(body_of(body), bytes):
        hidden.append(body_of(body).decode("utf-8", "replace"))
    for text in hidden:
        if text is not None and len(text) >= 8:
            assert text not in str(error)
            assert text not in repr(error)


def assert_works(gateway: str, client: Any) -> None:
    """The client still does its work."""
    if gateway == "bitloga":
        signed = client.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
        assert client.verify_callback(signed.body, signed.headers).event_id == "Invoice:5:Payed"
    else:
        assert client.wallet().method == "GET"
