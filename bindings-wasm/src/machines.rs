//! Payouts and watches. Their whole state is a text, which JavaScript hands over and takes back:
//! nothing is left to free.

use payseal::binding::Parameters as _;
use payseal::bitloga::{Bitloga, TransactionStatus, Withdraw};
use payseal::payout::{self, Payout, Policy};
use payseal::watch::{Watch, WatchOutcome, WatchPolicy, Watched};
use payseal::{ApiForCrypto, Error, Machine, Outgoing, Progress, Result, Step, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::{Clients, InputBuffer, operate};
use crate::constants::{DONE_STEP, INVOICE, KNOWN, NOT_KNOWN, PAYOUT, SEND, WAIT};
use crate::inputs::{Entries, arguments};
use crate::output::{OutputBuffer, Status};

/// A machine with the client whose requests it sends. What is not in here is compiled once for all of them.
trait Driven {
    fn next(&mut self, now: Timestamp) -> Result<Step<Outcome>>;

    /// Reports what came of a request. The judgement is the caller's whether it says "not known".
    fn report(&mut self, to: &Outgoing, answer: Option<Answer<'_>>, now: Timestamp) -> Result<()>;

    /// Hands in a verified callback: whether it is about what this waits for.
    fn observe(&mut self, callback: &Observed<'_>) -> bool;

    /// Whether a callback ends it with its next step.
    fn is_called_back(&self) -> bool;

    fn progress(&self) -> Progress;

    /// The whole state as text.
    fn to_text(&self) -> String;

    fn revision(&self) -> u64;

    /// The identifier of what it is about.
    fn subject(&self) -> &str;
}

/// How a machine ended.
enum Outcome {
    Payout(payout::Outcome),
    Watch(WatchOutcome),
}

#[derive(Clone, Copy)]
struct Answer<'a> {
    status: u16,
    body: &'a [u8],
    judgement: u32,
}

/// What a verified callback says.
struct Observed<'a> {
    invoice: &'a str,
    kind: Option<&'a str>,
    status: &'a str,
    active: Option<bool>,
}

struct Run<'c, M: Machine> {
    gateway: &'c M::Gateway,
    machine: M,
}

/// What only one kind of machine can tell.
trait Particular: Machine {
    fn outcome(outcome: Self::Outcome) -> Outcome;

    fn subject(&self) -> &str;

    /// No callback is about a payout.
    fn observe(&mut self, _: &Observed<'_>) -> bool {
        false
    }

    fn is_called_back(&self) -> bool {
        false
    }
}

impl Particular for Payout {
    fn outcome(outcome: payout::Outcome) -> Outcome {
        Outcome::Payout(outcome)
    }

    fn subject(&self) -> &str {
        self.uniqueid()
    }
}

impl<Gateway: Watched> Particular for Watch<Gateway> {
    fn outcome(outcome: WatchOutcome) -> Outcome {
        Outcome::Watch(outcome)
    }

    fn subject(&self) -> &str {
        self.invoice_id()
    }

    fn observe(&mut self, callback: &Observed<'_>) -> bool {
        Self::observe(self, callback.invoice, callback.kind, callback.status, callback.active)
    }

    fn is_called_back(&self) -> bool {
        Self::is_called_back(self)
    }
}

impl<M: Particular> Driven for Run<'_, M> {
    fn next(&mut self, now: Timestamp) -> Result<Step<Outcome>> {
        Ok(match self.machine.next(self.gateway, now)? {
            Step::Send(outgoing) => Step::Send(outgoing),
            Step::Wait(until) => Step::Wait(until),
            Step::Done(ended) => Step::Done(M::outcome(ended)),
        })
    }

    fn report(&mut self, to: &Outgoing, answer: Option<Answer<'_>>, now: Timestamp) -> Result<()> {
        let machine = &mut self.machine;
        match answer {
            None => machine.on_no_response(to, now),
            Some(Answer { status, body, judgement: judgement @ (KNOWN | NOT_KNOWN) }) => {
                machine.on_response_judged(to, status, body, judgement == NOT_KNOWN, now)
            }
            Some(Answer { status, body, .. }) => machine.on_response(to, status, body, now),
        }
    }

    fn observe(&mut self, callback: &Observed<'_>) -> bool {
        self.machine.observe(callback)
    }

    fn is_called_back(&self) -> bool {
        self.machine.is_called_back()
    }

    fn progress(&self) -> Progress {
        self.machine.progress()
    }

    fn to_text(&self) -> String {
        self.machine.to_text()
    }

    fn revision(&self) -> u64 {
        self.machine.revision()
    }

    fn subject(&self) -> &str {
        self.machine.subject()
    }
}

