"""Api for Crypto: what each answer parses to.

The examples of the document were lost in the copy; these answers are made from its tables, field by field.
"""

from __future__ import annotations

from .apiforcrypto_calls import INVOICE_ID, WALLET_ID
from .forms import Json, Vector, answer

ADDRESS = "TQWv7b8JmYV8m7Hc1vZzQ5m1ZkqvZx3n9P"
CONTRACT = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"

# Every field of the table, in its order.
WHOLE = """{
  "id": "0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10",
  "blockchain": "tron",
  "symbol": "USDT",
  "address": "TQWv7b8JmYV8m7Hc1vZzQ5m1ZkqvZx3n9P",
  "contract_address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
  "active": true,
  "value": 10500000,
  "created": "2026-02-07 12:00:00",
  "expiry": "2026-02-07 12:30:00",
  "status": "NOT_PAID",
  "confirmations": 0,
  "fiat_currency": {
    "currency": "USD",
    "value": 10,
    "percent": 5
  },
  "txs": "",
  "data": {
    "order_id": "order-125",
    "title": "Order 125",
    "description": "Two books",
    "url_callback": "https://shop.example/callback",
    "url_success": "https://shop.example/thanks",
    "url_failed": "https://shop.example/failed",
    "user_data": "customer 42",
    "url_pay": "https://apiforcrypto.com/pay/0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10"
  }
}"""
WHOLE_VALUE: dict[str, Json] = {
    "id": INVOICE_ID,
    "blockchain": "tron",
    "symbol": "USDT",
    "address": ADDRESS,
    "contract_address": CONTRACT,
    "active": True,
    "value": "10500000",
    "created": "2026-02-07 12:00:00",
    "expiry": "2026-02-07 12:30:00",
    "status": "NOT_PAID",
    "confirmations": 0,
    "fiat_currency": {"currency": "USD", "value": "10", "percent": "5"},
    "txs": [],
    "data": {
        "order_id": "order-125",
        "title": "Order 125",
        "description": "Two books",
        "url_callback": "https://shop.example/callback",
        "url_success": "https://shop.example/thanks",
        "url_failed": "https://shop.example/failed",
        "user_data": "customer 42",
        "url_pay": "https://apiforcrypto.com/pay/0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10",
    },
}

# The fields that are always there, open at the end for more.
SMALL = (
    '{"id":"i1","blockchain":"bitcoin","symbol":"BTC","address":"bc1q","active":true,"value":52000,'
    '"created":"2026-02-07 12:00:00","expiry":"2026-02-07 12:30:00","status":"NOT_PAID","confirmations":0'
)
SMALL_VALUE: dict[str, Json] = {
    "id": "i1",
    "blockchain": "bitcoin",
    "symbol": "BTC",
    "address": "bc1q",
    "active": True,
    "value": "52000",
    "created": "2026-02-07 12:00:00",
    "expiry": "2026-02-07 12:30:00",
    "status": "NOT_PAID",
    "confirmations": 0,
    "txs": [],
}


def small(name: str, more: str, **values: Json) -> Vector:
    """The small invoice with more members, and what they parse to."""
    return answer(f"invoice: {name}", "invoice", SMALL + more + "}", {**SMALL_VALUE, **values})


