//! What can go wrong with a request.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};

use super::answer::Answer;
use crate::behaviour::NotKnown;

/// The name of something that can go wrong: one of the modes, and for most of them when.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    mode: Mode,
    is_after: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Drop,
    Delay,
    ServerError,
    Rubbish,
    TooManyRequests,
    Unavailable,
    Deny,
    NotKnown,
    Twice,
    Late,
    Lag,
}

/// The modes and their names; the last three know no `-after`.
const MODES: [(&str, Mode); 11] = [
    ("drop", Mode::Drop),
    ("delay", Mode::Delay),
    ("500", Mode::ServerError),
    ("rubbish", Mode::Rubbish),
    ("429", Mode::TooManyRequests),
    ("503", Mode::Unavailable),
    ("deny", Mode::Deny),
    ("not-known", Mode::NotKnown),
    ("twice", Mode::Twice),
    ("late", Mode::Late),
    ("lag", Mode::Lag),
];

impl Kind {
    pub(super) fn named(name: &str) -> Option<Self> {
        let (stem, is_after) = match name.strip_suffix("-after") {
            Some(stem) => (stem, true),
            None => (name, false),
        };
        let (_, mode) = MODES.into_iter().find(|(known, _)| *known == stem)?;
        let is_known = !is_after || !matches!(mode, Mode::Twice | Mode::Late | Mode::Lag);
        is_known.then_some(Self { mode, is_after })
    }

    /// For messages.
    pub(super) fn names() -> String {
        let names: Vec<_> = MODES.iter().map(|(name, _)| *name).collect();
        format!("{}, most of them also with -after", names.join(", "))
    }

    pub(super) fn mode(self) -> Mode {
        self.mode
    }

    /// Whether it makes sense with an action.
    pub(super) fn fits(self, action: &str) -> bool {
        !matches!(self.mode, Mode::NotKnown | Mode::Lag) || action == "details"
    }

    /// What goes wrong, in detail.
    pub(super) fn fault(self, details: Details) -> Fault {
        let effect = match self.mode {
            Mode::Twice => return Fault::Twice { pause: details.delay, answer: details.copy },
            Mode::Lag => return Fault::Lag(details.lag),
            Mode::Late => {
                let answer = details.status.map(Answer::of_proxy);
                return Fault::Late { delay: details.delay, hang_up: details.hang_up, answer };
            }
            Mode::Drop => Effect::Drop,
            Mode::Delay => Effect::Delay(details.delay),
            Mode::ServerError => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Effect::Answer(Answer::denial(status, status.canonical_reason()))
            }
            Mode::Rubbish => Effect::Answer(Answer::rubbish()),
            Mode::TooManyRequests => Effect::Answer(Answer::later(StatusCode::TOO_MANY_REQUESTS, details.retry_after)),
            Mode::Unavailable => Effect::Answer(Answer::later(StatusCode::SERVICE_UNAVAILABLE, details.retry_after)),
            Mode::Deny => Effect::Answer(details.denial),
            Mode::NotKnown => Effect::Answer(Answer::not_known(details.form)),
        };
        if self.is_after { Fault::After(effect) } else { Fault::Before(effect) }
    }
}

/// What a fault needs to know; each looks at its own.
pub(super) struct Details {
    pub(super) delay: Duration,
    pub(super) hang_up: Duration,
    pub(super) lag: Duration,
    pub(super) copy: WhichCopy,
    pub(super) status: Option<StatusCode>,
    pub(super) denial: Answer,
    pub(super) form: NotKnown,
    pub(super) retry_after: HeaderValue,
}

/// One of two copies of a request.
#[derive(Clone, Copy)]
pub(super) enum WhichCopy {
    First,
    Second,
}

/// What goes wrong with one request.
#[derive(Clone)]
pub(super) enum Fault {
    /// It happens in place of the request, or delays it.
    Before(Effect),
    /// The request is carried out, and then it happens.
    After(Effect),
    /// The request is carried out twice, and the client gets the answer to one of them.
    Twice { pause: Duration, answer: WhichCopy },
    /// The request is carried out after a delay. Its client is hung up on, or gets this answer, when it is told to.
    Late { delay: Duration, hang_up: Duration, answer: Option<Answer> },
    /// The request is answered as the world was this long ago.
    Lag(Duration),
}

#[derive(Clone)]
pub(super) enum Effect {
    Drop,
    Delay(Duration),
    Answer(Answer),
}
