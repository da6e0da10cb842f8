"""Secrets that no client takes and calls that break a rule of the documents: one rule broken in each."""

from __future__ import annotations

from collections.abc import Sequence

from .apiforcrypto_calls import STATELESS
from .bitloga_calls import DIGITS_64
from .forms import Json, Vector, vector

Input = dict[str, Json]

INVOICE: Input = {"uniqueid": "125", "paysys": "WMZ", "amount": "1.00", "purse": "Z123456789012"}
PRICED_BY_PAYER: Input = {"uniqueid": "126", "paysys": "WMZ", "pay_amount": "1500.00", "paylist": "SBP_RUB"}
WITHDRAWAL: Input = {
    "uniqueid": "135",
    "currency": "USD",
    "paysys": "WMZ",
    "amount": "10.00",
    "purse": "Z123456789012",
}
CODE: Input = {"amount": "1.00", "currency": "USD"}
CRYPTO: Input = {"blockchain": "tron", "symbol": "USDT", "value": "1000000", "expiry": 15, "confirmations": 1}
FIAT: Input = {
    "blockchain": "bitcoin",
    "symbol": "BTC",
    "fiatCurrency": {"currency": "USD", "value": "10"},
    "expiry": 15,
    "confirmations": 1,
}
ABSENT = None

# Added to a number, it is beyond 32 bits, and would be inside every limit if the upper bits were lost.
WRAPS_TO_ZERO = 2**32

BAD_SECRETS: dict[str, str] = {
    "empty": "",
    "a blank": " ",
    "only blanks": " \t\r\n",
    "a blank before it": " secret",
    "a blank behind it": "secret ",
    "a tab before it": "\tsecret",
    "a line feed behind it": "secret\n",
    "a carriage return and a line feed behind it": "secret\r\n",
}

NOT_AMOUNTS: dict[str, str] = {
    "empty": "",
    "a blank": " ",
    "a word": "many",
    "a comma": "1,00",
    "a blank before it": " 1.00",
    "a line feed behind it": "1.00\n",
    "a plus sign": "+1",
    "no digit before the point": ".5",
    "no digit behind the point": "1.",
    "a leading zero": "01.00",
    "two points": "1.0.0",
    "an underscore": "1_000",
    "hexadecimal": "0x10",
    "no digits in the exponent": "1e",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "digits that are not ASCII": "１２",
    "65 digits": DIGITS_64 + "5",
    "65 digits around a point": "1." + DIGITS_64,
    "10,000 digits": "9" * 10_000,
    "exponent 65": "1e65",
    "exponent -65": "1e-65",
    "exponent 999999999": "1e999999999",
    "an exponent beyond 64 bits": "1e18446744073709551617",
}
NOT_POSITIVE = ("0", "0.00", "0e5", "-0", "-1.00")

BAD_TEXTS: dict[str, str] = {
    "empty": "",
    "only blanks": " \t\n",
    "a NUL": "a\x00b",
    "1025 characters": "a" * 1025,
}
BAD_URLS: dict[str, str] = {
    "without a scheme": "shop.example/callback",
    "relative": "/callback",
    "scheme left out": "//shop.example/callback",
    "ftp": "ftp://shop.example/callback",
    "javascript": "javascript:alert(1)",
    "mailto": "mailto:shop@shop.example",
    "without a host": "https://",
    "a path without a host": "https:///callback",
    "a query without a host": "https://?a=1",
    "a port without a host": "https://:443/",
    "2049 characters": "https://shop.example/" + "a" * 2028,
}


def construct(gateway: str, case: str, secret: str) -> Vector:
    """A secret that a client refuses."""
    return vector(
        name=f"{gateway}: secret: {case}", gateway=gateway, operation="construct", secret=secret, code="invalid_secret"
    )


