//! What becomes of payouts, and the proof of what they moved.

use std::time::{Duration, Instant};

use payseal_sandbox::{Options, PayoutEnd};
use serde_json::{Value, json};

use crate::harness::{Running, options, start, start_with};

pub(crate) const WITHDRAW: &str =
    r#"{"action":"withdraw","uniqueid":"135","currency":"USD","paysys":"WMZ","amount":10.00,"purse":"Z123456789012"}"#;
const DETAILS: &str = r#"{"action":"details","uniqueid":"135"}"#;
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) async fn dollars(sandbox: &Running) -> String {
    sandbox.state().await["balances"]["USD"].as_str().unwrap().to_owned()
}

async fn status(sandbox: &Running) -> Value {
    sandbox.bitloga(DETAILS).await.ok()["status"].clone()
}

async fn wait_for_status(sandbox: &Running, wanted: &str) {
    let start = Instant::now();
    while status(sandbox).await != wanted {
        assert!(start.elapsed() < PATIENCE, "the payout is never {wanted}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn act(sandbox: &Running, action: &str) -> Value {
    sandbox.post(&format!("/sandbox/payouts/135/{action}"), "").await.ok()["status"].clone()
}

#[tokio::test]
async fn every_status_moves_the_money_it_has_to() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    for (action, reached, held) in [
        ("cancel", "Canceled", "10000.00"),
        ("pend", "Pending", "9989.90"),
        ("fail", "Error", "10000.00"),
        ("cancel", "Canceled", "10000.00"),
        ("complete", "Complete", "9989.90"),
        ("pend", "Pending", "9989.90"),
        ("complete", "Complete", "9989.90"),
        ("reverse", "Canceled", "10000.00"),
        ("reverse", "Complete", "9989.90"),
        ("fail", "Error", "10000.00"),
        ("reverse", "Complete", "9989.90"),
    ] {
        assert_eq!(act(&sandbox, action).await, reached);
        assert_eq!(status(&sandbox).await, reached);
        assert_eq!(dollars(&sandbox).await, held, "{action}");
    }
    act(&sandbox, "pend").await;
    for (path, status, reason) in [
        ("135/pend", 409, "Pending already"),
        ("135/reverse", 409, "nothing to reverse"),
        ("135/eat", 404, "reverse"),
        ("none/cancel", 404, "no such payout"),
    ] {
        sandbox.post(&format!("/sandbox/payouts/{path}"), "").await.refused(status, reason);
    }
    sandbox.post("/sandbox/payouts/135/cancel", r#"{"order":1}"#).await.refused(400, "orderid");
}

#[tokio::test]
async fn a_payout_that_cannot_be_paid_again_stays_as_it_is() {
    let sandbox = start().await;
    sandbox.bitloga(WITHDRAW).await.ok();
    act(&sandbox, "fail").await;
    sandbox.post("/sandbox/balances", r#"{"USD":"10.09"}"#).await.ok();
    sandbox.post("/sandbox/payouts/135/reverse", "").await.refused(400, "insufficient balance");
    assert_eq!(status(&sandbox).await, "Error");
    assert_eq!(dollars(&sandbox).await, "10.09");
}

#[tokio::test]
async fn every_debit_is_listed_with_its_time() {
    let sandbox = start().await;
    let unknown = sandbox.get("/sandbox/payouts/135").await.ok();
    assert_eq!(unknown, json!({"uniqueid": "135", "payouts": [], "debits": [], "returns": [], "success": true}));
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(&WITHDRAW.replace("135", "136")).await.ok();
    act(&sandbox, "fail").await;
    act(&sandbox, "reverse").await;

    let payout = sandbox.get("/sandbox/payouts/135").await.ok();
    let reasons = |part: &str| {
        let entries = payout[part].as_array().unwrap();
        entries.iter().map(|entry| entry["reason"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(reasons("debits"), ["withdrawal 135", "withdrawal 135 carried out after all"]);
    assert_eq!(reasons("returns"), ["withdrawal 135 failed"]);
    let debit = &payout["debits"][0];
    assert_eq!((&debit["amount"], &debit["currency"], &debit["orderid"]), (&json!("10.10"), &json!("USD"), &json!(1)));
    assert!(debit["time"].as_str().unwrap().ends_with('Z'));
    let history = payout["payouts"][0]["history"].as_array().unwrap();
    let statuses: Vec<_> = history.iter().map(|line| line["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["Complete", "Error", "Complete"]);
    assert_eq!(history[0]["time"], payout["payouts"][0]["created"]);
}

#[tokio::test]
async fn a_summary_has_one_line_for_each_uniqueid() {
    let sandbox = start().await;
    sandbox.post("/sandbox/behaviour", r#"{"repeats":"pay"}"#).await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.bitloga(&WITHDRAW.replace("135", "136")).await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.post("/sandbox/payouts/136/fail", "").await.ok();
    assert_eq!(
        sandbox.get("/sandbox/payouts?fields=summary").await.ok()["payouts"],
        json!([
            {"uniqueid": "135", "status": "Complete", "transactions": 2, "debits": 2, "returns": 0, "moved": "20.20"},
            {"uniqueid": "136", "status": "Error", "transactions": 1, "debits": 1, "returns": 1, "moved": "0.00"},
        ])
    );
    assert_eq!(sandbox.get("/sandbox/payouts").await.ok()["payouts"], sandbox.state().await["payouts"]);
    sandbox.get("/sandbox/payouts?fields=all").await.refused(400, "summary");
}

#[tokio::test]
async fn payouts_can_be_pending_for_a_while() {
    let standing = Options { payouts_pending: Duration::from_millis(300), ..options() };
    for (payouts_end, reached, held) in [
        (PayoutEnd::Complete, "Complete", "9989.90"),
        (PayoutEnd::Cancel, "Canceled", "10000.00"),
        (PayoutEnd::Fail, "Error", "10000.00"),
    ] {
        let sandbox = start_with(Options { payouts_end, ..standing.clone() }).await;
        assert_eq!(sandbox.bitloga(WITHDRAW).await.ok()["status"], "Pending");
        assert_eq!(dollars(&sandbox).await, "9989.90");
        wait_for_status(&sandbox, reached).await;
        assert_eq!(dollars(&sandbox).await, held);
        let history = sandbox.get("/sandbox/payouts/135").await.ok()["payouts"][0]["history"].clone();
        assert_eq!(history.as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn payouts_that_end_at_once_do_so_without_a_moment_between() {
    let sandbox = start().await;
    for (end, reached, held) in [("cancel", "Canceled", "10000.00"), ("complete", "Complete", "9989.90")] {
        sandbox.post("/sandbox/behaviour", &format!(r#"{{"payouts_end":"{end}"}}"#)).await.ok();
        let withdraw = WITHDRAW.replace("135", end);
        assert_eq!(sandbox.bitloga(&withdraw).await.ok()["status"], reached);
        assert_eq!(dollars(&sandbox).await, held);
    }
}

#[tokio::test]
async fn a_plan_decides_for_one_uniqueid() {
    let sandbox = start().await;
    sandbox.post("/sandbox/payouts/135/plan", r#"{"pending_ms":20,"ends":"cancel"}"#).await.ok();
    sandbox.post("/sandbox/payouts/137/plan", "").await.ok();
    assert_eq!(sandbox.bitloga(WITHDRAW).await.ok()["status"], "Pending");
    assert_eq!(sandbox.bitloga(&WITHDRAW.replace("135", "136")).await.ok()["status"], "Complete");
    assert_eq!(sandbox.bitloga(&WITHDRAW.replace("135", "137")).await.ok()["status"], "Pending");
    wait_for_status(&sandbox, "Canceled").await;
    assert_eq!(dollars(&sandbox).await, "9979.80");
    let held = sandbox.get("/sandbox/payouts/137").await.ok()["payouts"][0].clone();
    assert_eq!((&held["status"], &held["ends"]), (&json!("Pending"), &Value::Null));

    sandbox.post("/sandbox/payouts/135/pend", r#"{"pending_ms":20,"ends":"fail"}"#).await.ok();
    wait_for_status(&sandbox, "Error").await;
    for (body, reason) in [(r#"{"ends":"well"}"#, "complete, cancel, fail"), (r#"{"pending":1}"#, "pending_ms")] {
        sandbox.post("/sandbox/payouts/138/plan", body).await.refused(400, reason);
    }
}

#[tokio::test]
async fn a_payout_settled_by_hand_does_not_end_again() {
    let sandbox = start_with(Options { payouts_pending: Duration::from_millis(60), ..options() }).await;
    sandbox.bitloga(WITHDRAW).await.ok();
    act(&sandbox, "cancel").await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(status(&sandbox).await, "Canceled");
    assert_eq!(dollars(&sandbox).await, "10000.00");
}

#[tokio::test]
async fn a_payout_that_is_pending_ends_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let with_file = || Options {
        state: Some(folder.path().join("state.sqlite")),
        payouts_pending: Duration::from_millis(500),
        ..options()
    };
    let sandbox = start_with(with_file()).await;
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.stop().await;
    let sandbox = start_with(with_file()).await;
    wait_for_status(&sandbox, "Complete").await;
}

#[tokio::test]
async fn balances_are_emptied_and_refilled() {
    let sandbox = start().await;
    let answer = sandbox.post("/sandbox/balances", r#"{"USD":"0","RUB":"7.50"}"#).await.ok();
    assert_eq!((&answer["balances"]["USD"], &answer["balances"]["RUB"]), (&json!("0.00"), &json!("7.50")));
    sandbox.bitloga(WITHDRAW).await.refused(400, "insufficient balance");
    sandbox.post("/sandbox/balances/credit", r#"{"USD":"20.00"}"#).await.ok();
    sandbox.bitloga(WITHDRAW).await.ok();
    sandbox.post("/sandbox/balances/debit", r#"{"USD":"9.90"}"#).await.ok();
    assert_eq!(dollars(&sandbox).await, "0.00");
    let entries = sandbox.state().await["ledger"].as_array().unwrap().clone();
    let of_dollars = entries.iter().filter(|entry| entry["currency"] == "USD");
    let amounts: Vec<_> = of_dollars.map(|entry| entry["amount"].as_str().unwrap()).collect();
    assert_eq!(amounts, ["10000.00", "-10000.00", "20.00", "-10.10", "-9.90"]);

    for (path, body, status, reason) in [
        ("", r#"{"USD":"-1"}"#, 400, "USD must be an amount"),
        ("", r#"{"USD":null}"#, 400, "USD must be an amount"),
        ("", r#"{"RUB":"1","XXX":"1"}"#, 400, "XXX"),
        ("/debit", r#"{"USD":"0.01"}"#, 400, "insufficient balance"),
        ("/steal", "{}", 404, "credit and debit"),
    ] {
        sandbox.post(&format!("/sandbox/balances{path}"), body).await.refused(status, reason);
    }
    assert_eq!(sandbox.state().await["balances"]["RUB"], "7.50", "all of an order, or nothing");
}
