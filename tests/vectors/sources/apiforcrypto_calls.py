"""Api for Crypto: what each call sends. Fields stand in the order of the document's parameter table."""

from __future__ import annotations

from .bitloga_calls import DIGITS_64
from .forms import Json, Vector, sign, vector

WALLET_ID = "b3c1c9ae-2f5e-4f0c-9c53-6a0f7d1e8a42"
INVOICE_ID = "0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10"
CLIENT: dict[str, Json] = {"wallet_id": WALLET_ID}

NOTIFICATION_SECRET = "4c8a1f0e7b5d4d0c9a3e2f6b8d7c1a50"
STATELESS: dict[str, Json] = {"wallet_id": WALLET_ID, "notification_secret": NOTIFICATION_SECRET}

INVOICES_URL = "https://api.apiforcrypto.com/api/v1/wallets/b3c1c9ae-2f5e-4f0c-9c53-6a0f7d1e8a42/invoices"
WALLET_URL = "https://api.apiforcrypto.com/api/v1/wallets/b3c1c9ae-2f5e-4f0c-9c53-6a0f7d1e8a42"

TEXT_8192 = '"json", ' * 1024
ESCAPED_TEXT_8192 = r"\"json\", " * 1024


def derived(order_id: str, secret: str = NOTIFICATION_SECRET) -> str:
    """The stateless `secret_key` of an order."""
    return sign(secret, order_id.encode())


def create(
    name: str,
    inputs: dict[str, Json],
    body: str,
    *,
    url: str = INVOICES_URL,
    client: dict[str, Json] | None = None,
) -> Vector:
    """A `create_invoice` with the parameters `inputs`, which must send exactly `body`."""
    request = vector(method="POST", url=url, headers=[["Content-type", "application/json"]], body=body)
    return vector(name=name, client=client, method="create_invoice", input=inputs, request=request)


def get(
    name: str,
    method: str,
    inputs: dict[str, Json],
    url: str,
    client: dict[str, Json] | None = None,
) -> Vector:
    """A call without a body."""
    request = vector(method="GET", url=url, headers=[])
    return vector(name=name, client=client, method=method, input=inputs, request=request)


PRICES: list[Vector] = [
    create(
        "create_invoice: minimum, priced in crypto",
        {"blockchain": "tron", "symbol": "USDT", "value": "10000000", "expiry": 15, "confirmations": 1},
        '{"blockchain":"tron","symbol":"USDT","value":10000000,"expiry":15,"confirmations":1}',
    ),
    create(
        "create_invoice: minimum, priced in fiat",
        {
            "blockchain": "bitcoin",
            "symbol": "BTC",
            "fiatCurrency": {"currency": "USD", "value": "10"},
            "expiry": 40,
            "confirmations": 1,
        },
        '{"blockchain":"bitcoin","symbol":"BTC","fiatCurrency":{"currency":"USD","value":10},'
        '"expiry":40,"confirmations":1}',
    ),
    create(
        "create_invoice: priced in fiat with a markup",
        {
            "confirmations": 3,
            "expiry": 30,
            "fiatCurrency": {"percent": 5, "value": "10", "currency": "USD"},
            "symbol": "BTC",
            "blockchain": "bitcoin",
        },
        '{"blockchain":"bitcoin","symbol":"BTC","fiatCurrency":{"currency":"USD","value":10,"percent":5},'
        '"expiry":30,"confirmations":3}',
    ),
    create(
        "create_invoice: priced in fiat with a discount",
        {
            "blockchain": "bitcoin",
            "symbol": "BTC",
            "fiatCurrency": {"currency": "EUR", "value": "250", "percent": -7},
            "expiry": 30,
            "confirmations": 3,
        },
        '{"blockchain":"bitcoin","symbol":"BTC","fiatCurrency":{"currency":"EUR","value":250,"percent":-7},'
        '"expiry":30,"confirmations":3}',
    ),
    create(
        "create_invoice: priced in crypto, the fiat currency named",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "10000000",
            "fiatCurrency": {"currency": "USD"},
            "expiry": 20,
            "confirmations": 1,
        },
        '{"blockchain":"tron","symbol":"USDT","value":10000000,"fiatCurrency":{"currency":"USD"},'
        '"expiry":20,"confirmations":1}',
    ),
]

# Values of tokens with 18 decimals pass every machine integer.
VALUES: list[Vector] = [
    create(
        f"create_invoice: value {value}",
        {"blockchain": "ethereum", "symbol": "SHIB", "value": value, "expiry": 20, "confirmations": 12},
        '{"blockchain":"ethereum","symbol":"SHIB","value":' + value + ',"expiry":20,"confirmations":12}',
    )
    for value in (
        "1",
        "9007199254740993",
        "18446744073709551616",
        "79228162514264337593543950337",
        "340282366920938463463374607431768211457",
        DIGITS_64,
    )
]

