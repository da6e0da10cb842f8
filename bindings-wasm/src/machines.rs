//! Payouts and watches. Their whole state is a text, which JavaScript hands over and takes back:
//! nothing is left to free.

use payseal::binding::{Parameters as _, decimal};
use payseal::bitloga::{Bitloga, TransactionStatus, Withdraw};
use payseal::payout::{self, Payout, Policy};
use payseal::watch::{Watch, WatchOutcome, WatchPolicy, Watched};
use payseal::{ApiForCrypto, Error, Machine, Outgoing, Result, Step, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::{Clients, Written, operate};
use crate::inputs::{Entries, with_arguments};
use crate::reply::{Reply, Verdict};
use crate::slots::Slots;

// What to do next. The numbers are those of `js/machine.ts`.
const SEND: usize = 0;
const WAIT: usize = 1;
const DONE: usize = 2;

// The caller's judgement whether an answer says "not known". 0 leaves it to the core.
const KNOWN: u32 = 1;
const NOT_KNOWN: u32 = 2;

/// A machine that JavaScript drives.
trait Driven: Machine + Sized {
    /// The clients of its gateway.
    fn clients(clients: &Clients) -> &Slots<Self::Gateway>;

    /// A new one, of some entries: `options` pairs of an option and its value, then what it is about.
    fn begin(gateway: &Self::Gateway, entries: Entries<'_>, options: u32) -> Result<Self>;

    /// The one that was saved as this text.
    fn resume(gateway: &Self::Gateway, text: &str) -> Result<Self>;

    /// The one that JavaScript holds as this text between two operations.
    fn carry_on(gateway: &Self::Gateway, text: &str) -> Result<Self>;

    /// The identifier of what it is about.
    fn subject(&self) -> &str;

    fn push_outcome(outcome: &Self::Outcome, reply: &mut Reply);
}

impl Driven for Payout {
    fn clients(clients: &Clients) -> &Slots<Bitloga> {
        &clients.bitloga
    }

    fn begin(gateway: &Bitloga, mut entries: Entries<'_>, options: u32) -> Result<Self> {
        let mut policy = Policy::new();
        read_options(&mut entries, options, |name, value| policy.set(name, value))?;
        let mut begun = None;
        with_arguments(&mut entries, Withdraw::SCHEMA.parameters, &mut |withdraw| {
            begun = Some(gateway.payout_of(withdraw, policy.clone())?);
            Ok(Verdict::Done)
        })?;
        begun.ok_or_else(|| invalid("parameters", "are missing"))
    }

    fn resume(gateway: &Bitloga, text: &str) -> Result<Self> {
        gateway.resume_payout(text)
    }

    fn carry_on(_: &Bitloga, text: &str) -> Result<Self> {
        Self::continued(text)
    }

    fn subject(&self) -> &str {
        self.uniqueid()
    }

    fn push_outcome(outcome: &payout::Outcome, reply: &mut Reply) {
        let verdict = outcome.verdict;
        push_verdict(
            reply,
            verdict.as_str(),
            outcome.is_paid(),
            outcome.status.as_ref().map(TransactionStatus::as_str),
        );
        reply.push_optional(outcome.orderid.as_deref());
        reply.push_optional(outcome.transid.as_deref());
        reply.push_optional(outcome.reason.as_deref());
        reply.push_text(verdict.has_money_moved().as_str());
        reply.push_text(verdict.can_money_still_move().as_str());
        reply.push(usize::from(verdict.is_new_uniqueid_safe()));
        reply.differences(&outcome.differences);
    }
}

/// The clients of a gateway whose invoices are watched.
trait Held: Watched + Sized {
    fn clients(clients: &Clients) -> &Slots<Self>;
}

impl Held for Bitloga {
    fn clients(clients: &Clients) -> &Slots<Self> {
        &clients.bitloga
    }
}

impl Held for ApiForCrypto {
    fn clients(clients: &Clients) -> &Slots<Self> {
        &clients.api_for_crypto
    }
}

impl<Gateway: Held> Driven for Watch<Gateway> {
    fn clients(clients: &Clients) -> &Slots<Gateway> {
        Gateway::clients(clients)
    }

    fn begin(gateway: &Gateway, mut entries: Entries<'_>, options: u32) -> Result<Self> {
        let mut policy = WatchPolicy::new();
        read_options(&mut entries, options, |name, value| policy.set(name, value))?;
        Self::with_policy(gateway, entries.text().unwrap_or_default(), policy)
    }

    fn resume(gateway: &Gateway, text: &str) -> Result<Self> {
        Self::from_text(gateway, text)
    }

    fn carry_on(gateway: &Gateway, text: &str) -> Result<Self> {
        Self::from_text(gateway, text)
    }

    fn subject(&self) -> &str {
        self.invoice_id()
    }

    fn push_outcome(outcome: &WatchOutcome, reply: &mut Reply) {
        push_verdict(reply, outcome.verdict.as_str(), outcome.is_paid(), outcome.status.as_deref());
    }
}

/// Does an operation with the kind of machine that a number names. The numbers are those of `js/machine.ts`.
macro_rules! of_kind {
    ($kind:expr, $operation:ident($($argument:expr),*)) => {
        match $kind {
            0 => $operation::<Payout>($($argument),*),
            1 => $operation::<Watch<Bitloga>>($($argument),*),
            _ => $operation::<Watch<ApiForCrypto>>($($argument),*),
        }
    };
}

/// Begins a machine: its state.
#[wasm_bindgen]
pub fn begin_machine(kind: u32, client: f64, length: u32, options: u32) -> u32 {
    of_kind!(kind, begin(client, length, options))
}

/// Goes on with a machine that was saved as the text in the input: its state.
#[wasm_bindgen]
pub fn resume_machine(kind: u32, client: f64, length: u32) -> u32 {
    of_kind!(kind, resume(client, length))
}

/// Tells what to do next: the new state, and the step.
#[wasm_bindgen]
pub fn next_of_machine(kind: u32, client: f64, length: u32, now: f64) -> u32 {
    of_kind!(kind, next(client, length, now))
}

/// Reports the answer to the request of that number: the new state.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "numbers cross the boundary for nothing, unlike structures")]
pub fn response_of_machine(
    kind: u32,
    client: f64,
    length: u32,
    request: f64,
    status: u16,
    body: u32,
    judgement: u32,
    now: f64,
) -> u32 {
    of_kind!(kind, respond(client, length, request, Answer { status, body, judgement }, now))
}

/// Reports that no answer came to the request of that number: the new state.
#[wasm_bindgen]
pub fn no_response_of_machine(kind: u32, client: f64, length: u32, request: f64, now: f64) -> u32 {
    of_kind!(kind, give_no_response(client, length, request, now))
}

/// Tells where a machine is at.
#[wasm_bindgen]
pub fn progress_of_machine(kind: u32, client: f64, length: u32) -> u32 {
    of_kind!(kind, progress(client, length))
}

/// Hands a verified callback to a watch, whose text is after the callback's entries: the new state, and whether the
/// callback is about its invoice.
#[wasm_bindgen]
pub fn observe_machine(kind: u32, client: f64, entries: u32, length: u32) -> u32 {
    if kind == 1 {
        observe::<Bitloga>(client, entries, length)
    } else {
        observe::<ApiForCrypto>(client, entries, length)
    }
}

fn begin<M: Driven>(client: f64, length: u32, options: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(gateway) = M::clients(clients).get(client) else { return Ok(Verdict::Stale) };
        push_state(&M::begin(gateway, written.entries(0, length), options)?, reply);
        Ok(Verdict::Done)
    })
}

