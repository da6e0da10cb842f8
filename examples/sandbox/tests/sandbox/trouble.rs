//! Random trouble, the same for the same seed.

use payseal_sandbox::{Options, Sandbox, StartError};
use serde_json::{Value, json};

use crate::{
    harness::{Running, options, start, start_with},
    payouts::WITHDRAW,
};

/// Some of every kind that answers or hangs up at once.
const TROUBLE: &str = r#"{"seed":7,"per_mille":{"drop":100,"drop-after":100,"500":100,"rubbish":100,"429":100,"deny":100,"twice":100,"lag":100},"lag_ms":[700000,700000]}"#;
const UNIQUEIDS: usize = 60;

/// What becomes of one request: a word for its answer.
async fn outcome(sandbox: &Running, body: &str) -> String {
    match sandbox.signed(body).send().await {
        Ok(response) => format!("{} {}", response.status().as_u16(), response.text().await.unwrap().len()),
        Err(_) => "hung up".to_owned(),
    }
}

/// What becomes of a withdrawal and two questions about it.
async fn history(sandbox: &Running, number: usize) -> Vec<String> {
    let details = format!(r#"{{"action":"details","uniqueid":"{number:03}"}}"#);
    let mut history = vec![outcome(sandbox, &WITHDRAW.replace("135", &format!("{number:03}"))).await];
    for _ in 0..2 {
        history.push(outcome(sandbox, &details).await);
    }
    history
}

async fn histories(order: impl Iterator<Item = usize>, trouble: &str) -> (Vec<Vec<String>>, Value) {
    let sandbox = start_with(Options { seed: Some(1), ..options() }).await;
    sandbox.post("/sandbox/trouble", trouble).await.ok();
    let mut histories = vec![Vec::new(); UNIQUEIDS];
    for number in order {
        let Some(place) = histories.get_mut(number) else { continue };
        *place = history(&sandbox, number).await.iter().map(|outcome| without_orderid(outcome)).collect();
    }
    (histories, sandbox.get("/sandbox/counts").await.ok()["faults"].clone())
}

/// An `orderid` has one digit or two; nothing else in an answer has a length of its own.
fn without_orderid(outcome: &str) -> String {
    match outcome.split_once(' ') {
        Some(("200", length)) if length.parse::<usize>().unwrap() > 150 => "200 about the payout".to_owned(),
        _ => outcome.to_owned(),
    }
}

#[tokio::test]
async fn the_same_seed_draws_the_same_whatever_the_order() {
    let (forwards, counts) = histories(0..UNIQUEIDS, TROUBLE).await;
    let (backwards, counts_again) = histories((0..UNIQUEIDS).rev(), TROUBLE).await;
    assert_eq!(forwards, backwards);
    assert_eq!(counts, counts_again);
    for kind in ["drop", "drop-after", "500", "rubbish", "429", "deny", "twice", "lag"] {
        let count = counts[kind].as_i64().unwrap_or(0);
        assert!(count > 0, "no {kind} in {counts}");
    }
    let (another, _) = histories(0..UNIQUEIDS, &TROUBLE.replace("\"seed\":7", "\"seed\":8")).await;
    assert_ne!(forwards, another);
}

#[tokio::test]
async fn every_request_is_counted() {
    let sandbox = start_with(Options { seed: Some(9), ..options() }).await;
    let at_first = json!({"seed": 9, "requests": {}, "faults": {}, "late_under_way": 0, "success": true});
    assert_eq!(sandbox.get("/sandbox/counts").await.ok(), at_first);
    sandbox.post("/sandbox/trouble", r#"{"per_mille":{"500":1000},"actions":["withdraw"]}"#).await.ok();
    sandbox.bitloga(WITHDRAW).await.refused(500, "");
    sandbox.bitloga(WITHDRAW).await.refused(500, "");
    sandbox.bitloga(r#"{"action":"balances"}"#).await.ok();
    sandbox.post("/sandbox/misbehave", r#"{"mode":"429"}"#).await.ok();
    sandbox.bitloga(WITHDRAW).await.refused(429, "");
    let counts = sandbox.get("/sandbox/counts").await.ok();
    assert_eq!(counts["requests"], json!({"balances": 1, "withdraw": 3}));
    assert_eq!(counts["faults"], json!({"429": 1, "500": 2}));
    assert_eq!(sandbox.state().await["trouble"], json!({"seed": 9, "per_mille": {"500": 1000}}));

    sandbox.post("/sandbox/trouble", "{}").await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    assert_eq!(sandbox.state().await["trouble"], Value::Null);
    sandbox.post("/sandbox/reset", "").await.ok();
    assert_eq!(sandbox.get("/sandbox/counts").await.ok(), at_first);
}

#[tokio::test]
async fn trouble_can_be_there_from_the_start() {
    let trouble = Some(r#"{"per_mille":{"deny":1000},"denials":[{"status":418,"body":"tea"}]}"#.to_owned());
    let sandbox = start_with(Options { trouble: trouble.clone(), seed: Some(3), ..options() }).await;
    let denied = async || {
        let answer = sandbox.bitloga(WITHDRAW).await;
        (answer.status.as_u16(), answer.text)
    };
    assert_eq!(denied().await, (418, "\"tea\"".to_owned()));
    sandbox.post("/sandbox/trouble", "{}").await.ok();
    assert_eq!(denied().await.0, 200);
    sandbox.post("/sandbox/reset", "").await.ok();
    assert_eq!(denied().await.0, 418);

    let refused = Sandbox::start(Options { trouble: Some("{".to_owned()), ..options() }).await;
    assert!(matches!(refused, Err(StartError::Options(reason)) if reason.contains("trouble")));
}

#[tokio::test]
async fn pauses_are_drawn_from_their_ranges() {
    let sandbox = start().await;
    let late = r#"{"per_mille":{"late":1000},"actions":["withdraw"],"late_ms":[300000,400000]}"#;
    sandbox.post("/sandbox/trouble", late).await.ok();
    sandbox.signed(WITHDRAW).send().await.unwrap_err();
    sandbox.bitloga(r#"{"action":"details","uniqueid":"135"}"#).await.refused(404, "not known");
    assert_eq!(sandbox.get("/sandbox/counts").await.ok()["late_under_way"], 1);
    let lag = r#"{"per_mille":{"lag":1000},"lag_ms":[700000,700000]}"#;
    sandbox.post("/sandbox/trouble", lag).await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(r#"{"action":"details","uniqueid":"135"}"#).await.refused(404, "not known");
}

#[tokio::test]
async fn trouble_that_makes_no_sense_is_refused() {
    let sandbox = start().await;
    for (trouble, reason) in [
        (r#"{"per_mile":{}}"#, "per_mille"),
        (r#"{"per_mille":{"explode":1}}"#, "explode"),
        (r#"{"per_mille":{"drop":600,"500":401}}"#, "1000"),
        (r#"{"per_mille":{"drop":-1}}"#, "drop"),
        (r#"{"per_mille":{"duplicate":1}}"#, "duplicate"),
        (r#"{"seed":-1}"#, "seed"),
        (r#"{"actions":["steal"]}"#, "actions"),
        (r#"{"late_ms":[2,1]}"#, "late_ms"),
        (r#"{"late_ms":5}"#, "late_ms"),
        (r#"{"denials":["no"]}"#, "object"),
    ] {
        sandbox.post("/sandbox/trouble", trouble).await.refused(400, reason);
    }
    assert_eq!(sandbox.state().await["trouble"], Value::Null);
}
