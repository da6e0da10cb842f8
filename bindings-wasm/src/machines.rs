//! Payouts and watches. Their whole state is a text, which JavaScript hands over and takes back:
//! nothing is left to free.

use payseal::binding::{self, Observed, Parameters as _, PolicyOptions as _};
use payseal::bitloga::{Bitloga, TransactionStatus, Withdraw};
use payseal::payout::{self, Payout, Policy};
use payseal::watch::{Watch, WatchOutcome, WatchPolicy, Watched};
use payseal::{ApiForCrypto, Machine, Progress, Result, Step, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::operate;
use crate::constants::{BEGIN, DONE_STEP, INVOICE, NEXT, OBSERVE, PAYOUT, PROGRESS, REPORT, RESUME, SEND, WAIT};
use crate::inputs::{Entries, arguments};
use crate::output::{OutputBuffer, Status};

/// What each kind of machine does in its own way.
trait Kind: Machine + Sized {
    /// Makes a new one of the options of its policy, and of what comes after them in the input.
    fn begin(gateway: &Self::Gateway, entries: &mut Entries<'_>) -> Result<Self>;

    /// Goes on with one that was saved.
    fn resume(gateway: &Self::Gateway, text: &str) -> Result<Self>;

    /// The one that JavaScript keeps as a text between two operations.
    fn kept(gateway: &Self::Gateway, text: &str) -> Result<Self> {
        Self::resume(gateway, text)
    }

    /// The identifier of what it is about.
    fn subject(&self) -> &str;

    /// Hands in what a verified callback says: whether it is about what this waits for. None is about a payout.
    fn observe(&mut self, _: &mut Entries<'_>) -> bool {
        false
    }

    /// Whether a callback ends it with its next step.
    fn is_called_back(&self) -> bool {
        false
    }

    fn push_outcome(outcome: &Self::Outcome, output: &mut OutputBuffer);
}

impl Kind for Payout {
    fn begin(gateway: &Bitloga, entries: &mut Entries<'_>) -> Result<Self> {
        let mut policy = Policy::new();
        for (name, value) in options(entries) {
            policy.set(name, value)?;
        }
        let withdraw = Withdraw::from_arguments(&arguments(entries, Withdraw::SCHEMA.parameters)?)?;
        gateway.payout_with(&withdraw, policy)
    }

    fn resume(gateway: &Bitloga, text: &str) -> Result<Self> {
        gateway.resume_payout(text)
    }

    fn kept(_: &Bitloga, text: &str) -> Result<Self> {
        binding::continued(text)
    }

    fn subject(&self) -> &str {
        self.uniqueid()
    }

    fn push_outcome(outcome: &payout::Outcome, output: &mut OutputBuffer) {
        let verdict = outcome.verdict;
        for text in [
            Some(verdict.as_str()),
            Some(boolean(outcome.is_paid())),
            outcome.status.as_ref().map(TransactionStatus::as_str),
            outcome.orderid.as_deref(),
            outcome.transid.as_deref(),
            outcome.reason.as_deref(),
            Some(verdict.has_money_moved().as_str()),
            Some(verdict.can_money_still_move().as_str()),
            Some(boolean(verdict.is_new_uniqueid_safe())),
        ] {
            output.push_optional(text);
        }
        output.differences(&outcome.differences);
    }
}

impl<Gateway: Watched> Kind for Watch<Gateway> {
    fn begin(gateway: &Gateway, entries: &mut Entries<'_>) -> Result<Self> {
        let mut policy = WatchPolicy::new();
        for (name, value) in options(entries) {
            policy.set(name, value)?;
        }
        Self::with_policy(gateway, text(entries), policy)
    }

    fn resume(gateway: &Gateway, text: &str) -> Result<Self> {
        Self::from_text(gateway, text)
    }

    fn subject(&self) -> &str {
        self.invoice_id()
    }

    fn observe(&mut self, entries: &mut Entries<'_>) -> bool {
        let observed =
            Observed { invoice: text(entries), kind: entries.text(), status: text(entries), active: flag(entries) };
        binding::observe(self, observed)
    }

    fn is_called_back(&self) -> bool {
        Self::is_called_back(self)
    }

    fn push_outcome(outcome: &WatchOutcome, output: &mut OutputBuffer) {
        output.push_text(outcome.verdict.as_str());
        output.push_text(boolean(outcome.is_paid()));
        output.push_optional(outcome.status.as_deref());
    }
}

/// Does something with a machine, and leaves its new state and what the operation says. The entries are what the
/// operation needs, after the machine's text if there is a machine already; an answer's body is after them.
#[wasm_bindgen]
pub fn machine(operation: u32, kind: u32, client: f64, length: u32, body: u32) -> u32 {
    operate(move |input, clients, output| {
        let (entries, body) = (&mut input.entries(0, length), input.bytes(length, body));
        match kind {
            PAYOUT => run::<Payout>(operation, clients.own(client)?, entries, body, output),
            INVOICE => run::<Watch<Bitloga>>(operation, clients.own(client)?, entries, body, output),
            _ => run::<Watch<ApiForCrypto>>(operation, clients.own(client)?, entries, body, output),
        }
    })
}

fn run<M: Kind>(
    operation: u32,
    gateway: Option<&M::Gateway>,
    entries: &mut Entries<'_>,
    body: &[u8],
    output: &mut OutputBuffer,
) -> Result<Status> {
    let Some(gateway) = gateway else { return Ok(Status::Evicted) };
    let mut machine = match operation {
        BEGIN => M::begin(gateway, entries)?,
        RESUME => M::resume(gateway, text(entries))?,
        _ => M::kept(gateway, text(entries))?,
    };
    let (mut step, mut is_about_it) = (None, false);
    match operation {
        NEXT => step = Some(machine.next(gateway, timestamp(entries))?),
        REPORT => report(&mut machine, entries, body)?,
        OBSERVE => is_about_it = machine.observe(entries),
        _ => {}
    }
    for text in [&*machine.to_text(), &*machine.revision().to_string(), machine.subject()] {
        output.push_text(text);
    }
    output.push(usize::from(machine.is_called_back()));
    match operation {
        OBSERVE => output.push(usize::from(is_about_it)),
        PROGRESS => push_progress(machine.progress(), output),
        _ => {}
    }
    match step {
        Some(Step::Send(outgoing)) => {
            output.push_number(SEND);
            output.push_text(&binding::number(&outgoing).to_string());
            output.request(&outgoing.request);
        }
        Some(Step::Wait(until)) => {
            output.push_number(WAIT);
            output.push_text(&until.millis().to_string());
        }
        Some(Step::Done(outcome)) => {
            output.push_number(DONE_STEP);
            M::push_outcome(&outcome, output);
        }
        None => {}
    }
    Ok(Status::Done)
}

/// Reports what came of a request: the time, its number, the status if there was an answer, and the caller's own
/// judgement of it, if any.
fn report<M: Machine>(machine: &mut M, entries: &mut Entries<'_>, body: &[u8]) -> Result<()> {
    let (now, to) = (timestamp(entries), binding::outgoing(number(entries)));
    let status = entries.text().map(|status| status.parse().unwrap_or_default());
    match (status, flag(entries)) {
        (None, _) => machine.on_no_response(&to, now),
        (Some(status), None) => machine.on_response(&to, status, body, now),
        (Some(status), Some(not_known)) => machine.on_response_judged(&to, status, body, not_known, now),
    }
}

fn push_progress(progress: Progress, output: &mut OutputBuffer) {
    let time = |time: Option<Timestamp>| time.map(|time| time.millis().to_string());
    for text in [
        Some(progress.stage.into()),
        Some(boolean(progress.acknowledged).into()),
        Some(progress.sends.to_string()),
        Some(progress.questions.to_string()),
        Some(progress.denials.to_string()),
        progress.refusal,
        progress.transaction_status,
        progress.last_status.map(|status| status.to_string()),
        progress.last_reason,
        time(progress.last_answer_at),
        time(progress.since),
        time(progress.next_look),
    ] {
        output.push_optional(text.as_deref());
    }
}

/// The options of a policy: how many there are, then the name and the value of each.
fn options<'a>(entries: &mut Entries<'a>) -> Vec<(&'a str, u64)> {
    (0..number(entries)).map(|_| (text(entries), number(entries))).collect()
}

fn text<'a>(entries: &mut Entries<'a>) -> &'a str {
    entries.text().unwrap_or_default()
}

/// JavaScript has checked that it is a whole number that is not negative.
fn number(entries: &mut Entries<'_>) -> u64 {
    text(entries).parse().unwrap_or_default()
}

fn timestamp(entries: &mut Entries<'_>) -> Timestamp {
    Timestamp::from_millis(number(entries))
}

fn flag(entries: &mut Entries<'_>) -> Option<bool> {
    entries.text().map(|text| text == "true")
}

fn boolean(boolean: bool) -> &'static str {
    if boolean { "true" } else { "false" }
}
