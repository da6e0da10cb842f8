//! Faults on demand: what goes wrong between a client and a gateway, when a test asks for it.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use crate::{
    fields::{Fields, invalid, missing},
    json::{Json, Object},
    refusal::Refusal,
};

/// The actions requests can be told to misbehave on: the seven of Bitloga, and the three of Api for Crypto.
const REQUESTS: &[&str] = &[
    "balances",
    "invoice",
    "withdraw",
    "details",
    "create",
    "apply",
    "get",
    "crypto-create",
    "crypto-invoice",
    "crypto-wallet",
];

/// What can be delivered twice.
const DELIVERIES: &[&str] = &["callback", "notification"];

const MAXIMUM_DELAY: i64 = 600_000;

/// Marks a response that must not be sent: the connection is closed instead.
#[derive(Clone)]
pub(crate) struct HangUp;

/// The faults that were asked for and have not happened yet.
#[derive(Default)]
pub(crate) struct Misbehaviour(Mutex<VecDeque<Rule>>);

/// One order to misbehave, for the next few times.
struct Rule {
    /// An action, or `*` for every one.
    action: String,
    mode: String,
    fault: Fault,
    times: i64,
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    /// Something happens to a request, before or after it was carried out.
    Request(Moment, Effect),
    /// A callback or notification is delivered twice.
    Duplicate,
}

#[derive(Clone, Copy, PartialEq)]
enum Moment {
    Before,
    After,
}

#[derive(Clone, Copy, PartialEq)]
enum Effect {
    Drop,
    Delay(Duration),
    ServerError,
    Rubbish,
}

impl Misbehaviour {
    /// Takes an order such as `{"action":"withdraw","mode":"drop-after","times":1}`.
    pub(crate) fn order(&self, fields: Fields<'_>) -> Result<(), Refusal> {
        let action = fields.text("action")?.unwrap_or("*").to_owned();
        let mode = fields.required_text("mode")?.to_owned();
        let delay = fields.integer_within("delay_ms", 0..=MAXIMUM_DELAY)?;
        let fault = Fault::parse(&mode, delay)?;
        let actions = if fault == Fault::Duplicate { DELIVERIES } else { REQUESTS };
        if action != "*" && !actions.contains(&action.as_str()) {
            return Err(invalid("action", &format!("must be * or one of {}", actions.join(", "))));
        }
        let times = fields.integer_within("times", 1..=1_000_000)?.unwrap_or(1);
        self.rules().push_back(Rule { action, mode, fault, times });
        Ok(())
    }

    pub(crate) fn forget(&self) {
        self.rules().clear();
    }

    /// The orders that have not been used up.
    pub(crate) fn describe(&self) -> Json {
        let describe =
            |rule: &Rule| Object::new().with("action", &rule.action).with("mode", &rule.mode).with("times", rule.times);
        self.rules().iter().map(describe).collect()
    }

    /// Whether the next delivery of this kind is to be made twice.
    pub(crate) fn duplicates(&self, kind: &str) -> bool {
        self.take(kind, |fault| fault == Fault::Duplicate).is_some()
    }

    /// Carries out a request, or fails to in the way that was ordered.
    pub(crate) async fn around(&self, action: &str, work: impl FnOnce() -> Response + Send + 'static) -> Response {
        let Some(Fault::Request(moment, effect)) = self.take(action, |fault| fault != Fault::Duplicate) else {
            return work();
        };
        // In a task of its own: what has begun is finished even if the client hangs up meanwhile.
        let task = tokio::spawn(async move {
            match moment {
                Moment::Before => match effect.happen().await {
                    Some(response) => response,
                    None => work(),
                },
                Moment::After => {
                    let response = work();
                    effect.happen().await.unwrap_or(response)
                }
            }
        });
        task.await.unwrap_or_else(|_| hang_up())
    }

    fn take(&self, action: &str, wanted: impl Fn(Fault) -> bool) -> Option<Fault> {
        let mut rules = self.rules();
        let applies = |rule: &Rule| wanted(rule.fault) && (rule.action == "*" || rule.action == action);
        let position = rules.iter().position(applies)?;
        let rule = rules.get_mut(position)?;
        let fault = rule.fault;
        rule.times -= 1;
        if rule.times == 0 {
            rules.remove(position);
        }
        Some(fault)
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, VecDeque<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fault {
    fn parse(mode: &str, delay: Option<i64>) -> Result<Self, Refusal> {
        if mode == "duplicate" {
            return Ok(Self::Duplicate);
        }
        let (name, moment) = match mode.strip_suffix("-after") {
            Some(name) => (name, Moment::After),
            None => (mode, Moment::Before),
        };
        let effect = match name {
            "drop" => Effect::Drop,
            "delay" => Effect::Delay(Duration::from_millis(delay.ok_or_else(|| missing("delay_ms"))?.unsigned_abs())),
            "500" => Effect::ServerError,
            "rubbish" => Effect::Rubbish,
            _ => return Err(invalid("mode", "must be drop, delay, 500, rubbish, each also with -after, or duplicate")),
        };
        Ok(Self::Request(moment, effect))
    }
}

impl Effect {
    /// The answer it puts in place of the right one, if it does.
    async fn happen(self) -> Option<Response> {
        match self {
            Self::Drop => Some(hang_up()),
            Self::Delay(duration) => {
                tokio::time::sleep(duration).await;
                None
            }
            Self::ServerError => {
                let body = r#"{"success":false,"error":"Internal Server Error"}"#;
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Some((status, [(CONTENT_TYPE, "application/json")], body).into_response())
            }
            Self::Rubbish => {
                let body = "<html><body><h1>It works!</h1></body></html>";
                Some((StatusCode::OK, [(CONTENT_TYPE, "text/html")], body).into_response())
            }
        }
    }
}

fn hang_up() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}