/// What a machine is made of.
enum Origin<'a> {
    /// It is a new one: `options` pairs of an option and its value, then what it is about.
    Entries(Entries<'a>, u32),
    /// It was saved as this text.
    Saved(&'a str),
    /// JavaScript holds it as this text between two operations.
    Held(&'a str),
}

/// The machine of a kind. Nothing if the client was evicted.
fn open<'c>(kind: u32, clients: &'c Clients, client: f64, origin: Origin<'_>) -> Result<Option<Box<dyn Driven + 'c>>> {
    match kind {
        PAYOUT => {
            let Some(gateway) = clients.own(client)? else { return Ok(None) };
            Ok(Some(Box::new(Run { gateway, machine: open_payout(gateway, origin)? })))
        }
        INVOICE => open_watch(clients.own::<Bitloga>(client)?, origin),
        _ => open_watch(clients.own::<ApiForCrypto>(client)?, origin),
    }
}

fn open_payout(gateway: &Bitloga, origin: Origin<'_>) -> Result<Payout> {
    let (mut entries, options) = match origin {
        Origin::Entries(entries, options) => (entries, options),
        Origin::Saved(text) => return gateway.resume_payout(text),
        Origin::Held(text) => return Payout::continued(text),
    };
    let mut policy = Policy::new();
    read_options(&mut entries, options, &mut |name, value| policy.set(name, value))?;
    gateway.payout_of(&arguments(&mut entries, Withdraw::SCHEMA.parameters)?, policy)
}

fn open_watch<'c, Gateway: Watched>(
    gateway: Option<&'c Gateway>,
    origin: Origin<'_>,
) -> Result<Option<Box<dyn Driven + 'c>>> {
    let Some(gateway) = gateway else { return Ok(None) };
    let machine = match origin {
        Origin::Entries(mut entries, options) => {
            let mut policy = WatchPolicy::new();
            read_options(&mut entries, options, &mut |name, value| policy.set(name, value))?;
            Watch::with_policy(gateway, entries.text().unwrap_or_default(), policy)?
        }
        Origin::Saved(text) | Origin::Held(text) => Watch::from_text(gateway, text)?,
    };
    Ok(Some(Box::new(Run { gateway, machine })))
}

/// Begins a machine: its state.
#[wasm_bindgen]
pub fn begin_machine(kind: u32, client: f64, length: u32, options: u32) -> u32 {
    operate(move |input, clients, output| {
        let origin = Origin::Entries(input.entries(0, length), options);
        let Some(machine) = open(kind, clients, client, origin)? else { return Ok(Status::Evicted) };
        push_state(&*machine, output);
        Ok(Status::Done)
    })
}

/// Goes on with a machine that was saved as the text in the input: its state.
#[wasm_bindgen]
pub fn resume_machine(kind: u32, client: f64, length: u32) -> u32 {
    operate(move |input, clients, output| {
        let origin = Origin::Saved(input.text(0, length));
        let Some(machine) = open(kind, clients, client, origin)? else { return Ok(Status::Evicted) };
        push_state(&*machine, output);
        Ok(Status::Done)
    })
}

/// Tells what to do next: the new state, and the step.
#[wasm_bindgen]
pub fn next_of_machine(kind: u32, client: f64, length: u32, now: f64) -> u32 {
    proceed(kind, client, 0, length, &mut |_, machine, output| {
        let step = machine.next(timestamp(now))?;
        push_state(machine, output);
        push_step(&step, output);
        Ok(())
    })
}

/// Reports the answer to the request of that number: the new state. The body is after the machine's text.
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
    proceed(kind, client, 0, length, &mut |input, machine, output| {
        let answer = Answer { status, body: input.bytes(length, body), judgement };
        machine.report(&Outgoing::numbered(whole(request)), Some(answer), timestamp(now))?;
        push_state(machine, output);
        Ok(())
    })
}

/// Reports that no answer came to the request of that number: the new state.
#[wasm_bindgen]
pub fn no_response_of_machine(kind: u32, client: f64, length: u32, request: f64, now: f64) -> u32 {
    proceed(kind, client, 0, length, &mut |_, machine, output| {
        machine.report(&Outgoing::numbered(whole(request)), None, timestamp(now))?;
        push_state(machine, output);
        Ok(())
    })
}

/// Tells where a machine is at.
#[wasm_bindgen]
pub fn progress_of_machine(kind: u32, client: f64, length: u32) -> u32 {
    proceed(kind, client, 0, length, &mut |_, machine, output| {
        push_progress(&machine.progress(), output);
        Ok(())
    })
}

