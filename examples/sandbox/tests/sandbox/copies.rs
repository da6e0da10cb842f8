//! Requests that arrive twice, or late.

use std::time::{Duration, Instant};

use payseal_sandbox::Options;

use crate::{
    harness::{Running, a_while, options, start, start_with},
    misbehaviour::{hung_up, order},
    payouts::{WITHDRAW, dollars},
};

const DETAILS: &str = r#"{"action":"details","uniqueid":"135"}"#;

async fn debits(sandbox: &Running) -> usize {
    sandbox.get("/sandbox/payouts/135").await.ok()["debits"].as_array().unwrap().len()
}

async fn under_way(sandbox: &Running) -> i64 {
    sandbox.get("/sandbox/counts").await.ok()["late_under_way"].as_i64().unwrap()
}

async fn wait_until_nothing_is_under_way(sandbox: &Running) {
    let start = Instant::now();
    while under_way(sandbox).await > 0 {
        assert!(start.elapsed() < Duration::from_secs(10), "something is still under way");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn the_answer_to_either_copy() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"twice"}"#).await;
    sandbox.bitloga(WITHDRAW).await.ok();
    assert_eq!(debits(&sandbox).await, 1, "the second copy was refused");
    order(&sandbox, r#"{"action":"withdraw","mode":"twice","answer":2}"#).await;
    sandbox.bitloga(&WITHDRAW.replace("135", "136")).await.refused(409, "uniqueid was used before");
    assert_eq!(dollars(&sandbox).await, "9979.80", "the first copy paid");
}

#[tokio::test]
async fn copies_pay_twice_where_repeats_pay() {
    let sandbox = start().await;
    sandbox.post("/sandbox/behaviour", r#"{"repeats":"pay"}"#).await.ok();
    order(&sandbox, r#"{"action":"withdraw","mode":"twice"}"#).await;
    let answer = sandbox.bitloga(WITHDRAW).await.ok();
    assert_eq!((debits(&sandbox).await, &answer["orderid"]), (2, &serde_json::json!(1)));
}

#[tokio::test]
async fn the_second_copy_can_take_its_time() {
    let sandbox = start().await;
    sandbox.post("/sandbox/behaviour", r#"{"repeats":"pay"}"#).await.ok();
    order(&sandbox, r#"{"action":"withdraw","mode":"twice","delay_ms":400}"#).await;
    let start = Instant::now();
    sandbox.bitloga(WITHDRAW).await.ok();
    let (debits_at_first, elapsed) = (debits(&sandbox).await, start.elapsed());
    assert!(elapsed >= Duration::from_millis(400) || debits_at_first == 1, "{debits_at_first} after {elapsed:?}");
    wait_until_nothing_is_under_way(&sandbox).await;
    assert_eq!(debits(&sandbox).await, 2);

    order(&sandbox, r#"{"action":"withdraw","mode":"twice","answer":2,"delay_ms":60}"#).await;
    let start = Instant::now();
    assert_eq!(sandbox.bitloga(WITHDRAW).await.ok()["orderid"], 4);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn late_requests_are_carried_out_after_their_client_was_hung_up_on() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"late","delay_ms":400}"#).await;
    let start = Instant::now();
    hung_up(&sandbox, WITHDRAW).await;
    let known = sandbox.bitloga(DETAILS).await.status == 200;
    assert!(!known || start.elapsed() >= Duration::from_millis(400), "carried out too early");
    wait_until_nothing_is_under_way(&sandbox).await;
    assert!(start.elapsed() >= Duration::from_millis(400));
    sandbox.bitloga(DETAILS).await.ok();
    assert_eq!(debits(&sandbox).await, 1);
}

#[tokio::test]
async fn clients_of_late_requests_can_be_kept_waiting() {
    let sandbox = start().await;
    let late = r#"{"action":"withdraw","mode":"late","delay_ms":1,"hang_up_ms":200}"#;
    order(&sandbox, late).await;
    let start = Instant::now();
    hung_up(&sandbox, WITHDRAW).await;
    assert!(start.elapsed() >= Duration::from_millis(200), "hung up on too early");
    assert_eq!(debits(&sandbox).await, 1, "carried out meanwhile");

    // A client that gives up by itself, and a proxy that does.
    order(&sandbox, &late.replace("delay_ms\":1", "delay_ms\":100")).await;
    let request = sandbox.signed(&WITHDRAW.replace("135", "136")).timeout(Duration::from_millis(20));
    assert!(request.send().await.unwrap_err().is_timeout());
    order(&sandbox, r#"{"action":"withdraw","mode":"late","delay_ms":20,"status":504}"#).await;
    let answer = sandbox.bitloga(&WITHDRAW.replace("135", "137")).await;
    assert_eq!((answer.status.as_u16(), answer.text.contains("504 Gateway Timeout")), (504, true), "{}", answer.text);
    wait_until_nothing_is_under_way(&sandbox).await;
    assert_eq!(dollars(&sandbox).await, "9969.70", "all three were carried out");
}

/// What a client fears most: its request was refused, the balance filled again, and an older copy arrives.
#[tokio::test]
async fn a_late_request_is_judged_when_it_arrives() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"late","delay_ms":300}"#).await;
    sandbox.post("/sandbox/balances", r#"{"USD":"0"}"#).await.ok();
    hung_up(&sandbox, WITHDRAW).await;
    sandbox.bitloga(WITHDRAW).await.refused(400, "insufficient balance");
    sandbox.post("/sandbox/balances", r#"{"USD":"10.10"}"#).await.ok();
    wait_until_nothing_is_under_way(&sandbox).await;
    assert_eq!(sandbox.bitloga(DETAILS).await.ok()["status"], "Complete");
    assert_eq!(dollars(&sandbox).await, "0.00");
}

#[tokio::test]
async fn reset_forgets_what_is_late() {
    let sandbox = start().await;
    order(&sandbox, r#"{"action":"withdraw","mode":"late","delay_ms":50}"#).await;
    hung_up(&sandbox, WITHDRAW).await;
    sandbox.post("/sandbox/reset", "").await.ok();
    wait_until_nothing_is_under_way(&sandbox).await;
    a_while().await;
    sandbox.bitloga(DETAILS).await.refused(404, "not known");
}

#[tokio::test]
async fn a_sandbox_that_stops_lets_go_of_its_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let with_file = || Options { state: Some(folder.path().join("state.sqlite")), ..options() };
    let sandbox = start_with(with_file()).await;
    order(&sandbox, r#"{"action":"withdraw","mode":"late","delay_ms":600000}"#).await;
    hung_up(&sandbox, WITHDRAW).await;
    sandbox.stop().await;
    let sandbox = start_with(with_file()).await;
    sandbox.bitloga(DETAILS).await.refused(404, "not known");
}
