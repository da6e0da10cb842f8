"""Answers that are a refusal of the gateway, no answer of the gateway, or not readable."""

from __future__ import annotations

from .apiforcrypto_answers import SMALL
from .bad_bodies import bad_bodies
from .bad_callbacks import BAD_AMOUNTS
from .bitloga_answers import INVOICE_URL
from .forms import Body, Parsed, Vector, body_form, pieces, vector

BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


def answered(
    gateway: str,
    method: str,
    case: str,
    code: str,
    body: Body,
    *,
    status: int = 200,
    field: str | None = None,
    reason: str | None = None,
    retryable: bool | None = None,
) -> Vector:
    """An answer that gives the error `code`."""
    return vector(
        name=f"{gateway}: {method}: answer: {case}",
        gateway=gateway,
        operation="parse",
        method=method,
        status=status,
        body=body_form(body),
        unwritable_in=["rust"] if isinstance(body, Parsed) else None,
        code=code,
        field=field,
        reason=reason,
        retryable=retryable,
    )


def rejected(case: str, body: Body, reason: str | None = None, method: str = "withdraw", status: int = 200) -> Vector:
    """An answer in which Bitloga says no."""
    return answered("bitloga", method, case, "rejected", body, status=status, reason=reason, retryable=False)


def failed(
    gateway: str, case: str, status: int, body: Body, retryable: bool, method: str, reason: str | None = None
) -> Vector:
    """An answer that is not 2xx."""
    return answered(gateway, method, case, "http_status", body, status=status, reason=reason, retryable=retryable)


def malformed(gateway: str, method: str, case: str, body: Body, field: str | None = None) -> Vector:
    """An answer that cannot be read."""
    return answered(gateway, method, case, "malformed_body", body, field=field)


# Where the reason stands is not documented, so it is found wherever it plausibly is.
REJECTED: list[Vector] = (
    [
        rejected(f"rejected, {name} a text", f'{{"success":false,"{name}":"Not enough funds"}}', "Not enough funds")
        for name in ("error", "message", "msg", "errors")
    ]
    + [
        rejected(
            f"rejected, {name} an object",
            f'{{"{name}":{{"amount":"too small","purse":"unknown"}},"success":false}}',
            "too small; unknown",
        )
        for name in ("error", "message", "msg", "errors")
    ]
    + [
        rejected(
            f"rejected, {name} a list",
            f'{{"success":false,"{name}":["amount is too small","purse is unknown"]}}',
            "amount is too small; purse is unknown",
        )
        for name in ("error", "message", "msg", "errors")
    ]
    + [
        rejected(
            "rejected, errors lists in an object",
            '{"success":false,"errors":{"amount":["too small","not round"],"purse":["unknown"]}}',
            "too small; not round; unknown",
        ),
        rejected(
            "rejected, errors objects in a list",
            '{"success":false,"errors":[{"text":"first"},{"text":"second"}]}',
            "first; second",
        ),
        rejected(
            "rejected, as PHP writes it",
            r'{"success":false,"error":"\u041d\u0435\u0442 \u0441\u0440\u0435\u0434\u0441\u0442\u0432 \/ \ud83d\ude1e"}',
            "Нет средств / 😞",
        ),
        rejected("rejected without a reason", '{"success":false}'),
        rejected("rejected, the reason null", '{"success":false,"error":null}'),
        rejected(
            "rejected, fields of a success beside it",
            '{"success":false,"error":"Declined","from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,'
            '"amount_to":1,"purse":"Z1","status":"Complete","orderid":1,"transid":"1","uniqueid":"135"}',
            "Declined",
        ),
    ]
    + [
        rejected(f"rejected, {method}", '{"success":false,"error":"No"}', "No", method)
        for method in (
            "balances",
            "create_invoice",
            "details",
            "create_code",
            "apply_code",
            "list_codes",
        )
    ]
    + [
        rejected(
            f"rejected with status {status}",
            '{"success":false,"error":"Wrong signature"}',
            "Wrong signature",
            status=status,
        )
        for status in (400, 401, 403, 404, 422)
    ]
)

