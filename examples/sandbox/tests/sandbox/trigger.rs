//! Triggers: what they send, and where they may not.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    response::{IntoResponse, Redirect},
    routing::any,
};
use payseal_sandbox::Options;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::harness::{Receiver, Running, a_while, options, sign, start, start_with};

async fn trigger(sandbox: &Running, order: &Value) -> Vec<Value> {
    let answer = sandbox.post("/sandbox/trigger", &order.to_string()).await.ok();
    answer["deliveries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_callback_with_defaults_and_its_answer() {
    let (sandbox, shop) = (start().await, Receiver::start(&[418]).await);
    let deliveries = trigger(&sandbox, &json!({"url": shop.url})).await;
    let received = shop.received().remove(0);
    let expected =
        r#"{"to":"USD","amount":10.00,"type":"Invoice","status":"Payed","invoiceid":1,"uniqueid":"order-1"}"#;
    assert_eq!(received.body, expected);
    assert_eq!(received.signature, Some(sign(expected)));
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0]["status"], 418);
    assert_eq!(deliveries[0]["response"]["body"], "answer 418");
    assert_eq!(deliveries[0]["subject"], "order-1");
    // It is kept, and not tried again.
    a_while().await;
    assert_eq!(sandbox.deliveries().await, deliveries);
    assert_eq!(deliveries[0]["kind"], "trigger");
    assert_eq!(shop.received().len(), 1);
}

#[tokio::test]
async fn fields_are_changed_added_and_left_out() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let order = format!(
        r#"{{"url":"{}","secret":"another","fields":{{"amount":1.50,"invoiceid":null,"dtag":"9","uniqueid":"<b>"}}}}"#,
        shop.url
    );
    sandbox.post("/sandbox/trigger", &order).await.ok();
    let received = shop.received().remove(0);
    let expected = r#"{"to":"USD","amount":1.50,"type":"Invoice","status":"Payed","uniqueid":"<b>","dtag":"9"}"#;
    assert_eq!(received.body, expected);
    assert_ne!(received.signature, Some(sign(expected)), "signed with the secret that was given");
}

#[tokio::test]
async fn faults_a_shop_must_notice() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let faults = ["wrong-signature", "no-signature", "re-serialised", "twice"];
    for fault in faults {
        trigger(&sandbox, &json!({"url": shop.url, "fault": fault})).await;
    }
    let received = shop.received();
    assert_eq!(received.len(), 5);
    let is_signed: Vec<bool> = received.iter().map(|it| it.signature.as_deref() == Some(&sign(&it.body))).collect();
    assert_eq!(is_signed, [false, false, false, true, true]);
    let lengths: Vec<_> = received.iter().map(|it| it.signature.as_deref().map(str::len)).collect();
    assert_eq!(lengths, [Some(128), None, Some(128), Some(128), Some(128)]);
    assert_eq!(received[2].json(), received[0].json(), "the same JSON");
    assert_ne!(received[2].body, received[0].body, "in other bytes");
    assert_eq!(received[2].signature.as_deref(), Some(sign(&received[0].body).as_str()), "signed before");
    assert_eq!(received[3].body, received[4].body);
}

#[tokio::test]
async fn notifications_carry_their_secret_key() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let fields = json!({"secret_key": "another"});
    let order = |fault: Value| json!({"url": shop.url, "kind": "notification", "secret": "mine", "fields": fields, "fault": fault});
    for fault in [Value::Null, json!("wrong-signature"), json!("no-signature")] {
        trigger(&sandbox, &order(fault)).await;
    }
    let received: Vec<Value> = shop.received().iter().map(crate::harness::Received::json).collect();
    assert_eq!(received[0]["secret_key"], "mine");
    assert!(received[1]["secret_key"].is_string() && received[1]["secret_key"] != "mine");
    assert_eq!(received[2].get("secret_key"), None);
    assert_eq!((&received[0]["status"], &received[0]["symbol"]), (&json!("PAID"), &json!("USDT")));
    assert!(shop.received().iter().all(|it| it.signature.is_none()));
}

