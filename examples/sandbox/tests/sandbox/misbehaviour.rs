//! Faults on demand.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Receiver, Running, a_while, start};

const WITHDRAW: &str =
    r#"{"action":"withdraw","uniqueid":"1","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z1"}"#;
const DETAILS: &str = r#"{"action":"details","uniqueid":"1"}"#;
const BALANCES: &str = r#"{"action":"balances"}"#;

pub(crate) async fn order(sandbox: &Running, order: &str) {
    sandbox.post("/sandbox/misbehave", order).await.ok();
}

/// Sends and expects the connection to be closed without an answer.
pub(crate) async fn hung_up(sandbox: &Running, body: &str) {
    let error = sandbox.signed(body).send().await.unwrap_err();
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
}

async fn paid_out(sandbox: &Running) -> bool {
    sandbox.bitloga(DETAILS).await.status == 200
}

#[tokio::test]
async fn drop_loses_the_request() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"drop"}"#).await;
    sandbox.bitloga(BALANCES).await.ok();
    hung_up(&sandbox, WITHDRAW).await;
    assert!(!paid_out(&sandbox).await);
    sandbox.bitloga(WITHDRAW).await.ok();
}

#[tokio::test]
async fn drop_after_loses_the_answer() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"drop-after","times":1}"#).await;
    hung_up(&sandbox, WITHDRAW).await;
    assert!(paid_out(&sandbox).await);
    sandbox.bitloga(WITHDRAW).await.refused(409, "uniqueid");
}

#[tokio::test]
async fn as_often_as_ordered() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"*","mode":"500","times":2}"#).await;
    let remaining = async || sandbox.state().await["misbehaviour"].clone();
    assert_eq!(remaining().await, json!([{"action": "*", "mode": "500", "times": 2}]));
    sandbox.bitloga(BALANCES).await.refused(500, "Internal Server Error");
    sandbox.bitloga(WITHDRAW).await.refused(500, "Internal Server Error");
    assert_eq!(remaining().await, json!([]));
    assert!(!paid_out(&sandbox).await);
}

#[tokio::test]
async fn a_request_without_signature_uses_up_nothing() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"*","mode":"500"}"#).await;
    sandbox.post("/api/v1/", BALANCES).await.refused(401, "X-APIKEY");
    assert_eq!(sandbox.bitloga(BALANCES).await.status, 500);
}

#[tokio::test]
async fn rubbish_before_and_after() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"rubbish"}"#).await;
    order(&sandbox, r#"{"action":"withdraw","mode":"rubbish-after"}"#).await;
    for is_paid_out in [false, true] {
        let answer = sandbox.bitloga(WITHDRAW).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.starts_with("<html>"), "{}", answer.text);
        assert_eq!(paid_out(&sandbox).await, is_paid_out);
    }
}

#[tokio::test]
async fn delayed_requests_are_carried_out_even_if_nobody_waits() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"delay","delay_ms":200}"#).await;
    let error = sandbox.signed(WITHDRAW).timeout(Duration::from_millis(50)).send().await.unwrap_err();
    assert!(error.is_timeout());
    assert!(!paid_out(&sandbox).await, "not yet");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(paid_out(&sandbox).await, "the late one went through after all");
}

#[tokio::test]
async fn delayed_answers() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"delay-after","delay_ms":150}"#).await;
    let start = Instant::now();
    sandbox.bitloga(WITHDRAW).await.ok();
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn duplicated_callbacks_and_notifications() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    order(&sandbox, r#"{"action":"*","mode":"duplicate","times":2}"#).await;
    sandbox.bitloga(BALANCES).await.ok();
    let body =
        format!(r#"{{"action":"invoice","uniqueid":"1","paysys":"USD","amount":1,"callbackurl":"{}"}}"#, shop.url);
    sandbox.bitloga(&body).await.ok();
    sandbox.post("/sandbox/invoices/1/pay", "").await.ok();
    let received = shop.wait_for(2).await;
    assert_eq!((&received[0].body, &received[0].signature), (&received[1].body, &received[1].signature));

    let body = format!(
        r#"{{"blockchain":"tron","symbol":"TRX","value":1,"expiry":15,"confirmations":1,"data":{{"url_callback":"{}"}}}}"#,
        shop.url
    );
    let id = sandbox.post("/api/v1/wallets/sandbox-wallet/invoices", &body).await.ok()["id"].clone();
    sandbox.post(&format!("/sandbox/crypto/{}/pay", id.as_str().unwrap()), "").await.ok();
    // Two of the first status, one each of the other two.
    shop.wait_for(2 + 4).await;
    a_while().await;
    assert_eq!(shop.received().len(), 2 + 4);
}

#[tokio::test]
async fn crypto_requests_misbehave_too() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"crypto-wallet","mode":"500"}"#).await;
    order(&sandbox, r#"{"action":"crypto-create","mode":"drop-after"}"#).await;
    assert_eq!(sandbox.get("/api/v1/wallets/sandbox-wallet").await.status, 500);
    sandbox.get("/api/v1/wallets/sandbox-wallet").await.ok();
    let request = sandbox
        .client
        .post(sandbox.url("/api/v1/wallets/sandbox-wallet/invoices"))
        .header("Content-type", "application/json")
        .body(r#"{"blockchain":"tron","symbol":"TRX","value":1,"expiry":15,"confirmations":1}"#);
    assert!(!request.send().await.unwrap_err().is_timeout());
    assert_eq!(sandbox.state().await["crypto"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn orders_that_make_no_sense_are_refused() {
    let sandbox = start().await;
    for (order, reason) in [
        ("", "mode"),
        ("[]", "object"),
        (r#"{"mode":"explode"}"#, "mode"),
        (r#"{"mode":"delay"}"#, "delay_ms"),
        (r#"{"mode":"drop","action":"withdrawal"}"#, "action"),
        (r#"{"mode":"duplicate","action":"withdraw"}"#, "callback, notification"),
        (r#"{"mode":"drop","times":0}"#, "times"),
    ] {
        sandbox.post("/sandbox/misbehave", order).await.refused(400, reason);
    }
}
