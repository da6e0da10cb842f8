//! Payouts that happen exactly once.
//!
//! `withdraw` has no idempotency key but `uniqueid`, which "must not be repeated", and what the
//! gateway answers to a repeated one is not published. After a time-out the caller does not know
//! whether money has moved, and no library without I/O can: requests arrive twice or late, and
//! `details` may be out of date. [`Payout`] settles that by asking, and believes in a refusal or a
//! denial only where nothing else is possible.

mod answer;
mod outcome;
mod policy;
mod saved;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use self::answer::{Known, Says, Transaction};
use super::{Bitloga, TransactionStatus, Withdraw};
use crate::call::Call;
use crate::error::{Difference, Result};
use crate::gateway::Client;
use crate::machine::{self, Common, LastAnswer, Machine, own_methods, shortened, whole_millis};
use crate::schema::Parameters;

pub use self::outcome::{Certainty, Outcome, Verdict};
pub use self::policy::Policy;
pub use crate::machine::{Outgoing, Progress, Timestamp};

/// What to do now.
pub type Step = machine::Step<Outcome>;

/// One payout, as a state machine without I/O.
///
/// Save [`Payout::to_text`] whenever [`Payout::revision`] has changed, before anything else is
/// done: a crash at any point then loses nothing and pays nothing twice. [`crate::driver`] does
/// all this; nobody has to copy a loop.
///
/// ```
/// use payseal::bitloga::{Bitloga, Withdraw};
/// use payseal::payout::{Step, Timestamp};
/// # use payseal::Secret;
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let mut now = Timestamp::from_millis(0);
/// # let mut answers = [None, Some(br#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,
/// #   "amount_to":10.00,"purse":"Z123456789012","type":"Withdraw","status":"Complete","orderid":29,
/// #   "transid":"436f","uniqueid":"135","success":true}"#.as_slice())].into_iter();
/// # let mut send = |_: &payseal::Request| answers.next().flatten().map(|body| (200, body));
/// # let save = |_: String, _: u64| ();
/// let mut payout = gateway.payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z123456789012"))?;
/// let outcome = loop {
///     let step = payout.next(&gateway, now)?;
///     save(payout.to_text(), payout.revision());
///     match step {
///         Step::Send(outgoing) => match send(&outgoing.request) {
///             Some((status, body)) => payout.on_response(&outgoing, status, body, now)?,
///             None => payout.on_no_response(&outgoing, now)?,
///         },
///         Step::Wait(until) => now = until,
///         Step::Done(outcome) => break outcome,
///     }
/// };
/// assert!(outcome.is_paid());
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Payout {
    withdraw: Withdraw,
    policy: Policy,
    common: Common,
    stage: Stage,
    /// How much had been waited since the last send when the timer was started anew.
    waited_before: u64,
    /// How often `withdraw` was handed out.
    sends: u32,
    /// Whether `withdraw` may have been sent without this text knowing of it.
    is_uncertain: bool,
    /// How often `details` was asked.
    questions: u32,
    /// How often `details` said, since it counts, that there is no such payout.
    denials: u32,
    /// Why the gateway refused the payout, if it did.
    refusal: Option<String>,
    /// What the gateway has said of the transaction: it is never sent again.
    known: Option<Known>,
    /// What the gateway has said once, and has to say again.
    closing: Option<Closing>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// `withdraw` is to be sent.
    Ready,
    /// `withdraw` was handed out and not reported on.
    Withdrawing,
    /// `details` is to be asked when the pause is over.
    Waiting,
    /// `details` was handed out and not reported on.
    Asking,
    Done(Outcome),
}

/// An end without payment as asked for: it counts once it was seen again after the settle time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Closing {
    verdict: Verdict,
    /// How much had been waited when it was first seen.
    seen_at: u64,
}

impl Payout {
    /// A payout that was not sent yet.
    ///
    /// # Errors
    /// `invalid_input` where a parameter breaks a rule of the gateway's document.
    pub fn new(withdraw: &Withdraw) -> Result<Self> {
        Self::with_policy(withdraw, Policy::new())
    }

    /// A payout that was not sent yet, with other limits.
    ///
    /// # Errors
    /// `invalid_input` where a parameter breaks a rule of the gateway's document, or a limit is
    /// out of range.
    pub fn with_policy(withdraw: &Withdraw, policy: Policy) -> Result<Self> {
        withdraw.check()?;
        policy.check()?;
        Ok(Self::fresh(withdraw.clone(), policy))
    }

    fn fresh(withdraw: Withdraw, policy: Policy) -> Self {
        Self {
            withdraw,
            policy,
            common: Common::default(),
            stage: Stage::Ready,
            waited_before: 0,
            sends: 0,
            is_uncertain: false,
            questions: 0,
            denials: 0,
            refusal: None,
            known: None,
            closing: None,
        }
    }

    /// What is paid out.
    pub fn withdraw(&self) -> Withdraw {
        self.withdraw.clone()
    }

