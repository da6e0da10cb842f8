//! The examples in the documentation of methods, which run as tests.

use crate::source::{Gateway, Method};

pub(super) const PAGES: &str = r#">>> for call in client.code_pages(limit=10):
...     page = call.parse(200, '{"data":[],"success":true}')
...     print(len(page.data))
0
"#;

pub(super) const PAYOUT: &str = r#">>> payout = client.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
>>> payout.next(1700000000).request.method
'POST'
"#;

pub(super) const CALLBACK: &str = r#">>> request = client.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
>>> client.verify_callback(request.body, request.headers).uniqueid
'125'
"#;

/// What to call each method with, an answer to read, and what of it to show.
const CALLS: &[(&str, &str, [&str; 4])] = &[
    (
        "Bitloga",
        "balances",
        [r#"balances("USD")"#, r#"{"USD":10.45,"success":true}"#, r#"["USD"]"#, "Decimal('10.45')"],
    ),
    (
        "Bitloga",
        "create_invoice",
        [
            r#"create_invoice(uniqueid="125", paysys="WMZ", amount="1.00", purse="Z123456789012")"#,
            r#"{"invoice":"https://bitloga.com/exchange/id-1","success":true}"#,
            ".invoice",
            "'https://bitloga.com/exchange/id-1'",
        ],
    ),
    (
        "Bitloga",
        "withdraw",
        [
            r#"withdraw(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z123456789012")"#,
            r#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,"status":"Complete","orderid":29,"uniqueid":"135","success":true}"#,
            ".status.is_paid",
            "True",
        ],
    ),
    (
        "Bitloga",
        "details",
        [
            r#"details("125")"#,
            r#"{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}"#,
            ".status.is_paid",
            "True",
        ],
    ),
    (
        "Bitloga",
        "create_code",
        [
            r#"create_code(amount="1.00", currency="USD")"#,
            r#"{"code":"wf9g-amrf-2o9t-831u","success":true}"#,
            ".code",
            "'wf9g-amrf-2o9t-831u'",
        ],
    ),
    (
        "Bitloga",
        "apply_code",
        [
            r#"apply_code(code="wf9g-amrf-2o9t-831u")"#,
            r#"{"amount":1.00,"currency":"USD","success":true}"#,
            ".amount",
            "Decimal('1.00')",
        ],
    ),
    (
        "Bitloga",
        "list_codes",
        [
            r#"list_codes(status="Active", limit=10)"#,
            r#"{"data":[{"code":"wf9g-amrf-2o9t-831u","amount":1.00,"currency":"USD","status":"Active"}],"success":true}"#,
            ".data[0].status",
            "'Active'",
        ],
    ),
    (
        "ApiForCrypto",
        "create_invoice",
        [
            r#"create_invoice(blockchain="tron", symbol="USDT", value=1000000, expiry=30, confirmations=1)"#,
            r#"{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1000000,"status":"NOT_PAID"}"#,
            ".address",
            "'T1'",
        ],
    ),
    (
        "ApiForCrypto",
        "invoice",
        [
            r#"invoice("i1")"#,
            r#"{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1000000,"status":"PAID"}"#,
            ".status.is_paid",
            "True",
        ],
    ),
    (
        "ApiForCrypto",
        "wallet",
        [
            "wallet()",
            r#"{"id":"w1","name":"shop","accounts":[{"blockchain":"tron","symbol":"USDT","decimal_balance":"1.5"}]}"#,
            ".accounts[0].decimal_balance",
            "Decimal('1.5')",
        ],
    ),
];

/// An example that begins with a new client.
pub(super) fn of(gateway: &Gateway, example: &str) -> String {
    let name = gateway.name;
    let constructor =
        if name == "Bitloga" { r#"Bitloga("api-key", "api-secret")"# } else { r#"ApiForCrypto("wallet-id")"# };
    format!(">>> from payseal import {name}\n>>> client = {constructor}\n{example}")
}

/// The example of a method that makes a call.
pub(super) fn call(gateway: &Gateway, method: &Method) -> String {
    let found = CALLS.iter().find(|(client, name, _)| *client == gateway.name && *name == method.name);
    let Some((_, _, [call, answer, read, shown])) = found else { return String::new() };
    of(gateway, &format!(">>> call = client.{call}\n>>> call.parse(200, '{answer}'){read}\n{shown}\n"))
}
