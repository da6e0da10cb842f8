//! Server-Sent Events: one at once, one after every change, and an end when the sandbox stops.

use std::time::{Duration, Instant};

use payseal_sandbox::Options;
use reqwest::Response;
use tokio::time::timeout;

use crate::harness::{Receiver, Running, a_while, options, start, start_with};

const PATIENCE: Duration = Duration::from_secs(10);

async fn watch(sandbox: &Running) -> Response {
    let response = sandbox.client.get(sandbox.url("/sandbox/events")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response
}

async fn next(events: &mut Response) -> String {
    let chunk = timeout(PATIENCE, events.chunk()).await.unwrap().unwrap().unwrap();
    String::from_utf8(chunk.to_vec()).unwrap()
}

/// Whether nothing comes for a while.
async fn is_quiet(events: &mut Response) -> bool {
    timeout(Duration::from_millis(300), events.chunk()).await.is_err()
}

#[tokio::test]
async fn one_at_once_and_one_after_each_change() {
    let sandbox = start().await;
    let mut events = watch(&sandbox).await;
    assert_eq!(next(&mut events).await, "retry: 1000\nevent: change\ndata: 0\n\n");
    assert!(is_quiet(&mut events).await);
    for (path, body) in [
        ("/sandbox/balances/credit", r#"{"USD":"1"}"#),
        ("/sandbox/misbehave", r#"{"mode":"drop","action":"apply"}"#),
        ("/sandbox/misbehave/cancel", ""),
        ("/sandbox/trouble", r#"{"per_mille":{"drop":0}}"#),
        ("/sandbox/behaviour", r#"{"details_lag_ms":1}"#),
        ("/sandbox/reset", ""),
    ] {
        sandbox.post(path, body).await.ok();
        assert!(next(&mut events).await.starts_with("event: change\ndata: "), "{path}");
        assert!(is_quiet(&mut events).await, "{path}");
    }
    sandbox.state().await;
    assert!(is_quiet(&mut events).await, "looking changes nothing");
    sandbox.bitloga(r#"{"action":"balances"}"#).await.ok();
    next(&mut events).await;
}

#[tokio::test]
async fn what_happens_by_itself_is_told() {
    let shop = Receiver::start(&[500]).await;
    let sandbox =
        start_with(Options { auto_pay: Some(Duration::from_millis(500)), pause_scale: 0.5, ..options() }).await;
    let body =
        format!(r#"{{"action":"invoice","uniqueid":"1","paysys":"USD","amount":1,"callbackurl":"{}"}}"#, shop.url);
    sandbox.bitloga(&body).await.ok();
    a_while().await;
    let mut events = watch(&sandbox).await;
    next(&mut events).await;
    next(&mut events).await; // It was paid, and delivered in vain.
    shop.wait_for(2).await;
    next(&mut events).await; // It was delivered.
}

#[tokio::test]
async fn many_changes_are_few_events() {
    let sandbox = start().await;
    let mut events = watch(&sandbox).await;
    for _ in 0..200 {
        sandbox.post("/sandbox/balances/credit", r#"{"USD":"1"}"#).await.ok();
    }
    let (mut count, start) = (0, Instant::now());
    while !is_quiet(&mut events).await {
        count += 1;
    }
    assert!((1..100).contains(&count), "{count} events in {:?}", start.elapsed());
}

#[tokio::test]
async fn a_sandbox_that_stops_does_not_wait_for_its_watchers() {
    let sandbox = start().await;
    let mut events = watch(&sandbox).await;
    next(&mut events).await;
    let start = Instant::now();
    sandbox.stop().await;
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(timeout(PATIENCE, events.chunk()).await.unwrap().unwrap().is_none(), "the stream ends");
}

#[tokio::test]
async fn foreign_pages_may_not_watch() {
    let sandbox = start().await;
    for (name, value) in
        [("Host", "attacker.example"), ("Origin", "https://attacker.example"), ("Sec-Fetch-Site", "cross-site")]
    {
        for path in ["/sandbox/events", "/sandbox/requests", "/sandbox/about"] {
            let response = sandbox.client.get(sandbox.url(path)).header(name, value).send().await.unwrap();
            assert_eq!(response.status(), 403, "{path} {name}");
        }
        let trigger = sandbox.client.post(sandbox.url("/sandbox/trigger")).header(name, value).body("{}");
        assert_eq!(trigger.send().await.unwrap().status(), 403, "{name}");
    }
}