#[tokio::test]
async fn an_exact_body() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    trigger(&sandbox, &json!({"url": shop.url, "body": "no JSON"})).await;
    assert_eq!(shop.received()[0].body, "no JSON");
    assert_eq!(shop.received()[0].signature, Some(sign("no JSON")));
    for (order, reason) in [
        (json!({"url": shop.url, "body": "no JSON", "fault": "re-serialised"}), "JSON"),
        (json!({"url": shop.url, "body": "{}", "fields": {}}), "exclude"),
        (json!({"url": shop.url, "kind": "rumour"}), "kind must be one of callback, notification"),
        (json!({"url": shop.url, "fault": "many"}), "fault must be one of"),
        (json!({"url": shop.url, "falt": "twice"}), "falt"),
        (json!({}), "url is required"),
    ] {
        sandbox.post("/sandbox/trigger", &order.to_string()).await.refused(400, reason);
    }
    assert_eq!(shop.received().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_answer_too() {
    let sandbox = start().await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let deliveries = trigger(&sandbox, &json!({"url": format!("http://localhost:{port}/")})).await;
    assert!(deliveries[0]["error"].as_str().unwrap().contains("refused"), "{deliveries:?}");
    assert_eq!(sandbox.state().await["pending"], json!([]));
}

/// A server that counts what it gets, and where it says that a URL leads.
async fn counting(location: Option<String>) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let handler = move || async move {
        counter.fetch_add(1, Ordering::SeqCst);
        location.map_or_else(|| ().into_response(), |location| Redirect::temporary(&location).into_response())
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", any(handler))).await });
    (port, count)
}

#[tokio::test]
async fn redirects_are_shown_and_not_followed() {
    let sandbox = start().await;
    let (elsewhere, count_elsewhere) = counting(None).await;
    let (port, count) = counting(Some(format!("http://127.0.0.1:{elsewhere}/"))).await;
    let deliveries = trigger(&sandbox, &json!({"url": format!("http://127.0.0.1:{port}/")})).await;
    assert_eq!(deliveries[0]["status"], 307);
    assert_eq!((count.load(Ordering::SeqCst), count_elsewhere.load(Ordering::SeqCst)), (1, 0));
}

#[tokio::test]
async fn only_this_machine_can_be_reached() {
    let sandbox = start().await;
    let (port, count) = counting(None).await;
    for (url, status) in [
        // The server listens there, by spellings that lead to it on most systems.
        (format!("http://0.0.0.0:{port}/"), 403),
        (format!("http://[::ffff:127.0.0.1]:{port}/"), 403),
        (format!("http://0:{port}/"), 403),
        (format!("http://user@127.0.0.1:{port}/"), 400),
        (format!("https://127.0.0.1:{port}/"), 400),
        ("http://localhost@10.0.0.1/".to_owned(), 400),
        ("http://10.0.0.1/".to_owned(), 403),
        ("http://167772161/".to_owned(), 403),
        ("http://[fd00::1]/".to_owned(), 403),
        ("http://localhost.attacker.example/".to_owned(), 403),
        ("http://shop.example/".to_owned(), 403),
    ] {
        let answer = sandbox.post("/sandbox/trigger", &json!({ "url": url }).to_string()).await;
        answer.refused(status, "");
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
    assert!(sandbox.deliveries().await.is_empty());
    for url in
        [format!("http://127.0.0.1:{port}/"), format!("http://localhost:{port}/"), format!("http://2130706433:{port}/")]
    {
        assert_eq!(trigger(&sandbox, &json!({ "url": url })).await[0]["status"], 200, "{url}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn hosts_that_are_allowed_can_be_reached() {
    let sandbox = start_with(Options { allow_host: vec!["0.0.0.0".to_owned()], ..options() }).await;
    let (port, count) = counting(None).await;
    trigger(&sandbox, &json!({"url": format!("http://0.0.0.0:{port}/")})).await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