fn resume<M: Driven>(client: f64, length: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(gateway) = M::clients(clients).get(client) else { return Ok(Verdict::Stale) };
        push_state(&M::resume(gateway, written.text(0, length))?, reply);
        Ok(Verdict::Done)
    })
}

fn next<M: Driven>(client: f64, length: u32, now: f64) -> u32 {
    proceed(client, 0, length, &mut |_, gateway, machine: &mut M, reply| {
        let step = machine.next(gateway, timestamp(now))?;
        push_state(machine, reply);
        push_step::<M>(&step, reply);
        Ok(())
    })
}

/// An answer whose body is after the machine's text.
#[derive(Clone, Copy)]
struct Answer {
    status: u16,
    body: u32,
    judgement: u32,
}

fn respond<M: Driven>(client: f64, length: u32, request: f64, answer: Answer, now: f64) -> u32 {
    proceed(client, 0, length, &mut |written, _, machine: &mut M, reply| {
        let (to, status, now) = (Outgoing::numbered(whole(request)), answer.status, timestamp(now));
        let body = written.bytes(length, answer.body);
        match answer.judgement {
            KNOWN | NOT_KNOWN => machine.on_response_judged(&to, status, body, answer.judgement == NOT_KNOWN, now)?,
            _ => machine.on_response(&to, status, body, now)?,
        }
        push_state(machine, reply);
        Ok(())
    })
}

