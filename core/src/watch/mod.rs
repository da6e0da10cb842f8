//! Waiting for an invoice: until it is paid or can no longer be, by asking with growing pauses or
//! by a verified callback that is handed in, whichever comes first.

mod policy;
mod saved;
mod watched;

use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use crate::error::{Error, Result};
use crate::machine::{self, LastAnswer, Machine, Timer, check_report, shortened};

pub use self::policy::WatchPolicy;
pub use self::watched::Watched;
pub(crate) use self::watched::{Sighting, State, read, sealed};
pub use crate::machine::{Outgoing, Progress, Timestamp};

/// What to do now.
pub type Step = machine::Step<WatchOutcome>;

/// Waits for one invoice, as a state machine without I/O. [`crate::driver`] runs it.
///
/// Callbacks may come late, repeated or in another order: what was paid stays paid. An invoice
/// that was closed and is then paid after all becomes paid.
///
/// ```
/// use payseal::watch::{Step, Timestamp, Watch};
/// # use payseal::{Bitloga, Secret};
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// let mut watch = Watch::invoice(&gateway, "125")?;
/// let now = Timestamp::from_millis(0);
/// let Step::Send(outgoing) = watch.next(&gateway, now)? else { panic!("it asks first") };
/// # let body = br#"{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}"#;
/// watch.on_response(&outgoing, 200, body, now)?;
/// let Step::Done(outcome) = watch.next(&gateway, now)? else { panic!("it is paid") };
/// assert!(outcome.is_paid());
/// # Ok::<(), payseal::Error>(())
/// ```
pub struct Watch<Gateway> {
    /// The invoice's `uniqueid` or UUID.
    invoice: String,
    policy: WatchPolicy,
    /// The fingerprint of the account it belongs to.
    account: String,
    revision: u64,
    stage: Stage,
    timer: Timer,
    /// How many requests were handed out: the number of the last one.
    requests: u64,
    /// The last status the gateway has said.
    status: Option<String>,
    /// How much had been waited when the invoice was first seen closed: it has to be seen so again.
    closed_at: Option<u64>,
    /// The status of a callback that said that it is paid: it ends the watch with the next step.
    called_back: Option<String>,
    last: Option<LastAnswer>,
    since: Option<Timestamp>,
    gateway: PhantomData<fn(&Gateway)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Waiting,
    Asking,
    Done(WatchOutcome),
}

/// How a watch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchOutcome {
    /// The short of it.
    pub verdict: WatchVerdict,
    /// The last status the gateway has said, in its own letters.
    pub status: Option<String>,
}

/// The short of how a watch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WatchVerdict {
    /// The invoice is paid.
    Paid,
    /// The invoice was not paid and is closed: the gateway said so twice, with a pause between. A late payment
    /// may still come as a callback.
    Closed,
    /// The time to give up came first.
    Unknown,
}

impl WatchVerdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Paid, Self::Closed, Self::Unknown];

    /// The verdict as text, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for WatchVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl WatchOutcome {
    /// Whether the invoice is paid.
    pub fn is_paid(&self) -> bool {
        self.verdict == WatchVerdict::Paid
    }
}

impl<Gateway: Watched> Watch<Gateway> {
    /// Waits for an invoice, with other limits.
    ///
    /// # Errors
    /// `invalid_input` where the identifier cannot be one, or a limit is out of range.
    pub fn with_policy(gateway: &Gateway, invoice: impl Into<String>, policy: WatchPolicy) -> Result<Self> {
        policy.check()?;
        let invoice = invoice.into();
        gateway.question(&invoice).map(drop)?;
        Ok(Self {
            invoice,
            policy,
            account: gateway.fingerprint(),
            revision: 0,
            stage: Stage::Waiting,
            timer: Timer::default(),
            requests: 0,
            status: None,
            closed_at: None,
            called_back: None,
            last: None,
            since: None,
            gateway: PhantomData,
        })
    }

