//! How the gateway behaves until it is told otherwise: what is documented nowhere, and differs between gateways.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::StatusCode;
use clap::ValueEnum;

use crate::{
    fields::{Fields, invalid},
    json::{Json, Object},
    options::{MAXIMUM_MILLISECONDS, Options},
    payout_status::PayoutStatus,
    refusal::Refusal,
    store::payouts::End,
    timestamp::Timestamp,
};

/// What a `withdraw` does whose `uniqueid` is a payout's already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Repeats {
    /// It pays again: a second transaction with the same `uniqueid`.
    Pay,
    /// It is refused.
    #[default]
    Refuse,
    /// It is answered with the first transaction, and moves nothing.
    Replay,
}

/// How `details` says that it does not know a `uniqueid`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum NotKnown {
    /// Status 404 and `{"success":false,"error":"uniqueid is not known"}`
    #[default]
    #[value(name = "404")]
    Status,
    /// Status 404 and `{"message":"Not Found"}`
    #[value(name = "404-message")]
    StatusAndMessage,
    /// Status 200 and `{"success":false,"error":"not found"}`
    Words,
    /// Status 200 and `{"success":false}`
    NoWords,
    /// Status 200 and `[]`
    List,
    /// Status 200 and `{"data":[]}`
    Data,
}

impl NotKnown {
    /// The status and the body that say so.
    pub(crate) fn answer(self) -> (StatusCode, Json) {
        let denied = || Object::new().with("success", false);
        match self {
            Self::Status => (StatusCode::NOT_FOUND, denied().with("error", "uniqueid is not known").into()),
            Self::StatusAndMessage => (StatusCode::NOT_FOUND, Object::new().with("message", "Not Found").into()),
            Self::Words => (StatusCode::OK, denied().with("error", "not found").into()),
            Self::NoWords => (StatusCode::OK, denied().into()),
            Self::List => (StatusCode::OK, Json::List(Vec::new())),
            Self::Data => (StatusCode::OK, Object::new().with("data", Json::List(Vec::new())).into()),
        }
    }
}

/// How a payout ends that was pending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PayoutEnd {
    /// It is `Complete`.
    #[default]
    Complete,
    /// It is `Canceled`, and the money returns.
    Cancel,
    /// It is `Error`, and the money returns.
    Fail,
}

impl PayoutEnd {
    pub(crate) fn status(self) -> PayoutStatus {
        match self {
            Self::Complete => PayoutStatus::Complete,
            Self::Cancel => PayoutStatus::Canceled,
            Self::Fail => PayoutStatus::Error,
        }
    }
}

/// What becomes of a payout.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// How long it is pending; without a time, until the control API settles it.
    pub(crate) pending_ms: Option<i64>,
    pub(crate) end: PayoutStatus,
}

impl Plan {
    /// Pending until the control API settles it.
    pub(crate) const HELD: Self = Self { pending_ms: None, end: PayoutStatus::Complete };

    /// What a payout becomes that is pending from this moment on, unless it is held.
    pub(crate) fn end_after(self, start: Timestamp) -> Option<End> {
        self.pending_ms.map(|pause| End { status: self.end, at: start.saturating_add(pause) })
    }

    /// Reads `{"pending_ms":500,"ends":"cancel"}`.
    pub(crate) fn read(fields: Fields<'_>) -> Result<Self, Refusal> {
        let end = choice::<PayoutEnd>(fields, "ends")?.unwrap_or_default();
        Ok(Self { pending_ms: milliseconds(fields, "pending_ms")?, end: end.status() })
    }
}

/// All of it.
#[derive(Clone, Copy)]
pub(crate) struct Behaviour {
    /// `details` answers as the world was this long ago.
    pub(crate) details_lag: Duration,
    pub(crate) not_known: NotKnown,
    pub(crate) repeats: Repeats,
    payouts_pending_ms: i64,
    payouts_end: PayoutEnd,
}

impl Behaviour {
    fn of(options: &Options) -> Self {
        Self {
            details_lag: options.details_lag,
            not_known: options.not_known,
            repeats: options.repeats,
            payouts_pending_ms: whole_milliseconds(options.payouts_pending),
            payouts_end: options.payouts_end,
        }
    }

    /// What becomes of a payout without a plan of its own.
    pub(crate) fn plan(&self) -> Plan {
        Plan { pending_ms: Some(self.payouts_pending_ms), end: self.payouts_end.status() }
    }

    fn changed(self, fields: Fields<'_>) -> Result<Self, Refusal> {
        fields.only(&["details_lag_ms", "not_known", "repeats", "payouts_pending_ms", "payouts_end"])?;
        let lag = milliseconds(fields, "details_lag_ms")?.map(|lag| Duration::from_millis(lag.unsigned_abs()));
        Ok(Self {
            details_lag: lag.unwrap_or(self.details_lag),
            not_known: choice(fields, "not_known")?.unwrap_or(self.not_known),
            repeats: choice(fields, "repeats")?.unwrap_or(self.repeats),
            payouts_pending_ms: milliseconds(fields, "payouts_pending_ms")?.unwrap_or(self.payouts_pending_ms),
            payouts_end: choice(fields, "payouts_end")?.unwrap_or(self.payouts_end),
        })
    }

    pub(crate) fn describe(&self) -> Object {
        Object::new()
            .with("details_lag_ms", whole_milliseconds(self.details_lag))
            .with("not_known", name(&self.not_known))
            .with("repeats", name(&self.repeats))
            .with("payouts_pending_ms", self.payouts_pending_ms)
            .with("payouts_end", name(&self.payouts_end))
    }
}

/// The behaviour at this moment: as the options say, until the control API changes it.
pub(crate) struct Standing(Mutex<Behaviour>);

impl Standing {
    pub(crate) fn of(options: &Options) -> Self {
        Self(Mutex::new(Behaviour::of(options)))
    }

    pub(crate) fn now(&self) -> Behaviour {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an order such as `{"details_lag_ms":16000}`; what it does not name stays as it is.
    pub(crate) fn change(&self, fields: Fields<'_>) -> Result<Behaviour, Refusal> {
        let mut behaviour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *behaviour = behaviour.changed(fields)?;
        Ok(*behaviour)
    }

    pub(crate) fn reset(&self, options: &Options) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Behaviour::of(options);
    }
}

/// A field that is one of a few words.
pub(crate) fn choice<T: ValueEnum>(fields: Fields<'_>, field: &str) -> Result<Option<T>, Refusal> {
    let Some(text) = fields.text(field)? else { return Ok(None) };
    let names = || T::value_variants().iter().map(name).collect::<Vec<_>>().join(", ");
    T::from_str(text, false).map(Some).map_err(|_| invalid(field, &format!("must be one of {}", names())))
}

fn milliseconds(fields: Fields<'_>, field: &str) -> Result<Option<i64>, Refusal> {
    fields.integer_within(field, 0..=MAXIMUM_MILLISECONDS)
}

fn whole_milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn name<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
