"""Api for Crypto: notifications that verify, and what they parse to.

The document does not show a notification. It is taken to be the invoice with the invoice's `secret_key` beside its
fields, or inside `data`.
"""

from __future__ import annotations

from .apiforcrypto_answers import WHOLE, WHOLE_VALUE
from .apiforcrypto_calls import STATELESS, derived
from .forms import Body, Json, Vector, body_form, nested, nested_list, vector

SECRET_KEY = "a secret of this invoice"

# The fields that are always there, open at the end for more.
PAID = (
    '{"id":"i1","blockchain":"bitcoin","symbol":"BTC","address":"bc1q","active":true,"value":52000,'
    '"created":"2026-02-07 12:00:00","expiry":"2026-02-07 12:30:00","status":"PAID","confirmations":3,'
    '"txs":["aa11"]'
)
PAID_VALUE: dict[str, Json] = {
    "id": "i1",
    "blockchain": "bitcoin",
    "symbol": "BTC",
    "address": "bc1q",
    "active": True,
    "value": "52000",
    "created": "2026-02-07 12:00:00",
    "expiry": "2026-02-07 12:30:00",
    "status": "PAID",
    "confirmations": 3,
    "txs": ["aa11"],
}
EVENT_ID = "i1:PAID"


def notification(
    name: str,
    body: Body,
    value: dict[str, Json],
    event_id: str = EVENT_ID,
    *,
    secret_key: str | None = None,
    client: dict[str, Json] | None = None,
) -> Vector:
    """A notification that verifies with `secret_key`, or with the secret of `client`."""
    return vector(name=name, client=client, secret_key=secret_key, body=body_form(body), value=value, event_id=event_id)


EXPLICIT: list[Vector] = [
    notification(
        "every field, the secret_key beside them",
        WHOLE[:-2] + ',\n  "secret_key": "a secret of this invoice"\n}',
        WHOLE_VALUE,
        "0d9f2c7e-7f0b-4f4e-8a55-3b1f6f3c9d10:NOT_PAID",
        secret_key=SECRET_KEY,
    ),
    notification(
        "the secret_key first",
        '{"secret_key":"a secret of this invoice",' + PAID[1:] + "}",
        PAID_VALUE,
        secret_key=SECRET_KEY,
    ),
    notification(
        "the secret_key inside data",
        PAID + ',"data":{"order_id":"order-125","secret_key":"a secret of this invoice"}}',
        {**PAID_VALUE, "data": {"order_id": "order-125"}},
        secret_key=SECRET_KEY,
    ),
    notification(
        "the secret_key inside data as a list of one",
        PAID + ',"data":[{"secret_key":"a secret of this invoice","order_id":"order-125"}]}',
        {**PAID_VALUE, "data": {"order_id": "order-125"}},
        secret_key=SECRET_KEY,
    ),
    notification(
        "the same secret_key in both places",
        PAID
        + ',"secret_key":"a secret of this invoice","data":{"order_id":"1","secret_key":"a secret of this invoice"}}',
        {**PAID_VALUE, "data": {"order_id": "1"}},
        secret_key=SECRET_KEY,
    ),
    notification(
        "a secret_key written with escapes",
        PAID + r',"secret_key":"\u043a\u043b\u044e\u0447 \"1\" \/ \ud83d\udd11"}',
        PAID_VALUE,
        secret_key='ключ "1" / 🔑',
    ),
    notification(
        "blanks around, unknown fields",
        "\r\n " + PAID + ',"secret_key":"a secret of this invoice","network":{"fee":0.10,"nodes":[1,true]}} \n',
        {**PAID_VALUE, "extra": {"network": {"fee": "0.10", "nodes": ["1", True]}}},
        secret_key=SECRET_KEY,
    ),
    notification(
        "64 levels in an unknown field are accepted",
        PAID + ',"secret_key":"a secret of this invoice","deep":' + nested(63) + "}",
        {**PAID_VALUE, "extra": {"deep": nested_list(63)}},
        secret_key=SECRET_KEY,
    ),
]