    /// Its identifier.
    pub fn uniqueid(&self) -> &str {
        &self.withdraw.uniqueid
    }

    /// Its limits.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What to do now. A request that was handed out and not reported on counts as one without
    /// an answer.
    ///
    /// # Errors
    /// `invalid_input` where the client is of another account or address than the payout was begun
    /// with, or cannot make a request.
    pub fn next(&mut self, gateway: &Bitloga, now: Timestamp) -> Result<Step> {
        self.check_account(gateway)?;
        if let Stage::Done(outcome) = &self.stage {
            return Ok(Step::Done(outcome.clone()));
        }
        self.common.timer.advance(now);
        if self.is_under_way() {
            self.ask_later();
            self.common.revision += 1;
        }
        match (&self.stage, self.common.timer.until()) {
            (Stage::Done(outcome), _) => Ok(Step::Done(outcome.clone())),
            (Stage::Waiting, Some(until)) => Ok(Step::Wait(until)),
            (Stage::Ready, _) => self.hand_out_withdraw(gateway, now),
            _ => self.hand_out_details(gateway, now),
        }
    }

    /// Reports the answer to a request, whatever its status.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way: it was reported on, or others
    /// were handed out since. A bad answer is not an error here: it makes the payout go on asking.
    pub fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()> {
        self.respond(to, status, body, None, now)
    }

    /// [`Payout::on_response`], with your own judgement whether the answer to `details` says that
    /// the gateway does not know the payout. It is ignored where the request was `withdraw`, and
    /// where the answer says `success:true` about this payout.
    ///
    /// # Errors
    /// As [`Payout::on_response`].
    pub fn on_response_judged(
        &mut self,
        to: &Outgoing,
        status: u16,
        body: &[u8],
        not_known: bool,
        now: Timestamp,
    ) -> Result<()> {
        self.respond(to, status, body, Some(not_known), now)
    }

