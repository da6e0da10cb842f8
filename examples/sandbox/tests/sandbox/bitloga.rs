//! The seven actions of Bitloga, and who may call them.

use payseal_sandbox::Options;
use serde_json::json;

use crate::harness::{Running, options, send, sign, start, start_with};

const INVOICE: &str = r#"{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z123456789012","paylist":"WMZ,WMR,WME","comis":"payer","desc":"Description"}"#;
const WITHDRAW: &str =
    r#"{"action":"withdraw","uniqueid":"135","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z123456789012"}"#;

#[tokio::test]
async fn balances_all_and_one() {
    let sandbox = start().await;
    let all = sandbox.bitloga(r#"{"action":"balances"}"#).await;
    assert_eq!(
        all.text,
        r#"{"USD":10000.00,"USDT":10000.00,"RUB":800000.00,"LTC":100.00000000,"BTC":1.00000000,"KZT":5000000.00,"success":true}"#
    );
    let one = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(one.text, r#"{"USD":10000.00,"success":true}"#);
    sandbox.bitloga(r#"{"action":"balances","currency":"XXX"}"#).await.refused(400, "currency");
}

#[tokio::test]
async fn nobody_without_key_and_signature() {
    let sandbox = start().await;
    let body = r#"{"action":"balances"}"#;
    let request = || sandbox.client.post(sandbox.url("/api/v1/")).header("Content-type", "application/json");
    let signature = sign(body);
    let with = |key: &str, signature: &str, body: &str| {
        request().header("X-APIKEY", key).header("X-SIGNATURE", signature).body(body.to_owned())
    };

    send(request().header("X-SIGNATURE", &signature).body(body)).await.refused(401, "X-APIKEY is missing");
    send(request().header("X-APIKEY", "sandbox-key").body(body)).await.refused(401, "X-SIGNATURE is missing");
    send(with("other-key", &signature, body)).await.refused(401, "X-APIKEY");
    send(with("sandbox-key", &signature, r#"{"action":"balances" }"#)).await.refused(401, "X-SIGNATURE");
    for bad in ["", "zz", &signature[1..], &format!("{signature}00"), &sign("{}")] {
        send(with("sandbox-key", bad, body)).await.refused(401, "X-SIGNATURE");
    }
    // The signature comes first: what is not signed is not even looked at.
    send(with("sandbox-key", &signature, "not JSON")).await.refused(401, "X-SIGNATURE");
    send(with("sandbox-key", &signature.to_uppercase(), body)).await.ok();
}

#[tokio::test]
async fn bad_bodies_are_refused() {
    let sandbox = start().await;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in ["", "[]", "null", "{}", r#"{"action":"balances","action":"withdraw"}"#, "{} {}", &deep] {
        sandbox.bitloga(body).await.refused(400, "");
    }
    sandbox.bitloga(r#"{"action":"rob"}"#).await.refused(400, "action");
    let body = r#"{"action":"balances"}"#;
    let unnamed = sandbox.client.post(sandbox.url("/api/v1/")).header("X-APIKEY", "sandbox-key");
    send(unnamed.header("X-SIGNATURE", sign(body)).body(body)).await.refused(400, "Content-type");
    let long = format!(r#"{{"action":"{}"}}"#, "a".repeat(2 << 20));
    sandbox.bitloga(&long).await.refused(413, "longer than 1 MiB");
}

#[tokio::test]
async fn invoice_as_documented() {
    let sandbox = start().await;
    let invoice = sandbox.bitloga(INVOICE).await.ok();
    let url = invoice["invoice"].as_str().unwrap();
    assert!(url.starts_with(&sandbox.url("/exchange/id-")) && url.ends_with("/step-4"), "{url}");
    assert_eq!(invoice.get("requisites"), None, "payable by URL only");

    let details = sandbox.bitloga(r#"{"action":"details","uniqueid":"125"}"#).await;
    let expected = r#"{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Created","invoiceid":1,"uniqueid":"125","success":true}"#;
    assert_eq!(details.text, expected);

    sandbox.bitloga(INVOICE).await.refused(409, "uniqueid");
    sandbox.bitloga(&WITHDRAW.replace("135", "125")).await.refused(409, "uniqueid");
    sandbox.bitloga(r#"{"action":"details","uniqueid":"unknown"}"#).await.refused(404, "uniqueid");
}

async fn requisites(sandbox: &Running, uniqueid: &str, source: &str) -> serde_json::Value {
    let body = format!(
        r#"{{"action":"invoice","uniqueid":"{uniqueid}","paysys":"USDTTRC20","amount":100,"purse":"T1","paylist":"{source}"}}"#
    );
    sandbox.bitloga(&body).await.ok()["requisites"].clone()
}

#[tokio::test]
async fn requisites_of_every_type() {
    let sandbox = start().await;
    for (source, kind, currency) in [
        ("CARD_RUB", "card", "RUB"),
        ("SBP_RUB", "phone", "RUB"),
        ("ACCOUNT_KZT", "account", "KZT"),
        ("QR_RUB", "qr", "RUB"),
        ("BTC", "crypto", "BTC"),
    ] {
        let requisites = requisites(&sandbox, source, source).await;
        assert_eq!(requisites["type"], kind);
        assert_eq!(requisites["currency"], currency);
        assert!(requisites["amount"].is_number() && requisites["wallet"].is_string() && requisites["info"].is_string());
        assert_eq!(requisites["payment_url"].is_string(), kind == "qr");
    }
    let phone = requisites(&sandbox, "another", "SBP_RUB").await;
    assert_eq!(phone["country"], "Tajikistan");
    assert_eq!(phone["amount"], json!(8080.00), "100 dollars at 80 rubles, and a fee of one percent");
}

#[tokio::test]
async fn invoice_priced_in_the_currency_of_payment() {
    let sandbox = start().await;
    let body = |uniqueid: &str, paylist: &str, comis: &str| {
        format!(
            r#"{{"action":"invoice","uniqueid":"{uniqueid}","paysys":"USDTTRC20","pay_amount":1500.00,"purse":"T1"{paylist},"comis":"{comis}"}}"#
        )
    };
    let fee_on_top = sandbox.bitloga(&body("126", r#","paylist":"SBP_RUB""#, "payer")).await;
    assert!(fee_on_top.text.contains(r#""amount":1515.00,"currency":"RUB""#), "{}", fee_on_top.text);
    let fee_included = sandbox.bitloga(&body("127", r#","paylist":"SBP_RUB""#, "payee")).await;
    assert!(fee_included.text.contains(r#""amount":1500.00,"currency":"RUB""#), "{}", fee_included.text);
    let details = sandbox.bitloga(r#"{"action":"details","uniqueid":"126"}"#).await;
    assert!(details.text.contains(r#""amount":18.750000,"#), "{}", details.text);
    let both = body("129", r#","amount":7,"paylist":"SBP_RUB""#, "payer");
    sandbox.bitloga(&both).await.ok();
    let details = sandbox.bitloga(r#"{"action":"details","uniqueid":"129"}"#).await;
    assert!(details.text.contains(r#""amount":18.750000,"#), "pay_amount decides: {}", details.text);

    sandbox.bitloga(&body("128", "", "payer")).await.refused(400, "paylist");
    sandbox.bitloga(&body("128", r#","paylist":"SBP_RUB,WMZ""#, "payer")).await.refused(400, "paylist");
    sandbox.bitloga(&body("128", r#","paylist":"SBP_RUB""#, "nobody")).await.refused(400, "comis");
}

#[tokio::test]
async fn rules_of_an_invoice() {
    let sandbox = start().await;
    let with = |fields: &str| format!(r#"{{"action":"invoice","uniqueid":"u",{fields}}}"#);
    for (fields, reason) in [
        (r#""amount":1,"purse":"p""#, "paysys"),
        (r#""paysys":"wmz","amount":1,"purse":"p""#, "paysys"),
        (r#""paysys":"WMZ","purse":"p""#, "amount"),
        (r#""paysys":"WMZ","amount":"1.00","purse":"p""#, "amount must be a number"),
        (r#""paysys":"WMZ","amount":0,"purse":"p""#, "amount"),
        (r#""paysys":"WMZ","amount":-1,"purse":"p""#, "amount"),
        (r#""paysys":"WMZ","amount":1e999999999,"purse":"p""#, "amount"),
        (r#""paysys":"WMZ","amount":1"#, "purse"),
        (r#""paysys":"WMZ","amount":1,"purse":"""#, "purse"),
        (r#""paysys":"WMZ","amount":1,"purse":7"#, "purse must be a string"),
        (r#""paysys":"CARD_RUB","amount":1,"purse":"2200""#, "name"),
        (r#""paysys":"CARD_RUB","amount":1,"purse":"2200","name":"A""#, "surname"),
        (r#""paysys":"WMZ","amount":1,"purse":"p","callbackurl":"file:///etc/passwd""#, "callbackurl"),
        (r#""paysys":"WMZ","amount":1,"purse":"p","successurl":"javascript:alert(1)""#, "successurl"),
        (r#""paysys":"WMZ","amount":1,"purse":"p","failurl":"/relative""#, "failurl"),
        (r#""paysys":"WMZ","amount":1,"purse":"p","paylist":"WMZ,,WMR""#, "paylist"),
    ] {
        sandbox.bitloga(&with(fields)).await.refused(400, reason);
    }
    sandbox.bitloga(r#"{"action":"invoice","paysys":"WMZ","amount":1,"purse":"p"}"#).await.refused(400, "uniqueid");
    // Money for the internal balance needs no purse.
    sandbox.bitloga(&with(r#""paysys":"USD","amount":1"#)).await.ok();
}

#[tokio::test]
async fn paying_an_invoice_to_the_internal_balance_credits_it() {
    let sandbox = start().await;
    sandbox.bitloga(r#"{"action":"invoice","uniqueid":"1","paysys":"USD","amount":0.10}"#).await.ok();
    sandbox.bitloga(INVOICE).await.ok();
    sandbox.post("/sandbox/invoices/1/pay", "").await.ok();
    sandbox.post("/sandbox/invoices/125/pay", "").await.ok();
    let balance = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(balance.text, r#"{"USD":10000.10,"success":true}"#, "the other went to its purse");
    sandbox.post("/sandbox/invoices/1/pay", "").await.refused(409, "Payed");
    sandbox.post("/sandbox/invoices/1/fail", "").await.refused(409, "Payed");
    sandbox.post("/sandbox/invoices/none/pay", "").await.refused(404, "");
    sandbox.post("/sandbox/invoices/1/eat", "").await.refused(404, "pay, fail and resend");
}

#[tokio::test]
async fn a_failed_invoice_is_canceled() {
    let sandbox = start().await;
    sandbox.bitloga(INVOICE).await.ok();
    sandbox.post("/sandbox/invoices/125/fail", "").await.ok();
    assert_eq!(sandbox.bitloga(r#"{"action":"details","uniqueid":"125"}"#).await.ok()["status"], "Canceled");
    sandbox.post("/sandbox/invoices/125/resend", "").await.refused(409, "Canceled");
}

#[tokio::test]
async fn withdrawal_as_documented() {
    let sandbox = start().await;
    let withdrawal = sandbox.bitloga(WITHDRAW).await;
    let transid = withdrawal.ok()["transid"].as_str().unwrap().to_owned();
    assert_eq!(transid.len(), 32);
    let expected = |kind: &str| {
        format!(
            r#"{{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,"purse":"Z123456789012",{kind}"status":"Complete","orderid":1,"transid":"{transid}","uniqueid":"135","success":true}}"#
        )
    };
    assert_eq!(withdrawal.text, expected(""));
    let details = sandbox.bitloga(r#"{"action":"details","uniqueid":"135"}"#).await;
    assert_eq!(details.text, expected(r#""type":"Withdraw","#));
    let balance = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(balance.text, r#"{"USD":9989.90,"success":true}"#);
    sandbox.bitloga(WITHDRAW).await.refused(409, "uniqueid");
}

#[tokio::test]
async fn withdrawal_with_commission_to_a_card() {
    let sandbox = start().await;
    let body = r#"{"action":"withdraw","uniqueid":"1","currency":"USD","paysys":"CARD_RUB","amount":8000.00,"purse":"2200","dtag":"7","name":"A","surname":"B"}"#;
    let withdrawal = sandbox.bitloga(body).await;
    withdrawal.ok();
    let expected = r#""amount_from":101.00,"amount_from_comis":101.51,"amount_to":8000.00,"purse":"2200","status":"Complete","dtag":"7","name":"A","surname":"B","#;
    assert!(withdrawal.text.contains(expected), "{}", withdrawal.text);
    sandbox
        .bitloga(&body.replace(r#""1""#, r#""2""#).replace(r#""surname":"B""#, r#""email":"b""#))
        .await
        .refused(400, "surname");
}

#[tokio::test]
async fn nobody_pays_out_more_than_there_is() {
    let sandbox = start().await;
    sandbox.bitloga(&WITHDRAW.replace("10.00", "9900.991")).await.refused(400, "insufficient balance");
    sandbox.bitloga(r#"{"action":"details","uniqueid":"135"}"#).await.refused(404, "uniqueid");
    sandbox.bitloga(&WITHDRAW.replace("10.00", "9900.99")).await.ok();
    let balance = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(balance.text, r#"{"USD":0.00,"success":true}"#);
    sandbox.bitloga(&WITHDRAW.replace("USD", "EUR").replace("135", "136")).await.refused(400, "EUR");
}

#[tokio::test]
async fn payouts_can_be_pending_and_fail() {
    let sandbox = start().await;
    let status = async |uniqueid: &str| {
        sandbox.bitloga(&format!(r#"{{"action":"details","uniqueid":"{uniqueid}"}}"#)).await.ok()["status"].clone()
    };
    let pending = WITHDRAW.replace("Z123456789012", "pending-1");
    assert_eq!(sandbox.bitloga(&pending).await.ok()["status"], "Pending");
    sandbox.post("/sandbox/payouts/135/complete", "").await.ok();
    assert_eq!(status("135").await, "Complete");
    sandbox.post("/sandbox/payouts/135/complete", "").await.refused(409, "Complete");

    sandbox.bitloga(&pending.replace("135", "136")).await.ok();
    sandbox.post("/sandbox/payouts/136/fail", "").await.ok();
    assert_eq!(status("136").await, "Error");
    sandbox.post("/sandbox/payouts/136/fail", "").await.refused(409, "Error");
    let balance = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(balance.text, r#"{"USD":9989.90,"success":true}"#, "the money of the second came back");
}

#[tokio::test]
async fn codes_with_a_password() {
    let sandbox = start().await;
    let create = r#"{"action":"create","amount":1.00,"currency":"USD","pass":"mypassword","desc":"Code description"}"#;
    let code = sandbox.bitloga(create).await.ok()["code"].as_str().unwrap().to_owned();
    let balance = r#"{"action":"balances","currency":"USD"}"#;
    assert_eq!(sandbox.bitloga(balance).await.text, r#"{"USD":9999.00,"success":true}"#);

    let listed = sandbox.bitloga(&format!(r#"{{"action":"get","code":"{code}"}}"#)).await;
    let start = format!(
        r#"{{"data":[{{"code":"{code}","amount":1.00,"currency":"USD","pass":"Required","desc":"Code description","status":"Active","createtime":"20"#
    );
    assert!(listed.text.starts_with(&start), "{}", listed.text);
    assert_eq!(listed.json()["data"][0].get("applytime"), None);

    let apply = |fields: &str| format!(r#"{{"action":"apply","code":"{code}"{fields}}}"#);
    sandbox.bitloga(&apply("")).await.refused(403, "pass");
    sandbox.bitloga(&apply(r#","pass":"wrong""#)).await.refused(403, "pass");
    let applied = sandbox.bitloga(&apply(r#","pass":"mypassword""#)).await;
    assert_eq!(applied.text, r#"{"amount":1.00,"currency":"USD","success":true}"#);
    sandbox.bitloga(&apply(r#","pass":"mypassword""#)).await.refused(409, "Redeemed");
    sandbox.bitloga(r#"{"action":"apply","code":"aaaa-aaaa-aaaa-aaaa"}"#).await.refused(404, "code");
    assert_eq!(sandbox.bitloga(balance).await.text, r#"{"USD":10000.00,"success":true}"#);
    let listed = sandbox.bitloga(r#"{"action":"get","status":"Redeemed"}"#).await.ok();
    assert_eq!(listed["data"][0]["applytime"].as_str().unwrap().len(), "2022-07-11 15:27".len());
}

#[tokio::test]
async fn codes_by_page_and_filter() {
    let sandbox = start().await;
    let mut codes = Vec::new();
    for amount in ["1.00", "2.00", "1", "3.00", "1.0"] {
        let currency = if amount == "3.00" { "RUB" } else { "USD" };
        let body = format!(r#"{{"action":"create","amount":{amount},"currency":"{currency}"}}"#);
        codes.push(sandbox.bitloga(&body).await.ok()["code"].as_str().unwrap().to_owned());
    }
    let get = async |fields: &str| {
        let answer = sandbox.bitloga(&format!(r#"{{"action":"get"{fields}}}"#)).await.ok();
        let data = answer["data"].as_array().unwrap().iter();
        data.map(|code| code["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(get("").await, codes);
    assert_eq!(get(r#","limit":2"#).await, codes[..2]);
    assert_eq!(get(r#","offset":4,"limit":2"#).await, codes[4..]);
    assert!(get(r#","offset":5"#).await.is_empty());
    assert_eq!(get(r#","amount":1.00"#).await, [&codes[0], &codes[2], &codes[4]].map(String::clone));
    assert_eq!(get(r#","currency":"RUB""#).await, [codes[3].clone()]);

    sandbox.post(&format!("/sandbox/codes/{}/disable", codes[0]), "").await.ok();
    assert_eq!(get(r#","status":"Disabled""#).await, [codes[0].clone()]);
    sandbox.bitloga(&format!(r#"{{"action":"apply","code":"{}"}}"#, codes[0])).await.refused(409, "Disabled");
    for fields in [r#""limit":0"#, r#""limit":101"#, r#""limit":1.5"#, r#""offset":-1"#, r#""status":"Gone""#] {
        sandbox.bitloga(&format!(r#"{{"action":"get",{fields}}}"#)).await.refused(400, "must be");
    }
    sandbox.bitloga(r#"{"action":"create","amount":20000,"currency":"USD"}"#).await.refused(400, "insufficient");
}

#[tokio::test]
async fn php_spelling() {
    let sandbox = start_with(Options { php_json: true, ..options() }).await;
    let balances = sandbox.bitloga(r#"{"action":"balances"}"#).await;
    assert_eq!(
        balances.text,
        r#"{"USD":10000,"USDT":10000,"RUB":800000,"LTC":100,"BTC":1,"KZT":5000000,"success":true}"#
    );
    let body = r#"{"action":"invoice","uniqueid":"1","paysys":"BTC","amount":0.0000005,"purse":"кошелёк 😀","paylist":"CARD_RUB"}"#;
    let invoice = sandbox.bitloga(body).await;
    assert!(invoice.text.starts_with(r#"{"invoice":"http:\/\/127.0.0.1:"#), "{}", invoice.text);
    assert!(invoice.text.contains(r#""info":"\u0411\u0430\u043d\u043a: "#), "{}", invoice.text);
    let details = sandbox.bitloga(r#"{"action":"details","uniqueid":"1"}"#).await;
    assert!(details.text.contains(r#""amount":5.0e-7,"purse":"\u043a"#), "{}", details.text);
    assert!(details.text.contains(r"\ud83d\ude00"), "{}", details.text);
    assert_eq!(details.ok()["purse"], "кошелёк 😀");
}
