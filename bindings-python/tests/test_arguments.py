"""What goes in: amounts, texts, bodies, secrets and headers of every kind."""

from __future__ import annotations

import array
import enum
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from email.message import Message
from types import MappingProxyType
from typing import Any, cast

import httpx
import payseal
import pytest
from payseal import Bitloga, InvalidInputError, SignatureError

BITLOGA = Bitloga("api-key", "api-secret")
SIGNED = BITLOGA.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
SIGNATURE = SIGNED.headers["X-SIGNATURE"]


def code(**arguments: Any) -> Any:
    return BITLOGA.create_code(**{"amount": 1, "currency": "USD", **arguments}).body


class Size(enum.IntEnum):
    LARGE = 7


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1.00"), b"1.00"),
        (1, b"1"),
        (10**30, b"1" + b"0" * 30),
        ("0.10", b"0.10"),
        (Size.LARGE, b"7"),
        (Decimal("1E-7"), b"1E-7"),
    ],
)
def test_amounts(amount: Any, written: bytes) -> None:
    assert b'"amount":' + written + b"," in code(amount=amount)


@pytest.mark.parametrize(
    "amount",
    [1.5, True, b"1", [], object(), Decimal("NaN"), Decimal("Infinity"), 10**5000, "1,5", "\ud800", 1j],
    ids=lambda amount: type(amount).__name__,
)
def test_amounts_that_are_none(amount: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        code(amount=amount)
    assert (caught.value.code, caught.value.field) == ("invalid_input", "amount")


def test_floats_are_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match=r'not exact: give Decimal\("1\.25"\)'):
        code(amount=1.25)


