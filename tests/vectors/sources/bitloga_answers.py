"""Bitloga: what each answer parses to."""

from __future__ import annotations

from .bitloga_calls import DIGITS_32_AND_32, DIGITS_64
from .forms import Json, Vector, answer, nested, nested_list

INVOICE_URL = "https://bitloga.com/exchange/id-487142ef9e5e2f2cbc9c1dca214f44/step-4"
NO_REQUISITES: dict[str, Json] = {"invoice": INVOICE_URL, "requisites": []}

# The answers as the document shows them, line by line.
DOCUMENTED: list[Vector] = [
    answer(
        "balances: as documented",
        "balances",
        """{
"USD":10.45,
"success":true
}""",
        {"USD": "10.45"},
    ),
    answer(
        "create_invoice: as documented",
        "create_invoice",
        """{
"invoice":"https://bitloga.com/exchange/id-487142ef9e5e2f2cbc9c1dca214f44/step-4",
"requisites":{
"amount":2438,
"currency":"RUB",
"type":"phone",
"wallet":"790888899999",
"info":"Bank: any bank. Recipient: Guora G.",
"country":"Tajikistan"
},
"success":true
}""",
        {
            "invoice": INVOICE_URL,
            "requisites": [
                {
                    "amount": "2438",
                    "currency": "RUB",
                    "type": "phone",
                    "wallet": "790888899999",
                    "info": "Bank: any bank. Recipient: Guora G.",
                    "country": "Tajikistan",
                }
            ],
        },
    ),
    answer(
        "withdraw: as documented",
        "withdraw",
        """{
"from":"USD",
"to":"WMZ",
"amount_from":10.10,
"amount_from_comis":10.10,
"amount_to":10.00,
"purse":"Z123456789012",
"status":"Complete",
"orderid":29,
"transid":"436fd74c6ec5d1bde1b7969190f81e50",
"uniqueid":"135",
"success":true
}""",
        {
            "from": "USD",
            "to": "WMZ",
            "amount_from": "10.10",
            "amount_from_comis": "10.10",
            "amount_to": "10.00",
            "purse": "Z123456789012",
            "status": "Complete",
            "orderid": "29",
            "transid": "436fd74c6ec5d1bde1b7969190f81e50",
            "uniqueid": "135",
        },
    ),
    answer(
        "details: a payment, as documented",
        "details",
        """{
"from":"USD",
"to":"WMZ",
"amount_from":10.10,
"amount_from_comis":10.10,
"amount_to":10.00,
"purse":"Z123456789012",
"type":"Withdraw",
"status":"Complete",
"orderid":29,
"transid":"436fd74c6ec5d1bde1b7969190f81e50",
"uniqueid":"135",
"success":true
}""",
        {
            "from": "USD",
            "to": "WMZ",
            "amount_from": "10.10",
            "amount_from_comis": "10.10",
            "amount_to": "10.00",
            "purse": "Z123456789012",
            "type": "Withdraw",
            "status": "Complete",
            "orderid": "29",
            "transid": "436fd74c6ec5d1bde1b7969190f81e50",
            "uniqueid": "135",
        },
    ),
    answer(
        "details: an invoice, as documented",
        "details",
        """{
"to":"WMZ",
"amount":1.00,
"purse":"Z123456789012",
"type":"Invoice",
"status":"Payed",
"invoiceid":5,
"uniqueid":"125",
"success":true
}""",
        {
            "to": "WMZ",
            "amount": "1.00",
            "purse": "Z123456789012",
            "type": "Invoice",
            "status": "Payed",
            "invoiceid": "5",
            "uniqueid": "125",
        },
    ),
    answer(
        "create_code: as documented",
        "create_code",
        """{
"code":"wf9g-amrf-2o9t-831u",
"success":true
}""",
        {"code": "wf9g-amrf-2o9t-831u"},
    ),
    answer(
        "apply_code: as documented",
        "apply_code",
        """{
"amount":1.00,
"currency":"USD",
"success":true
}""",
        {"amount": "1.00", "currency": "USD"},
    ),
    answer(
        "list_codes: as documented",
        "list_codes",
        """{
"data":[{
"code":"wf9g-amrf-2o9t-831u",
"amount":1.00,
"currency":"USD",
"pass":"Required",
"desc":"Code description",
"status":"Active",
"createtime":"2022-07-11 15:27"
}],
"success":true
}""",
        {
            "data": [
                {
                    "code": "wf9g-amrf-2o9t-831u",
                    "amount": "1.00",
                    "currency": "USD",
                    "pass": "Required",
                    "desc": "Code description",
                    "status": "Active",
                    "createtime": "2022-07-11 15:27",
                }
            ]
        },
    ),
]