def refused(
    gateway: str,
    method: str,
    field: str,
    case: str,
    inputs: Input,
    unwritable_in: Sequence[str] | None = None,
    client: dict[str, Json] | None = None,
) -> Vector:
    """A call that is refused because of `field`. An input of `ABSENT` is left out."""
    return vector(
        name=f"{gateway}: {method}: {field}: {case}",
        gateway=gateway,
        operation="call",
        client=client,
        method=method,
        input={name: value for name, value in inputs.items() if value is not ABSENT},
        unwritable_in=unwritable_in,
        code="invalid_input",
        field=field,
    )


def bitloga(method: str, field: str, case: str, inputs: Input, unwritable_in: Sequence[str] | None = None) -> Vector:
    """A refused call of Bitloga."""
    return refused("bitloga", method, field, case, inputs, unwritable_in)


def apiforcrypto(field: str, case: str, inputs: Input, unwritable_in: Sequence[str] | None = None) -> Vector:
    """A refused invoice of Api for Crypto."""
    return refused("apiforcrypto", "create_invoice", field, case, inputs, unwritable_in)


def bad_texts(method: str, valid: Input, fields: Sequence[str]) -> list[Vector]:
    """Every text parameter of a Bitloga method, broken in every way a text can be."""
    return [
        bitloga(method, field, case, {**valid, field: text}) for field in fields for case, text in BAD_TEXTS.items()
    ]


def missing(method: str, valid: Input, fields: Sequence[str]) -> list[Vector]:
    """Every mandatory parameter of a Bitloga method, left out: only JavaScript has no required arguments."""
    return [bitloga(method, field, "missing", {**valid, field: ABSENT}, ["rust", "python"]) for field in fields]


SECRETS: list[Vector] = [
    construct(gateway, case, secret) for gateway in ("bitloga", "apiforcrypto") for case, secret in BAD_SECRETS.items()
]

BITLOGA_TEXTS: list[Vector] = (
    bad_texts("balances", {}, ["currency"])
    + bad_texts(
        "create_invoice",
        {**INVOICE, "name": "Ivan", "surname": "Ivanov"},
        ["uniqueid", "paysys", "purse", "paylist", "dtag", "email", "name", "surname"],
    )
    + bad_texts(
        "withdraw",
        {**WITHDRAWAL, "name": "Ivan", "surname": "Ivanov"},
        ["uniqueid", "currency", "paysys", "purse", "dtag", "name", "surname"],
    )
    + bad_texts("details", {"uniqueid": "135"}, ["uniqueid"])
    + bad_texts("create_code", CODE, ["currency", "pass"])
    + bad_texts("apply_code", {"code": "wf9g-amrf-2o9t-831u"}, ["code", "pass"])
    + bad_texts("list_codes", {}, ["code", "currency", "status"])
    + [
        bitloga("create_invoice", "desc", "empty", {**INVOICE, "desc": ""}),
        bitloga("create_invoice", "desc", "a NUL", {**INVOICE, "desc": "a\x00"}),
        bitloga("create_invoice", "desc", "8193 characters", {**INVOICE, "desc": "a" * 8193}),
        bitloga("create_code", "desc", "only blanks", {**CODE, "desc": " \n "}),
        bitloga("create_code", "desc", "8193 characters", {**CODE, "desc": "a" * 8193}),
        bitloga("details", "uniqueid", "1025 characters of two bytes", {"uniqueid": "я" * 1025}),
    ]
)

BITLOGA_MISSING: list[Vector] = (
    missing("create_invoice", INVOICE, ["uniqueid", "paysys"])
    + missing("withdraw", WITHDRAWAL, ["uniqueid", "currency", "paysys", "amount", "purse"])
    + missing("details", {"uniqueid": "135"}, ["uniqueid"])
    + missing("create_code", CODE, ["amount", "currency"])
    + missing("apply_code", {"code": "wf9g-amrf-2o9t-831u"}, ["code"])
)

BITLOGA_AMOUNTS: list[Vector] = (
    [bitloga("create_invoice", "amount", case, {**INVOICE, "amount": text}) for case, text in NOT_AMOUNTS.items()]
    + [bitloga("create_invoice", "amount", text, {**INVOICE, "amount": text}) for text in NOT_POSITIVE]
    + [
        bitloga(method, field, text, {**valid, field: text})
        for method, field, valid in (
            ("create_invoice", "pay_amount", PRICED_BY_PAYER),
            ("withdraw", "amount", WITHDRAWAL),
            ("create_code", "amount", CODE),
            ("list_codes", "amount", {}),
        )
        for text in ("many", "0", "-1.00")
    ]
)