WHOLES: list[Vector] = [
    answer("create_invoice: every field", "create_invoice", WHOLE, WHOLE_VALUE),
    answer("create_invoice: every field, status 201", "create_invoice", WHOLE, WHOLE_VALUE, status=201),
    answer("invoice: every field", "invoice", WHOLE, WHOLE_VALUE),
    answer(
        "invoice: numbers as texts and texts as numbers, another order",
        "invoice",
        '{"data":{"url_pay":"https://p.example/1","user_data":42,"order_id":125},"txs":[],'
        '"fiat_currency":{"percent":"-7","value":"250","currency":"EUR"},"confirmations":"3","status":"IN_BLOCK",'
        '"expiry":1770467400,"created":1770465600,"value":"52000","active":false,"address":"bc1q","symbol":"BTC",'
        '"blockchain":"bitcoin","id":17}',
        {
            "id": "17",
            "blockchain": "bitcoin",
            "symbol": "BTC",
            "address": "bc1q",
            "active": False,
            "value": "52000",
            "created": "1770465600",
            "expiry": "1770467400",
            "status": "IN_BLOCK",
            "confirmations": 3,
            "fiat_currency": {"currency": "EUR", "value": "250", "percent": "-7"},
            "txs": [],
            "data": {"order_id": "125", "user_data": "42", "url_pay": "https://p.example/1"},
        },
    ),
    answer(
        "create_invoice: as PHP writes it",
        "create_invoice",
        r'{"id":"i1","blockchain":"tron","symbol":"USDT","address":"TQ","contract_address":null,"active":true,'
        r'"value":25000000000000000000000000000001,"created":"2026-02-07T12:00:00+00:00","expiry":"30","status":'
        r'"NOT_PAID","confirmations":0,"fiat_currency":[{"currency":"USD","value":5.0e-7}],"txs":null,'
        r'"data":[{"title":"\u0417\u0430\u043a\u0430\u0437 \ud83d\ude00","url_pay":"https:\/\/p.example\/1"}]}',
        {
            "id": "i1",
            "blockchain": "tron",
            "symbol": "USDT",
            "address": "TQ",
            "active": True,
            "value": "25000000000000000000000000000001",
            "created": "2026-02-07T12:00:00+00:00",
            "expiry": "30",
            "status": "NOT_PAID",
            "confirmations": 0,
            "fiat_currency": {"currency": "USD", "value": "5.0e-7"},
            "txs": [],
            "data": {"title": "Заказ 😀", "url_pay": "https://p.example/1"},
        },
    ),
]

FORMS: list[Vector] = [
    small("minimum", ""),
    small("optional fields null", ',"contract_address":null,"fiat_currency":null,"txs":null,"data":null'),
    small("no transaction, an empty list", ',"txs":[]'),
    small("no transaction, an empty text", ',"txs":""'),
    small("one transaction as a text", ',"txs":"6f7cf9580f1c2dfb"', txs=["6f7cf9580f1c2dfb"]),
    small("transactions separated by commas", ',"txs":"aa11,bb22,cc33"', txs=["aa11", "bb22", "cc33"]),
    small("transactions separated by commas and blanks", ',"txs":"aa11, bb22"', txs=["aa11", "bb22"]),
    small("transactions as a list", ',"txs":["aa11","bb22"]', txs=["aa11", "bb22"]),
    small(
        "fiat_currency as a list of one",
        ',"fiat_currency":[{"currency":"USD","value":"10.00"}]',
        fiat_currency={"currency": "USD", "value": "10.00"},
    ),
    small(
        "data as a list of one",
        ',"data":[{"order_id":"order-125"}]',
        data={"order_id": "order-125"},
    ),
    small(
        "fields of fiat_currency and data null",
        ',"fiat_currency":{"currency":"USD","value":10,"percent":null},"data":{"order_id":"125","title":null}',
        fiat_currency={"currency": "USD", "value": "10"},
        data={"order_id": "125"},
    ),
    small(
        "unknown fields at every level",
        ',"network":{"fee":1.50,"nodes":[1,"two",false]},"fiat_currency":{"currency":"USD","value":10,"rate":0.98},'
        '"data":{"order_id":"125","ref":[7]}',
        fiat_currency={"currency": "USD", "value": "10", "extra": {"rate": "0.98"}},
        data={"order_id": "125", "extra": {"ref": ["7"]}},
        extra={"network": {"fee": "1.50", "nodes": ["1", "two", False]}},
    ),
    answer("invoice: blanks around", "invoice", "\r\n " + SMALL + "}\n", SMALL_VALUE),
]