@pytest.mark.parametrize("text", [5, b"USD", True, 1.0, ["USD"], "\ud800"])
def test_texts_that_are_none(text: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        code(currency=text)
    assert caught.value.field == "currency"


@pytest.mark.parametrize("limit", [True, 1.0, "1", 2**70])
def test_integers_that_are_none(limit: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.list_codes(limit=limit)
    assert caught.value.field == "limit"


def test_groups() -> None:
    gateway = payseal.ApiForCrypto("wallet-id")
    given: Any = {"blockchain": "tron", "symbol": "USDT", "value": 1, "expiry": 20, "confirmations": 1}
    for data in ({"order_id": "o"}, MappingProxyType({"order_id": "o"})):
        body: Any = gateway.create_invoice(**given, data=cast(Any, data)).body
        assert b'"data":{"order_id":"o"}' in body
    unknown: Any = {"orderid": "o"}
    with pytest.raises(InvalidInputError, match="there are order_id"):
        gateway.create_invoice(**given, data=unknown)
    wrong: Any
    for wrong in ("text", 5, [("order_id", "o")], {1: "o"}):
        with pytest.raises(InvalidInputError) as caught:
            gateway.create_invoice(**given, data=wrong)
        assert caught.value.field == "data"


def test_unknown_arguments_are_type_errors_with_a_suggestion() -> None:
    misspelt: Any = {"uniqueid": "1", "paysis": "WMZ", "amount": 1}
    with pytest.raises(TypeError, match=r"create_invoice\(\).*'paysis'. Did you mean 'paysys'\?"):
        BITLOGA.create_invoice(**misspelt)
    callback = BITLOGA.verify_callback(SIGNED.body, SIGNATURE)
    with pytest.raises(TypeError, match="Did you mean 'uniqueid'"):
        callback.expect(**{"unique_id": "125"})
    with pytest.raises(TypeError, match="missing 1 required"):
        BITLOGA.details()  # type: ignore[call-arg]


@pytest.mark.parametrize("secret", [None, 5, [], [None], {}, " a", b"", bytearray(b"\n"), "\ud800"])
def test_secrets_that_are_none(secret: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Bitloga("api-key", secret)
    assert caught.value.code == "invalid_secret"


def test_secrets_of_every_kind() -> None:
    for secret in ("api-secret", b"api-secret", bytearray(b"api-secret")):
        assert Bitloga("api-key", secret).verify_callback(SIGNED.body, SIGNATURE).secret_index == 0
    assert Bitloga("api-key", ["new", "api-secret"]).verify_callback(SIGNED.body, SIGNATURE).secret_index == 1
    assert Bitloga("api-key", (b"new", b"api-secret")).verify_callback(SIGNED.body, SIGNATURE).secret_index == 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"api_key": None}, "api_key"),
        ({"api_key": "a b"}, "api_key"),
        ({"base_url": "bitloga.com"}, "base_url"),
        ({"base_url": 5}, "base_url"),
        ({"max_body": -1}, "max_body"),
        ({"max_body": True}, "max_body"),
    ],
)
def test_constructors_check(options: Any, field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Bitloga(**{"api_key": "api-key", "api_secret": "api-secret", **options})
    assert caught.value.field == field


def test_max_body() -> None:
    small = Bitloga("api-key", "api-secret", max_body=10)
    with pytest.raises(payseal.MalformedError):
        small.verify_callback(SIGNED.body, SIGNATURE)


BODIES = [SIGNED.body, bytearray(SIGNED.body), memoryview(SIGNED.body), memoryview(bytearray(SIGNED.body))]


@pytest.mark.parametrize("body", [*BODIES, SIGNED.body.decode(), memoryview(SIGNED.body[::-1])[::-1]])
def test_bodies(body: Any) -> None:
    assert BITLOGA.verify_callback(body, SIGNATURE).uniqueid == "125"


async def unawaited() -> bytes:
    return b""


@pytest.mark.parametrize(
    ("body", "cure"),
    [
        ({"to": "WMZ"}, "Flask request.get_data()"),
        ([1], "Django request.body"),
        (None, "FastAPI"),
        (array.array("b", b"{}"), "aiohttp"),
        (SIGNED.body.decode, "call it"),
        (httpx.Response(200), "response.content"),
    ],
)
def test_bodies_that_were_parsed(body: Any, cure: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.verify_callback(body, SIGNATURE)
    assert caught.value.code == "body_not_raw"
    assert cure in str(caught.value)


def test_bodies_that_were_not_awaited() -> None:
    body: Any = unawaited()
    with pytest.raises(InvalidInputError, match="await it first"):
        BITLOGA.verify_callback(body, SIGNATURE)
    body.close()


def test_text_with_surrogates_is_no_callback() -> None:
    with pytest.raises(SignatureError):
        BITLOGA.verify_callback(SIGNED.body.decode() + "\udcff", SIGNATURE)


class Pairs:
    """As Werkzeug's and Starlette's: `items` gives every pair, repeated names included."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def items(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


class CustomMapping(Mapping[str, str]):
    def __getitem__(self, name: str) -> str:
        return {"x-signature": SIGNATURE}[name]

    def __iter__(self) -> Iterator[str]:
        return iter(["x-signature"])

    def __len__(self) -> int:
        return 1


MESSAGE = Message()
MESSAGE["X-Signature"] = SIGNATURE


@pytest.mark.parametrize(
    "source",
    [
        SIGNATURE,
        SIGNATURE.upper(),
        SIGNATURE.encode(),
        bytearray(SIGNATURE.encode()),
        {"X-SIGNATURE": SIGNATURE},
        {"x-signature": SIGNATURE.encode(), "Host": "shop.example"},
        {b"x-signature": SIGNATURE.encode()},
        {"X-Signature": [SIGNATURE, SIGNATURE]},
        {"X-Signature": f"{SIGNATURE}, {SIGNATURE.upper()}"},
        {"HTTP_X_SIGNATURE": SIGNATURE, "wsgi.version": (1, 0), "REQUEST_METHOD": "POST"},
        OrderedDict({"X-Signature": SIGNATURE}),
        MappingProxyType({"X-Signature": SIGNATURE}),
        CustomMapping(),
        MESSAGE,
        Pairs(("Host", "shop.example"), ("X-Signature", SIGNATURE)),
        [("Host", "shop.example"), ("X-Signature", SIGNATURE)],
        ((b"host", b"shop.example"), (b"x-signature", SIGNATURE.encode())),
        httpx.Headers({"X-Signature": SIGNATURE}),
        {"headers": {"x-signature": SIGNATURE}, "body": "…", "isBase64Encoded": False},
        {"headers": {"x-signature": SIGNATURE}, "multiValueHeaders": {"x-signature": [SIGNATURE]}},
        {"headers": None, "multiValueHeaders": {"X-Signature": [SIGNATURE]}},
    ],
    ids=lambda source: type(source).__name__,
)
def test_sources(source: Any) -> None:
    assert BITLOGA.verify_callback(SIGNED.body, source).uniqueid == "125"


OTHER = "0" * 128


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (None, "signature_missing"),
        ("", "signature_missing"),
        (b"", "signature_missing"),
        ({}, "signature_missing"),
        ([], "signature_missing"),
        ({"X-Signature": ""}, "signature_missing"),
        ({"X-Signature": None}, "signature_missing"),
        ({"X-Signature-2": SIGNATURE}, "signature_missing"),
        ({"X_SIGNATURE": SIGNATURE}, "signature_missing"),
        ({"X-SIGNATURE": SIGNATURE, "x-signature": OTHER}, "signature_ambiguous"),
        ({"X-SIGNATURE": [SIGNATURE, OTHER]}, "signature_ambiguous"),
        ({"X-SIGNATURE": f"{SIGNATURE},{OTHER}"}, "signature_ambiguous"),
        ([("X-SIGNATURE", SIGNATURE), ("X-SIGNATURE", OTHER)], "signature_ambiguous"),
        (httpx.Headers([("X-SIGNATURE", SIGNATURE), ("X-SIGNATURE", OTHER)]), "signature_ambiguous"),
        (Pairs(("X-SIGNATURE", SIGNATURE), ("X-SIGNATURE", OTHER)), "signature_ambiguous"),
        (b"\xff" * 128, "signature_malformed"),
        ("\ud800" * 128, "signature_malformed"),
        ("ж" * 128, "signature_malformed"),
        ({"X-SIGNATURE": SIGNATURE[1:]}, "signature_malformed"),
        (OTHER, "signature_mismatch"),
    ],
)
def test_sources_that_are_none(source: Any, code: str) -> None:
    with pytest.raises(SignatureError) as caught:
        BITLOGA.verify_callback(SIGNED.body, source)
    assert caught.value.code == code
    assert not isinstance(caught.value, ValueError)


@pytest.mark.parametrize("source", [5, object(), [1, 2], [("X-SIGNATURE",)], "ab".join])
def test_sources_that_are_no_headers(source: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.verify_callback(SIGNED.body, source)
    assert caught.value.field == "source"


@pytest.mark.parametrize("status", [None, "200", 200.0, -1, 70_000, b"200"])
def test_statuses_that_are_none(status: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.balances().parse(status, b"{}")
    assert caught.value.field == "status"


def test_diagnose() -> None:
    assert BITLOGA.diagnose(SIGNED.body, SIGNED.headers).cause == "valid"
    diagnosis = BITLOGA.diagnose(SIGNED.body + b"\n", SIGNED.headers)
    assert diagnosis.cause == "body_wrapped"
    assert "exactly as received" in diagnosis.message
    assert BITLOGA.diagnose(SIGNED.body.replace(b":", b": "), SIGNATURE).cause == "body_rewritten"
    assert BITLOGA.diagnose(b"", SIGNATURE).cause == "body_empty"
    assert BITLOGA.diagnose(repr(SIGNED.body), SIGNATURE).cause == "body_printed"
    short = Bitloga("api-key", "api-secret", max_body=10)
    assert short.diagnose(SIGNED.body, SIGNATURE).cause == "body_too_long"
