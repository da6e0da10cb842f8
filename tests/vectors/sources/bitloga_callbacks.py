"""Bitloga: callbacks that verify, and what they parse to."""

from __future__ import annotations

from .bitloga_calls import API_SECRET
from .forms import Body, Json, Vector, body_bytes, body_form, nested, nested_list, pieces, sign, vector

# The callback as the document shows it, line by line.
DOCUMENTED = """{
"to":"WMZ",
"amount":1.00,
"purse":"Z123456789012",
"type":"Invoice",
"status":"Payed",
"invoiceid":5,
"uniqueid":"125"
}"""
# The same as a program would send it.
COMPACT = (
    '{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Payed",'
    '"invoiceid":5,"uniqueid":"125"}'
)
VALUE: dict[str, Json] = {
    "to": "WMZ",
    "amount": "1.00",
    "purse": "Z123456789012",
    "type": "Invoice",
    "status": "Payed",
    "invoiceid": "5",
    "uniqueid": "125",
}
EVENT_ID = "Invoice:5:Payed"

NEW_SECRET = "new secret, in use since this morning"
OLD_SECRET = "old secret, in use until tonight"
OLDEST_SECRET = "oldest secret"
MEBIBYTE = 1024 * 1024


def mixed_case(signature: str) -> str:
    """Every second digit in upper case."""
    return "".join(digit.upper() if index % 2 else digit for index, digit in enumerate(signature))


def callback(
    name: str,
    body: Body = DOCUMENTED,
    value: dict[str, Json] | None = None,
    event_id: str = EVENT_ID,
    *,
    secrets: list[str] | None = None,
    secret_index: int = 0,
    signature: Json = None,
    expect: dict[str, Json] | None = None,
) -> Vector:
    """A callback signed with secret number `secret_index`."""
    secret = API_SECRET if secrets is None else secrets[secret_index]
    return vector(
        name=name,
        secrets=secrets,
        body=body_form(body),
        signature=signature or sign(secret, body_bytes(body)),
        value=VALUE if value is None else value,
        event_id=event_id,
        secret_index=secret_index,
        expect=expect,
    )


def rotation(name: str, secrets: list[str], secret_index: int) -> Vector:
    """A callback for a client with several secrets."""
    return callback(name, secrets=secrets, secret_index=secret_index)


SIGNATURES: list[Vector] = [
    callback("as documented"),
    callback("as documented, compact", COMPACT),
    callback("signature in upper case", signature=sign(API_SECRET, DOCUMENTED.encode()).upper()),
    callback("signature in mixed case", signature=mixed_case(sign(API_SECRET, DOCUMENTED.encode()))),
    callback("signature as a list of one", signature=[sign(API_SECRET, DOCUMENTED.encode())]),
    callback("the same signature twice", signature=[sign(API_SECRET, DOCUMENTED.encode())] * 2),
    rotation("rotation: the first of two secrets matches", [NEW_SECRET, OLD_SECRET], 0),
    rotation("rotation: the second of two secrets matches", [NEW_SECRET, OLD_SECRET], 1),
    rotation("rotation: the last of three secrets matches", [NEW_SECRET, OLD_SECRET, OLDEST_SECRET], 2),
    rotation("rotation: the first of two equal secrets is reported", [OLD_SECRET, OLD_SECRET], 0),
    rotation("secret of one character", ["s"], 0),
    rotation("secret of 127 bytes, under the block of SHA-512", ["k" * 127], 0),
    rotation("secret of 128 bytes, the block of SHA-512", ["k" * 128], 0),
    rotation("secret of 129 bytes, over the block of SHA-512", ["k" * 129], 0),
    rotation("secret in Cyrillic with a blank inside", ["секретный ключ"], 0),
]