    /// Reports that no answer came to a request: a time-out, a broken connection, or a failure
    /// that leaves open whether it was sent at all.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    pub fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        self.common.check_report(self.is_under_way(), to)?;
        self.common.on_report(now);
        self.ask_later();
        Ok(())
    }

    /// Counted up by one with every step that has to be saved. A store accepts a text only if the
    /// one it has is of the revision before: then two workers cannot both go on with a payout.
    pub fn revision(&self) -> u64 {
        self.common.revision
    }

    /// Where it is at, for a person to look at.
    pub fn progress(&self) -> Progress {
        let status = self.known.as_ref().and_then(|known| known.status.as_ref());
        Progress {
            acknowledged: self.known.is_some(),
            sends: self.sends,
            questions: self.questions,
            denials: self.denials,
            refusal: self.refusal.clone(),
            transaction_status: status.map(|status| status.as_str().into()),
            ..self.common.progress(self.stage.name())
        }
    }

    fn respond(
        &mut self,
        to: &Outgoing,
        status: u16,
        body: &[u8],
        not_known: Option<bool>,
        now: Timestamp,
    ) -> Result<()> {
        self.common.check_report(self.is_under_way(), to)?;
        let heard = match self.stage {
            Stage::Withdrawing => answer::of_withdraw(status, body, &self.withdraw),
            _ => answer::of_details(status, body, &self.withdraw, not_known),
        };
        let reason = heard.reason.as_deref().map(shortened);
        let waited = self.common.on_answer(LastAnswer { at: now, status, reason: reason.clone() });
        match heard.says {
            Says::Known(transaction) => self.on_known(transaction, waited),
            Says::Refused if self.stage == Stage::Withdrawing => {
                self.refusal = Some(reason.unwrap_or_default());
                self.ask_later();
            }
            Says::NotKnown if waited >= self.policy.settled_after() => self.on_denial(),
            _ => self.ask_later(),
        }
        Ok(())
    }

    fn on_known(&mut self, transaction: Transaction, waited: u64) {
        let is = |what: fn(&TransactionStatus) -> bool| transaction.known.status.as_ref().is_some_and(what);
        let (is_paid, is_final) = (is(TransactionStatus::is_paid), is(TransactionStatus::is_final));
        let verdict = match (transaction.differences.is_empty(), is_paid, is_final) {
            (false, ..) => Some(Verdict::Conflict),
            (true, true, _) if transaction.is_of_amount => Some(Verdict::Paid),
            (true, false, true) => Some(Verdict::Failed),
            _ => None,
        };
        let known = self.known.get_or_insert_default();
        // What was said once is kept: a person may need it to find the transaction.
        known.status = transaction.known.status.or(known.status.take());
        known.orderid = transaction.known.orderid.or(known.orderid.take());
        known.transid = transaction.known.transid.or(known.transid.take());
        let seen_before = self.closing.filter(|closing| Some(closing.verdict) == verdict);
        let seen_at = seen_before.map_or(waited, |closing| closing.seen_at);
        let is_settled = seen_before.is_some() && waited >= seen_at.saturating_add(self.policy.settled_after());
        match verdict {
            Some(verdict) if verdict == Verdict::Paid || is_settled => self.end(verdict, None, transaction.differences),
            _ => {
                self.closing = verdict.map(|verdict| Closing { verdict, seen_at });
                self.ask_later();
            }
        }
    }

    /// The gateway says, late enough, that it does not know the payout.
    fn on_denial(&mut self) {
        self.denials = self.denials.saturating_add(1);
        let is_enough = self.known.is_none() && self.denials >= self.policy.denials;
        let is_first_and_only = self.sends == 1 && !self.is_uncertain;
        match (is_enough, self.refusal.take()) {
            (true, Some(reason)) if is_first_and_only => self.end(Verdict::Rejected, Some(reason), Vec::new()),
            (true, None) if self.sends < self.policy.sends => self.stage = Stage::Ready,
            (_, refusal) => {
                self.refusal = refusal;
                self.ask_later();
            }
        }
    }

    fn end(&mut self, verdict: Verdict, reason: Option<String>, differences: Vec<Difference>) {
        let known = self.known.clone().unwrap_or_default();
        self.stage = Stage::Done(Outcome {
            status: known.status,
            orderid: known.orderid,
            transid: known.transid,
            reason: reason.filter(|reason| !reason.is_empty()),
            differences,
            verdict,
        });
    }

    /// Asks for a pause, unless it is time to give up.
    fn ask_later(&mut self) {
        let waited = self.waited_before.saturating_add(self.common.timer.waited);
        let give_up_time = whole_millis(self.policy.give_up_time);
        if waited >= give_up_time {
            let last = self.common.last.as_ref().and_then(|last| last.reason.clone());
            let refusal = self.refusal.clone().filter(|refusal| !refusal.is_empty());
            return self.end(Verdict::Unknown, refusal.or(last), Vec::new());
        }
        let settled_at = self.closing.map_or(0, |closing| closing.seen_at).saturating_add(self.policy.settled_after());
        let longest = match settled_at.saturating_sub(self.common.timer.waited) {
            0 => whole_millis(self.policy.longest_pause),
            // What has to be seen late enough is looked for as soon as it counts.
            left => self.policy.unsettled_pause().min(left),
        };
        self.common.timer.pause(whole_millis(self.policy.first_pause), longest.min(give_up_time - waited));
        self.stage = Stage::Waiting;
    }

    fn hand_out_withdraw(&mut self, gateway: &Bitloga, now: Timestamp) -> Result<Step> {
        let request = gateway.withdraw(&self.withdraw).map(Call::into_request)?;
        self.sends += 1;
        (self.denials, self.refusal, self.waited_before) = (0, None, 0);
        self.common.revision += 1;
        self.common.timer.restart(self.policy.request_allowance());
        self.stage = Stage::Withdrawing;
        Ok(self.hand_out(gateway, request, now))
    }

    fn hand_out_details(&mut self, gateway: &Bitloga, now: Timestamp) -> Result<Step> {
        let request = gateway.details(self.uniqueid()).map(Call::into_request)?;
        self.questions = self.questions.saturating_add(1);
        self.common.timer.allow(self.policy.request_allowance());
        self.stage = Stage::Asking;
        Ok(self.hand_out(gateway, request, now))
    }

    fn hand_out(&mut self, gateway: &Bitloga, request: crate::Request, now: Timestamp) -> Step {
        self.common.account.get_or_insert_with(|| gateway.account());
        Step::Send(self.common.hand_out(request, now))
    }

    fn check_account(&self, gateway: &Bitloga) -> Result<()> {
        self.common.check_account(&gateway.account(), "payout")
    }

    fn bind(mut self, gateway: &Bitloga) -> Self {
        self.common.account = Some(gateway.account());
        self
    }

    fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Withdrawing | Stage::Asking)
    }
}

impl Bitloga {
    /// A payout that happens exactly once. (docs/payouts.md)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let payout = gateway.payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z123456789012"))?;
    /// assert_eq!(payout.progress().stage, "ready");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn payout(&self, withdraw: &Withdraw) -> Result<Payout> {
        self.payout_with(withdraw, Policy::new())
    }

    /// [`Bitloga::payout`] with other limits.
    ///
    /// # Errors
    /// `invalid_input`, for a limit too.
    pub fn payout_with(&self, withdraw: &Withdraw, policy: Policy) -> Result<Payout> {
        Payout::with_policy(withdraw, policy).map(|payout| payout.bind(self))
    }
}

impl Machine for Payout {
    type Gateway = Bitloga;
    type Outcome = Outcome;

    own_methods!();

    fn on_response_judged(
        &mut self,
        to: &Outgoing,
        status: u16,
        body: &[u8],
        not_known: bool,
        now: Timestamp,
    ) -> Result<()> {
        Self::on_response_judged(self, to, status, body, not_known, now)
    }
}

impl fmt::Debug for Payout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payout")
            .field("withdraw", &self.withdraw)
            .field("revision", &self.common.revision)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