fn give_no_response<M: Driven>(client: f64, length: u32, request: f64, now: f64) -> u32 {
    proceed(client, 0, length, &mut |_, _, machine: &mut M, reply| {
        machine.on_no_response(&Outgoing::numbered(whole(request)), timestamp(now))?;
        push_state(machine, reply);
        Ok(())
    })
}

fn progress<M: Driven>(client: f64, length: u32) -> u32 {
    proceed(client, 0, length, &mut |_, _, machine: &mut M, reply| {
        let progress = machine.progress();
        reply.push_text(progress.stage);
        reply.push(usize::from(progress.acknowledged));
        for count in [progress.sends, progress.questions, progress.denials] {
            reply.push_text(&decimal(count.into()));
        }
        reply.push_optional(progress.refusal.as_deref());
        reply.push_optional(progress.transaction_status.as_deref());
        reply.push_optional(progress.last_status.map(|status| decimal(status.into())).as_deref());
        reply.push_optional(progress.last_reason.as_deref());
        for time in [progress.last_answer_at, progress.since, progress.next_look] {
            reply.push_optional(time.map(|time| decimal(time.millis())).as_deref());
        }
        Ok(())
    })
}

fn observe<Gateway: Held>(client: f64, entries: u32, length: u32) -> u32 {
    proceed(client, entries, length, &mut |written, _, watch: &mut Watch<Gateway>, reply| {
        let mut entries = written.entries(0, entries);
        let invoice = entries.text().unwrap_or_default();
        let (kind, status) = (entries.text(), entries.text().unwrap_or_default());
        let active = entries.text().map(|active| active == "true");
        let is_about_it = watch.observe(invoice, kind, status, active);
        push_state(watch, reply);
        reply.push(usize::from(is_about_it));
        reply.push(usize::from(watch.is_called_back()));
        Ok(())
    })
}

type Work<'w, M> = &'w mut dyn FnMut(Written<'_>, &<M as Machine>::Gateway, &mut M, &mut Reply) -> Result<()>;

/// Does something with the machine whose text is in the input from `start`.
fn proceed<M: Driven>(client: f64, start: u32, length: u32, work: Work<'_, M>) -> u32 {
    operate(move |written, clients, reply| {
        let Some(gateway) = M::clients(clients).get(client) else { return Ok(Verdict::Stale) };
        let mut machine = M::carry_on(gateway, written.text(start, length))?;
        work(written, gateway, &mut machine, reply)?;
        Ok(Verdict::Done)
    })
}

fn push_state<M: Driven>(machine: &M, reply: &mut Reply) {
    reply.push_text(&machine.to_text());
    reply.push_text(&decimal(machine.revision()));
    reply.push_text(machine.subject());
}

fn push_step<M: Driven>(step: &Step<M::Outcome>, reply: &mut Reply) {
    match step {
        Step::Send(outgoing) => {
            reply.push(SEND);
            reply.push_text(&decimal(outgoing.number()));
            reply.request(&outgoing.request);
        }
        Step::Wait(until) => {
            reply.push(WAIT);
            reply.push_text(&decimal(until.millis()));
        }
        Step::Done(outcome) => {
            reply.push(DONE);
            M::push_outcome(outcome, reply);
        }
    }
}

fn push_verdict(reply: &mut Reply, verdict: &str, is_paid: bool, status: Option<&str>) {
    reply.push_text(verdict);
    reply.push(usize::from(is_paid));
    reply.push_optional(status);
}

/// Reads the options of a policy: pairs of a name and a whole number.
fn read_options(entries: &mut Entries<'_>, options: u32, mut set: impl FnMut(&str, u64) -> Result<()>) -> Result<()> {
    for _ in 0..options {
        let (name, value) = (entries.text().unwrap_or_default(), entries.text().unwrap_or_default());
        let value = value.parse().map_err(|_| invalid("policy", "has a value that is not a whole number"))?;
        set(name, value)?;
    }
    Ok(())
}

fn invalid(field: &'static str, rule: &'static str) -> Error {
    Error::invalid(field, rule)
}

fn timestamp(now: f64) -> Timestamp {
    Timestamp::from_millis(whole(now))
}

/// JavaScript has checked that it is a whole number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above; the cast saturates")]
fn whole(number: f64) -> u64 {
    number as u64
}
