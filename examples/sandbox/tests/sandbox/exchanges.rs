//! Everything that was sent and answered is kept with an attempt to deliver.

use axum::{Router, routing::post};
use payseal_sandbox::Options;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::harness::{Receiver, Running, options, start, start_with};

async fn paid_invoice(sandbox: &Running, url: &str) {
    let body = format!(r#"{{"action":"invoice","uniqueid":"1","paysys":"USD","amount":1.00,"callbackurl":"{url}"}}"#);
    sandbox.bitloga(&body).await.ok();
    sandbox.post("/sandbox/invoices/1/pay", "").await.ok();
}

fn sorted(headers: &Value) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = serde_json::from_value(headers.clone()).unwrap();
    headers.sort();
    headers
}

#[tokio::test]
async fn the_request_as_it_was_received() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    paid_invoice(&sandbox, &shop.url).await;
    let attempt = sandbox.wait_for_deliveries(1).await.remove(0);
    let mut received = shop.received().remove(0).headers;
    received.sort();
    assert_eq!(sorted(&attempt["request"]["headers"]), received);
    assert!(received.iter().any(|(name, value)| name == "x-signature" && attempt["signature"] == value.as_str()));
    assert_eq!(attempt["request"]["method"], "POST");
    assert_eq!(attempt["error"], Value::Null);
    assert_eq!(attempt["next"], Value::Null, "it was delivered");
}

#[tokio::test]
async fn the_answer_and_the_next_attempt() {
    let sandbox = start_with(Options { pause_scale: 0.2, ..options() }).await;
    let shop = Receiver::start(&[500]).await;
    paid_invoice(&sandbox, &shop.url).await;
    let attempts = sandbox.wait_for_deliveries(2).await;
    assert_eq!(attempts[0]["response"]["body"], "answer 500");
    assert_eq!(attempts[0]["response"]["cut"], false);
    assert!(sorted(&attempts[0]["response"]["headers"]).contains(&("location".to_owned(), "/callback".to_owned())));
    assert_eq!(attempts[1]["response"]["body"], "answer 200");
    // 200 ms after the first attempt, and before the second.
    let time = |value: &Value| value.as_str().unwrap().to_owned();
    assert!(time(&attempts[0]["time"]) < time(&attempts[0]["next"]));
    assert!(time(&attempts[0]["next"]) <= time(&attempts[1]["time"]));
    assert_eq!(attempts[1]["next"], Value::Null);
}

#[tokio::test]
async fn what_keeps_a_server_busy_is_measured_and_what_is_long_is_cut() {
    let sandbox = start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let handler = || async {
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
        "ä".repeat(20_000)
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", post(handler))).await });
    paid_invoice(&sandbox, &url).await;
    let attempt = sandbox.wait_for_deliveries(1).await.remove(0);
    assert!((120..2000).contains(&attempt["duration_ms"].as_i64().unwrap()), "{}", attempt["duration_ms"]);
    assert_eq!(attempt["response"]["body"], "ä".repeat(8192));
    assert_eq!(attempt["response"]["cut"], true);
    assert_eq!(attempt["status"], 200);
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let sandbox = start_with(Options { pause_scale: 100.0, ..options() }).await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    paid_invoice(&sandbox, &format!("http://127.0.0.1:{port}/")).await;
    let attempt = sandbox.wait_for_deliveries(1).await.remove(0);
    assert_eq!(attempt["response"], Value::Null);
    assert!(attempt["error"].as_str().unwrap().contains("refused"), "{attempt}");
    assert!(attempt["next"].is_string());
    let host = json!(["host", format!("127.0.0.1:{port}")]);
    assert!(attempt["request"]["headers"].as_array().unwrap().contains(&host), "{attempt}");
}

#[tokio::test]
async fn it_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let with_file = || Options { state: Some(folder.path().join("state.sqlite")), ..options() };
    let (sandbox, shop) = (start_with(with_file()).await, Receiver::start(&[]).await);
    paid_invoice(&sandbox, &shop.url).await;
    let before = sandbox.wait_for_deliveries(1).await;
    sandbox.stop().await;
    assert_eq!(start_with(with_file()).await.deliveries().await, before);
}