BITLOGA_RULES: list[Vector] = [
    bitloga("create_invoice", "amount", "neither amount nor pay_amount", {**INVOICE, "amount": ABSENT}),
    bitloga("create_invoice", "paylist", "pay_amount without paylist", {**PRICED_BY_PAYER, "paylist": ABSENT}),
    bitloga("create_invoice", "paylist", "pay_amount with two codes", {**PRICED_BY_PAYER, "paylist": "SBP_RUB,WMZ"}),
    bitloga(
        "create_invoice",
        "paylist",
        "amount and pay_amount with two codes",
        {**PRICED_BY_PAYER, "amount": "1.00", "paylist": "SBP_RUB,WMZ"},
    ),
    *[
        bitloga("create_invoice", "paylist", f"an empty entry: {paylist}", {**INVOICE, "paylist": paylist})
        for paylist in ("WMZ,", ",WMZ", "WMZ,,WMR", "WMZ, ,WMR", ",", ",,")
    ],
    bitloga("create_invoice", "paylist", "pay_amount, an empty entry", {**PRICED_BY_PAYER, "paylist": "SBP_RUB,"}),
    bitloga("create_invoice", "comis", "an unknown word", {**INVOICE, "comis": "buyer"}),
    bitloga("create_invoice", "comis", "in another case", {**INVOICE, "comis": "Payer"}),
    bitloga("list_codes", "status", "an unknown word", {"status": "Used"}),
    bitloga("list_codes", "status", "in another case", {"status": "active"}),
    bitloga("create_invoice", "comis", "empty", {**INVOICE, "comis": ""}),
    bitloga("list_codes", "limit", "0", {"limit": 0}),
    bitloga("list_codes", "limit", "101", {"limit": 101}),
    bitloga("list_codes", "limit", "negative", {"limit": -1}),
    bitloga("list_codes", "limit", "beyond 32 bits", {"limit": WRAPS_TO_ZERO + 10}),
    bitloga("list_codes", "offset", "negative", {"offset": -1}),
]

BITLOGA_URLS: list[Vector] = (
    [bitloga("create_invoice", "callbackurl", case, {**INVOICE, "callbackurl": url}) for case, url in BAD_URLS.items()]
    + [
        bitloga("create_invoice", field, "relative", {**INVOICE, field: "/thanks"})
        for field in ("successurl", "failurl")
    ]
    + [
        bitloga("create_invoice", field, "empty", {**INVOICE, field: ""})
        for field in ("callbackurl", "successurl", "failurl")
    ]
)

CRYPTO_TEXTS: list[Vector] = (
    [
        apiforcrypto(field, case, {**CRYPTO, field: text})
        for field in ("blockchain", "symbol", "secret_key")
        for case, text in BAD_TEXTS.items()
    ]
    + [
        apiforcrypto(f"data.{field}", case, {**CRYPTO, "data": {field: text}})
        for field in ("order_id", "title")
        for case, text in BAD_TEXTS.items()
    ]
    + [
        apiforcrypto(f"data.{field}", case, {**CRYPTO, "data": {field: text}})
        for field in ("description", "user_data")
        for case, text in (("empty", ""), ("a NUL", "\x00"), ("8193 characters", "a" * 8193))
    ]
    + [
        apiforcrypto("fiatCurrency.currency", case, {**FIAT, "fiatCurrency": {"currency": text, "value": "10"}})
        for case, text in BAD_TEXTS.items()
    ]
    + [refused("apiforcrypto", "invoice", "uuid", case, {"uuid": text}) for case, text in BAD_TEXTS.items()]
    + [refused("apiforcrypto", "invoice", "uuid", f"only dots: {dots}", {"uuid": dots}) for dots in (".", "..")]
)

