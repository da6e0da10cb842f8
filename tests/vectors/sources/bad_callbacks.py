"""Bitloga: callbacks that must not verify, and genuine ones that cannot be read or are not what was expected."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from .bad_bodies import MEBIBYTE, bad_bodies
from .bitloga_callbacks import COMPACT, DOCUMENTED, NEW_SECRET, OLD_SECRET, VALUE
from .bitloga_calls import API_SECRET, DIGITS_64
from .forms import Body, Json, Parsed, Vector, body_bytes, body_form, pieces, sign, vector

GENUINE = sign(API_SECRET, COMPACT.encode())
OTHER = sign("another secret", COMPACT.encode())

FULL_WIDTH_A = "Ａ"


def refused(
    case: str,
    code: str,
    body: Body,
    signature: Json,
    *,
    secrets: Sequence[str] | None = None,
    field: str | None = None,
    unwritable_in: Sequence[str] | None = None,
) -> Vector:
    """A callback that is refused with `code`."""
    refusal = vector(
        name=f"bitloga: callback: {case}",
        gateway="bitloga",
        operation="verify_callback",
        secrets=secrets or [API_SECRET],
        body=body_form(body),
        unwritable_in=unwritable_in,
        code=code,
        field=field,
    )
    # `null` is a signature that is missing, not a member that is absent.
    refusal["signature"] = signature
    return refusal


def forged(case: str, code: str, signature: Json, body: Body = COMPACT) -> Vector:
    """A callback refused for its signature."""
    return refused(f"signature: {case}", code, body, signature)


def unreadable(case: str, body: Body, field: str | None = None) -> Vector:
    """A callback that is genuine, but cannot be read."""
    return refused(f"body: {case}", "malformed_body", body, sign(API_SECRET, body_bytes(body)), field=field)


def unexpected(case: str, expect: dict[str, Json], mentions: list[str]) -> Vector:
    """A genuine callback about something else; the message must mention every field that differs."""
    return vector(
        name=f"bitloga: expect: {case}",
        gateway="bitloga",
        operation="expect",
        secrets=[API_SECRET],
        body=DOCUMENTED,
        signature=sign(API_SECRET, DOCUMENTED.encode()),
        expect=expect,
        code="mismatch",
        mentions=mentions,
    )


FORM: list[Vector] = [
    forged("missing", "signature_missing", None),
    forged("no value in the list", "signature_missing", []),
    forged("empty", "signature_missing", ""),
    forged("an empty value in the list", "signature_missing", [""]),
    forged("blanks", "signature_malformed", " " * 128),
    forged("127 digits", "signature_malformed", GENUINE[:127]),
    forged("127 digits, the first missing", "signature_malformed", GENUINE[1:]),
    forged("129 digits", "signature_malformed", GENUINE + "0"),
    forged("129 digits, one before it", "signature_malformed", "0" + GENUINE),
    forged("130 digits", "signature_malformed", GENUINE + "00"),
    forged("256 digits", "signature_malformed", GENUINE * 2),
    forged("not hexadecimal", "signature_malformed", "g" * 128),
    forged("the last digit not hexadecimal", "signature_malformed", GENUINE[:127] + "g"),
    forged("the first digit not hexadecimal", "signature_malformed", "x" + GENUINE[1:]),
    forged("a blank in the middle", "signature_malformed", GENUINE[:64] + " " + GENUINE[65:]),
    forged("a NUL in the middle", "signature_malformed", GENUINE[:64] + "\x00" + GENUINE[65:]),
    forged("rubbish behind it", "signature_malformed", GENUINE + " and more"),
    forged("rubbish behind it that is not hexadecimal", "signature_malformed", GENUINE + "zz"),
    forged("a line feed behind it", "signature_malformed", GENUINE + "\n"),
    forged("a blank behind it", "signature_malformed", GENUINE + " "),
    forged("a blank before it", "signature_malformed", " " + GENUINE),
    forged("a NUL behind it", "signature_malformed", GENUINE + "\x00"),
    forged("0x before it", "signature_malformed", "0x" + GENUINE),
    forged("sha512= before it", "signature_malformed", "sha512=" + GENUINE),
    forged("letters that are not ASCII", "signature_malformed", FULL_WIDTH_A * 128),
    forged("128 bytes that are not 128 characters", "signature_malformed", "é" * 64),
    forged("base64", "signature_malformed", base64.b64encode(bytes.fromhex(GENUINE)).decode()),
    forged(
        "HMAC-SHA256",
        "signature_malformed",
        hmac.new(API_SECRET.encode(), COMPACT.encode(), hashlib.sha256).hexdigest(),
    ),
    forged("a list of one that is malformed", "signature_malformed", [GENUINE[:127]]),
    forged("the same malformed value twice", "signature_malformed", ["rubbish", "rubbish"]),
    forged("two different values", "signature_ambiguous", [OTHER, GENUINE]),
    forged("two different values, the genuine one first", "signature_ambiguous", [GENUINE, OTHER]),
    forged("two different values, one malformed", "signature_ambiguous", [GENUINE, "rubbish"]),
    forged("three values, one different", "signature_ambiguous", [GENUINE, GENUINE, OTHER]),
]

MATCH: list[Vector] = [
    forged("of another secret", "signature_mismatch", OTHER),
    forged("all zeros", "signature_mismatch", "0" * 128),
    forged("the last bit changed", "signature_mismatch", GENUINE[:-1] + f"{int(GENUINE[-1], 16) ^ 1:x}"),
    forged("the first bit changed", "signature_mismatch", f"{int(GENUINE[0], 16) ^ 8:x}" + GENUINE[1:]),
    forged("SHA-512 without a key", "signature_mismatch", hashlib.sha512(COMPACT.encode()).hexdigest()),
    forged(
        "SHA-512 of secret and body",
        "signature_mismatch",
        hashlib.sha512(API_SECRET.encode() + COMPACT.encode()).hexdigest(),
    ),
    forged("of an empty body", "signature_mismatch", sign(API_SECRET, b"")),
    forged("secret and body exchanged", "signature_mismatch", sign(COMPACT, API_SECRET.encode())),
    forged("one bit of the body changed", "signature_mismatch", GENUINE, COMPACT.replace("1.00", "0.00")),
    forged("another amount", "signature_mismatch", GENUINE, COMPACT.replace("1.00", "9.00")),
    forged("a line feed behind the body", "signature_mismatch", GENUINE, COMPACT + "\n"),
    forged("the body written again without its zeros", "signature_mismatch", GENUINE, COMPACT.replace("1.00", "1")),
    forged("the body written again over several lines", "signature_mismatch", GENUINE, DOCUMENTED),
    forged("a BOM before the body", "signature_mismatch", GENUINE, "\ufeff" + COMPACT),
    forged(
        "of the twin with a replacement character", "signature_mismatch", sign(API_SECRET, b'"\xef\xbf\xbd"'), b'"\xff"'
    ),
    refused(
        "signature: of none of two secrets",
        "signature_mismatch",
        COMPACT,
        GENUINE,
        secrets=[NEW_SECRET, OLD_SECRET],
    ),
]

# What is wrong first decides: the form of the signature, the size of the body, the match, then the body itself.
ORDER: list[Vector] = [
    refused("order: missing signature, body over 1 MiB", "signature_missing", pieces(("a", 5 * MEBIBYTE)), None),
    refused("order: malformed signature, body over 1 MiB", "signature_malformed", pieces(("a", 5 * MEBIBYTE)), "0"),
    refused("order: two signatures, body over 1 MiB", "signature_ambiguous", pieces(("a", 5 * MEBIBYTE)), ["0", "1"]),
    refused("order: wrong signature, body over 1 MiB", "malformed_body", pieces(("a", 5 * MEBIBYTE)), OTHER),
    refused("order: missing signature, body not JSON", "signature_missing", "rubbish", None),
    refused("order: malformed signature, body not UTF-8", "signature_malformed", b"\xff", "0"),
    refused("order: wrong signature, body not JSON", "signature_mismatch", "rubbish", OTHER),
    refused("order: wrong signature, body not UTF-8", "signature_mismatch", b"\xff", OTHER),
    refused("order: wrong signature, body empty", "signature_mismatch", "", OTHER),
    refused("order: wrong signature, 10,000 levels", "signature_mismatch", pieces(("[", 10_000), ("]", 10_000)), OTHER),
]

NOT_RAW: list[Vector] = [
    refused(f"body: {case}", "body_not_raw", body, sign(API_SECRET, body.text.encode()), unwritable_in=["rust"])
    for case, body in (
        ("a parsed object", Parsed({**VALUE, "amount": 1, "invoiceid": 5}, COMPACT)),
        ("a parsed list", Parsed([1, 2], "[1,2]")),
        ("a parsed number", Parsed(5, "5")),
        ("a parsed null", Parsed(None, "null")),
    )
]

NOT_JSON: list[Vector] = [unreadable(case, body) for case, body in bad_bodies(COMPACT[1:-1]).items()] + [
    unreadable("the status twice", '{"status":"Payed","status":"Error"}'),
    unreadable("the status twice in a whole callback", COMPACT[:-1] + ',"status":"Error"}'),
    unreadable("the status twice, once written with an escape", COMPACT[:-1] + ',"\\u0073tatus":"Error"}'),
    unreadable("the amount twice with the same value", COMPACT[:-1] + ',"amount":1.00}'),
]

# Numbers that JSON allows and amounts do not, and texts that are no amounts.
BAD_AMOUNTS: dict[str, str] = {
    "1e65": "1e65",
    "1e-65": "1e-65",
    "1e999999999": "1e999999999",
    "an exponent beyond 64 bits": "1e18446744073709551617",
    "65 digits": DIGITS_64 + "5",
    "65 digits around a point": "1." + DIGITS_64,
    "10,000 digits": "9" * 10_000,
    "10,000 digits behind the point": "0." + "0" * 10_000,
    "a text of 10,000 digits": '"' + "9" * 10_000 + '"',
    "a text, 1e65": '"1e65"',
    "a text that is a word": '"many"',
    "an empty text": '""',
    "a text with a comma": '"1,00"',
    "a text with a blank": '" 1.00"',
    "a text with a plus sign": '"+1"',
    "a text with a leading zero": '"01"',
    "a text without digits before the point": '".5"',
    "a text, NaN": '"NaN"',
    "true": "true",
    "null": "null",
    "an object": '{"value":1.00}',
    "a list": "[1.00]",
}

SHAPE: list[Vector] = [
    unreadable(f"amount: {case}", COMPACT.replace("1.00", text), field="amount") for case, text in BAD_AMOUNTS.items()
] + [
    unreadable("no amount", COMPACT.replace('"amount":1.00,', ""), field="amount"),
    unreadable("no to", COMPACT.replace('"to":"WMZ",', ""), field="to"),
    unreadable("no type", COMPACT.replace('"type":"Invoice",', ""), field="type"),
    unreadable("no status", COMPACT.replace('"status":"Payed",', ""), field="status"),
    unreadable("no invoiceid", COMPACT.replace('"invoiceid":5,', ""), field="invoiceid"),
    unreadable("no uniqueid", COMPACT.replace(',"uniqueid":"125"', ""), field="uniqueid"),
    unreadable("uniqueid null", COMPACT.replace('"125"', "null"), field="uniqueid"),
    unreadable("status true", COMPACT.replace('"Payed"', "true"), field="status"),
    unreadable("status a list", COMPACT.replace('"Payed"', '["Payed","Error"]'), field="status"),
    unreadable("invoiceid an object", COMPACT.replace(":5,", ':{"id":5},'), field="invoiceid"),
    unreadable("purse a list", COMPACT.replace('"Z123456789012"', '["Z1"]'), field="purse"),
]

EXPECT: list[Vector] = [
    unexpected("another uniqueid", {"uniqueid": "126"}, ["uniqueid"]),
    unexpected("a uniqueid with a blank", {"uniqueid": "125 "}, ["uniqueid"]),
    unexpected("another amount", {"uniqueid": "125", "amount": "100.00"}, ["amount"]),
    unexpected("an amount that differs by a trifle", {"amount": "1.000000000000000000000000000001"}, ["amount"]),
    unexpected("another currency", {"to": "WMR"}, ["to"]),
    unexpected("another purse", {"purse": "Z000000000000"}, ["purse"]),
    unexpected(
        "everything different",
        {"uniqueid": "126", "amount": "2.00", "to": "WMR", "purse": "Z000000000000"},
        ["uniqueid", "amount", "to", "purse"],
    ),
]

BAD_CALLBACKS: list[Vector] = FORM + MATCH + ORDER + NOT_RAW + NOT_JSON + SHAPE + EXPECT