    /// What to do now. A request that was handed out and not reported on counts as one without an answer.
    ///
    /// # Errors
    /// `invalid_input` where the client is of another account or address than the watch was begun with.
    pub fn next(&mut self, gateway: &Gateway, now: Timestamp) -> Result<Step> {
        self.check_account(gateway)?;
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
            _ => self.hand_out(gateway, now),
        }
    }

    /// Reports the answer to a request, whatever its status.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    pub fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()> {
        check_report(self.stage == Stage::Asking, to, self.requests)?;
        let (sighting, reason) = Gateway::sighting(status, body, &self.invoice);
        self.last = Some(LastAnswer { at: now, status, reason: reason.as_deref().map(shortened) });
        let waited = self.timer.waited;
        self.timer.advance(now);
        self.revision += 1;
        match sighting {
            Some(sighting) if self.called_back.is_none() => self.on_sighting(sighting, waited),
            _ => self.on_nothing(),
        }
        Ok(())
    }

    /// Reports that no answer came to a request.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    pub fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        check_report(self.stage == Stage::Asking, to, self.requests)?;
        self.timer.advance(now);
        self.revision += 1;
        self.on_nothing();
        Ok(())
    }

    /// What a verified callback says, for bindings: see [`Watch::on_callback`].
    #[doc(hidden)]
    pub fn observe(&mut self, invoice: &str, kind: Option<&str>, status: &str, active: Option<bool>) -> bool {
        let Some(sighting) = Gateway::seen(kind, status, active).filter(|_| Gateway::is_same(invoice, &self.invoice))
        else {
            return false;
        };
        let is_paid = matches!(&self.stage, Stage::Done(outcome) if outcome.is_paid());
        // What was paid stays paid; any other word of a callback may be late, and the gateway is asked in its time.
        if sighting.state == State::Paid && !is_paid {
            self.called_back.get_or_insert(sighting.status);
        }
        true
    }

    /// Whether a callback was handed in that ends the watch with its next step.
    pub fn is_called_back(&self) -> bool {
        self.called_back.is_some()
    }

    /// The invoice it waits for.
    pub fn invoice_id(&self) -> &str {
        &self.invoice
    }

    /// Counted up by one with every step that has to be saved.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where it is at, for a person to look at.
    pub fn progress(&self) -> Progress {
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
            (State::Paid, _) => self.end(WatchVerdict::Paid, self.status.clone()),
            (State::Closed, Some(first)) if waited >= first.saturating_add(self.policy.closing_millis()) => {
                self.end(WatchVerdict::Closed, self.status.clone());
            }
            (State::Closed, first) => {
                self.closed_at = first.or(Some(waited));
                self.ask_later();
            }
            (State::Open, _) => self.ask_later(),
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

    fn hand_out(&mut self, gateway: &Gateway, now: Timestamp) -> Result<Step> {
        let request = gateway.question(&self.invoice)?;
        self.since.get_or_insert(now);
        self.requests += 1;
        self.timer.allow(self.policy.first_millis());
        self.stage = Stage::Asking;
        Ok(Step::Send(Outgoing { request, number: self.requests }))
    }

    fn check_account(&self, gateway: &Gateway) -> Result<()> {
        if self.account == gateway.fingerprint() {
            return Ok(());
        }
        Err(Error::invalid("gateway", "is of another account or address than this watch was begun with"))
    }
}

impl<Gateway: Watched> Machine for Watch<Gateway> {
    type Gateway = Gateway;
    type Outcome = WatchOutcome;

    fn next(&mut self, gateway: &Gateway, now: Timestamp) -> Result<Step> {
        Self::next(self, gateway, now)
    }

    fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()> {
        Self::on_response(self, to, status, body, now)
    }

    /// Nothing in a watch turns on whether the gateway knows the invoice.
    fn on_response_judged(&mut self, to: &Outgoing, status: u16, body: &[u8], _: bool, now: Timestamp) -> Result<()> {
        Self::on_response(self, to, status, body, now)
    }

    fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        Self::on_no_response(self, to, now)
    }

    fn revision(&self) -> u64 {
        Self::revision(self)
    }

    fn to_text(&self) -> String {
        Self::to_text(self)
    }

    fn progress(&self) -> Progress {
        Self::progress(self)
    }
}

// Derived, these would ask the same of the gateway.
impl<Gateway> Clone for Watch<Gateway> {
    fn clone(&self) -> Self {
        Self {
            invoice: self.invoice.clone(),
            policy: self.policy.clone(),
            account: self.account.clone(),
            stage: self.stage.clone(),
            timer: self.timer.clone(),
            status: self.status.clone(),
            called_back: self.called_back.clone(),
            last: self.last.clone(),
            gateway: PhantomData,
            ..*self
        }
    }
}

impl<Gateway: Watched> PartialEq for Watch<Gateway> {
    fn eq(&self, other: &Self) -> bool {
        self.to_text() == other.to_text()
    }
}

impl<Gateway: Watched> Eq for Watch<Gateway> {}

/// The UUID of a crypto invoice is a capability: it is not shown.
impl<Gateway: Watched> fmt::Debug for Watch<Gateway> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("revision", &self.revision)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
