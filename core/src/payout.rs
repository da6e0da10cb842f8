//! Payouts that happen exactly once.
//!
//! `withdraw` has no idempotency key but `uniqueid`, which "must not be repeated", and what the
//! gateway answers to a repeated one is not published. After a time-out the caller does not know
//! whether money has moved. [`Payout`] settles that without ever paying twice: it asks `details`,
//! and sends the same `uniqueid` again only once the gateway has said, more than once and after a
//! pause, that it does not know it.

mod saved;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::bitloga::{
    Bitloga, BitlogaMethod, Details, GetDetails, TransactionStatus, Withdraw, WithdrawDetails, Withdrawal,
};
use crate::call::Request;
use crate::error::{Error, Result};
use crate::json::DEFAULT_MAX_BODY;
use crate::message::{Answer, Gate, Given, Inputs, ParameterKind, Parameters, Parsed, Values, read_answer};

/// A moment, in milliseconds since 1970: the library reads no clock.
pub type Milliseconds = u64;

/// The first pause before asking `details`; each further one is twice as long.
const FIRST_PAUSE: Milliseconds = 5_000;
/// The longest pause.
const LONGEST_PAUSE: Milliseconds = 15 * 60_000;
/// How often the gateway has to say that it does not know the payout before that is believed.
const DENIALS_NEEDED: u32 = 2;
/// How often a payout is sent that the gateway goes on not to know.
const MOST_SENDS: u32 = 3;

/// One payout, as a state machine without I/O.
///
/// Save [`Payout::to_text`] before every send: a crash at any point then loses nothing and pays
/// nothing twice.
///
/// ```
/// use payseal::bitloga::{Bitloga, Withdraw};
/// use payseal::payout::{Payout, Step};
/// # use payseal::Secret;
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let mut now = 0;
/// # let mut answers = [None, Some(br#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,
/// #   "amount_to":10.00,"purse":"Z123456789012","type":"Withdraw","status":"Complete","orderid":29,
/// #   "transid":"436f","uniqueid":"135","success":true}"#.as_slice())].into_iter();
/// # let mut send = |_: payseal::Request| answers.next().flatten().map(|body| (200, body));
/// # let save = |_: String| ();
/// let withdraw = Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z123456789012");
/// let mut payout = Payout::new(&withdraw)?;
/// let outcome = loop {
///     match payout.next(&gateway, now)? {
///         Step::Send(request) => {
///             save(payout.to_text());
///             match send(request) {
///                 Some((status, body)) => payout.on_response(status, body, now)?,
///                 None => payout.on_no_response(now)?,
///             }
///         }
///         Step::Wait(until) => now = until,
///         Step::Done(outcome) => break outcome,
///     }
/// };
/// assert!(outcome.is_paid());
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Payout {
    /// What is paid out: the texts and digits of the parameters of [`Withdraw`], in order.
    withdraw: Vec<Option<String>>,
    stage: Stage,
    /// How often `withdraw` was sent.
    sends: u32,
    /// How often `details` was asked since the last send.
    asked: u32,
    /// How often `details` said since the last send that there is no such payout.
    denials: u32,
    /// Why the gateway refused the payout, if it did.
    refusal: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// `withdraw` is to be sent.
    Ready,
    /// `withdraw` was handed out and not reported on.
    Withdrawing,
    /// `details` is to be asked, at this time or later.
    Unsettled(Milliseconds),
    /// `details` was handed out and not reported on.
    Asking,
    Done(Outcome),
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Save [`Payout::to_text`], send this, and report what came of it.
    Send(Request),
    /// Nothing before this time.
    Wait(Milliseconds),
    /// The payout is settled.
    Done(Outcome),
}

/// How a payout ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The short of it.
    pub verdict: Verdict,
    /// Transaction status, where the gateway knows the payout.
    pub status: Option<TransactionStatus>,
    /// The gateway's transaction identifier, as in the user panel.
    pub orderid: Option<String>,
    /// The gateway's unique identifier of the transaction.
    pub transid: Option<String>,
    /// Why the gateway refused, in its own words.
    pub reason: Option<String>,
}

/// The short of how a payout ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The money was paid out, once.
    Paid,
    /// The gateway took the payout on and ended it without paying.
    Failed,
    /// The gateway refused the payout and does not know it.
    Rejected,
    /// The `uniqueid` belongs to another transaction.
    Conflict,
    /// The gateway goes on not to know the payout, however often it is sent.
    Unknown,
}

impl Verdict {
    const ALL: [Self; 5] = [Self::Paid, Self::Failed, Self::Rejected, Self::Conflict, Self::Unknown];

