//! The latest requests that clients made, as they arrived and as they were answered. Only in memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Response, request::Parts},
};

use crate::{
    exchange::{list, milliseconds_since},
    fields::Fields,
    json::{Json, Object},
    misbehave::{HangUp, Happened},
    timestamp::{self, Timestamp},
};

/// How many requests are kept.
const KEPT_REQUESTS: usize = 500;
/// How many bytes of a body are kept.
const KEPT_BYTES: usize = 16_384;
const MAXIMUM_ANSWER: usize = 1 << 26;

/// The latest requests.
#[derive(Default)]
pub(crate) struct RequestLog(Mutex<Latest>);

#[derive(Default)]
struct Latest {
    /// How many there were before the oldest that is kept.
    forgotten: i64,
    requests: VecDeque<Seen>,
}

/// One request, and the answer its client got.
struct Seen {
    time: Timestamp,
    duration_ms: i64,
    method: String,
    path: String,
    headers: Json,
    body: Kept,
    /// None if the connection was closed instead.
    status: Option<u16>,
    answer: Kept,
    /// What went wrong on purpose.
    fault: Option<String>,
}

/// The beginning of a body.
struct Kept(String);

impl Kept {
    fn of(bytes: &[u8]) -> Self {
        Self(String::from_utf8_lossy(&bytes[..bytes.len().min(KEPT_BYTES)]).into_owned())
    }
}

/// A request that has arrived and is not answered yet.
pub(crate) struct Arrived {
    time: Timestamp,
    start: Instant,
    method: String,
    path: String,
    headers: Json,
    body: Bytes,
}

impl Arrived {
    /// Only requests to the gateways are noted.
    pub(crate) fn of(head: &Parts, body: &Bytes) -> Option<Self> {
        let path = head.uri.path();
        path.starts_with("/api/v1").then(|| Self {
            time: timestamp::now(),
            start: Instant::now(),
            method: head.method.to_string(),
            path: path.to_owned(),
            headers: list(&head.headers),
            body: body.clone(),
        })
    }
}

impl RequestLog {
    /// Notes a request with its answer, which is returned.
    pub(crate) async fn note(&self, arrived: Arrived, response: Response<Body>) -> Response<Body> {
        let (head, body) = response.into_parts();
        // Every answer of a gateway is complete in memory: reading it cannot fail.
        let body = to_bytes(body, MAXIMUM_ANSWER).await.unwrap_or_default();
        let is_answered = head.extensions.get::<HangUp>().is_none();
        self.add(Seen {
            time: arrived.time,
            duration_ms: milliseconds_since(arrived.start),
            method: arrived.method,
            path: arrived.path,
            headers: arrived.headers,
            body: Kept::of(&arrived.body),
            status: is_answered.then(|| head.status.as_u16()),
            answer: Kept::of(&body),
            fault: head.extensions.get::<Happened>().map(|happened| happened.0.clone()),
        });
        Response::from_parts(head, Body::from(body))
    }

    fn add(&self, seen: Seen) {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        latest.requests.push_back(seen);
        if latest.requests.len() > KEPT_REQUESTS {
            latest.requests.pop_front();
            latest.forgotten += 1;
        }
    }

    /// Numbers go on, so that none is given twice.
    pub(crate) fn forget(&self) {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        latest.forgotten += i64::try_from(latest.requests.len()).unwrap_or_default();
        latest.requests.clear();
    }

    /// The requests that are kept, the oldest first.
    pub(crate) fn describe(&self) -> Json {
        let latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = latest.forgotten + 1;
        latest.requests.iter().zip(first..).map(|(seen, number)| seen.describe(number)).collect()
    }
}

impl Seen {
    fn describe(&self, number: i64) -> Object {
        let request = Json::parse(self.body.0.as_bytes()).unwrap_or(Json::Null);
        let text = |name| Fields::of(&request).ok().and_then(|fields| fields.owned(name).ok()).flatten();
        Object::new()
            .with("number", number)
            .with("time", timestamp::rfc3339(self.time))
            .with("method", &self.method)
            .with("path", &self.path)
            .with("action", text("action"))
            .with("uniqueid", text("uniqueid"))
            .with("headers", self.headers.clone())
            .with("body", &self.body.0)
            .with("status", self.status.map(i64::from))
            .with("answer", &self.answer.0)
            .with("fault", self.fault.as_ref())
            .with("duration_ms", self.duration_ms)
    }
}
