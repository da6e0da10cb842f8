//! What a watch is, whatever its gateway: compiled once for all of them.

use alloc::string::String;

use super::outcome::{Step, WatchOutcome, WatchVerdict};
use super::policy::WatchPolicy;
use super::watched::{InvoiceState, Sighting};
use crate::call::Request;
use crate::error::{Error, Result};
use crate::machine::{LastAnswer, Outgoing, Progress, Timer, Timestamp, check_report};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// The invoice's `uniqueid` or UUID.
    pub(super) invoice: String,
    pub(super) policy: WatchPolicy,
    /// The fingerprint of the account it belongs to.
    pub(super) account: String,
    pub(super) revision: u64,
    pub(super) stage: Stage,
    pub(super) timer: Timer,
    /// How many requests were handed out: the number of the last one.
    pub(super) requests: u64,
    /// The last status the gateway has said.
    pub(super) status: Option<String>,
    /// How much had been waited when the invoice was first seen closed: it has to be seen so again.
    pub(super) closed_at: Option<u64>,
    /// The status of a callback that said that it is paid: it ends the watch with the next step.
    pub(super) called_back: Option<String>,
    pub(super) last: Option<LastAnswer>,
    pub(super) since: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Asking,
    Done(WatchOutcome),
}

impl State {
    pub(super) fn new(invoice: String, account: String, policy: WatchPolicy) -> Result<Self> {
        policy.check()?;
        Ok(Self {
            invoice,
            policy,
            account,
            revision: 0,
            stage: Stage::Waiting,
            timer: Timer::default(),
            requests: 0,
            status: None,
            closed_at: None,
            called_back: None,
            last: None,
            since: None,
        })
    }

    /// What to do now, with a client of that account. `question` makes the request about an invoice.
    pub(super) fn next(
        &mut self,
        account: &str,
        question: &dyn Fn(&str) -> Result<Request>,
        now: Timestamp,
    ) -> Result<Step> {
        self.check_account(account)?;
        if !matches!(self.stage, Stage::Done(_)) {
            self.timer.advance(now);
        }
        if self.stage == Stage::Asking || self.called_back.is_some() {
            self.revision += 1;
            self.on_nothing();
        }
        match (&self.stage, self.timer.until()) {
            (Stage::Done(outcome), _) => Ok(Step::Done(outcome.clone())),
            (_, Some(until)) => Ok(Step::Wait(until)),
            _ => {
                let request = question(&self.invoice)?;
                Ok(Step::Send(self.hand_out(request, now)))
            }
        }
    }

    pub(super) fn check_report(&self, to: &Outgoing) -> Result<()> {
        check_report(self.stage == Stage::Asking, to, self.requests)
    }

    pub(super) fn on_answer(&mut self, sighting: Option<Sighting>, answer: LastAnswer) {
        let waited = self.timer.waited;
        self.timer.advance(answer.at);
        self.last = Some(answer);
        self.revision += 1;
        match sighting {
            Some(sighting) if self.called_back.is_none() => self.on_sighting(sighting, waited),
            _ => self.on_nothing(),
        }
    }

    pub(super) fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        self.check_report(to)?;
        self.timer.advance(now);
        self.revision += 1;
        self.on_nothing();
        Ok(())
    }

    /// A verified callback about this invoice.
    pub(super) fn on_callback(&mut self, sighting: Sighting) {
        let is_paid = matches!(&self.stage, Stage::Done(outcome) if outcome.is_paid());
        // What was paid stays paid; any other word of a callback may be late, and the gateway is asked in its time.
        if sighting.state == InvoiceState::Paid && !is_paid {
            self.called_back.get_or_insert(sighting.status);
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            stage: self.stage.name(),
            acknowledged: self.status.is_some(),
            sends: 0,
            questions: u32::try_from(self.requests).unwrap_or(u32::MAX),
            denials: 0,
            refusal: None,
            transaction_status: self.status.clone(),
            last_status: self.last.as_ref().map(|last| last.status),
            last_reason: self.last.as_ref().and_then(|last| last.reason.clone()),
            last_answer_at: self.last.as_ref().map(|last| last.at),
            since: self.since,
            next_look: if self.stage == Stage::Waiting { self.timer.until().or(self.timer.seen) } else { None },
        }
    }

    pub(super) fn check_account(&self, account: &str) -> Result<()> {
        if self.account == account {
            return Ok(());
        }
        Err(Error::invalid("gateway", "is of another account or address than this watch was begun with"))
    }

    /// Nothing new from the gateway: a callback may have ended the watch.
    fn on_nothing(&mut self) {
        match self.called_back.take() {
            Some(status) => self.end(WatchVerdict::Paid, Some(status)),
            None => self.ask_later(),
        }
    }

    fn on_sighting(&mut self, sighting: Sighting, waited: u64) {
        self.status = Some(sighting.status);
        let first_seen = self.closed_at.take();
        match (sighting.state, first_seen) {
            (InvoiceState::Paid, _) => self.end(WatchVerdict::Paid, self.status.clone()),
            (InvoiceState::Closed, Some(first)) if waited >= first.saturating_add(self.policy.closing_millis()) => {
                self.end(WatchVerdict::Closed, self.status.clone());
            }
            (InvoiceState::Closed, first) => {
                self.closed_at = first.or(Some(waited));
                self.ask_later();
            }
            (InvoiceState::Open, _) => self.ask_later(),
        }
    }

    fn end(&mut self, verdict: WatchVerdict, status: Option<String>) {
        self.status.clone_from(&status);
        self.stage = Stage::Done(WatchOutcome { verdict, status });
    }

    /// Asks for a pause, unless it is time to give up.
    fn ask_later(&mut self) {
        let give_up = self.policy.give_up_millis();
        if self.timer.waited >= give_up {
            return self.end(WatchVerdict::Unknown, self.status.clone());
        }
        self.timer.pause(self.policy.first_millis(), self.policy.longest_millis().min(give_up - self.timer.waited));
        self.stage = Stage::Waiting;
    }

    fn hand_out(&mut self, request: Request, now: Timestamp) -> Outgoing {
        self.since.get_or_insert(now);
        self.requests += 1;
        self.timer.allow(self.policy.first_millis());
        self.stage = Stage::Asking;
        Outgoing { request, number: self.requests }
    }
}