    /// The verdict as text, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Rejected => "rejected",
            Self::Conflict => "conflict",
            Self::Unknown => "unknown",
        }
    }
}

impl Outcome {
    fn new(verdict: Verdict) -> Self {
        Self { verdict, status: None, orderid: None, transid: None, reason: None }
    }

    /// Whether the money was paid out.
    pub fn is_paid(&self) -> bool {
        self.verdict == Verdict::Paid
    }
}

impl Payout {
    /// A payout that was not sent yet.
    ///
    /// # Errors
    /// `invalid_input` where a parameter breaks a rule of the gateway's document.
    pub fn new(withdraw: &Withdraw) -> Result<Self> {
        withdraw.with_inputs(Self::of)
    }

    /// [`Payout::new`] for bindings.
    ///
    /// # Errors
    /// As [`Payout::new`].
    #[doc(hidden)]
    pub fn of(withdraw: Inputs<'_>) -> Result<Self> {
        Withdraw::TABLE.check(withdraw)?;
        let mut texts = Vec::new();
        for given in withdraw {
            texts.push(given.and_then(Given::text).map(Into::into));
        }
        Ok(Self { withdraw: texts, stage: Stage::Ready, sends: 0, asked: 0, denials: 0, refusal: None })
    }

    /// What is paid out.
    pub fn withdraw(&self) -> Withdraw {
        let inputs = self.inputs();
        // Checked when the payout was made: this cannot fail.
        Withdraw::from_values(&Values::new(Withdraw::TABLE, &inputs)).unwrap_or_else(|_| Withdraw::blank())
    }

