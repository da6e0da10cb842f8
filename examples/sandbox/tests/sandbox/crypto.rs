//! Api for Crypto: invoices, the wallet, and notifications.

use std::time::Duration;

use payseal_sandbox::Options;
use serde_json::{Value, json};

use crate::harness::{Answer, Receiver, Running, a_while, options, start, start_with};

const INVOICES: &str = "/api/v1/wallets/sandbox-wallet/invoices";

async fn create(sandbox: &Running, fields: &str) -> Answer {
    let body = format!(r#"{{"blockchain":"tron","symbol":"USDT","expiry":15,"confirmations":2,{fields}}}"#);
    sandbox.post(INVOICES, &body).await
}

async fn create_for(sandbox: &Running, shop: &Receiver, fields: &str) -> String {
    let answer = create(sandbox, &format!(r#"{fields},"data":{{"url_callback":"{}"}}"#, shop.url)).await;
    answer.ok()["id"].as_str().unwrap().to_owned()
}

async fn control(sandbox: &Running, id: &str, action: &str, body: &str) -> Answer {
    sandbox.post(&format!("/sandbox/crypto/{id}/{action}"), body).await
}

#[track_caller]
fn forbidden(answer: &Answer, reason: &str) {
    assert_eq!(answer.status, 403, "{}", answer.text);
    assert!(answer.json()["error"].as_str().unwrap().contains(reason), "{}", answer.text);
}

async fn statuses(shop: &Receiver, count: usize) -> Vec<Value> {
    let received = shop.wait_for(count).await;
    received.iter().map(|notification| notification.json()["status"].clone()).collect()
}

#[tokio::test]
async fn an_invoice_in_crypto() {
    let sandbox = start().await;
    // Beyond 2^96, digits kept.
    let value = "100000000000000000000000000001";
    let data = r#"{"order_id":"7","title":"T","description":"D","url_callback":"http://127.0.0.1:9/","url_success":"https://a/","url_failed":"https://b/","user_data":"u","more":1.50}"#;
    let body = format!(
        r#"{{"blockchain":"bsc","symbol":"USDT","value":{value},"expiry":40,"confirmations":1,"secret_key":"s3cret","pause":10,"data":{data}}}"#
    );
    let answer = sandbox.post(INVOICES, &body).await;
    let invoice = answer.ok();
    assert!(answer.text.contains(&format!(r#""value":{value},"#)), "{}", answer.text);
    assert!(!answer.text.contains("s3cret"), "the secret key travels in notifications only");
    for (field, expected) in [
        ("blockchain", json!("bsc")),
        ("symbol", json!("USDT")),
        ("contract_address", json!("0x55d398326f99059ff775485246999027b3197955")),
        ("active", json!(true)),
        ("status", json!("NOT_PAID")),
        ("confirmations", json!(0)),
        ("fiat_currency", Value::Null),
        ("txs", json!("")),
    ] {
        assert_eq!(invoice[field], expected, "{field}");
    }
    assert!(invoice["address"].as_str().unwrap().starts_with("0x"));
    assert_eq!(invoice["created"].as_str().unwrap().len(), "2022-07-11 15:27:08".len());
    assert!(invoice["expiry"].as_str().unwrap() > invoice["created"].as_str().unwrap());
    let id = invoice["id"].as_str().unwrap();
    let url_pay = sandbox.url(&format!("/pay/{id}"));
    let echoed = data.replace('}', &format!(r#","url_pay":"{url_pay}"}}"#));
    assert!(answer.text.ends_with(&format!(r#""data":{echoed}}}"#)), "{}", answer.text);

    assert_eq!(sandbox.get(&format!("/api/v1/invoices/{id}")).await.text, answer.text);
    assert_eq!(sandbox.get(&format!("{INVOICES}/{id}")).await.text, answer.text);
}

#[tokio::test]
async fn an_invoice_in_fiat() {
    let sandbox = start().await;
    for (fiat, value) in [
        (r#"{"currency":"USD","value":10}"#, "10000000"),
        (r#"{"currency":"USD","value":10,"percent":5}"#, "10500000"),
        (r#"{"currency":"USD","value":10,"percent":-10}"#, "9000000"),
        (r#"[{"currency":"RUB","value":10}]"#, "125000"),
    ] {
        let answer = create(&sandbox, &format!(r#""fiatCurrency":{fiat}"#)).await;
        assert!(answer.text.contains(&format!(r#""value":{value},"#)), "{fiat}: {}", answer.text);
        let echoed = fiat.trim_matches(['[', ']']);
        assert!(answer.text.contains(&format!(r#""fiat_currency":{echoed},"#)), "{}", answer.text);
    }
    create(&sandbox, r#""value":5,"fiatCurrency":{"currency":"USD"}"#).await.ok();
}

#[tokio::test]
async fn rules_of_an_invoice() {
    let sandbox = start().await;
    for (fields, reason) in [
        (r#""pause":1"#, "value"),
        (r#""value":0"#, "value"),
        (r#""value":-1"#, "value"),
        (r#""value":1.5"#, "value"),
        (r#""value":"1""#, "value"),
        (r#""value":1,"fiatCurrency":{"currency":"USD","value":10}"#, "not both"),
        (r#""fiatCurrency":{"currency":"USD"}"#, "value"),
        (r#""fiatCurrency":{"value":10}"#, "fiatCurrency.currency"),
        (r#""fiatCurrency":{"currency":"BTC","value":10}"#, "fiatCurrency.currency"),
        (r#""fiatCurrency":{"currency":"USD","value":10,"percent":-100}"#, "fiatCurrency.percent"),
        (r#""value":1,"data":{"url_callback":"ftp://a/"}"#, "data.url_callback"),
        (r#""value":1,"data":"text""#, "data"),
    ] {
        forbidden(&create(&sandbox, fields).await, reason);
    }
    for (body, reason) in [
        (r#"{"symbol":"USDT","value":1,"expiry":15,"confirmations":1}"#, "blockchain"),
        (r#"{"blockchain":"tron","symbol":"USDT","value":1,"expiry":14,"confirmations":1}"#, "expiry"),
        (r#"{"blockchain":"tron","symbol":"USDT","value":1,"expiry":41,"confirmations":1}"#, "expiry"),
        (r#"{"blockchain":"tron","symbol":"USDT","value":1,"confirmations":1}"#, "expiry"),
        (r#"{"blockchain":"tron","symbol":"USDT","value":1,"expiry":15}"#, "confirmations"),
        (
            r#"{"blockchain":"dogecoin","symbol":"DOGE","value":1,"expiry":15,"confirmations":1}"#,
            "Currency is not active",
        ),
        (r#"{"blockchain":"moon","symbol":"USDT","value":1,"expiry":15,"confirmations":1}"#, "Currency is not active"),
        ("not JSON", "Create invoice forbidden"),
    ] {
        forbidden(&sandbox.post(INVOICES, body).await, reason);
    }
    for path in ["/api/v1/wallets/other/invoices/x", "/api/v1/wallets/other"] {
        let answer = sandbox.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, r#"{"error":"Wallet not found"}"#));
    }
    assert_eq!(sandbox.post("/api/v1/wallets/other/invoices", "{}").await.status, 404);
    let answer = sandbox.get("/api/v1/invoices/00000000-0000-0000-0000-000000000000").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, r#"{"error":"Invoice not found"}"#));
}

#[tokio::test]
async fn a_payment_walks_through_the_statuses() {
    let (sandbox, shop) = (start().await, Receiver::start(&[500]).await);
    let id = create_for(&sandbox, &shop, r#""value":5000000,"secret_key":"s3cret""#).await;
    control(&sandbox, &id, "pay", "").await.ok();
    control(&sandbox, &id, "pay", "").await.refused(409, "under way");
    let mut statuses = statuses(&shop, 4).await;
    // The first was answered with 500 and came again, in whatever order.
    statuses.sort_by_key(|status| ["IN_MEMPOOL", "IN_BLOCK", "PAID"].iter().position(|known| status == known));
    assert_eq!(statuses, ["IN_MEMPOOL", "IN_MEMPOOL", "IN_BLOCK", "PAID"]);

    let received = shop.received();
    assert!(received.iter().all(|notification| notification.signature.is_none()));
    assert!(received.iter().all(|notification| notification.json()["secret_key"] == "s3cret"));
    let paid = received.iter().map(super::harness::Received::json).find(|json| json["status"] == "PAID").unwrap();
    let mut invoice = sandbox.get(&format!("/api/v1/invoices/{id}")).await.ok();
    invoice["secret_key"] = json!("s3cret");
    assert_eq!(paid, invoice);
    assert_eq!(paid["active"], false);
    assert_eq!(paid["confirmations"], 2);
    assert_eq!(paid["txs"].as_str().unwrap().len(), 64);

    let wallet = sandbox.get("/api/v1/wallets/sandbox-wallet").await.ok();
    assert_eq!(wallet["balance"], "5.00");
    let accounts = wallet["accounts"].as_array().unwrap();
    let account = accounts.iter().find(|it| it["blockchain"] == "tron" && it["symbol"] == "USDT").unwrap();
    assert_eq!(
        *account,
        json!({
            "blockchain": "tron", "contract_address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "currency": "Tether USD",
            "symbol": "USDT", "decimal": "6", "decimal_balance": "5.000000", "rate": "1.0000",
            "fiat_balance": "5.00", "fiat_currency": "USD", "active": true,
        })
    );
    control(&sandbox, &id, "expire", "").await.refused(409, "not active");
}

#[tokio::test]
async fn a_partial_payment_and_the_rest() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let id = create_for(&sandbox, &shop, r#""value":101"#).await;
    control(&sandbox, &id, "pay", r#"{"partial":true}"#).await.ok();
    assert_eq!(statuses(&shop, 3).await, ["IN_MEMPOOL", "IN_BLOCK", "PARTIALLY_PAID"]);
    assert_eq!(shop.received()[2].json()["active"], true);
    assert_eq!(shop.received()[2].json().get("secret_key"), None, "none was given");
    control(&sandbox, &id, "pay", "").await.ok();
    assert_eq!(statuses(&shop, 6).await[3..], ["IN_MEMPOOL", "IN_BLOCK", "PAID"]);
    let txs = shop.received()[5].json()["txs"].as_str().unwrap().to_owned();
    assert_eq!(txs.split(',').count(), 2);
    let state = sandbox.state().await;
    assert_eq!(state["crypto"][0]["paid"], "101");
}

#[tokio::test]
async fn expiry_can_end_partially_paid() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let id = create_for(&sandbox, &shop, r#""value":100"#).await;
    control(&sandbox, &id, "pay", r#"{"partial":true}"#).await.ok();
    shop.wait_for(3).await;
    assert_eq!(control(&sandbox, &id, "expire", "").await.ok()["active"], false);
    let invoice = sandbox.get(&format!("/api/v1/invoices/{id}")).await.ok();
    assert_eq!((invoice["status"].as_str(), invoice["active"].as_bool()), (Some("PARTIALLY_PAID"), Some(false)));
    control(&sandbox, &id, "pay", "").await.refused(409, "not active");

    let unpaid = create_for(&sandbox, &shop, r#""value":1"#).await;
    control(&sandbox, &unpaid, "pay", r#"{"partial":true}"#).await.refused(409, "divided");
    control(&sandbox, &unpaid, "pay", r#"{"partial":1}"#).await.refused(400, "partial");
    control(&sandbox, &unpaid, "expire", "").await.ok();
    a_while().await;
    assert_eq!(shop.received().len(), 3, "the status did not change, so there was nothing to tell");
    control(&sandbox, &unpaid, "resend", "").await.ok();
    assert_eq!(shop.wait_for(4).await[3].json()["status"], "NOT_PAID");
}

#[tokio::test]
async fn invoices_can_pay_themselves() {
    let sandbox = start_with(Options { auto_pay: Some(Duration::from_millis(20)), ..options() }).await;
    let shop = Receiver::start(&[]).await;
    create_for(&sandbox, &shop, r#""value":1"#).await;
    assert_eq!(statuses(&shop, 3).await, ["IN_MEMPOOL", "IN_BLOCK", "PAID"]);
}

#[tokio::test]
async fn php_spelling_keeps_big_integers() {
    let sandbox = start_with(Options { php_json: true, ..options() }).await;
    let answer = create(&sandbox, r#""value":36893488147419103232,"data":{"title":"Привет"}"#).await;
    assert!(answer.text.contains(r#""value":36893488147419103232,"#), "{}", answer.text);
    assert!(answer.text.contains(r#""title":"\u041f"#) && answer.text.contains(r"http:\/\/"), "{}", answer.text);
}