OPTIONS: list[Vector] = [
    create(
        "create_invoice: every parameter",
        # Deliberately not in the order of the document: the order of the input must not matter.
        {
            "data": {
                "user_data": "customer 42",
                "url_failed": "https://shop.example/failed",
                "url_success": "https://shop.example/thanks?order=125&lang=en",
                "url_callback": "https://shop.example/apiforcrypto/callback",
                "description": "Two books, one pen",
                "title": "Order 125",
                "order_id": "order-125",
            },
            "pause": 60,
            "secret_key": "a secret of this invoice",
            "confirmations": 12,
            "expiry": 30,
            "fiatCurrency": {"currency": "USD"},
            "value": "25000000000000000000",
            "symbol": "ETH",
            "blockchain": "ethereum",
        },
        '{"blockchain":"ethereum","symbol":"ETH","value":25000000000000000000,"fiatCurrency":{"currency":"USD"},'
        '"expiry":30,"confirmations":12,"secret_key":"a secret of this invoice","pause":60,'
        '"data":{"order_id":"order-125","title":"Order 125","description":"Two books, one pen",'
        '"url_callback":"https://shop.example/apiforcrypto/callback",'
        '"url_success":"https://shop.example/thanks?order=125&lang=en",'
        '"url_failed":"https://shop.example/failed","user_data":"customer 42"}}',
    ),
    create(
        "create_invoice: a pause without a secret_key",
        {"blockchain": "tron", "symbol": "USDT", "value": "1000000", "expiry": 15, "confirmations": 1, "pause": 0},
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,"pause":0}',
    ),
    create(
        "create_invoice: a part of data",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "data": {"url_failed": "http://localhost:8000/no", "title": "Заказ №125 / ☕"},
        },
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,'
        '"data":{"title":"Заказ №125 / ☕","url_failed":"http://localhost:8000/no"}}',
    ),
    create(
        "create_invoice: quotes, backslashes, line breaks, controls, emoji",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "secret_key": 'quote " and \\ and / and \x1f',
            "data": {"description": "one\r\n\ttwo \b\f 😀 \u2028\x7f", "user_data": '{"id":42,"tags":["a/b","\\"]}'},
        },
        r'{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,'
        r'"secret_key":"quote \" and \\ and / and \u001f",'
        r'"data":{"description":"one\r\n\ttwo \b\f 😀 '
        "\u2028\x7f"
        r'","user_data":"{\"id\":42,\"tags\":[\"a/b\",\"\\\"]}"}}',
    ),
    create(
        "create_invoice: user_data of 8192 characters",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "data": {"user_data": TEXT_8192},
        },
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,'
        '"data":{"user_data":"' + ESCAPED_TEXT_8192 + '"}}',
    ),
]

# The secret_key of a stateless client is HMAC-SHA512 over data.order_id, in lower-case hex.
STATELESS_SECRETS: list[Vector] = [
    create(
        "create_invoice: secret_key derived from the order_id",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "data": {"order_id": "order-125", "url_callback": "https://shop.example/callback"},
        },
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,"secret_key":"'
        + derived("order-125")
        + '","data":{"order_id":"order-125","url_callback":"https://shop.example/callback"}}',
        client=STATELESS,
    ),
    create(
        "create_invoice: secret_key derived from an order_id that needs escapes",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "pause": 10,
            "data": {"order_id": 'заказ "125"\n'},
        },
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,"secret_key":"'
        + derived('заказ "125"\n')
        + r'","pause":10,"data":{"order_id":"заказ \"125\"\n"}}',
        client=STATELESS,
    ),
    create(
        "create_invoice: an explicit secret_key wins over the derived one",
        {
            "blockchain": "tron",
            "symbol": "USDT",
            "value": "1000000",
            "expiry": 15,
            "confirmations": 1,
            "secret_key": "explicit",
            "data": {"order_id": "order-125"},
        },
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1,'
        '"secret_key":"explicit","data":{"order_id":"order-125"}}',
        client=STATELESS,
    ),
]

GETS: list[Vector] = [
    get(
        "invoice",
        "invoice",
        {"uuid": INVOICE_ID},
        "https://api.apiforcrypto.com/api/v1/invoices/0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10",
    ),
    get(
        "invoice: below the wallet, by the template option",
        "invoice",
        {"uuid": INVOICE_ID},
        "https://api.apiforcrypto.com/api/v1/wallets/b3c1c9ae-2f5e-4f0c-9c53-6a0f7d1e8a42"
        "/invoices/0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10",
        {"wallet_id": WALLET_ID, "invoice_url": "{base_url}wallets/{wallet_id}/invoices/{uuid}"},
    ),
    get(
        "invoice: an identifier that would change the path is percent-encoded",
        "invoice",
        {"uuid": "../a b?c#d%e/é~"},
        "https://api.apiforcrypto.com/api/v1/invoices/..%2Fa%20b%3Fc%23d%25e%2F%C3%A9~",
    ),
    get("wallet", "wallet", {}, WALLET_URL),
]

# Another base URL, as for a sandbox.
BASE_URLS: list[Vector] = [
    create(
        "create_invoice: another base URL",
        {"blockchain": "tron", "symbol": "USDT", "value": "1000000", "expiry": 15, "confirmations": 1},
        '{"blockchain":"tron","symbol":"USDT","value":1000000,"expiry":15,"confirmations":1}',
        url="http://127.0.0.1:8080/api/v1/wallets/w1/invoices",
        client={"wallet_id": "w1", "base_url": "http://127.0.0.1:8080/api/v1/"},
    ),
    get(
        "invoice: another base URL",
        "invoice",
        {"uuid": "i1"},
        "http://127.0.0.1:8080/api/v1/invoices/i1",
        {"wallet_id": "w1", "base_url": "http://127.0.0.1:8080/api/v1/"},
    ),
    get(
        "wallet: another base URL",
        "wallet",
        {},
        "http://127.0.0.1:8080/api/v1/wallets/w1",
        {"wallet_id": "w1", "base_url": "http://127.0.0.1:8080/api/v1/"},
    ),
]

CALLS: list[Vector] = PRICES + VALUES + OPTIONS + STATELESS_SECRETS + GETS + BASE_URLS