FAILED: list[Vector] = [
    failed("bitloga", "HTML with status 502", 502, BAD_GATEWAY_PAGE, False, "withdraw"),
    failed("bitloga", "nothing with status 502", 502, "", False, "withdraw"),
    failed("bitloga", "not UTF-8 with status 502", 502, b"\xff\xfe", False, "withdraw"),
    failed("bitloga", "10,000 levels with status 502", 502, pieces(("[", 10_000)), False, "withdraw"),
    failed("bitloga", "status 500", 500, "Internal Server Error", False, "create_code"),
    failed("bitloga", "status 429", 429, "Too Many Requests", False, "apply_code"),
    failed("bitloga", "status 408", 408, "", False, "withdraw"),
    failed("bitloga", "success false, status 500", 500, '{"success":false,"error":"no"}', False, "withdraw", "no"),
    failed("bitloga", "success false, status 503", 503, '{"success":false,"error":"no"}', True, "details", "no"),
    failed("bitloga", "success false, status 429", 429, '{"success":false,"error":"slow"}', True, "balances", "slow"),
    failed("bitloga", "status 425", 425, "", True, "balances"),
    failed("bitloga", "status 500", 500, "Internal Server Error", True, "balances"),
    failed("bitloga", "status 503", 503, "", True, "balances"),
    failed("bitloga", "status 503", 503, "", True, "create_invoice"),
    *(
        failed("bitloga", f"status {status}, which may have moved money", status, "", False, method)
        for method in ("withdraw", "create_code", "apply_code")
        for status in (408, 425, 429, 500, 503)
    ),
    *(failed("bitloga", f"status {status}", status, "", True, "details") for status in (408, 425)),
    failed("bitloga", "status 504", 504, "", True, "balances"),
    failed("bitloga", "status 429", 429, "Too Many Requests", True, "balances"),
    failed("bitloga", "JSON without success, status 404", 404, '{"code":7}', False, "details"),
    failed("bitloga", "status 400", 400, "Bad Request", False, "withdraw"),
    failed("bitloga", "status 401", 401, "", False, "balances"),
    failed("bitloga", "status 403", 403, "<html>Forbidden</html>", False, "balances"),
    failed("bitloga", "a redirect, status 302", 302, "", False, "withdraw"),
    failed("apiforcrypto", "HTML with status 502", 502, BAD_GATEWAY_PAGE, True, "create_invoice"),
    failed("apiforcrypto", "status 500", 500, "Internal Server Error", True, "create_invoice"),
    failed(
        "apiforcrypto",
        "forbidden, status 403",
        403,
        '{"error":"Currency is not active"}',
        False,
        "create_invoice",
        "Currency is not active",
    ),
    failed(
        "apiforcrypto",
        "not found, status 404",
        404,
        '{"message":"Wallet not found"}',
        False,
        "wallet",
        "Wallet not found",
    ),
    failed(
        "apiforcrypto",
        "not found, status 404",
        404,
        '{"errors":["Invoice not found"]}',
        False,
        "invoice",
        "Invoice not found",
    ),
    failed("apiforcrypto", "nothing with status 404", 404, "", False, "invoice"),
]

UNREADABLE: list[Vector] = (
    [
        malformed("bitloga", "apply_code", case, body)
        for case, body in bad_bodies('"amount":1.00,"currency":"USD","success":true').items()
    ]
    + [
        malformed("bitloga", "withdraw", "nothing with status 200", ""),
        malformed("bitloga", "withdraw", "HTML with status 200", "<html><body>Maintenance</body></html>"),
        malformed("apiforcrypto", "invoice", "nothing with status 200", ""),
        malformed("apiforcrypto", "wallet", "HTML with status 200", "<html><body>Maintenance</body></html>"),
        malformed("bitloga", "balances", "success twice", '{"success":true,"USD":1,"success":false}'),
        malformed("apiforcrypto", "invoice", "the status twice", SMALL + ',"status":"PAID"}'),
    ]
    + [
        answered("bitloga", "apply_code", "a parsed object", "body_not_raw", Parsed({"success": True}, "")),
        answered("bitloga", "apply_code", "a parsed null", "body_not_raw", Parsed(None, "")),
    ]
)

