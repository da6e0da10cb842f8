"""What goes in: amounts, texts, bodies, secrets and headers of every kind."""

from __future__ import annotations

import array
import base64
import enum
import inspect
import io
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


class DisplayedShort(Decimal):
    """Shows two places, as classes of money do."""

    def __str__(self) -> str:
        return format(Decimal(self), ".2f")

    def __format__(self, *_: Any) -> str:
        return str(self)

    def adjusted(self) -> int:
        return 0


class DisplayedInteger(int):
    def __str__(self) -> str:
        return "7"

    __repr__ = __str__

    def __index__(self) -> int:
        return 7

    __int__ = __index__


class DisplayedText(str):
    def __str__(self) -> str:
        return "7"

    def encode(self, encoding: str = "", errors: str = "") -> bytes:
        return b"7"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1.00"), b"1.00"),
        (1, b"1"),
        (10**30, b"1" + b"0" * 30),
        ("0.10", b"0.10"),
        (Size.LARGE, b"7"),
        (Decimal("1E-7"), b"0.0000001"),
        (Decimal("0.00000001"), b"0.00000001"),
        (Decimal("1E+3"), b"1000"),
        (Decimal("1E-64"), b"1E-64"),
        (DisplayedShort("1.005"), b"1.005"),
        (DisplayedInteger(1005), b"1005"),
        (DisplayedInteger(10**30), b"1" + b"0" * 30),
        (DisplayedText("1.005"), b"1.005"),
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


Disguised: Any = type("Disguised", (), {"__class__": property(lambda _: Decimal)})
"""Passes ``isinstance``, and is no ``Decimal``."""


def test_objects_in_disguise_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="must be Decimal, int or str, not Disguised"):
        code(amount=Disguised())


@pytest.mark.parametrize(
    "text", ["0.00000001", "0.1", "1.00", "0.0000000", "123456789012345678901234.5", "100", "-0.00"]
)
def test_a_decimal_is_written_as_the_text_it_was_made_of(text: str) -> None:
    assert outcome(Decimal(text)) == outcome(text)


def outcome(amount: Any) -> Any:
    """The body, or why there is none."""
    try:
        return code(amount=amount)
    except InvalidInputError as error:
        return str(error)


def test_expectations_are_read_through_the_base_class() -> None:
    signed = BITLOGA.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    callback = BITLOGA.verify_callback(signed.body, signed.headers)
    with pytest.raises(payseal.MismatchError):
        callback.expect(amount=DisplayedShort("1.004"))


@pytest.mark.parametrize("name", ["to", "amount", "purse", "uniqueid"])
def test_an_expectation_of_none_is_an_error(name: str) -> None:
    callback = BITLOGA.verify_callback(SIGNED.body, SIGNATURE)
    expected: Any = {"to": "WMZ", "uniqueid": "125", name: None}
    with pytest.raises(InvalidInputError, match="is None: leave it out") as caught:
        callback.expect(**expected)
    assert caught.value.field == name


def test_the_signature_of_expect_says_what_is_left_out() -> None:
    assert "amount: 'payseal.types.Amount | NotGiven' = <not given>" in str(inspect.signature(payseal.Callback.expect))


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
    with pytest.raises(InvalidInputError, match="Did you mean 'order_id'"):
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


@pytest.mark.parametrize(
    ("make", "misspelt", "meant"),
    [
        (Bitloga, "baseURL", "base_url"),
        (Bitloga, "baseUrl", "base_url"),
        (Bitloga, "url", "base_url"),
        (Bitloga, "timeout", None),
        (Bitloga, "maxBody", "max_body"),
        (payseal.ApiForCrypto, "base_URL", "base_url"),
        (payseal.ApiForCrypto, "notificationSecret", "notification_secret"),
        (payseal.ApiForCrypto, "invoice_uri", "invoice_url"),
    ],
)
def test_unknown_client_options_are_type_errors_with_a_suggestion(make: Any, misspelt: str, meant: str | None) -> None:
    hint = rf"\. Did you mean '{meant}'\?$" if meant else "$"
    with pytest.raises(TypeError, match=rf"{make.__name__}\(\) got an unexpected keyword argument '{misspelt}'{hint}"):
        make(*(["api-key", "api-secret"] if make is Bitloga else ["wallet-id"]), **{misspelt: "http://127.0.0.1/"})


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


def cycle() -> list[Any]:
    """A list that contains itself."""
    items: list[Any] = []
    items.append(items)
    return items


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
        (io.BytesIO(SIGNED.body), "give what its read() returns"),
        (io.StringIO("{}"), "give what its read() returns"),
        (cycle(), "Flask request.get_data()"),
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