    fn inputs(&self) -> Vec<Option<Given<'_>>> {
        let mut inputs = Vec::new();
        for (parameter, text) in Withdraw::TABLE.parameters.iter().zip(&self.withdraw) {
            inputs.push(text.as_deref().map(|text| given(parameter.kind, text)));
        }
        inputs
    }

    fn uniqueid(&self) -> &str {
        let position = Withdraw::TABLE.position("uniqueid");
        position.and_then(|position| self.withdraw.get(position)?.as_deref()).unwrap_or_default()
    }

    /// What to do now. A request that was handed out and never reported on, as after a crash,
    /// counts as one without response.
    ///
    /// # Errors
    /// `invalid_input` where the client cannot make a request.
    pub fn next(&mut self, gateway: &Bitloga, now: Milliseconds) -> Result<Step> {
        if matches!(self.stage, Stage::Withdrawing | Stage::Asking) {
            self.on_no_response(now)?;
        }
        let (action, table, inputs) = match &self.stage {
            Stage::Done(outcome) => return Ok(Step::Done(outcome.clone())),
            // A clock that was set back must not make the pause longer than pauses are.
            Stage::Unsettled(until) if now < *until => {
                return Ok(Step::Wait((*until).min(now.saturating_add(LONGEST_PAUSE))));
            }
            Stage::Ready => (Withdraw::ACTION, Withdraw::TABLE, self.inputs()),
            _ => (GetDetails::ACTION, GetDetails::TABLE, vec![Some(Given::Text(self.uniqueid()))]),
        };
        let request = gateway.request(action, table, &inputs)?;
        self.stage = if matches!(self.stage, Stage::Ready) {
            self.sends += 1;
            (self.asked, self.denials, self.refusal) = (0, 0, None);
            Stage::Withdrawing
        } else {
            self.asked += 1;
            Stage::Asking
        };
        Ok(Step::Send(request))
    }

    /// Reports the answer to the request handed out last, whatever its status.
    ///
    /// # Errors
    /// `invalid_input` where no request is under way. A bad answer is no error here: it makes the
    /// payout go on asking.
    pub fn on_response(&mut self, status: u16, body: &[u8], now: Milliseconds) -> Result<()> {
        match self.stage {
            Stage::Withdrawing => self.on_withdrawal(read::<Withdrawal>(status, body), now),
            Stage::Asking => self.on_details(read::<Details>(status, body), now),
            _ => return Err(not_under_way()),
        }
        Ok(())
    }

    /// Reports that the request handed out last got no answer: a time-out, a broken connection,
    /// or no telling whether it was sent at all.
    ///
    /// # Errors
    /// `invalid_input` where no request is under way.
    pub fn on_no_response(&mut self, now: Milliseconds) -> Result<()> {
        if !matches!(self.stage, Stage::Withdrawing | Stage::Asking) {
            return Err(not_under_way());
        }
        self.ask_later(now);
        Ok(())
    }

    fn on_withdrawal(&mut self, answer: Result<Parsed<'_>>, now: Milliseconds) {
        match answer {
            Ok(transaction) if self.is_of(&transaction) => self.settle(&transaction, now),
            // Refused, perhaps as a repetition of itself: `details` has the last word.
            Err(Error::Rejected(reply)) if is_refusal(reply.status) => {
                self.refusal = Some(reply.reason.unwrap_or_default());
                self.stage = Stage::Unsettled(now);
            }
            _ => self.ask_later(now),
        }
    }

    fn on_details(&mut self, answer: Result<Parsed<'_>>, now: Milliseconds) {
        match answer {
            Ok(transaction) if !self.is_of(&transaction) => self.ask_later(now),
            Ok(transaction) if transaction.record.shape.name == WithdrawDetails::NAME => {
                self.settle(&transaction, now);
            }
            Ok(_) => self.stage = Stage::Done(Outcome::new(Verdict::Conflict)),
            Err(Error::Rejected(reply)) if is_denial(reply.status) => self.on_denial(now),
            _ => self.ask_later(now),
        }
    }

    fn is_of(&self, transaction: &Parsed<'_>) -> bool {
        field(transaction, "uniqueid").is_some_and(|uniqueid| uniqueid == self.uniqueid())
    }

    fn settle(&mut self, transaction: &Parsed<'_>, now: Milliseconds) {
        let status = TransactionStatus::from(&*field(transaction, "status").unwrap_or_default());
        if !status.is_final() {
            return self.ask_later(now);
        }
        self.stage = Stage::Done(Outcome {
            verdict: if status.is_paid() { Verdict::Paid } else { Verdict::Failed },
            status: Some(status),
            orderid: field(transaction, "orderid").map(Cow::into_owned),
            transid: field(transaction, "transid").map(Cow::into_owned),
            reason: None,
        });
    }

    /// The gateway says that it does not know the payout.
    fn on_denial(&mut self, now: Milliseconds) {
        self.denials += 1;
        // A refusal of the first send needs no second denial: nothing else was ever sent.
        let needed = if self.refusal.is_some() && self.sends == 1 { 1 } else { DENIALS_NEEDED };
        if self.denials < needed {
            self.ask_later(now);
        } else if let Some(reason) = self.refusal.take() {
            let reason = Some(reason).filter(|reason| !reason.is_empty());
            self.stage = Stage::Done(Outcome { reason, ..Outcome::new(Verdict::Rejected) });
        } else if self.sends < MOST_SENDS {
            self.stage = Stage::Ready;
        } else {
            self.stage = Stage::Done(Outcome::new(Verdict::Unknown));
        }
    }

    fn ask_later(&mut self, now: Milliseconds) {
        let doubled = FIRST_PAUSE.checked_shl(self.asked.min(16)).unwrap_or(LONGEST_PAUSE);
        self.stage = Stage::Unsettled(now.saturating_add(doubled.min(LONGEST_PAUSE)));
    }
}

fn not_under_way() -> Error {
    Error::invalid("payout", "has no request under way: call next first")
}

/// Whether `success:false` with this status is a decision of the gateway. A server that failed or
/// was overloaded has decided nothing: nobody knows how far it came.
fn is_refusal(status: u16) -> bool {
    !matches!(status, 408 | 429) && status < 500
}

/// Whether `success:false` with this status says that there is no such payout, rather than that
/// the gateway would not look: not authorised, too many requests, out of order.
fn is_denial(status: u16) -> bool {
    is_refusal(status) && !matches!(status, 401 | 403 | 407)
}

/// Reads an answer of the gateway without the call at hand: after a crash there is none.
fn read<T: Answer>(status: u16, body: &[u8]) -> Result<Parsed<'_>> {
    read_answer::<T>(Gate::SuccessField, status, body, DEFAULT_MAX_BODY)
}

/// `withdraw` takes texts and an amount.
fn given(kind: ParameterKind, text: &str) -> Given<'_> {
    match kind {
        ParameterKind::Text(_) => Given::Text(text),
        _ => Given::Number(text),
    }
}

fn field<'a>(transaction: &Parsed<'a>, name: &str) -> Option<Cow<'a, str>> {
    transaction.record.text(transaction.text(), name)
}

impl fmt::Debug for Payout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stage, sends, asked, denials, refusal, .. } = self;
        f.debug_struct("Payout")
            .field("withdraw", &self.withdraw())
            .field("stage", stage)
            .field("sends", sends)
            .field("asked", asked)
            .field("denials", denials)
            .field("refusal", refusal)
            .finish()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