# Verified with nothing stored: the secret_key is derived again from data.order_id.
DERIVED: list[Vector] = [
    notification(
        "derived: the secret_key beside the fields",
        PAID + ',"data":{"order_id":"order-125"},"secret_key":"' + derived("order-125") + '"}',
        {**PAID_VALUE, "data": {"order_id": "order-125"}},
        client=STATELESS,
    ),
    notification(
        "derived: the secret_key inside data, which is a list of one",
        PAID + ',"data":[{"order_id":"order-125","secret_key":"' + derived("order-125") + '"}]}',
        {**PAID_VALUE, "data": {"order_id": "order-125"}},
        client=STATELESS,
    ),
    notification(
        "derived: an order_id written with escapes",
        PAID
        + r',"data":{"order_id":"\u0437\u0430\u043a\u0430\u0437 \"125\"\n"},"secret_key":"'
        + derived('заказ "125"\n')
        + '"}',
        {**PAID_VALUE, "data": {"order_id": 'заказ "125"\n'}},
        client=STATELESS,
    ),
    notification(
        "derived: an order_id that comes back as a number",
        PAID + ',"data":{"order_id":125},"secret_key":"' + derived("125") + '"}',
        {**PAID_VALUE, "data": {"order_id": "125"}},
        client=STATELESS,
    ),
    notification(
        "an explicit secret_key wins over the derived one",
        PAID + ',"data":{"order_id":"order-125"},"secret_key":"a secret of this invoice"}',
        {**PAID_VALUE, "data": {"order_id": "order-125"}},
        secret_key=SECRET_KEY,
        client=STATELESS,
    ),
]

# Deliveries of one event: whatever the form, the event is the same; another status is another event.
DELIVERIES: list[Vector] = [
    notification(
        "delivered again, the same bytes",
        '{"secret_key":"a secret of this invoice",' + PAID[1:] + "}",
        PAID_VALUE,
        secret_key=SECRET_KEY,
    ),
    notification(
        "delivered again, as PHP writes it",
        '{"txs":"aa11","confirmations":"3","status":"P\\u0041ID","expiry":"2026-02-07 12:30:00",'
        '"created":"2026-02-07 12:00:00","value":"52000","active":true,"address":"bc1q","symbol":"BTC",'
        '"blockchain":"bitcoin","id":"i1","secret_key":"a secret of this invoice"}',
        PAID_VALUE,
        secret_key=SECRET_KEY,
    ),
    notification(
        "the same invoice with another status is another event",
        PAID.replace('"PAID"', '"PARTIALLY_PAID"') + ',"secret_key":"a secret of this invoice"}',
        {**PAID_VALUE, "status": "PARTIALLY_PAID"},
        "i1:PARTIALLY_PAID",
        secret_key=SECRET_KEY,
    ),
]


def event(name: str, event_id: str, invoice_id: str, status: str) -> Vector:
    """A notification whose deduplication key is made of unusual parts."""
    body = PAID.replace('"i1"', f'"{invoice_id}"').replace('"PAID"', f'"{status}"')
    value: dict[str, Json] = {**PAID_VALUE, "id": invoice_id, "status": status}
    return notification(
        name, body + ',"secret_key":"a secret of this invoice"}', value, event_id, secret_key=SECRET_KEY
    )


# Events that differ have keys that differ, whatever their parts hold.
EVENTS: list[Vector] = [
    event("event: no id", ":PAID", "", "PAID"),
    event("event: no status", "i1:", "i1", ""),
    event("event: neither id nor status", ":", "", ""),
    event("event: a colon in the id", "i1%3Ax:PAID", "i1:x", "PAID"),
    event("event: a colon in the status", "i1:x%3APAID", "i1", "x:PAID"),
    event("event: a percent sign", "i%253A1:PAID", "i%3A1", "PAID"),
]

NOTIFICATIONS: list[Vector] = EXPLICIT + DERIVED + DELIVERIES + EVENTS
