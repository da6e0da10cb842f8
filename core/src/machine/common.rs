//! What payouts and watches both keep.

use alloc::format;
use alloc::string::String;

use super::{LastAnswer, Outgoing, Progress, Timer, Timestamp};
use crate::call::Request;
use crate::error::{Error, Result};

/// The part of a machine's state that every machine has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Common {
    /// The fingerprint of the account it is of; `None` until that is known.
    pub(crate) account: Option<String>,
    pub(crate) revision: u64,
    pub(crate) timer: Timer,
    /// How many requests were handed out: the number of the last one.
    pub(crate) requests: u64,
    pub(crate) last: Option<LastAnswer>,
    /// When the first request was handed out.
    pub(crate) since: Option<Timestamp>,
}

impl Common {
    /// Refuses a client of another account than the machine's, a payout or a watch.
    pub(crate) fn check_account(&self, account: &str, machine: &str) -> Result<()> {
        if self.account.as_ref().is_none_or(|own| own == account) {
            return Ok(());
        }
        Err(Error::invalid("gateway", format!("is of another account or address than this {machine} was begun with")))
    }

    pub(crate) fn hand_out(&mut self, request: Request, now: Timestamp) -> Outgoing {
        self.since.get_or_insert(now);
        self.requests += 1;
        Outgoing { request, number: self.requests }
    }

    /// Refuses a report on a request that is not the one under way.
    pub(crate) fn check_report(&self, is_under_way: bool, to: &Outgoing) -> Result<()> {
        if is_under_way && to.number == self.requests {
            return Ok(());
        }
        Err(Error::invalid("request", "is not under way: it was reported on, or others were handed out since"))
    }

    /// Keeps an answer. Returns how long had been waited when it was asked for: what it proves, it proves for then.
    pub(crate) fn on_answer(&mut self, answer: LastAnswer) -> u64 {
        let waited = self.timer.waited;
        self.on_report(answer.at);
        self.last = Some(answer);
        waited
    }

    pub(crate) fn on_report(&mut self, now: Timestamp) {
        self.timer.advance(now);
        self.revision += 1;
    }

    /// Where a machine is at, as far as this part knows.
    pub(crate) fn progress(&self, stage: &'static str) -> Progress {
        let last = self.last.as_ref();
        Progress {
            stage,
            acknowledged: false,
            sends: 0,
            questions: 0,
            denials: 0,
            refusal: None,
            transaction_status: None,
            last_status: last.map(|last| last.status),
            last_reason: last.and_then(|last| last.reason.clone()),
            last_answer_at: last.map(|last| last.at),
            since: self.since,
            next_look: if stage == "waiting" { self.timer.until().or(self.timer.seen) } else { None },
        }
    }
}