SUCCESS: list[Vector] = [
    malformed("bitloga", "balances", "no success", '{"USD":10.45}', "success"),
    malformed("bitloga", "create_code", "no success", '{"code":"wf9g-amrf-2o9t-831u"}', "success"),
    malformed("bitloga", "create_code", "an empty object", "{}", "success"),
    malformed("bitloga", "create_code", "success null", '{"code":"a","success":null}', "success"),
    malformed("bitloga", "create_code", "success a word", '{"code":"a","success":"maybe"}', "success"),
    malformed("bitloga", "create_code", "success an object", '{"code":"a","success":{}}', "success"),
]

BITLOGA_SHAPE: list[Vector] = [
    malformed("bitloga", "create_invoice", "no invoice", '{"success":true}', "invoice"),
    malformed("bitloga", "create_invoice", "an object for the URL", '{"invoice":{},"success":true}', "invoice"),
    malformed(
        "bitloga",
        "create_invoice",
        "a text for the requisites",
        '{"invoice":"' + INVOICE_URL + '","requisites":"none","success":true}',
        "requisites",
    ),
    malformed(
        "bitloga",
        "create_invoice",
        "a number among the requisites",
        '{"invoice":"' + INVOICE_URL + '","requisites":[5],"success":true}',
        "requisites[0]",
    ),
    malformed(
        "bitloga",
        "create_invoice",
        "a word for the amount of the first requisites",
        '{"invoice":"' + INVOICE_URL + '","requisites":[{"amount":"many","currency":"RUB","type":"card",'
        '"wallet":"2200"}],"success":true}',
        "requisites[0].amount",
    ),
    malformed(
        "bitloga",
        "create_invoice",
        "an object for the wallet of the second requisites",
        '{"invoice":"' + INVOICE_URL + '","requisites":[{"amount":1,"currency":"RUB","type":"card","wallet":"2200"},'
        '{"amount":1,"currency":"RUB","type":"card","wallet":{}}],"success":true}',
        "requisites[1].wallet",
    ),
    malformed(
        "bitloga",
        "withdraw",
        "no status",
        '{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,"amount_to":1,"purse":"Z1","orderid":1,'
        '"transid":"1","uniqueid":"135","success":true}',
        "status",
    ),
    malformed(
        "bitloga",
        "withdraw",
        "a list for an amount",
        '{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":[1],"amount_to":1,"purse":"Z1",'
        '"status":"Complete","orderid":1,"transid":"1","uniqueid":"135","success":true}',
        "amount_from_comis",
    ),
    malformed(
        "bitloga",
        "details",
        "no type",
        '{"to":"WMZ","amount":1,"purse":"Z1","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}',
        "type",
    ),
    malformed(
        "bitloga",
        "details",
        "an invoice without an amount",
        '{"to":"WMZ","purse":"Z1","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}',
        "amount",
    ),
    malformed(
        "bitloga",
        "details",
        "a payment without amount_to",
        '{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,"purse":"Z1","type":"Withdraw",'
        '"status":"Complete","orderid":1,"transid":"1","uniqueid":"135","success":true}',
        "amount_to",
    ),
    malformed("bitloga", "create_code", "no code", '{"success":true}', "code"),
    malformed("bitloga", "create_code", "code null", '{"code":null,"success":true}', "code"),
    malformed("bitloga", "create_code", "a list for the code", '{"code":["a"],"success":true}', "code"),
    malformed("bitloga", "apply_code", "no currency", '{"amount":1,"success":true}', "currency"),
    malformed("bitloga", "list_codes", "no data", '{"success":true}', "data"),
    malformed("bitloga", "list_codes", "a text for data", '{"data":"none","success":true}', "data"),
    malformed("bitloga", "list_codes", "a text among data", '{"data":["a"],"success":true}', "data[0]"),
    malformed(
        "bitloga",
        "list_codes",
        "the second code without its code",
        '{"data":[{"code":"a","amount":1,"currency":"USD","status":"Active","createtime":"2022-07-11 15:27"},'
        '{"amount":1,"currency":"USD","status":"Active","createtime":"2022-07-11 15:27"}],"success":true}',
        "data[1].code",
    ),
    malformed(
        "bitloga",
        "list_codes",
        "a word for the amount of the second code",
        '{"data":[{"code":"a","amount":1,"currency":"USD","status":"Active","createtime":"2022-07-11 15:27"},'
        '{"code":"b","amount":"many","currency":"USD","status":"Active","createtime":"2022-07-11 15:27"}],'
        '"success":true}',
        "data[1].amount",
    ),
] + [
    malformed(
        "bitloga", "apply_code", f"amount: {case}", '{"amount":' + text + ',"currency":"USD","success":true}', "amount"
    )
    for case, text in BAD_AMOUNTS.items()
]