BODIES: list[Vector] = [
    callback("blanks before and after the body", "\r\n\t " + COMPACT + " \t\r\n"),
    callback(
        "every field, in another order",
        '{"uniqueid":"order-125","invoiceid":6,"surname":"Ivanov","name":"Ivan","dtag":"778899","status":"Payed",'
        '"type":"Invoice","purse":"rEb8TK3g","amount":19.50,"to":"XRP"}',
        {
            "to": "XRP",
            "amount": "19.50",
            "purse": "rEb8TK3g",
            "type": "Invoice",
            "status": "Payed",
            "dtag": "778899",
            "name": "Ivan",
            "surname": "Ivanov",
            "invoiceid": "6",
            "uniqueid": "order-125",
        },
        "Invoice:6:Payed",
    ),
    callback(
        "paid to the internal balance: no purse",
        '{"to":"USD","amount":1,"type":"Invoice","status":"Payed","invoiceid":7,"uniqueid":"126"}',
        {"to": "USD", "amount": "1", "type": "Invoice", "status": "Payed", "invoiceid": "7", "uniqueid": "126"},
        "Invoice:7:Payed",
    ),
    callback(
        "optional fields null",
        '{"to":"USD","amount":1,"purse":null,"type":"Invoice","status":"Payed","dtag":null,"name":null,"surname":null,'
        '"invoiceid":7,"uniqueid":"126"}',
        {"to": "USD", "amount": "1", "type": "Invoice", "status": "Payed", "invoiceid": "7", "uniqueid": "126"},
        "Invoice:7:Payed",
    ),
    callback(
        "numbers as texts and texts as numbers",
        '{"to":"WMZ","amount":"1.00","purse":123456789012,"type":"Invoice","status":"Payed","invoiceid":"5",'
        '"uniqueid":125}',
        {**VALUE, "purse": "123456789012"},
    ),
    callback(
        "as PHP writes it",
        r'{"to":"SBP\/RUB","amount":5.0e-7,"purse":"\u043a\u043e\u0448\u0435\u043b\u0451\u043a \ud83d\udcb0",'
        r'"type":"Invoice","status":"Payed","name":"\u0418\u0432\u0430\u043d","surname":"O\u0027Neil",'
        r'"invoiceid":5,"uniqueid":"a\/b"}',
        {
            "to": "SBP/RUB",
            "amount": "5.0e-7",
            "purse": "кошелёк 💰",
            "type": "Invoice",
            "status": "Payed",
            "name": "Иван",
            "surname": "O'Neil",
            "invoiceid": "5",
            "uniqueid": "a/b",
        },
    ),
    callback(
        "text not escaped",
        '{"to":"WMZ","amount":1.00,"purse":"кошелёк 💰/1","type":"Invoice","status":"Payed","name":"Иван\u2028\x7f",'
        '"invoiceid":5,"uniqueid":"заказ-125"}',
        {**VALUE, "purse": "кошелёк 💰/1", "name": "Иван\u2028\x7f", "uniqueid": "заказ-125"},
    ),
    callback(
        "an unknown status and an unknown type",
        '{"to":"WMZ","amount":1,"purse":"Z1","type":"Refund","status":"Partly","invoiceid":5,"uniqueid":"125"}',
        {
            "to": "WMZ",
            "amount": "1",
            "purse": "Z1",
            "type": "Refund",
            "status": "Partly",
            "invoiceid": "5",
            "uniqueid": "125",
        },
        "Refund:5:Partly",
    ),
    callback(
        "unknown fields",
        '{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Payed","invoiceid":5,'
        '"uniqueid":"125","paid":{"amount":92.50,"paysys":"SBP_RUB","at":[2026,2,7]},"test":true}',
        {
            **VALUE,
            "extra": {"paid": {"amount": "92.50", "paysys": "SBP_RUB", "at": ["2026", "2", "7"]}, "test": True},
        },
    ),
    callback(
        "a number beyond 64 bits as invoiceid",
        '{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Payed",'
        '"invoiceid":79228162514264337593543950337,"uniqueid":"125"}',
        {**VALUE, "invoiceid": "79228162514264337593543950337"},
        "Invoice:79228162514264337593543950337:Payed",
    ),
    callback(
        "64 levels in an unknown field are accepted",
        COMPACT[:-1] + ',"deep":' + nested(63) + "}",
        {**VALUE, "extra": {"deep": nested_list(63)}},
    ),
    callback("a body of exactly 1 MiB is accepted", pieces((COMPACT, 1), (" ", MEBIBYTE - len(COMPACT)))),
]

# Deliveries of one event: whatever the form, the event is the same.
DELIVERIES: list[Vector] = [
    callback("first delivery", COMPACT),
    callback("second delivery, the same bytes", COMPACT),
    callback(
        "third delivery, written differently",
        '{ "uniqueid": 125, "invoiceid": "5", "status": "P\\u0061yed", "type": "Invoice",'
        ' "purse": "Z123456789012", "amount": "1.00", "to": "WMZ" }',
    ),
    callback(
        "the same invoice with another status is another event",
        COMPACT.replace("Payed", "Canceled"),
        {**VALUE, "status": "Canceled"},
        "Invoice:5:Canceled",
    ),
]


def event(name: str, event_id: str, **fields: str) -> Vector:
    """A callback whose deduplication key is made of unusual parts."""
    parts = {"type": "Invoice", "status": "Payed", "invoiceid": "5", **fields}
    body = (
        f'{{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"{parts["type"]}","status":"{parts["status"]}",'
        f'"invoiceid":"{parts["invoiceid"]}","uniqueid":"125"}}'
    )
    return callback(name, body, {**VALUE, **parts}, event_id)


# Events that differ have keys that differ, whatever their parts hold.
EVENTS: list[Vector] = [
    event("event: no type", ":5:Payed", type=""),
    event("event: no invoiceid", "Invoice::Payed", invoiceid=""),
    event("event: no status", "Invoice:5:", status=""),
    event("event: nothing but the invoiceid", ":5:", type="", status=""),
    event("event: nothing but the type", "5::", type="5", invoiceid="", status=""),
    event("event: nothing but the status", "::5", type="", invoiceid="", status="5"),
    event("event: nothing at all", "::", type="", invoiceid="", status=""),
    event("event: a colon in the type", "Invoice%3A5:6:Payed", type="Invoice:5", invoiceid="6"),
    event("event: a colon in the invoiceid", "Invoice:5%3A6:Payed", invoiceid="5:6"),
    event("event: a percent sign", "Invoice:5%253A6:Payed", invoiceid="5%3A6"),
]

# What `expect` accepts: amounts are compared by value, all else as text.
EXPECTED: list[Vector] = [
    callback(
        "expect: every field agrees",
        expect={"uniqueid": "125", "amount": "1.00", "to": "WMZ", "purse": "Z123456789012"},
    ),
    callback("expect: one field is enough", expect={"uniqueid": "125"}),
    callback("expect: the amount with fewer digits", expect={"amount": "1"}),
    callback("expect: the amount with more digits", expect={"amount": "1.000"}),
    callback("expect: the amount with an exponent", expect={"amount": "10e-1"}),
]

CALLBACKS: list[Vector] = SIGNATURES + BODIES + DELIVERIES + EVENTS + EXPECTED
