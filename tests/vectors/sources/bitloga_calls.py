"""Bitloga: what each call sends. Fields stand in the order of the document's parameter tables."""

from __future__ import annotations

from .forms import Json, Vector, sign, vector

API_KEY = "5f4dcc3b5aa765d61d8327deb882cf99"
API_SECRET = "9b1c7e20d4f84a6fb35e8a1d0c72f6e3"
CLIENT: dict[str, Json] = {"api_key": API_KEY, "api_secret": API_SECRET}

# The longest texts the library sends.
TEXT_1024 = "я" * 1024
EMOJI_1024 = "😀" * 1024
URL_2048 = "https://shop.example/" + "a" * 2027

DIGITS_64 = "1234567890123456789012345678901234567890123456789012345678901234"
DIGITS_32_AND_32 = "12345678901234567890123456789012.34567890123456789012345678901234"


def call(name: str, method: str, inputs: dict[str, Json], body: str) -> Vector:
    """A call with the parameters `inputs`, which must send exactly `body`."""
    headers = [
        ["Content-type", "application/json"],
        ["X-APIKEY", API_KEY],
        ["X-SIGNATURE", sign(API_SECRET, body.encode())],
    ]
    request = vector(method="POST", url="https://bitloga.com/api/v1/", headers=headers, body=body)
    return vector(name=name, method=method, input=inputs, request=request)


def invoice_of(amount: str) -> dict[str, Json]:
    """A small invoice, to show how an amount is written."""
    return {"uniqueid": "125", "paysys": "WMZ", "amount": amount, "purse": "Z123456789012"}


def code_described(desc: str) -> dict[str, Json]:
    """A small code, to show how a text is written."""
    return {"amount": "1.00", "currency": "USD", "desc": desc}


BALANCES: list[Vector] = [
    call("balances: minimum", "balances", {}, '{"action":"balances"}'),
    call(
        "balances: as documented",
        "balances",
        {"currency": "USD"},
        '{"action":"balances","currency":"USD"}',
    ),
]

CREATE_INVOICE: list[Vector] = [
    call(
        "create_invoice: minimum with amount",
        "create_invoice",
        {"uniqueid": "125", "paysys": "WMZ", "amount": "1.00"},
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00}',
    ),
    call(
        "create_invoice: minimum with pay_amount",
        "create_invoice",
        {"uniqueid": "126", "paysys": "USDTTRC20", "pay_amount": "1500.00", "paylist": "SBP_RUB"},
        '{"action":"invoice","uniqueid":"126","paysys":"USDTTRC20","pay_amount":1500.00,"paylist":"SBP_RUB"}',
    ),
    call(
        "create_invoice: as documented",
        "create_invoice",
        {
            "uniqueid": "125",
            "paysys": "WMZ",
            "amount": "1.00",
            "purse": "Z123456789012",
            "paylist": "WMZ,WMR,WME",
            "comis": "payer",
            "desc": "Description",
        },
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z123456789012",'
        '"paylist":"WMZ,WMR,WME","comis":"payer","desc":"Description"}',
    ),
    call(
        "create_invoice: as documented with pay_amount",
        "create_invoice",
        {
            "uniqueid": "126",
            "paysys": "USDTTRC20",
            "pay_amount": "1500.00",
            "purse": "TQWv7b8JmYV8m7...",
            "paylist": "SBP_RUB",
            "comis": "payer",
            "desc": "Description",
        },
        '{"action":"invoice","uniqueid":"126","paysys":"USDTTRC20","pay_amount":1500.00,'
        '"purse":"TQWv7b8JmYV8m7...","paylist":"SBP_RUB","comis":"payer","desc":"Description"}',
    ),
    call(
        "create_invoice: every parameter",
        "create_invoice",
        # Deliberately not in the order of the document: the order of the input must not matter.
        {
            "failurl": "https://shop.example/failed",
            "successurl": "https://shop.example/thanks?order=125&lang=en",
            "callbackurl": "https://shop.example/bitloga/callback",
            "desc": "Two books",
            "surname": "Ivanov",
            "name": "Ivan",
            "email": "ivan@shop.example",
            "dtag": "778899",
            "comis": "payee",
            "paylist": "SBP_RUB",
            "purse": "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh",
            "pay_amount": "1500.00",
            "amount": "19.50",
            "paysys": "XRP",
            "uniqueid": "order-125",
        },
        '{"action":"invoice","uniqueid":"order-125","paysys":"XRP","amount":19.50,"pay_amount":1500.00,'
        '"purse":"rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh","paylist":"SBP_RUB","comis":"payee","dtag":"778899",'
        '"email":"ivan@shop.example","name":"Ivan","surname":"Ivanov","desc":"Two books",'
        '"callbackurl":"https://shop.example/bitloga/callback",'
        '"successurl":"https://shop.example/thanks?order=125&lang=en",'
        '"failurl":"https://shop.example/failed"}',
    ),
    call(
        "create_invoice: URLs with a port, an address and another alphabet",
        "create_invoice",
        {
            "uniqueid": "127",
            "paysys": "WMZ",
            "amount": "1",
            "callbackurl": "http://localhost:8000/callback",
            "successurl": "http://[::1]:8080/?a=1#top",
            "failurl": "https://магазин.example/ошибка",
        },
        '{"action":"invoice","uniqueid":"127","paysys":"WMZ","amount":1,'
        '"callbackurl":"http://localhost:8000/callback","successurl":"http://[::1]:8080/?a=1#top",'
        '"failurl":"https://магазин.example/ошибка"}',
    ),
    call(
        "create_invoice: a URL of 2048 characters",
        "create_invoice",
        {"uniqueid": "128", "paysys": "WMZ", "amount": "1.00", "callbackurl": URL_2048},
        '{"action":"invoice","uniqueid":"128","paysys":"WMZ","amount":1.00,"callbackurl":"' + URL_2048 + '"}',
    ),
]