def changed(case: str, member: str, by: str, field: str) -> Vector:
    """The small invoice with one member replaced by another, or by none."""
    return malformed("apiforcrypto", "invoice", case, SMALL.replace(member, by) + "}", field)


# Members that hold one object.
OBJECTS: dict[str, str] = {
    "fiat_currency": '{"currency":"USD","value":10}',
    "data": '{"order_id":"125"}',
}

CRYPTO_SHAPE: list[Vector] = (
    [
        malformed("apiforcrypto", "invoice", "an empty object", "{}", "id"),
        malformed("apiforcrypto", "create_invoice", "an error with status 200", '{"error":"No"}', "id"),
        changed("no id", '"id":"i1",', "", "id"),
        changed("no status", '"status":"NOT_PAID",', "", "status"),
        changed("no value", '"value":52000,', "", "value"),
        changed("no address", '"address":"bc1q",', "", "address"),
        changed("a word for the value", ":52000", ':"many"', "value"),
        changed("a value of 65 digits", ":52000", ":" + "9" * 65, "value"),
        changed("a word for active", '"active":true', '"active":"maybe"', "active"),
        changed("a word for the confirmations", '"confirmations":0', '"confirmations":"many"', "confirmations"),
        changed("a fraction of a confirmation", '"confirmations":0', '"confirmations":1.5', "confirmations"),
        changed("an object for the status", '"NOT_PAID"', "{}", "status"),
        malformed("apiforcrypto", "invoice", "an object for the transactions", SMALL + ',"txs":{"a":1}}', "txs"),
        malformed("apiforcrypto", "invoice", "an object among transactions", SMALL + ',"txs":["aa11",{}]}', "txs"),
        malformed(
            "apiforcrypto", "invoice", "a text for fiat_currency", SMALL + ',"fiat_currency":"USD"}', "fiat_currency"
        ),
        malformed(
            "apiforcrypto",
            "invoice",
            "a word for the fiat value",
            SMALL + ',"fiat_currency":{"currency":"USD","value":"many"}}',
            "fiat_currency.value",
        ),
        malformed("apiforcrypto", "invoice", "a text for data", SMALL + ',"data":"none"}', "data"),
        malformed(
            "apiforcrypto", "invoice", "a list for the order_id", SMALL + ',"data":{"order_id":["1"]}}', "data.order_id"
        ),
    ]
    + [
        malformed("apiforcrypto", "invoice", f"two objects for {name}", f'{SMALL},"{name}":[{value},{value}]}}', name)
        for name, value in OBJECTS.items()
    ]
    + [
        malformed("apiforcrypto", "wallet", "an empty object", "{}", "id"),
        malformed(
            "apiforcrypto",
            "wallet",
            "a word for the balance",
            '{"id":"w1","created":"2025","type":"merchant","name":"n","balance":"many","accounts":[]}',
            "balance",
        ),
        malformed(
            "apiforcrypto",
            "wallet",
            "a text for the accounts",
            '{"id":"w1","created":"2025","type":"merchant","name":"n","balance":"0","accounts":"none"}',
            "accounts",
        ),
        malformed(
            "apiforcrypto",
            "wallet",
            "a word for the rate of the first account",
            '{"id":"w1","created":"2025","type":"merchant","name":"n","balance":"0","accounts":[{"blockchain":"tron",'
            '"currency":"Tether","symbol":"USDT","decimal":"6","decimal_balance":"1","rate":"many","fiat_balance":"1",'
            '"fiat_currency":"USD","active":true}]}',
            "accounts[0].rate",
        ),
    ]
)

BAD_ANSWERS: list[Vector] = REJECTED + FAILED + UNREADABLE + SUCCESS + BITLOGA_SHAPE + CRYPTO_SHAPE
