//! State that survives a restart, and state that is wiped.

use std::time::Duration;

use payseal_sandbox::{Options, Sandbox, StartError};

use crate::harness::{Receiver, options, start, start_with};

#[tokio::test]
async fn a_file_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let with_file = || Options { state: Some(folder.path().join("state.sqlite")), ..options() };
    let shop = Receiver::start(&[500]).await;

    // Long pauses and blocks, so that what was begun is not finished before the restart.
    let slow = Options { pause_scale: 1.0, block_time: Duration::from_secs(1), ..with_file() };
    let sandbox = start_with(slow).await;
    let invoice =
        format!(r#"{{"action":"invoice","uniqueid":"1","paysys":"USD","amount":5.00,"callbackurl":"{}"}}"#, shop.url);
    sandbox.bitloga(&invoice).await.ok();
    let withdraw = r#"{"action":"withdraw","uniqueid":"2","currency":"USD","paysys":"WMZ","amount":10,"purse":"Z1"}"#;
    let transid = sandbox.bitloga(withdraw).await.ok()["transid"].clone();
    let code = sandbox.bitloga(r#"{"action":"create","amount":1.00,"currency":"USD"}"#).await.ok()["code"].clone();
    let crypto = r#"{"blockchain":"bitcoin","symbol":"BTC","value":7,"expiry":15,"confirmations":1}"#;
    let id = sandbox.post("/api/v1/wallets/sandbox-wallet/invoices", crypto).await.ok()["id"].clone();
    let id = id.as_str().unwrap();
    sandbox.post(&format!("/sandbox/crypto/{id}/pay"), "").await.ok();
    sandbox.post("/sandbox/invoices/1/pay", "").await.ok();
    sandbox.wait_for_deliveries(1).await;
    sandbox.stop().await;
    assert_eq!(shop.received().len(), 1);

    let sandbox = start_with(with_file()).await;
    assert_eq!(sandbox.bitloga(r#"{"action":"details","uniqueid":"1"}"#).await.ok()["status"], "Payed");
    assert_eq!(sandbox.bitloga(r#"{"action":"details","uniqueid":"2"}"#).await.ok()["transid"], transid);
    sandbox.bitloga(withdraw).await.refused(409, "uniqueid");
    assert_eq!(sandbox.bitloga(r#"{"action":"get"}"#).await.ok()["data"][0]["code"], code);
    let balance = sandbox.bitloga(r#"{"action":"balances","currency":"USD"}"#).await;
    assert_eq!(balance.text, r#"{"USD":9993.90,"success":true}"#, "10000 + 5 - 10.10 - 1");

    // What was on its way goes on: the second attempt of the callback, and the blocks.
    assert_eq!(shop.wait_for(2).await.len(), 2);
    assert_eq!(sandbox.wait_for_deliveries(2).await[1]["attempt"], 2);
    for _ in 0..300 {
        if sandbox.get(&format!("/api/v1/invoices/{id}")).await.ok()["status"] == "PAID" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the payment was never confirmed");
}

#[tokio::test]
async fn memory_forgets() {
    let sandbox = start().await;
    sandbox.bitloga(r#"{"action":"create","amount":1.00,"currency":"USD"}"#).await.ok();
    sandbox.stop().await;
    assert_eq!(start().await.bitloga(r#"{"action":"get"}"#).await.ok()["data"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn reset_wipes_everything() {
    let sandbox = start().await;
    let fresh = sandbox.state().await;
    let withdraw = r#"{"action":"withdraw","uniqueid":"2","currency":"USD","paysys":"WMZ","amount":10,"purse":"Z1"}"#;
    sandbox.bitloga(withdraw).await.ok();
    sandbox.post("/sandbox/misbehave", r#"{"mode":"drop"}"#).await.ok();
    sandbox.post("/sandbox/reset", "").await.ok();
    let after = sandbox.state().await;
    for part in ["balances", "invoices", "payouts", "codes", "crypto", "wallet", "pending", "misbehaviour"] {
        assert_eq!(after[part], fresh[part], "{part}");
    }
    assert_eq!(sandbox.bitloga(withdraw).await.ok()["orderid"], 2, "identifiers are not given twice");
}

#[tokio::test]
async fn the_ledger_adds_up() {
    let sandbox = start().await;
    sandbox.bitloga(r#"{"action":"create","amount":1.23,"currency":"USD"}"#).await.ok();
    let state = sandbox.state().await;
    let entries = state["ledger"].as_array().unwrap();
    let dollars = |entry: &&serde_json::Value| entry["currency"] == "USD";
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let sum: i64 = entries.iter().filter(dollars).map(|entry| cents(entry["amount"].as_str().unwrap())).sum();
    assert_eq!(sum, cents(state["balances"]["USD"].as_str().unwrap()));
    assert_eq!(sum, 999_877);
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not-a-database");
    std::fs::write(&file, "this is no SQLite file, and it is long enough to have a header of its own").unwrap();
    let refused = Sandbox::start(Options { state: Some(file), ..options() }).await;
    assert!(matches!(refused, Err(StartError::State(_))));
    let file = folder.path().join("in-use");
    let first = start_with(Options { state: Some(file.clone()), ..options() }).await;
    let refused = Sandbox::start(Options { state: Some(file), ..options() }).await;
    assert!(matches!(refused, Err(StartError::State(reason)) if reason.contains("locked")));
    first.stop().await;
    let refused = Sandbox::start(Options { api_secret: String::new(), ..options() }).await;
    assert!(matches!(refused, Err(StartError::Options(_))));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = Sandbox::start(Options { port, ..options() }).await;
    assert!(matches!(refused, Err(StartError::Listen(address, _)) if address.port() == port));
}
