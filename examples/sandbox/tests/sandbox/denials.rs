//! Wrong answers: denials in many words, requests to come back later, and answers that are too old.

use serde_json::{Value, json};

use crate::{
    harness::{Running, send, start},
    misbehaviour::order,
    payouts::{WITHDRAW, dollars},
};

const DETAILS: &str = r#"{"action":"details","uniqueid":"135"}"#;

async fn denied(sandbox: &Running, body: &str) -> (u16, Value) {
    let answer = sandbox.bitloga(body).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn denials_have_the_status_and_the_words_that_were_ordered() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    for (given, status, body) in [
        (r#""error":"too many requests""#, 200, json!({"success": false, "error": "too many requests"})),
        (r#""error":"invalid signature","status":401"#, 401, json!({"success": false, "error": "invalid signature"})),
        (r#""error":"maintenance","status":503"#, 503, json!({"success": false, "error": "maintenance"})),
        (r#""status":200"#, 200, json!({"success": false})),
        (r#""status":404,"body":{"message":"No"}"#, 404, json!({"message": "No"})),
        (r#""body":[]"#, 200, json!([])),
    ] {
        order(&sandbox, &format!(r#"{{"action":"details","mode":"deny",{given}}}"#)).await;
        assert_eq!(denied(&sandbox, DETAILS).await, (status, body));
        sandbox.bitloga(DETAILS).await.ok();
    }
}

#[tokio::test]
async fn a_denial_before_loses_the_request_and_one_after_hides_it() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"deny","error":"maintenance"}"#).await;
    order(&sandbox, r#"{"action":"withdraw","mode":"deny-after","error":"maintenance"}"#).await;
    let denial = (200, json!({"success": false, "error": "maintenance"}));
    assert_eq!(denied(&sandbox, WITHDRAW).await, denial);
    assert_eq!(dollars(&sandbox).await, "10000.00");
    assert_eq!(denied(&sandbox, WITHDRAW).await, denial);
    assert_eq!(dollars(&sandbox).await, "9989.90");
}

#[tokio::test]
async fn a_known_uniqueid_can_be_denied_in_every_form() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.post("/sandbox/behaviour", r#"{"not_known":"words"}"#).await.ok();
    order(&sandbox, r#"{"mode":"not-known"}"#).await;
    order(&sandbox, r#"{"action":"details","mode":"not-known","form":"data"}"#).await;
    order(&sandbox, r#"{"action":"details","mode":"not-known","form":"404-message"}"#).await;
    sandbox.bitloga(r#"{"action":"balances"}"#).await.ok();
    assert_eq!(denied(&sandbox, DETAILS).await, (200, json!({"success": false, "error": "not found"})));
    assert_eq!(denied(&sandbox, DETAILS).await, (200, json!({"data": []})));
    assert_eq!(denied(&sandbox, DETAILS).await, (404, json!({"message": "Not Found"})));
    sandbox.bitloga(DETAILS).await.ok();
}

#[tokio::test]
async fn come_back_later() {
    let sandbox = start().await;
    for (mode, given, status, retry_after, held) in [
        ("429", "", 429, "1", "10000.00"),
        ("503", r#","retry_after":120"#, 503, "120", "10000.00"),
        (
            "503-after",
            r#","retry_after":"Fri, 31 Dec 2027 23:59:59 GMT""#,
            503,
            "Fri, 31 Dec 2027 23:59:59 GMT",
            "9989.90",
        ),
    ] {
        order(&sandbox, &format!(r#"{{"action":"withdraw","mode":"{mode}"{given}}}"#)).await;
        let response = sandbox.signed(WITHDRAW).send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["retry-after"], retry_after);
        let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(body["success"], false);
        assert_eq!(dollars(&sandbox).await, held, "{mode}");
    }
}

#[tokio::test]
async fn one_answer_can_be_too_old() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    order(&sandbox, r#"{"action":"*","mode":"lag","lag_ms":700000}"#).await;
    sandbox.bitloga(r#"{"action":"balances"}"#).await.ok();
    sandbox.bitloga(DETAILS).await.refused(404, "not known");
    sandbox.bitloga(DETAILS).await.ok();
    // And one can be fresh where answers are old.
    sandbox.post("/sandbox/behaviour", r#"{"details_lag_ms":700000}"#).await.ok();
    order(&sandbox, r#"{"action":"details","mode":"lag","lag_ms":0}"#).await;
    sandbox.bitloga(DETAILS).await.ok();
    sandbox.bitloga(DETAILS).await.refused(404, "not known");
}

#[tokio::test]
async fn orders_can_wait_and_can_be_for_one_uniqueid() {
    let sandbox = start().await;
    let other = WITHDRAW.replace("135", "136");
    order(&sandbox, r#"{"action":"*","uniqueid":"136","mode":"500","skip":1}"#).await;
    let described = json!([{"action": "*", "uniqueid": "136", "mode": "500", "times": 1, "skip": 1}]);
    assert_eq!(sandbox.state().await["misbehaviour"], described);
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(&other).await.ok();
    sandbox.bitloga(DETAILS).await.ok();
    sandbox.bitloga(&DETAILS.replace("135", "136")).await.refused(500, "");
    sandbox.bitloga(&DETAILS.replace("135", "136")).await.ok();
}

#[tokio::test]
async fn denials_are_written_as_the_gateway_writes() {
    let options = payseal_sandbox::Options { php_json: true, ..crate::harness::options() };
    let sandbox = crate::harness::start_with(options).await;
    order(&sandbox, r#"{"mode":"deny","error":"не найден"}"#).await;
    let answer = sandbox.bitloga(DETAILS).await;
    assert!(answer.text.contains(r"\u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d"), "{}", answer.text);
}

#[tokio::test]
async fn orders_that_make_no_sense_are_refused() {
    let sandbox = start().await;
    for (order, reason) in [
        (r#"{"mode":"late"}"#, "delay_ms"),
        (r#"{"mode":"lag","action":"details"}"#, "lag_ms"),
        (r#"{"mode":"lag","lag_ms":1,"action":"withdraw"}"#, "details"),
        (r#"{"mode":"not-known","action":"withdraw"}"#, "details"),
        (r#"{"mode":"not-known","form":"silence"}"#, "no-words"),
        (r#"{"mode":"twice-after"}"#, "mode"),
        (r#"{"mode":"twice","answer":3}"#, "answer"),
        (r#"{"mode":"deny","status":99}"#, "status"),
        (r#"{"mode":"deny","error":"a","body":{}}"#, "exclude"),
        (r#"{"mode":"late","delay_ms":1,"status":200}"#, "status"),
        (r#"{"mode":"429","retry_after":"a\nb"}"#, "retry_after"),
        (r#"{"mode":"drop","time":2}"#, "times"),
        (r#"{"mode":"drop","skip":-1}"#, "skip"),
    ] {
        sandbox.post("/sandbox/misbehave", order).await.refused(400, reason);
    }
    assert_eq!(send(sandbox.signed(WITHDRAW)).await.status, 200, "none of them was taken");
}
