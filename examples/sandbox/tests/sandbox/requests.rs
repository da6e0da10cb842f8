//! The requests of clients, as the control API shows them.

use serde_json::{Value, json};

use crate::{
    harness::{Running, sign, start},
    payouts::WITHDRAW,
};

async fn requests(sandbox: &Running) -> Vec<Value> {
    sandbox.get("/sandbox/requests").await.ok()["requests"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_request_and_its_answer() {
    let sandbox = start().await;
    let answer = sandbox.bitloga(WITHDRAW).await;
    let seen = requests(&sandbox).await.remove(0);
    assert_eq!(
        (&seen["action"], &seen["method"], &seen["path"]),
        (&json!("withdraw"), &json!("POST"), &json!("/api/v1/"))
    );
    assert_eq!(seen["body"], WITHDRAW);
    assert_eq!(seen["answer"], answer.text.as_str());
    assert_eq!(seen["status"], 200);
    assert_eq!(seen["fault"], Value::Null);
    assert!(seen["headers"].as_array().unwrap().contains(&json!(["x-signature", sign(WITHDRAW)])), "{seen}");
    assert!(seen["uniqueid"].is_string());
    assert!(seen["duration_ms"].is_i64());
}

#[tokio::test]
async fn refusals_are_seen_too() {
    let sandbox = start().await;
    sandbox.post("/api/v1/", "no JSON <script>").await.refused(401, "X-APIKEY");
    sandbox.get("/api/v1/wallets/other").await;
    let seen = requests(&sandbox).await;
    assert_eq!((&seen[0]["status"], &seen[0]["action"]), (&json!(401), &Value::Null));
    assert_eq!((&seen[1]["status"], &seen[1]["path"]), (&json!(404), &json!("/api/v1/wallets/other")));
    assert_eq!(seen.len(), 2, "the control API is not");
}

#[tokio::test]
async fn what_went_wrong_on_purpose_is_named() {
    let sandbox = start().await;
    for order in [r#"{"mode":"drop-after"}"#, r#"{"mode":"503"}"#] {
        sandbox.post("/sandbox/misbehave", order).await.ok();
    }
    assert!(sandbox.signed(WITHDRAW).send().await.is_err());
    sandbox.bitloga(r#"{"action":"balances"}"#).await;
    let seen = requests(&sandbox).await;
    assert_eq!((&seen[0]["fault"], &seen[0]["status"]), (&json!("drop-after"), &Value::Null));
    assert_eq!((&seen[1]["fault"], &seen[1]["status"]), (&json!("503"), &json!(503)));
}

#[tokio::test]
async fn only_the_latest_are_kept_and_numbers_go_on() {
    let sandbox = start().await;
    for _ in 0..510 {
        sandbox.get("/api/v1/invoices/none").await;
    }
    let seen = requests(&sandbox).await;
    assert_eq!((seen.len(), &seen[0]["number"], &seen[499]["number"]), (500, &json!(11), &json!(510)));
    sandbox.post("/sandbox/reset", "").await.ok();
    assert_eq!(requests(&sandbox).await.len(), 0);
    sandbox.get("/api/v1/invoices/none").await;
    assert_eq!(requests(&sandbox).await[0]["number"], 511);
}

#[tokio::test]
async fn what_a_client_has_to_know() {
    let sandbox = start().await;
    let about = sandbox.get("/sandbox/about").await.ok();
    assert_eq!(about["url"], sandbox.url(""));
    assert_eq!(about["api_key"], "sandbox-key");
    assert_eq!(about["api_secret"], "sandbox-secret");
    assert_eq!(about["wallet_id"], "sandbox-wallet");
}

#[tokio::test]
async fn orders_can_be_cancelled() {
    let sandbox = start().await;
    sandbox.post("/sandbox/misbehave", r#"{"mode":"500","times":9}"#).await.ok();
    assert_eq!(sandbox.post("/sandbox/misbehave/cancel", "").await.ok()["misbehaviour"], json!([]));
    sandbox.bitloga(r#"{"action":"balances"}"#).await.ok();
}
