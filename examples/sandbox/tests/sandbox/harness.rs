//! A sandbox with a client, and a server that receives what the sandbox delivers.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
use hmac::{Hmac, KeyInit, Mac};
use payseal_sandbox::{Options, Sandbox};
use reqwest::{StatusCode, redirect::Policy};
use serde_json::Value;
use sha2::Sha512;
use tokio::net::TcpListener;

/// Options for tests: a free port, and everything that waits made fast.
pub(crate) fn options() -> Options {
    Options { port: 0, pause_scale: 0.01, block_time: Duration::from_millis(20), ..Options::default() }
}

pub(crate) struct Running {
    sandbox: Sandbox,
    pub(crate) client: reqwest::Client,
}

/// An answer: its status, its text, and what the text says.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The answer, which must be a success.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// Asserts that the gateway refused, and said why.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, reason: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        let json = self.json();
        assert_eq!(json["success"], false);
        assert!(json["error"].as_str().unwrap().contains(reason), "{}", self.text);
    }
}

pub(crate) async fn start() -> Running {
    start_with(options()).await
}

pub(crate) async fn start_with(options: Options) -> Running {
    let sandbox = Sandbox::start(options).await.unwrap();
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    Running { sandbox, client }
}

pub(crate) fn sign(body: &str) -> String {
    let mac = Hmac::<Sha512>::new_from_slice(b"sandbox-secret").unwrap();
    hex::encode(mac.chain_update(body).finalize().into_bytes())
}

impl Running {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }

    /// A signed request to Bitloga's URL.
    pub(crate) fn signed(&self, body: &str) -> reqwest::RequestBuilder {
        self.client
            .post(self.url("/api/v1/"))
            .header("Content-type", "application/json")
            .header("X-APIKEY", "sandbox-key")
            .header("X-SIGNATURE", sign(body))
            .body(body.to_owned())
    }

    pub(crate) async fn bitloga(&self, body: &str) -> Answer {
        send(self.signed(body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.client.get(self.url(path))).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        let request = self.client.post(self.url(path)).header("Content-type", "application/json");
        send(request.body(body.to_owned())).await
    }

    pub(crate) async fn state(&self) -> Value {
        self.get("/sandbox/state").await.ok()
    }

    pub(crate) async fn deliveries(&self) -> Vec<Value> {
        self.get("/sandbox/deliveries").await.ok()["deliveries"].as_array().unwrap().clone()
    }

    /// Waits until there have been this many attempts to deliver, and returns them.
    pub(crate) async fn wait_for_deliveries(&self, count: usize) -> Vec<Value> {
        let start = Instant::now();
        loop {
            let deliveries = self.deliveries().await;
            if deliveries.len() >= count {
                return deliveries;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "only {} of {count} attempts", deliveries.len());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer { status: response.status(), text: response.text().await.unwrap() }
}

/// Something the sandbox delivered.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) body: String,
    pub(crate) signature: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) at: Instant,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A user's server: notes what it receives, and answers as it was told to, in the end with 200.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    pub(crate) async fn start(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::new(Mutex::new(VecDeque::from_iter(statuses.to_vec())));
        let notes = Arc::clone(&received);
        let handler = move |headers: HeaderMap, body: Bytes| async move {
            let signature = headers.get("X-SIGNATURE").map(|value| value.to_str().unwrap().to_owned());
            let body = String::from_utf8(body.to_vec()).unwrap();
            let pairs = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
            notes.lock().unwrap().push(Received { body, signature, headers: pairs.collect(), at: Instant::now() });
            let status = answers.lock().unwrap().pop_front().unwrap_or(200);
            (StatusCode::from_u16(status).unwrap(), [("Location", "/callback")], format!("answer {status}"))
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/callback", post(handler))).await });
        Self { url, received }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Waits until this much has been received.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Received> {
        let start = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "only {} of {count} received", received.len());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Long enough for something to happen that must not.
pub(crate) async fn a_while() {
    tokio::time::sleep(Duration::from_millis(150)).await;
}
