//! `POST /trigger`: sends a callback or a notification to a server on this machine at once, and shows what it answers.

mod message;
mod target;

use std::sync::Arc;

use axum::{body::Bytes, extract::State, response::Response};

use super::{answer, describe::attempt_state, read_options};
use crate::{
    app::App,
    exchange,
    fields::{Fields, missing},
    json::{Json, Object},
    refusal::Refusal,
    store::deliveries::{self, Attempt, Delivery, Message},
    timestamp,
};
use message::Triggered;

const PARAMETERS: &[&str] = &["url", "kind", "fields", "body", "secret", "fault"];

/// Sends what is asked for, and shows every attempt as `GET /deliveries` does.
pub(super) async fn trigger(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(send(&app, &body).await)
}

async fn send(app: &App, body: &[u8]) -> Result<Object, Refusal> {
    let options = read_options(body)?;
    let fields = Fields(&options);
    fields.only(PARAMETERS)?;
    let url = fields.text("url")?.ok_or_else(|| missing("url"))?;
    target::check(url, &app.options.allow_host)?;
    let triggered = message::read(app, fields)?;
    let client = target::client(&app.options.allow_host).map_err(|error| Refusal::internal(&error))?;
    let mut attempts = Vec::new();
    for _ in 0..triggered.copies {
        let time = timestamp::now();
        let exchange = exchange::post(&client, url, &triggered.body, triggered.signature.as_deref()).await;
        let delivery = keep(app, url, &triggered)?;
        let attempt = Attempt { delivery, number: 1, time, exchange, next_at: None };
        app.transaction(|connection| deliveries::record(connection, &attempt))?;
        attempts.push(attempt);
    }
    Ok(Object::new().with("deliveries", attempts.iter().map(attempt_state).collect::<Json>()))
}

/// Keeps it among the deliveries; it is not tried again.
fn keep(app: &App, url: &str, triggered: &Triggered) -> Result<Delivery, Refusal> {
    let Triggered { subject, body, signature, .. } = triggered;
    let message = Message { kind: "trigger", subject, url, body, signature: signature.as_deref() };
    let id = app.transaction(|connection| deliveries::insert(connection, &message, None))?;
    Ok(Delivery {
        id,
        kind: message.kind.to_owned(),
        subject: subject.clone(),
        url: url.to_owned(),
        body: body.clone(),
        signature: signature.clone(),
        attempts: 0,
        next_at: None,
    })
}