CRYPTO_URLS: list[Vector] = [
    apiforcrypto("data.url_callback", case, {**CRYPTO, "data": {"url_callback": url}}) for case, url in BAD_URLS.items()
] + [
    apiforcrypto(f"data.{field}", "without a scheme", {**CRYPTO, "data": {field: "shop.example/thanks"}})
    for field in ("url_success", "url_failed")
]

CRYPTO_PRICES: list[Vector] = (
    [
        apiforcrypto("value", "no price at all", {**CRYPTO, "value": ABSENT}),
        apiforcrypto(
            "value", "fiatCurrency without a value", {**FIAT, "fiatCurrency": {"currency": "USD", "percent": 5}}
        ),
        apiforcrypto("value", "fiatCurrency with only a currency", {**FIAT, "fiatCurrency": {"currency": "USD"}}),
        apiforcrypto("value", "priced in crypto and in fiat", {**FIAT, "value": "1000000"}),
        apiforcrypto("fiatCurrency.currency", "missing", {**FIAT, "fiatCurrency": {"value": "10"}}),
        apiforcrypto(
            "fiatCurrency.percent",
            "not an integer",
            {**FIAT, "fiatCurrency": {"currency": "USD", "value": "10", "percent": "2.5"}},
            ["rust"],
        ),
    ]
    + [
        apiforcrypto("value", case, {**CRYPTO, "value": text})
        for case, text in (("not an integer", "1.5"), ("zero", "0"), ("negative", "-1"), ("a word", "many"))
    ]
    + [
        apiforcrypto("fiatCurrency.value", case, {**FIAT, "fiatCurrency": {"currency": "USD", "value": text}})
        for case, text in (("not an integer", "9.99"), ("zero", "0"), ("negative", "-10"), ("a word", "many"))
    ]
)

CRYPTO_LIMITS: list[Vector] = [
    apiforcrypto("expiry", "14", {**CRYPTO, "expiry": 14}),
    apiforcrypto("expiry", "41", {**CRYPTO, "expiry": 41}),
    apiforcrypto("expiry", "0", {**CRYPTO, "expiry": 0}),
    apiforcrypto("expiry", "negative", {**CRYPTO, "expiry": -15}),
    apiforcrypto("expiry", "beyond 32 bits", {**CRYPTO, "expiry": WRAPS_TO_ZERO + 20}),
    apiforcrypto("confirmations", "negative", {**CRYPTO, "confirmations": -1}),
    apiforcrypto("confirmations", "0", {**CRYPTO, "confirmations": 0}),
    apiforcrypto("confirmations", "0 for a price in fiat", {**FIAT, "confirmations": 0}),
    apiforcrypto("pause", "negative", {**CRYPTO, "pause": -1}),
    apiforcrypto("blockchain", "missing", {**CRYPTO, "blockchain": ABSENT}, ["rust", "python"]),
    apiforcrypto("symbol", "missing", {**CRYPTO, "symbol": ABSENT}, ["rust", "python"]),
    apiforcrypto("expiry", "missing", {**CRYPTO, "expiry": ABSENT}, ["rust", "python"]),
    apiforcrypto("confirmations", "missing", {**CRYPTO, "confirmations": ABSENT}, ["rust", "python"]),
]

# A client with a notification_secret has nothing to derive the secret_key from.
STATELESS_SECRETS: list[Vector] = [
    refused("apiforcrypto", "create_invoice", "data.order_id", case, inputs, client=STATELESS)
    for case, inputs in (
        ("missing, and with it the derived secret_key", {**CRYPTO, "data": {"title": "Order 125"}}),
        ("missing with all of data, and with it the derived secret_key", CRYPTO),
    )
]

BAD_CALLS: list[Vector] = (
    SECRETS
    + BITLOGA_TEXTS
    + BITLOGA_MISSING
    + BITLOGA_AMOUNTS
    + BITLOGA_RULES
    + BITLOGA_URLS
    + CRYPTO_TEXTS
    + CRYPTO_URLS
    + CRYPTO_PRICES
    + CRYPTO_LIMITS
    + STATELESS_SECRETS
)