# Every status of the document, and one that is not in it.
STATUSES: list[Vector] = [
    answer(
        f"invoice: status {status}",
        "invoice",
        '{"id":"i1","blockchain":"bitcoin","symbol":"BTC","address":"bc1q","active":true,"value":52000,'
        '"created":"2026-02-07 12:00:00","expiry":"2026-02-07 12:30:00","status":"' + status + '","confirmations":0}',
        {**SMALL_VALUE, "status": status},
    )
    for status in ("PAID", "NOT_PAID", "IN_MEMPOOL", "PARTIALLY_PAID", "IN_BLOCK", "EXPIRED")
]

WALLETS: list[Vector] = [
    answer(
        "wallet: every field",
        "wallet",
        """{
  "id": "b3c1c9ae-2f5e-4f0c-9c53-6a0f7d1e8a42",
  "created": "2025-11-20 09:15:00",
  "type": "merchant",
  "name": "My shop",
  "balance": "1250.75",
  "accounts": [
    {
      "blockchain": "bitcoin",
      "currency": "Bitcoin",
      "symbol": "BTC",
      "decimal": "8",
      "decimal_balance": "0.01250000",
      "rate": "96000.10",
      "fiat_balance": "1200.00",
      "fiat_currency": "USD",
      "active": true
    },
    {
      "blockchain": "tron",
      "contract_address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
      "currency": "Tether",
      "symbol": "USDT",
      "decimal": "6",
      "decimal_balance": "50.750000",
      "rate": "1",
      "fiat_balance": "50.75",
      "fiat_currency": "USD",
      "active": false
    }
  ]
}""",
        {
            "id": WALLET_ID,
            "created": "2025-11-20 09:15:00",
            "type": "merchant",
            "name": "My shop",
            "balance": "1250.75",
            "accounts": [
                {
                    "blockchain": "bitcoin",
                    "currency": "Bitcoin",
                    "symbol": "BTC",
                    "decimal": "8",
                    "decimal_balance": "0.01250000",
                    "rate": "96000.10",
                    "fiat_balance": "1200.00",
                    "fiat_currency": "USD",
                    "active": True,
                },
                {
                    "blockchain": "tron",
                    "contract_address": CONTRACT,
                    "currency": "Tether",
                    "symbol": "USDT",
                    "decimal": "6",
                    "decimal_balance": "50.750000",
                    "rate": "1",
                    "fiat_balance": "50.75",
                    "fiat_currency": "USD",
                    "active": False,
                },
            ],
        },
    ),
    answer(
        "wallet: numbers instead of texts, null, unknown fields",
        "wallet",
        '{"accounts":[{"active":true,"fiat_currency":"USD","fiat_balance":0,"rate":2.5e-8,"decimal_balance":'
        '115792089237316195423570985008687907853269984665640564039457,"decimal":18,"symbol":"SHIB","currency":'
        r'"\u0428\u0438\u0431\u0430","contract_address":null,"blockchain":"ethereum","frozen":0}],"balance":0,'
        '"name":2026,"type":"merchant","created":1763630100,"id":17,"limits":{"daily":1000.00}}',
        {
            "id": "17",
            "created": "1763630100",
            "type": "merchant",
            "name": "2026",
            "balance": "0",
            "accounts": [
                {
                    "blockchain": "ethereum",
                    "currency": "Шиба",
                    "symbol": "SHIB",
                    "decimal": "18",
                    "decimal_balance": "115792089237316195423570985008687907853269984665640564039457",
                    "rate": "2.5e-8",
                    "fiat_balance": "0",
                    "fiat_currency": "USD",
                    "active": True,
                    "extra": {"frozen": "0"},
                }
            ],
            "extra": {"limits": {"daily": "1000.00"}},
        },
    ),
    answer(
        "wallet: no accounts",
        "wallet",
        '{"id":"w1","created":"2025-11-20","type":"merchant","name":"","balance":"0","accounts":[]}',
        {"id": "w1", "created": "2025-11-20", "type": "merchant", "name": "", "balance": "0", "accounts": []},
    ),
]

ANSWERS: list[Vector] = WHOLES + FORMS + STATUSES + WALLETS