BALANCES: list[Vector] = [
    answer("balances: none", "balances", '{"success":true}', {}),
    answer(
        "balances: every currency of the document and one that is not in it",
        "balances",
        '{"success":true,"USDT":0,"RUB":"150000.00","LTC":0.00000001,"BTC":1.0e-8,"KZT":-5.5,"DOGE":1E+2}',
        {"USDT": "0", "RUB": "150000.00", "LTC": "0.00000001", "BTC": "1.0e-8", "KZT": "-5.5", "DOGE": "1E+2"},
    ),
    answer(
        "balances: null is no balance",
        "balances",
        '{"USD":null,"RUB":1,"success":true}',
        {"RUB": "1"},
    ),
    answer(
        "balances: what is no amount is no balance",
        "balances",
        '{"USD":10.45,"message":"ok","limits":{"RUB":5},"success":true}',
        {"USD": "10.45"},
    ),
    answer(
        "balances: as long as amounts may be",
        "balances",
        f'{{"A":{DIGITS_64},"B":"{DIGITS_32_AND_32}","C":1e64,"D":1e-64,"success":true}}',
        {"A": DIGITS_64, "B": DIGITS_32_AND_32, "C": "1e64", "D": "1e-64"},
    ),
    answer(
        "balances: status 201 is success",
        "balances",
        '{"USD":10.45,"success":true}',
        {"USD": "10.45"},
        status=201,
    ),
    answer(
        "balances: blanks around the object",
        "balances",
        ' \t\r\n{ "USD" : 10.45 ,\r\n\t"success" : true } \r\n\t ',
        {"USD": "10.45"},
    ),
]