/// Hands a verified callback to a watch, whose text is after the callback's entries: the new state, whether the
/// callback is about its invoice, and whether it ends it.
#[wasm_bindgen]
pub fn observe_machine(kind: u32, client: f64, entries: u32, length: u32) -> u32 {
    proceed(kind, client, entries, length, &mut |input, machine, output| {
        let mut entries = input.entries(0, entries);
        let is_about_it = machine.observe(&Observed {
            invoice: entries.text().unwrap_or_default(),
            kind: entries.text(),
            status: entries.text().unwrap_or_default(),
            active: entries.text().map(|active| active == "true"),
        });
        push_state(machine, output);
        output.push(usize::from(is_about_it));
        output.push(usize::from(machine.is_called_back()));
        Ok(())
    })
}

type Work<'w> = &'w mut dyn FnMut(InputBuffer<'_>, &mut dyn Driven, &mut OutputBuffer) -> Result<()>;

/// Does something with the machine whose text is in the input from `start`.
fn proceed(kind: u32, client: f64, start: u32, length: u32, work: Work<'_>) -> u32 {
    operate(move |input, clients, output| {
        let origin = Origin::Held(input.text(start, length));
        let Some(mut machine) = open(kind, clients, client, origin)? else { return Ok(Status::Evicted) };
        work(input, &mut *machine, output)?;
        Ok(Status::Done)
    })
}

fn push_state(machine: &dyn Driven, output: &mut OutputBuffer) {
    output.push_text(&machine.to_text());
    output.push_text(&machine.revision().to_string());
    output.push_text(machine.subject());
}

fn push_progress(progress: &Progress, output: &mut OutputBuffer) {
    output.push_text(progress.stage);
    output.push(usize::from(progress.acknowledged));
    for count in [progress.sends, progress.questions, progress.denials] {
        output.push_text(&count.to_string());
    }
    output.push_optional(progress.refusal.as_deref());
    output.push_optional(progress.transaction_status.as_deref());
    output.push_optional(progress.last_status.map(|status| status.to_string()).as_deref());
    output.push_optional(progress.last_reason.as_deref());
    for time in [progress.last_answer_at, progress.since, progress.next_look] {
        output.push_optional(time.map(|time| time.millis().to_string()).as_deref());
    }
}

fn push_step(step: &Step<Outcome>, output: &mut OutputBuffer) {
    match step {
        Step::Send(outgoing) => {
            output.push_number(SEND);
            output.push_text(&outgoing.number().to_string());
            output.request(&outgoing.request);
        }
        Step::Wait(until) => {
            output.push_number(WAIT);
            output.push_text(&until.millis().to_string());
        }
        Step::Done(Outcome::Payout(outcome)) => {
            output.push_number(DONE_STEP);
            push_payout(outcome, output);
        }
        Step::Done(Outcome::Watch(outcome)) => {
            output.push_number(DONE_STEP);
            push_verdict(output, outcome.verdict.as_str(), outcome.is_paid(), outcome.status.as_deref());
        }
    }
}

fn push_payout(outcome: &payout::Outcome, output: &mut OutputBuffer) {
    let verdict = outcome.verdict;
    let status = outcome.status.as_ref().map(TransactionStatus::as_str);
    push_verdict(output, verdict.as_str(), outcome.is_paid(), status);
    output.push_optional(outcome.orderid.as_deref());
    output.push_optional(outcome.transid.as_deref());
    output.push_optional(outcome.reason.as_deref());
    output.push_text(verdict.has_money_moved().as_str());
    output.push_text(verdict.can_money_still_move().as_str());
    output.push(usize::from(verdict.is_new_uniqueid_safe()));
    output.differences(&outcome.differences);
}

fn push_verdict(output: &mut OutputBuffer, verdict: &str, is_paid: bool, status: Option<&str>) {
    output.push_text(verdict);
    output.push(usize::from(is_paid));
    output.push_optional(status);
}

/// Reads the options of a policy: pairs of a name and a whole number.
fn read_options(entries: &mut Entries<'_>, options: u32, set: &mut dyn FnMut(&str, u64) -> Result<()>) -> Result<()> {
    for _ in 0..options {
        let (name, value) = (entries.text().unwrap_or_default(), entries.text().unwrap_or_default());
        let value = value.parse().map_err(|_| Error::invalid("policy", "has a value that is not a whole number"))?;
        set(name, value)?;
    }
    Ok(())
}

fn timestamp(now: f64) -> Timestamp {
    Timestamp::from_millis(whole(now))
}

/// JavaScript has checked that it is a whole number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above; the cast saturates")]
fn whole(number: f64) -> u64 {
    number as u64
}
