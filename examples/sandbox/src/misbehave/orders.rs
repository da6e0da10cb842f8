//! Faults that were ordered one by one.

use std::{collections::VecDeque, time::Duration};

use axum::http::{HeaderValue, StatusCode};

use super::{
    Asked,
    answer::{self, Answer},
    fault::{Details, Fault, Kind, Mode, WhichCopy},
};
use crate::{
    behaviour::{NotKnown, choice},
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

/// Every parameter of an order.
const PARAMETERS: &[&str] = &[
    "action",
    "uniqueid",
    "mode",
    "times",
    "skip",
    "delay_ms",
    "hang_up_ms",
    "lag_ms",
    "answer",
    "status",
    "error",
    "body",
    "form",
    "retry_after",
];

const MAXIMUM_DELAY: i64 = 600_000;
/// Ten minutes and more: beyond the time within which a client may expect to be told the truth.
const MAXIMUM_LAG: i64 = 86_400_000;

/// The orders that have not been used up, the oldest first.
#[derive(Default)]
pub(super) struct Orders(VecDeque<Order>);

/// One order to misbehave, for the next few times.
struct Order {
    /// An action, or `*` for every one.
    action: String,
    /// Only for requests with it, if it is given.
    uniqueid: Option<String>,
    mode: String,
    what: What,
    times: i64,
    /// So many are let pass first.
    skip: i64,
}

enum What {
    Request(Kind, Fault),
    /// A callback or notification is delivered twice.
    Duplicate,
}

impl What {
    fn read(mode: &str, fields: Fields<'_>, form: NotKnown) -> Result<Self, Refusal> {
        if mode == "duplicate" {
            return Ok(Self::Duplicate);
        }
        let known = format!("must be {}, or duplicate", Kind::names());
        let kind = Kind::named(mode).ok_or_else(|| invalid("mode", &known))?;
        Ok(Self::Request(kind, kind.fault(details(kind.mode(), fields, form)?)))
    }
}

impl Orders {
    /// Takes an order such as `{"action":"withdraw","mode":"drop-after","times":1}`.
    pub(super) fn take(&mut self, fields: Fields<'_>, form: NotKnown) -> Result<(), Refusal> {
        self.0.push_back(Order::read(fields, form)?);
        Ok(())
    }

    pub(super) fn describe(&self) -> Json {
        self.0.iter().map(Order::describe).collect()
    }

    /// The fault that was ordered for this request, and its mode.
    pub(super) fn next_fault(&mut self, asked: &Asked<'_>) -> Option<(String, Fault)> {
        let position = self.use_up(|order| order.is_for(asked))?;
        let found = match self.0.get(position)? {
            Order { mode, what: What::Request(_, fault), .. } => Some((mode.clone(), fault.clone())),
            Order { what: What::Duplicate, .. } => None,
        };
        self.drop_if_spent(position);
        found
    }

    /// Whether the next delivery of this kind is to be made twice.
    pub(super) fn next_duplicate(&mut self, kind: &str) -> bool {
        let applies = |order: &Order| matches!(order.what, What::Duplicate) && order.names(kind);
        match self.use_up(applies) {
            Some(position) => {
                self.drop_if_spent(position);
                true
            }
            None => false,
        }
    }

    /// Where the first order is that applies and has let enough pass, counted down.
    fn use_up(&mut self, applies: impl Fn(&Order) -> bool) -> Option<usize> {
        for (position, order) in self.0.iter_mut().enumerate().filter(|(_, order)| applies(order)) {
            if order.skip == 0 {
                order.times -= 1;
                return Some(position);
            }
            order.skip -= 1;
        }
        None
    }

    fn drop_if_spent(&mut self, position: usize) {
        if self.0.get(position).is_some_and(|order| order.times == 0) {
            self.0.remove(position);
        }
    }
}

impl Order {
    fn read(fields: Fields<'_>, form: NotKnown) -> Result<Self, Refusal> {
        fields.only(PARAMETERS)?;
        let mode = fields.required_text("mode")?.to_owned();
        let what = What::read(&mode, fields, form)?;
        Ok(Self {
            action: action(fields, &what)?,
            uniqueid: fields.owned("uniqueid")?,
            mode,
            what,
            times: fields.integer_within("times", 1..=1_000_000)?.unwrap_or(1),
            skip: fields.integer_within("skip", 0..=1_000_000)?.unwrap_or(0),
        })
    }

    fn names(&self, action: &str) -> bool {
        self.action == "*" || self.action == action
    }

    fn is_for(&self, asked: &Asked<'_>) -> bool {
        let has_uniqueid = self.uniqueid.as_deref().is_none_or(|uniqueid| asked.uniqueid == Some(uniqueid));
        let fits = matches!(self.what, What::Request(kind, _) if kind.fits(asked.action));
        fits && has_uniqueid && self.names(asked.action)
    }

    fn describe(&self) -> Object {
        Object::new()
            .with("action", &self.action)
            .with_some("uniqueid", self.uniqueid.as_ref())
            .with("mode", &self.mode)
            .with("times", self.times)
            .with_some("skip", (self.skip > 0).then_some(self.skip))
    }
}

fn action(fields: Fields<'_>, what: &What) -> Result<String, Refusal> {
    let action = fields.text("action")?.unwrap_or("*");
    let actions = if matches!(what, What::Duplicate) { DELIVERIES } else { REQUESTS };
    if action != "*" && !actions.contains(&action) {
        return Err(invalid("action", &format!("must be * or one of {}", actions.join(", "))));
    }
    match what {
        What::Request(kind, _) if action != "*" && !kind.fits(action) => {
            Err(invalid("action", "must be details with this mode"))
        }
        _ => Ok(action.to_owned()),
    }
}

fn details(mode: Mode, fields: Fields<'_>, form: NotKnown) -> Result<Details, Refusal> {
    let delay = milliseconds(fields, "delay_ms", MAXIMUM_DELAY)?;
    let lag = milliseconds(fields, "lag_ms", MAXIMUM_LAG)?;
    match mode {
        Mode::Delay | Mode::Late if delay.is_none() => return Err(missing("delay_ms")),
        Mode::Lag if lag.is_none() => return Err(missing("lag_ms")),
        _ => {}
    }
    Ok(Details {
        delay: delay.unwrap_or_default(),
        hang_up: milliseconds(fields, "hang_up_ms", MAXIMUM_DELAY)?.unwrap_or_default(),
        lag: lag.unwrap_or_default(),
        copy: match fields.integer_within("answer", 1..=2)? {
            Some(2) => WhichCopy::Second,
            _ => WhichCopy::First,
        },
        status: if mode == Mode::Late { answer::status(fields, 500..=599)? } else { None },
        denial: if mode == Mode::Deny { Answer::read(fields)? } else { Answer::denial(StatusCode::OK, None) },
        form: choice(fields, "form")?.unwrap_or(form),
        retry_after: retry_after(fields)?,
    })
}

/// A number of seconds or a date; one second if it is not given.
pub(super) fn retry_after(fields: Fields<'_>) -> Result<HeaderValue, Refusal> {
    let text = match fields.value("retry_after") {
        None => "1",
        Some(Json::Number(text) | Json::Text(text)) => text,
        Some(_) => return Err(invalid("retry_after", "must be a number of seconds or a date")),
    };
    HeaderValue::from_str(text).map_err(|_| invalid("retry_after", "cannot be in a header"))
}

fn milliseconds(fields: Fields<'_>, name: &str, maximum: i64) -> Result<Option<Duration>, Refusal> {
    let milliseconds = fields.integer_within(name, 0..=maximum)?;
    Ok(milliseconds.map(|milliseconds| Duration::from_millis(milliseconds.unsigned_abs())))
}

/// Whether there is a request of this name.
pub(super) fn is_request(action: &str) -> bool {
    REQUESTS.contains(&action)
}

/// The names of all requests, for messages.
pub(super) fn requests() -> String {
    REQUESTS.join(", ")
}
