"""Api for Crypto: notifications that must not verify, and genuine ones that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from .apiforcrypto_calls import CLIENT, STATELESS, derived
from .apiforcrypto_notifications import PAID, SECRET_KEY
from .bad_bodies import NO_OBJECTS, bad_bodies
from .forms import Body, Json, Parsed, Vector, body_form, vector

GENUINE = PAID + ',"secret_key":"a secret of this invoice"}'


def refused(
    case: str,
    code: str,
    body: Body,
    *,
    secret_key: str | None = SECRET_KEY,
    client: dict[str, Json] | None = None,
    field: str | None = None,
    unwritable_in: Sequence[str] | None = None,
) -> Vector:
    """A notification that is refused with `code`."""
    return vector(
        name=f"apiforcrypto: notification: {case}",
        gateway="apiforcrypto",
        operation="verify_notification",
        client=CLIENT if client is None else client,
        secret_key=secret_key,
        body=body_form(body),
        unwritable_in=unwritable_in,
        code=code,
        field=field,
    )


def forged(case: str, code: str, member: str) -> Vector:
    """A notification with another `secret_key` than the invoice's."""
    return refused(case, code, PAID + member + "}")


def stateless(case: str, code: str, member: str) -> Vector:
    """A notification that a stateless client refuses."""
    return refused(case, code, PAID + member + "}", secret_key=None, client=STATELESS)


FORGED: list[Vector] = [
    forged("no secret_key", "signature_missing", ""),
    forged("secret_key null", "signature_missing", ',"secret_key":null'),
    forged("no secret_key, but data", "signature_missing", ',"data":{"order_id":"order-125"}'),
    forged("another secret_key", "signature_mismatch", ',"secret_key":"a secret of another invoice"'),
    forged("the start of the secret_key", "signature_mismatch", ',"secret_key":"a secret of this invoic"'),
    forged("more than the secret_key", "signature_mismatch", ',"secret_key":"a secret of this invoice."'),
    forged("a blank behind the secret_key", "signature_mismatch", ',"secret_key":"a secret of this invoice "'),
    forged("the secret_key in upper case", "signature_mismatch", ',"secret_key":"A SECRET OF THIS INVOICE"'),
    forged("another secret_key inside data", "signature_mismatch", ',"data":{"secret_key":"another"}'),
    forged(
        "two different secret_keys",
        "signature_ambiguous",
        ',"secret_key":"a secret of this invoice","data":{"secret_key":"another"}',
    ),
    forged("the secret_key in an unknown field", "signature_missing", ',"x":{"secret_key":"a secret of this invoice"}'),
    stateless("derived: no secret_key", "signature_missing", ',"data":{"order_id":"order-125"}'),
    stateless(
        "derived: the secret_key of another order",
        "signature_mismatch",
        ',"data":{"order_id":"order-125"},"secret_key":"' + derived("order-126") + '"',
    ),
    stateless(
        "derived: with another notification_secret",
        "signature_mismatch",
        ',"data":{"order_id":"order-125"},"secret_key":"' + derived("order-125", "another secret") + '"',
    ),
    stateless(
        "derived: half of the digits",
        "signature_mismatch",
        ',"data":{"order_id":"order-125"},"secret_key":"' + derived("order-125")[:64] + '"',
    ),
    stateless(
        "derived: the notification_secret itself",
        "signature_mismatch",
        ',"data":{"order_id":"order-125"},"secret_key":"4c8a1f0e7b5d4d0c9a3e2f6b8d7c1a50"',
    ),
    refused(
        "derived, but an explicit secret_key was given",
        "signature_mismatch",
        PAID + ',"data":{"order_id":"order-125"},"secret_key":"' + derived("order-125") + '"}',
        client=STATELESS,
    ),
]

# Without a secret nothing can be verified. An empty one is none, and without an order_id none can be derived.
NO_SECRET: list[Vector] = [
    refused("no secret to verify with", "invalid_secret", GENUINE, secret_key=None),
    refused("no secret to verify with, and none in the body", "invalid_secret", PAID + "}", secret_key=None),
    refused("an empty secret to verify with", "invalid_secret", PAID + ',"secret_key":""}', secret_key=""),
    refused(
        "derived: no order_id",
        "signature_mismatch",
        PAID + ',"secret_key":"' + derived("") + '"}',
        secret_key=None,
        client=STATELESS,
    ),
]

NOT_RAW: list[Vector] = [
    refused(f"a parsed {case}", "body_not_raw", Parsed(value, ""), unwritable_in=["rust"])
    for case, value in (("object", {"id": "i1", "status": "PAID", "secret_key": SECRET_KEY}), ("null", None))
]

NOT_JSON: list[Vector] = [
    # What is no object carries no secret_key, which is found out before its shape.
    refused(case, "signature_missing" if case in NO_OBJECTS else "malformed_body", body)
    for case, body in bad_bodies(GENUINE[1:-1]).items()
] + [
    refused("the secret_key twice", "malformed_body", GENUINE[:-1] + ',"secret_key":"another"}'),
    refused(
        "the secret_key twice, once written with an escape", "malformed_body", GENUINE[:-1] + ',"\\u0073ecret_key":"b"}'
    ),
    refused("the status twice", "malformed_body", GENUINE[:-1] + ',"status":"NOT_PAID"}'),
]


def unreadable(case: str, member: str, by: str, field: str) -> Vector:
    """A genuine notification with one member changed."""
    return refused(case, "malformed_body", GENUINE.replace(member, by), field=field)


SHAPE: list[Vector] = [
    unreadable("no id", '"id":"i1",', "", "id"),
    unreadable("no status", '"status":"PAID",', "", "status"),
    unreadable("a list for the status", '"PAID"', '["PAID"]', "status"),
    unreadable("a word for the value", ":52000", ':"many"', "value"),
    unreadable("a list among the transactions", '["aa11"]', "[[]]", "txs"),
    unreadable("two objects for data", '"txs"', '"data":[{},{}],"txs"', "data"),
    unreadable("two objects for fiat_currency", '"txs"', '"fiat_currency":[{},{}],"txs"', "fiat_currency"),
]

BAD_NOTIFICATIONS: list[Vector] = FORGED + NO_SECRET + NOT_RAW + NOT_JSON + SHAPE