CREATE_INVOICE: list[Vector] = [
    answer(
        "create_invoice: payment by URL only",
        "create_invoice",
        '{"invoice":"' + INVOICE_URL + '","success":true}',
        NO_REQUISITES,
    ),
    answer(
        "create_invoice: requisites null",
        "create_invoice",
        '{"invoice":"' + INVOICE_URL + '","requisites":null,"success":true}',
        NO_REQUISITES,
    ),
    answer(
        "create_invoice: requisites an empty list",
        "create_invoice",
        '{"invoice":"' + INVOICE_URL + '","requisites":[],"success":true}',
        NO_REQUISITES,
    ),
    answer(
        "create_invoice: the five types of requisites, as a list",
        "create_invoice",
        '{"success":true,"requisites":['
        '{"amount":2438,"currency":"RUB","type":"card","wallet":"2200 1234 5678 9012","info":"Bank: any"},'
        '{"amount":"2438.00","currency":"RUB","type":"phone","wallet":79088889999,"country":"Tajikistan"},'
        '{"type":"account","wallet":"40817810099910004312","currency":"RUB","amount":2438.5},'
        '{"amount":2438,"currency":"RUB","type":"qr","wallet":"000201010212",'
        '"payment_url":"https://qr.nspk.ru/AS10003P3RH0LJ2A9ROO038L6NT5RU1M","info":null},'
        '{"amount":0.00052,"currency":"BTC","type":"crypto","wallet":"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"}'
        '],"invoice":"' + INVOICE_URL + '"}',
        {
            "invoice": INVOICE_URL,
            "requisites": [
                {
                    "amount": "2438",
                    "currency": "RUB",
                    "type": "card",
                    "wallet": "2200 1234 5678 9012",
                    "info": "Bank: any",
                },
                {
                    "amount": "2438.00",
                    "currency": "RUB",
                    "type": "phone",
                    "wallet": "79088889999",
                    "country": "Tajikistan",
                },
                {"amount": "2438.5", "currency": "RUB", "type": "account", "wallet": "40817810099910004312"},
                {
                    "amount": "2438",
                    "currency": "RUB",
                    "type": "qr",
                    "wallet": "000201010212",
                    "payment_url": "https://qr.nspk.ru/AS10003P3RH0LJ2A9ROO038L6NT5RU1M",
                },
                {
                    "amount": "0.00052",
                    "currency": "BTC",
                    "type": "crypto",
                    "wallet": "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                },
            ],
        },
    ),
    answer(
        "create_invoice: requisites of an unknown type and with an unknown field",
        "create_invoice",
        '{"invoice":"' + INVOICE_URL + '","requisites":{"amount":1,"currency":"EUR","type":"iban",'
        '"wallet":"DE89370400440532013000","bic":"COBADEFFXXX","valid":15},"success":true}',
        {
            "invoice": INVOICE_URL,
            "requisites": [
                {
                    "amount": "1",
                    "currency": "EUR",
                    "type": "iban",
                    "wallet": "DE89370400440532013000",
                    "extra": {"bic": "COBADEFFXXX", "valid": "15"},
                }
            ],
        },
    ),
    answer(
        "create_invoice: as PHP writes it",
        "create_invoice",
        r'{"invoice":"https:\/\/bitloga.com\/exchange\/id-487142ef9e5e2f2cbc9c1dca214f44\/step-4",'
        r'"requisites":[{"amount":5.0e-7,"currency":"BTC","type":"crypto","wallet":"bc1q",'
        r'"info":"\u0411\u0430\u043d\u043a: \ud83d\ude00 \"\u041b\u0443\u0447\u0448\u0438\u0439\"",'
        r'"country":"\u0422\u0430\u0434\u0436\u0438\u043a\u0438\u0441\u0442\u0430\u043d"}],"success":true}',
        {
            "invoice": INVOICE_URL,
            "requisites": [
                {
                    "amount": "5.0e-7",
                    "currency": "BTC",
                    "type": "crypto",
                    "wallet": "bc1q",
                    "info": 'Банк: 😀 "Лучший"',
                    "country": "Таджикистан",
                }
            ],
        },
    ),
]

TRANSACTIONS: list[Vector] = [
    answer(
        "withdraw: every field, numbers as texts and texts as numbers",
        "withdraw",
        '{"success":true,"uniqueid":135,"transid":436,"orderid":"29","surname":"Smith","name":"John","dtag":778899,'
        '"status":"Complete","purse":79088889999,"amount_to":"10.00","amount_from_comis":"10.35",'
        '"amount_from":"10.10","to":"WMZ","from":"USD"}',
        {
            "from": "USD",
            "to": "WMZ",
            "amount_from": "10.10",
            "amount_from_comis": "10.35",
            "amount_to": "10.00",
            "purse": "79088889999",
            "status": "Complete",
            "dtag": "778899",
            "name": "John",
            "surname": "Smith",
            "orderid": "29",
            "transid": "436",
            "uniqueid": "135",
        },
    ),
    answer(
        "withdraw: an unknown status, unknown fields, optional fields null",
        "withdraw",
        '{"from":"USD","to":"WMZ","amount_from":10.1,"amount_from_comis":10.1,"amount_to":10,"purse":"Z123456789012",'
        '"status":"OnReview","dtag":null,"name":null,"surname":null,"orderid":29,"transid":"436fd74c","uniqueid":"135",'
        '"fee":{"percent":1.50,"parts":[1,2e3,"three",true,false,{"deep":-0.5}]},"note":"x","empty":[],"success":true}',
        {
            "from": "USD",
            "to": "WMZ",
            "amount_from": "10.1",
            "amount_from_comis": "10.1",
            "amount_to": "10",
            "purse": "Z123456789012",
            "status": "OnReview",
            "orderid": "29",
            "transid": "436fd74c",
            "uniqueid": "135",
            "extra": {
                "fee": {"percent": "1.50", "parts": ["1", "2e3", "three", True, False, {"deep": "-0.5"}]},
                "note": "x",
                "empty": [],
            },
        },
    ),
    answer(
        "withdraw: an identifier beyond 64 bits",
        "withdraw",
        '{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,"amount_to":1,"purse":"Z1","status":"Pending",'
        '"orderid":79228162514264337593543950337,"transid":"4","uniqueid":18446744073709551617,"success":true}',
        {
            "from": "USD",
            "to": "WMZ",
            "amount_from": "1",
            "amount_from_comis": "1",
            "amount_to": "1",
            "purse": "Z1",
            "status": "Pending",
            "orderid": "79228162514264337593543950337",
            "transid": "4",
            "uniqueid": "18446744073709551617",
        },
    ),
    answer(
        "details: a payment with every field, `type` last",
        "details",
        '{"from":"USD","to":"CARD_RUB","amount_from":30,"amount_from_comis":30.9,"amount_to":2500,'
        '"purse":"4111111111111111","status":"Pending","dtag":"memo 42","name":"John","surname":"Smith",'
        '"orderid":30,"transid":"5f0c","uniqueid":"payout-136","success":true,"type":"Withdraw"}',
        {
            "from": "USD",
            "to": "CARD_RUB",
            "amount_from": "30",
            "amount_from_comis": "30.9",
            "amount_to": "2500",
            "purse": "4111111111111111",
            "type": "Withdraw",
            "status": "Pending",
            "dtag": "memo 42",
            "name": "John",
            "surname": "Smith",
            "orderid": "30",
            "transid": "5f0c",
            "uniqueid": "payout-136",
        },
    ),
    answer(
        "details: an invoice with every field and an unknown one",
        "details",
        '{"type":"Invoice","status":"Created","to":"XRP","amount":"19.50","purse":"rEb8TK3g","dtag":778899,'
        '"name":"Ivan","surname":"Ivanov","invoiceid":"6","uniqueid":"order-125","paid":false,"success":true}',
        {
            "to": "XRP",
            "amount": "19.50",
            "purse": "rEb8TK3g",
            "type": "Invoice",
            "status": "Created",
            "dtag": "778899",
            "name": "Ivan",
            "surname": "Ivanov",
            "invoiceid": "6",
            "uniqueid": "order-125",
            "extra": {"paid": False},
        },
    ),
]

# Every status of the document, and one that is not in it.
STATUSES: list[Vector] = [
    answer(
        f"details: an invoice with status {status}",
        "details",
        '{"to":"WMZ","amount":1,"purse":"Z1","type":"Invoice","status":"' + status + '","invoiceid":5,"uniqueid":"125",'
        '"success":true}',
        {
            "to": "WMZ",
            "amount": "1",
            "purse": "Z1",
            "type": "Invoice",
            "status": status,
            "invoiceid": "5",
            "uniqueid": "125",
        },
    )
    for status in ("Payed", "Created", "Pending", "Complete", "Canceled", "Error", "Frozen")
]

CODES: list[Vector] = [
    answer(
        "create_code: an unknown field",
        "create_code",
        '{"success":true,"code":"wf9g-amrf-2o9t-831u","id":17}',
        {"code": "wf9g-amrf-2o9t-831u", "extra": {"id": "17"}},
    ),
    answer(
        "create_code: a code of digits only",
        "create_code",
        '{"code":831831831831831831831,"success":true}',
        {"code": "831831831831831831831"},
    ),
    answer(
        "apply_code: the amount as PHP may write it",
        "apply_code",
        '{"amount":1,"currency":"USD","success":true}',
        {"amount": "1", "currency": "USD"},
    ),
    answer(
        "apply_code: the amount as a text",
        "apply_code",
        '{"amount":"1.00","currency":"USD","success":true}',
        {"amount": "1.00", "currency": "USD"},
    ),
    answer("list_codes: none", "list_codes", '{"data":[],"success":true}', {"data": []}),
    answer(
        "list_codes: every status, every field, an unknown status and an unknown field",
        "list_codes",
        '{"success":true,"data":[{"code":"a","amount":1.00,"currency":"USD","status":"Active",'
        '"createtime":"2022-07-11 15:27"},'
        '{"code":"b","amount":"2.50","currency":"USD","pass":null,"desc":null,"status":"Redeemed",'
        '"createtime":"2022-07-11 15:27","applytime":"2022-07-12 09:00"},'
        '{"code":"c","amount":3,"currency":"RUB","pass":"Required","desc":"","status":"Disabled",'
        '"createtime":1657553220,"applytime":null},'
        '{"code":"d","amount":4e2,"currency":"KZT","status":"Expired","createtime":"2022-07-11 15:27","owner":7}]}',
        {
            "data": [
                {
                    "code": "a",
                    "amount": "1.00",
                    "currency": "USD",
                    "status": "Active",
                    "createtime": "2022-07-11 15:27",
                },
                {
                    "code": "b",
                    "amount": "2.50",
                    "currency": "USD",
                    "status": "Redeemed",
                    "createtime": "2022-07-11 15:27",
                    "applytime": "2022-07-12 09:00",
                },
                {
                    "code": "c",
                    "amount": "3",
                    "currency": "RUB",
                    "pass": "Required",
                    "desc": "",
                    "status": "Disabled",
                    "createtime": "1657553220",
                },
                {
                    "code": "d",
                    "amount": "4e2",
                    "currency": "KZT",
                    "status": "Expired",
                    "createtime": "2022-07-11 15:27",
                    "extra": {"owner": "7"},
                },
            ]
        },
    ),
]

READER: list[Vector] = [
    answer(
        "apply_code: names written with escapes",
        "apply_code",
        r'{"\u0061mount":1.00,"curr\u0065ncy":"\u0055SD","succ\u0065ss":true}',
        {"amount": "1.00", "currency": "USD"},
    ),
    answer(
        "create_code: every escape of JSON",
        "create_code",
        r'{"code":"\"\\\/\b\f\n\r\t\u00e9\u00E9\u20AC\uD83D\uDE00","success":true}',
        {"code": '"\\/\b\f\n\r\téé€😀'},
    ),
    answer(
        "create_code: 64 levels in an unknown field are accepted",
        "create_code",
        '{"code":"a","deep":' + nested(63) + ',"success":true}',
        {"code": "a", "extra": {"deep": nested_list(63)}},
    ),
    answer(
        "create_code: brackets inside a text are no levels",
        "create_code",
        '{"code":"' + "[" * 100 + "{" * 100 + '","success":true}',
        {"code": "[" * 100 + "{" * 100},
    ),
    answer(
        "create_code: many lists beside each other are no levels",
        "create_code",
        '{"code":"a","wide":[' + "[]," * 99 + '[]],"success":true}',
        {"code": "a", "extra": {"wide": [[] for _ in range(100)]}},
    ),
    answer(
        "create_code: the same name in different objects is no duplicate",
        "create_code",
        '{"code":"a","meta":{"code":"b","inner":{"code":"c"}},"success":true}',
        {"code": "a", "extra": {"meta": {"code": "b", "inner": {"code": "c"}}}},
    ),
    answer(
        "create_code: names that JavaScript treats as special",
        "create_code",
        '{"code":"a","__proto__":{"polluted":"yes"},"constructor":"c","toString":"t","success":true}',
        {"code": "a", "extra": {"__proto__": {"polluted": "yes"}, "constructor": "c", "toString": "t"}},
    ),
]

ANSWERS: list[Vector] = DOCUMENTED + BALANCES + CREATE_INVOICE + TRANSACTIONS + STATUSES + CODES + READER
