//! Who may use the control API: not a web page that a developer happens to visit.

use std::time::{Duration, Instant};

use payseal_sandbox::Options;
use reqwest::RequestBuilder;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    harness::{Running, options, send, sign, start, start_with},
    payouts::WITHDRAW,
};

/// A request with these headers in place of the usual ones.
async fn status(request: RequestBuilder, headers: &[(&str, &str)]) -> u16 {
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    send(request).await.status.as_u16()
}

async fn reset(sandbox: &Running, headers: &[(&str, &str)]) -> u16 {
    status(sandbox.client.post(sandbox.url("/sandbox/reset")), headers).await
}

fn port(sandbox: &Running) -> String {
    sandbox.url("").rsplit(':').next().unwrap().to_owned()
}

#[tokio::test]
async fn hosts_that_are_not_this_sandbox_are_refused() {
    let sandbox = start().await;
    for host in ["localhost", "LOCALHOST:80", "127.0.0.1", "127.1.2.3:9", "[::1]", "[::1]:8787"] {
        assert_eq!(reset(&sandbox, &[("Host", host)]).await, 200, "{host}");
    }
    let foreign = [
        "attacker.example",
        "attacker.example:8787",
        "localhost.attacker.example",
        "127.0.0.1.attacker.example",
        "10.0.0.1",
        "[2001:db8::1]",
        "user@attacker.example",
        "not a host",
    ];
    for host in foreign {
        assert_eq!(reset(&sandbox, &[("Host", host)]).await, 403, "{host}");
        let state = sandbox.client.get(sandbox.url("/sandbox/state"));
        assert_eq!(status(state, &[("Host", host)]).await, 403, "{host}");
    }
    let gateway = sandbox.signed(r#"{"action":"balances"}"#);
    assert_eq!(status(gateway, &[("Host", "gateway.example")]).await, 200, "the gateways have their own keys");
}

#[tokio::test]
async fn further_hosts_can_be_allowed() {
    let sandbox = start_with(Options { allow_host: vec!["sandbox".to_owned()], ..options() }).await;
    for (host, expected) in [("sandbox:8787", 200), ("Sandbox", 200), ("sandbox.example", 403), ("127.0.0.1", 200)] {
        assert_eq!(reset(&sandbox, &[("Host", host)]).await, expected, "{host}");
    }
    // One that listens everywhere has many addresses, and none of them can be anybody else's.
    let everywhere = start_with(Options { host: [0, 0, 0, 0].into(), ..options() }).await;
    let url = format!("http://127.0.0.1:{}/sandbox/reset", port(&everywhere));
    for (host, expected) in [("10.0.0.1:8787", 200), ("attacker.example", 403)] {
        assert_eq!(status(everywhere.client.post(&url), &[("Host", host)]).await, expected, "{host}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let sandbox = start().await;
    let own = sandbox.url("");
    let other_port = format!("http://127.0.0.1:{}", 1 + port(&sandbox).parse::<u16>().unwrap());
    for (name, value, expected) in [
        ("Origin", own.as_str(), 200),
        ("Origin", "https://attacker.example", 403),
        ("Origin", other_port.as_str(), 403),
        ("Origin", "http://localhost", 403),
        ("Origin", "null", 403),
        ("Origin", "", 403),
        ("Sec-Fetch-Site", "same-origin", 200),
        ("Sec-Fetch-Site", "none", 200),
        ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-site", 403),
    ] {
        assert_eq!(reset(&sandbox, &[(name, value)]).await, expected, "{name}: {value}");
    }
    let twice = [("Origin", own.as_str()), ("Origin", "https://attacker.example")];
    assert_eq!(reset(&sandbox, &twice).await, 403);
    send(sandbox.client.post(sandbox.url("/sandbox/reset")).header("Origin", "null")).await.refused(403, "Origin");
}

#[tokio::test]
async fn only_payment_pages_send_their_forms() {
    let sandbox = start().await;
    let invoice = r#"{"action":"invoice","uniqueid":"1","paysys":"USD","amount":1}"#;
    let page = sandbox.bitloga(invoice).await.ok()["invoice"].as_str().unwrap().to_owned();
    let pay = page.replace("/step-4", "/pay");
    let crypto = r#"{"blockchain":"tron","symbol":"TRX","value":1,"expiry":15,"confirmations":1}"#;
    let crypto = sandbox.post("/api/v1/wallets/sandbox-wallet/invoices", crypto).await.ok();
    let crypto = crypto["data"]["url_pay"].as_str().unwrap();
    let foreign: [&[_]; 3] =
        [&[("Origin", "https://shop.example")], &[("Host", "shop.example")], &[("Sec-Fetch-Site", "cross-site")]];
    for headers in foreign {
        assert_eq!(status(sandbox.client.post(&pay), headers).await, 403);
        assert_eq!(status(sandbox.client.post(format!("{crypto}/pay")), headers).await, 403);
        assert_eq!(status(sandbox.client.get(&page), headers).await, 200, "shops lead to it");
    }
    let state = sandbox.state().await;
    assert_eq!((&state["invoices"][0]["status"], &state["crypto"][0]["in_flight"]), (&"Created".into(), &"0".into()));
    assert_eq!(status(sandbox.client.post(&pay), &[("Origin", &sandbox.url(""))]).await, 303);
}

/// Sends text over a socket of its own, and reads until the other side hangs up.
async fn over_a_socket(sandbox: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(sandbox.url("").trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    answer
}

#[tokio::test]
async fn a_request_without_a_host_is_refused() {
    let sandbox = start().await;
    let answer = over_a_socket(&sandbox, "POST /sandbox/reset HTTP/1.0\r\nContent-Length: 0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.0 403") && answer.contains("Host"), "{answer}");
}

#[tokio::test]
async fn slow_bodies_time_out() {
    let patience = Duration::from_millis(200);
    let sandbox = start_with(Options { body_timeout: patience, ..options() }).await;
    for path in ["/api/v1/", "/sandbox/misbehave"] {
        let request = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{{\"action\"");
        let start = Instant::now();
        let answer = over_a_socket(&sandbox, &request).await;
        assert!(start.elapsed() >= patience);
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("in time"), "{answer}");
    }
    // One that arrives in time may take longer to be answered.
    sandbox.post("/sandbox/misbehave", r#"{"mode":"delay","delay_ms":300}"#).await.ok();
    let request = format!(
        "POST /api/v1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-APIKEY: sandbox-key\r\n\
         X-SIGNATURE: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{WITHDRAW}",
        sign(WITHDRAW),
        WITHDRAW.len()
    );
    let answer = over_a_socket(&sandbox, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