class SelfMapping(Mapping[str, Any]):
    """Contains itself, under any name."""

    def __getitem__(self, name: str) -> Any:
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(["headers", "multiValueHeaders"])

    def __len__(self) -> int:
        return 2


class SelfDict(dict[str, Any]):
    """As a dict that gives itself when it is asked for its items."""

    def items(self) -> Any:
        return [("headers", self), ("multiValueHeaders", self)]


def self_containing() -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers.update(headers=headers, multiValueHeaders=headers)
    return headers


def nested(levels: int) -> dict[str, Any]:
    headers: dict[str, Any] = {"X-SIGNATURE": SIGNATURE}
    for _ in range(levels):
        headers = {"headers": headers}
    return headers


@pytest.mark.parametrize(
    "make",
    [self_containing, SelfMapping, SelfDict, lambda: nested(30_000)],
    ids=["dict", "mapping", "subclass", "deep"],
)
def test_headers_without_end(make: Any) -> None:
    source = make()
    with pytest.raises(SignatureError) as caught:
        BITLOGA.verify_callback(SIGNED.body, source)
    assert caught.value.code == "signature_missing"
    assert BITLOGA.diagnose(SIGNED.body, source).cause == "signature_missing"
    while isinstance(source, dict) and source.get("headers") is not source:
        source = source.pop("headers", None)  # Python itself runs out of stack if it drops so many levels at once.


def test_headers_are_looked_for_one_level_down() -> None:
    assert BITLOGA.verify_callback(SIGNED.body, nested(1)).uniqueid == "125"
    with pytest.raises(SignatureError):
        BITLOGA.verify_callback(SIGNED.body, nested(2))


def test_arguments_that_contain_themselves() -> None:
    gateway = payseal.ApiForCrypto("wallet-id")
    given: Any = {"blockchain": "tron", "symbol": "USDT", "value": 1, "expiry": 20, "confirmations": 1}
    data: dict[str, Any] = {}
    data["order_id"] = data
    price: dict[str, Any] = {}
    price["currency"] = price
    for name, group, field in (("data", data, "data.order_id"), ("fiatCurrency", price, "fiatCurrency.currency")):
        with pytest.raises(InvalidInputError) as caught:
            gateway.create_invoice(**{**given, name: group})
        assert caught.value.field == field
    for argument in (cycle(), data):
        with pytest.raises(InvalidInputError):
            code(amount=argument)
    with pytest.raises(InvalidInputError) as caught:
        Bitloga("api-key", cycle())
    assert caught.value.code == "invalid_secret"


@pytest.mark.parametrize("source", [5, object(), [1, 2], [("X-SIGNATURE",)], "ab".join])
def test_sources_that_are_no_headers(source: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        BITLOGA.verify_callback(SIGNED.body, source)
    assert caught.value.field == "source"


@pytest.mark.parametrize("status", [None, "200", 200.0, -1, 70_000, b"200", True])
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


def test_diagnose_by_the_secret() -> None:
    signed = Bitloga("api-key", "the secret").sign_callback_body(b"{}")

    def cause(of_client: str | bytes, secret: str | bytes | bytearray | None) -> str:
        return Bitloga("api-key", of_client).diagnose(signed.body, signed.headers, secret=secret).cause

    assert cause("'the secret'", "'the secret'") == "secret_wrapped"
    assert cause("API_SECRET='the secret'", bytearray(b"API_SECRET='the secret'\n")) == "secret_wrapped"
    encoded = base64.b64encode(b"the secret")
    assert cause(encoded, encoded) == "secret_encoded"
    assert cause("another", "the secret") == "secret_differs"
    assert cause("another", None) == "other"
    with pytest.raises(payseal.InvalidInputError, match="must be str or bytes"):
        BITLOGA.diagnose(SIGNED.body, SIGNATURE, secret=5)  # type: ignore[arg-type]


def test_diagnose_by_other_headers() -> None:
    for headers in (
        {"X_Signature": SIGNATURE},
        [(b"x-original-signature", b"sha512=" + SIGNATURE.encode())],
        {"headers": {"x-forwarded-signature": SIGNATURE}},
    ):
        assert BITLOGA.diagnose(SIGNED.body, headers).cause == "signature_in_another_header"
    assert BITLOGA.diagnose(SIGNED.body, {"HTTP_X_SIGNATURE": SIGNATURE}).cause == "valid"
    assert BITLOGA.diagnose(SIGNED.body, {"stripe-signature": "t=1,v1=00"}).cause == "other_sender"
    assert BITLOGA.diagnose(SIGNED.body, {"x-api-key": SIGNATURE}).cause == "signature_missing"
    assert BITLOGA.diagnose(b'{"secret_key":"k"}', {}).cause == "other_gateway"
