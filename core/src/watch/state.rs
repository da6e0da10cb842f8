//! What a watch is, whatever its gateway: compiled once for all of them.

use alloc::string::String;

use super::outcome::{Step, WatchOutcome, WatchVerdict};
use super::policy::WatchPolicy;
use super::watched::Sighting;
use crate::call::Request;
use crate::error::Result;
use crate::machine::{Common, LastAnswer, Outgoing, Progress, Timestamp, whole_millis};
use crate::schema::Outcome;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// The invoice's `uniqueid` or UUID.
    pub(super) invoice: String,
    pub(super) policy: WatchPolicy,
    pub(super) common: Common,
    pub(super) stage: Stage,
    /// The last status the gateway has said.
    pub(super) status: Option<String>,
    /// How much had been waited when the invoice was first seen closed: it has to be seen so again.
    pub(super) closed_at: Option<u64>,
    /// The status of a callback that said that it is paid: it ends the watch with the next step.
    pub(super) called_back: Option<String>,
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
            common: Common { account: Some(account), ..Common::default() },
            stage: Stage::Waiting,
            status: None,
            closed_at: None,
            called_back: None,
        })
    }

    /// What to do now, with a client of that account. `question` makes the request about an invoice.
    pub(super) fn next(
        &mut self,
        account: &str,
        question: &dyn Fn(&str) -> Result<Request>,
        now: Timestamp,
    ) -> Result<Step> {
        self.common.check_account(account, "watch")?;
        if !matches!(self.stage, Stage::Done(_)) {
            self.common.timer.advance(now);
        }
        if self.stage == Stage::Asking || self.called_back.is_some() {
            self.common.revision += 1;
            self.on_nothing();
        }
        match (&self.stage, self.common.timer.until()) {
            (Stage::Done(outcome), _) => Ok(Step::Done(outcome.clone())),
            (_, Some(until)) => Ok(Step::Wait(until)),
            _ => {
                let request = question(&self.invoice)?;
                Ok(Step::Send(self.hand_out(request, now)))
            }
        }
    }

    pub(super) fn check_report(&self, to: &Outgoing) -> Result<()> {
        self.common.check_report(self.stage == Stage::Asking, to)
    }

    pub(super) fn on_answer(&mut self, sighting: Option<Sighting>, answer: LastAnswer) {
        let waited = self.common.on_answer(answer);
        match sighting {
            Some(sighting) if self.called_back.is_none() => self.on_sighting(sighting, waited),
            _ => self.on_nothing(),
        }
    }

    pub(super) fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        self.check_report(to)?;
        self.common.on_report(now);
        self.on_nothing();
        Ok(())
    }

    /// A verified callback about this invoice.
    pub(super) fn on_callback(&mut self, sighting: Sighting) {
        let is_paid = matches!(&self.stage, Stage::Done(outcome) if outcome.is_paid());
        // What was paid stays paid; any other word of a callback may be late, and the gateway is asked in its time.
        if sighting.outcome == Outcome::Paid && !is_paid {
            self.called_back.get_or_insert(sighting.status);
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            acknowledged: self.status.is_some(),
            questions: u32::try_from(self.common.requests).unwrap_or(u32::MAX),
            transaction_status: self.status.clone(),
            ..self.common.progress(self.stage.name())
        }
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
        match (sighting.outcome, first_seen) {
            (Outcome::Paid, _) => self.end(WatchVerdict::Paid, self.status.clone()),
            (Outcome::Closed, Some(first))
                if waited >= first.saturating_add(whole_millis(self.policy.closing_pause)) =>
            {
                self.end(WatchVerdict::Closed, self.status.clone());
            }
            (Outcome::Closed, first) => {
                self.closed_at = first.or(Some(waited));
                self.ask_later();
            }
            (Outcome::Open | Outcome::OpenWhileActive, _) => self.ask_later(),
        }
    }

    fn end(&mut self, verdict: WatchVerdict, status: Option<String>) {
        self.status.clone_from(&status);
        self.stage = Stage::Done(WatchOutcome { verdict, status });
    }

    /// Asks for a pause, unless it is time to give up.
    fn ask_later(&mut self) {
        let give_up = whole_millis(self.policy.give_up_time);
        let waited = self.common.timer.waited;
        if waited >= give_up {
            return self.end(WatchVerdict::Unknown, self.status.clone());
        }
        let [first, longest] = [self.policy.first_pause, self.policy.longest_pause].map(whole_millis);
        self.common.timer.pause(first, longest.min(give_up - waited));
        self.stage = Stage::Waiting;
    }

    fn hand_out(&mut self, request: Request, now: Timestamp) -> Outgoing {
        self.common.timer.allow(whole_millis(self.policy.first_pause));
        self.stage = Stage::Asking;
        self.common.hand_out(request, now)
    }
}
