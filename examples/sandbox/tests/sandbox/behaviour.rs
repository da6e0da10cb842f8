//! What differs between gateways: how old their answers are, how they say "not known", what a repeat does.

use std::time::Duration;

use payseal_sandbox::{NotKnown, Options, Repeats};
use serde_json::json;

use crate::{
    harness::{Running, options, start, start_with},
    payouts::{WITHDRAW, dollars},
};

const DETAILS: &str = r#"{"action":"details","uniqueid":"135"}"#;

async fn behave(sandbox: &Running, behaviour: &str) {
    sandbox.post("/sandbox/behaviour", behaviour).await.ok();
}

#[tokio::test]
async fn details_that_lags_does_not_know_what_is_younger() {
    // Beyond ten minutes.
    let sandbox = start_with(Options { details_lag: Duration::from_secs(700), ..options() }).await;
    sandbox.bitloga(WITHDRAW).await.ok();
    let invoice = r#"{"action":"invoice","uniqueid":"125","paysys":"USD","amount":1}"#;
    sandbox.bitloga(invoice).await.ok();
    for uniqueid in ["135", "125"] {
        sandbox.bitloga(&DETAILS.replace("135", uniqueid)).await.refused(404, "not known");
    }
    sandbox.bitloga(WITHDRAW).await.refused(409, "uniqueid");
    assert_eq!(dollars(&sandbox).await, "9989.90", "only details lags");
    behave(&sandbox, r#"{"details_lag_ms":0}"#).await;
    assert_eq!(sandbox.bitloga(DETAILS).await.ok()["status"], "Complete");
}

#[tokio::test]
async fn details_that_lags_tells_the_status_of_its_time() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(r#"{"action":"invoice","uniqueid":"125","paysys":"USD","amount":1}"#).await.ok();
    tokio::time::sleep(Duration::from_millis(1200)).await;
    sandbox.post("/sandbox/payouts/135/cancel", "").await.ok();
    sandbox.post("/sandbox/invoices/125/pay", "").await.ok();
    let status = async |uniqueid: &str| {
        sandbox.bitloga(&DETAILS.replace("135", uniqueid)).await.ok()["status"].as_str().unwrap().to_owned()
    };
    behave(&sandbox, r#"{"details_lag_ms":1000}"#).await;
    assert_eq!(status("135").await, "Complete");
    assert_eq!(status("125").await, "Created");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(status("135").await, "Canceled");
    assert_eq!(status("125").await, "Payed");
}

#[tokio::test]
async fn not_known_takes_many_forms() {
    let sandbox = start_with(Options { not_known: NotKnown::List, ..options() }).await;
    let answer = async || {
        let answer = sandbox.bitloga(DETAILS).await;
        (answer.status.as_u16(), answer.json())
    };
    assert_eq!(answer().await, (200, json!([])));
    for (form, status, body) in [
        ("404", 404, json!({"success": false, "error": "uniqueid is not known"})),
        ("404-message", 404, json!({"message": "Not Found"})),
        ("words", 200, json!({"success": false, "error": "not found"})),
        ("no-words", 200, json!({"success": false})),
        ("list", 200, json!([])),
        ("data", 200, json!({"data": []})),
    ] {
        behave(&sandbox, &format!(r#"{{"not_known":"{form}"}}"#)).await;
        assert_eq!(answer().await, (status, body), "{form}");
    }
    // Nothing else takes that form.
    sandbox.bitloga(r#"{"action":"apply","code":"aaaa-aaaa-aaaa-aaaa"}"#).await.refused(404, "code");
}

#[tokio::test]
async fn repeats_that_pay_again() {
    let sandbox = start_with(Options { repeats: Repeats::Pay, ..options() }).await;
    let first = sandbox.bitloga(WITHDRAW).await.ok();
    let second = sandbox.bitloga(WITHDRAW).await.ok();
    assert_ne!(first["transid"], second["transid"]);
    assert_eq!(dollars(&sandbox).await, "9979.80");
    assert_eq!(sandbox.bitloga(DETAILS).await.ok()["orderid"], second["orderid"], "the newest");
    assert_eq!(sandbox.get("/sandbox/payouts/135").await.ok()["debits"].as_array().unwrap().len(), 2);

    sandbox.post("/sandbox/payouts/135/fail", r#"{"orderid":1}"#).await.ok();
    let statuses = async || {
        let payouts = sandbox.state().await["payouts"].as_array().unwrap().clone();
        payouts.iter().map(|payout| payout["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(statuses().await, ["Error", "Complete"]);
    sandbox.post("/sandbox/payouts/135/cancel", "").await.ok();
    assert_eq!(statuses().await, ["Error", "Canceled"]);
    sandbox.post("/sandbox/payouts/135/cancel", r#"{"orderid":9}"#).await.refused(404, "no such payout");

    // An invoice's identifier is taken whatever becomes of repeats.
    sandbox.bitloga(r#"{"action":"invoice","uniqueid":"125","paysys":"USD","amount":1}"#).await.ok();
    sandbox.bitloga(&WITHDRAW.replace("135", "125")).await.refused(409, "uniqueid");
}

#[tokio::test]
async fn repeats_that_are_answered_with_the_original() {
    let sandbox = start_with(Options { repeats: Repeats::Replay, ..options() }).await;
    let first = sandbox.bitloga(WITHDRAW).await;
    let second = sandbox.bitloga(&WITHDRAW.replace("10.00", "99.00")).await;
    assert_eq!(first.text, second.text);
    assert_eq!(dollars(&sandbox).await, "9989.90");
    sandbox.post("/sandbox/payouts/135/cancel", "").await.ok();
    assert_eq!(sandbox.bitloga(WITHDRAW).await.ok()["status"], "Canceled", "as it is now");
    behave(&sandbox, r#"{"repeats":"refuse"}"#).await;
    sandbox.bitloga(WITHDRAW).await.refused(409, "uniqueid was used before");
}

#[tokio::test]
async fn the_original_is_the_first_of_several() {
    let sandbox = start_with(Options { repeats: Repeats::Pay, ..options() }).await;
    let first = sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    behave(&sandbox, r#"{"repeats":"replay"}"#).await;
    assert_eq!(sandbox.bitloga(WITHDRAW).await.ok(), first);
}

#[tokio::test]
async fn behaviour_is_shown_and_reset() {
    let sandbox = start_with(Options { repeats: Repeats::Replay, ..options() }).await;
    let at_first = json!({
        "details_lag_ms": 0, "not_known": "404", "repeats": "replay", "payouts_pending_ms": 0, "payouts_end": "complete"
    });
    assert_eq!(sandbox.get("/sandbox/behaviour").await.ok()["behaviour"], at_first);
    let all =
        r#"{"details_lag_ms":16000,"not_known":"data","repeats":"pay","payouts_pending_ms":5,"payouts_end":"fail"}"#;
    let answer = sandbox.post("/sandbox/behaviour", all).await.ok();
    let expected: serde_json::Value = serde_json::from_str(all).unwrap();
    assert_eq!(answer["behaviour"], expected);
    assert_eq!(sandbox.state().await["behaviour"], expected);
    for (body, reason) in [
        (r#"{"details_lag":1}"#, "details_lag_ms"),
        (r#"{"details_lag_ms":-1}"#, "details_lag_ms"),
        (r#"{"details_lag_ms":1,"repeats":"twice"}"#, "pay, refuse, replay"),
    ] {
        sandbox.post("/sandbox/behaviour", body).await.refused(400, reason);
    }
    assert_eq!(sandbox.state().await["behaviour"], expected, "an order that is refused changes nothing");
    sandbox.post("/sandbox/reset", "").await.ok();
    assert_eq!(sandbox.state().await["behaviour"], at_first);
}