# Amounts travel with the digits they were given with.
AMOUNTS: list[Vector] = [
    call(
        f"create_invoice: amount {amount}",
        "create_invoice",
        invoice_of(amount),
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":' + amount + ',"purse":"Z123456789012"}',
    )
    for amount in (
        "1",
        "1.0",
        "1.50",
        "0.00000001",
        "1e-7",
        "5.0e-7",
        "1E3",
        "2.5e+2",
        "1e64",
        "1e-64",
        "9007199254740993",
        "79228162514264337593543950337",
        DIGITS_64,
        DIGITS_32_AND_32,
    )
]

WITHDRAW: list[Vector] = [
    call(
        "withdraw: as documented, which is the minimum",
        "withdraw",
        {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z123456789012"},
        '{"action":"withdraw","uniqueid":"135","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z123456789012"}',
    ),
    call(
        "withdraw: every parameter",
        "withdraw",
        {
            "surname": "Smith",
            "name": "John",
            "dtag": "memo 42",
            "purse": "4111111111111111",
            "amount": "2500",
            "paysys": "CARD_RUB",
            "currency": "RUB",
            "uniqueid": "payout-136",
        },
        '{"action":"withdraw","uniqueid":"payout-136","currency":"RUB","paysys":"CARD_RUB","amount":2500,'
        '"purse":"4111111111111111","dtag":"memo 42","name":"John","surname":"Smith"}',
    ),
    call(
        "withdraw: names in Cyrillic",
        "withdraw",
        {
            "uniqueid": "заказ-№137",
            "currency": "RUB",
            "paysys": "CARD_RUB",
            "amount": "0.10",
            "purse": "2200123456789012",
            "name": "Пётр",
            "surname": "Щукин-Ёлкин",
        },
        '{"action":"withdraw","uniqueid":"заказ-№137","currency":"RUB","paysys":"CARD_RUB","amount":0.10,'
        '"purse":"2200123456789012","name":"Пётр","surname":"Щукин-Ёлкин"}',
    ),
]

DETAILS: list[Vector] = [
    call(
        "details: as documented",
        "details",
        {"uniqueid": "135"},
        '{"action":"details","uniqueid":"135"}',
    ),
    call(
        "details: an identifier of 1024 characters of two bytes",
        "details",
        {"uniqueid": TEXT_1024},
        '{"action":"details","uniqueid":"' + TEXT_1024 + '"}',
    ),
    call(
        "details: an identifier of 1024 characters of four bytes",
        "details",
        {"uniqueid": EMOJI_1024},
        '{"action":"details","uniqueid":"' + EMOJI_1024 + '"}',
    ),
]

CREATE_CODE: list[Vector] = [
    call(
        "create_code: minimum",
        "create_code",
        {"amount": "1.00", "currency": "USD"},
        '{"action":"create","amount":1.00,"currency":"USD"}',
    ),
    call(
        "create_code: as documented, which is every parameter",
        "create_code",
        {"amount": "1.00", "currency": "USD", "pass": "mypassword", "desc": "Code description"},
        '{"action":"create","amount":1.00,"currency":"USD","pass":"mypassword","desc":"Code description"}',
    ),
]

# How text is written: UTF-8 as it is, with no more escapes than JSON asks for.
TEXTS: list[Vector] = [
    call(
        "create_code: quotes and backslashes",
        "create_code",
        {"amount": "1.00", "currency": "USD", "pass": "a\"b\\c'd", "desc": '\\"\\\\u0041'},
        r'{"action":"create","amount":1.00,"currency":"USD","pass":"a\"b\\c' r"'d" r'","desc":"\\\"\\\\u0041"}',
    ),
    call(
        "create_code: slashes and markup",
        "create_code",
        code_described("a/b//c </script> <&> https://x.example/"),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"a/b//c </script> <&> https://x.example/"}',
    ),
    call(
        "create_code: line breaks and tabs",
        "create_code",
        code_described("one\ntwo\r\nthree\tfour"),
        r'{"action":"create","amount":1.00,"currency":"USD","desc":"one\ntwo\r\nthree\tfour"}',
    ),
    call(
        "create_code: control characters",
        "create_code",
        code_described("\x01\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x1a\x1b\x1f"),
        r'{"action":"create","amount":1.00,"currency":"USD",'
        r'"desc":"\u0001\u0007\b\t\n\u000b\f\r\u000e\u001a\u001b\u001f"}',
    ),
    call(
        "create_code: characters that need no escape",
        "create_code",
        code_described("\x7f\x80\x9f\xa0\xad\u2028\u2029\ufeff\ufffd\uffff"),
        '{"action":"create","amount":1.00,"currency":"USD",'
        '"desc":"\x7f\x80\x9f\xa0\xad\u2028\u2029\ufeff\ufffd\uffff"}',
    ),
    call(
        "create_code: many alphabets",
        "create_code",
        code_described("Привет, 世界! مرحبا שלום नमस्ते 한국어 ελληνικά €"),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"Привет, 世界! مرحبا שלום नमस्ते 한국어 ελληνικά €"}',
    ),
    call(
        "create_code: emoji",
        "create_code",
        code_described("☕ 😀 👩‍👩‍👧‍👦 🇺🇦 \U0010ffff"),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"☕ 😀 👩‍👩‍👧‍👦 🇺🇦 \U0010ffff"}',
    ),
    call(
        "create_code: composed and decomposed letters stay as given",
        "create_code",
        code_described("caf\u00e9 cafe\u0301"),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"caf\u00e9 cafe\u0301"}',
    ),
    call(
        "create_code: blanks around a text stay as given",
        "create_code",
        code_described("  two blanks  "),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"  two blanks  "}',
    ),
    call(
        "create_code: a description of 8192 characters of two bytes",
        "create_code",
        code_described(TEXT_1024 * 8),
        '{"action":"create","amount":1.00,"currency":"USD","desc":"' + TEXT_1024 * 8 + '"}',
    ),
    call(
        "create_invoice: a description of 8192 characters",
        "create_invoice",
        {"uniqueid": "125", "paysys": "WMZ", "amount": "1.00", "purse": "Z1", "desc": "d" * 8192},
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z1","desc":"' + "d" * 8192 + '"}',
    ),
    call(
        "create_invoice: a name without surname, not to a card",
        "create_invoice",
        {"uniqueid": "125", "paysys": "WMZ", "amount": "1.00", "purse": "Z1", "name": "Cher"},
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z1","name":"Cher"}',
    ),
    call(
        "withdraw: a name without surname, not to a card",
        "withdraw",
        {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z1", "name": "Cher"},
        '{"action":"withdraw","uniqueid":"135","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z1",'
        '"name":"Cher"}',
    ),
    call(
        "withdraw: a surname without name",
        "withdraw",
        {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z1", "surname": "Li"},
        '{"action":"withdraw","uniqueid":"135","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z1",'
        '"surname":"Li"}',
    ),
    call(
        "create_invoice: blanks around the entries of paylist stay as given",
        "create_invoice",
        {"uniqueid": "125", "paysys": "WMZ", "amount": "1.00", "purse": "Z1", "paylist": "WMZ, WMR"},
        '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z1","paylist":"WMZ, WMR"}',
    ),
    call(
        "create_code: text that looks like JSON",
        "create_code",
        code_described('{"action":"withdraw","amount":1000}'),
        r'{"action":"create","amount":1.00,"currency":"USD","desc":"{\"action\":\"withdraw\",\"amount\":1000}"}',
    ),
]

APPLY_CODE: list[Vector] = [
    call(
        "apply_code: minimum",
        "apply_code",
        {"code": "wf9g-amrf-2o9t-831u"},
        '{"action":"apply","code":"wf9g-amrf-2o9t-831u"}',
    ),
    call(
        "apply_code: as documented, which is every parameter",
        "apply_code",
        {"code": "wf9g-amrf-2o9t-831u", "pass": "mypassword"},
        '{"action":"apply","code":"wf9g-amrf-2o9t-831u","pass":"mypassword"}',
    ),
]

LIST_CODES: list[Vector] = [
    call("list_codes: minimum", "list_codes", {}, '{"action":"get"}'),
    call(
        "list_codes: as documented",
        "list_codes",
        {"status": "Active", "limit": 10},
        '{"action":"get","status":"Active","limit":10}',
    ),
    call(
        "list_codes: every parameter",
        "list_codes",
        {
            "limit": 50,
            "offset": 150,
            "status": "Redeemed",
            "currency": "USD",
            "amount": "1.00",
            "code": "wf9g-amrf-2o9t-831u",
        },
        '{"action":"get","code":"wf9g-amrf-2o9t-831u","amount":1.00,"currency":"USD","status":"Redeemed",'
        '"offset":150,"limit":50}',
    ),
    call(
        "list_codes: an offset of zero is sent, the smallest limit",
        "list_codes",
        {"status": "Disabled", "offset": 0, "limit": 1},
        '{"action":"get","status":"Disabled","offset":0,"limit":1}',
    ),
    call(
        "list_codes: a far offset, the largest limit",
        "list_codes",
        {"offset": 4000000000, "limit": 100},
        '{"action":"get","offset":4000000000,"limit":100}',
    ),
]

CALLS: list[Vector] = (
    BALANCES + CREATE_INVOICE + AMOUNTS + WITHDRAW + DETAILS + CREATE_CODE + TEXTS + APPLY_CODE + LIST_CODES
)
