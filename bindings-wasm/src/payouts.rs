//! Payouts. Their whole state is a text, which JavaScript hands over and takes back.

use payseal::bitloga::Withdraw;
use payseal::message::{Parameters as _, decimal};
use payseal::payout::{Outcome, Payout, Step};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::{Clients, Written, operate};
use crate::reply::{Reply, Verdict};

/// What to do next. The numbers are those of `js/payout.ts`.
const SEND: usize = 0;
const WAIT: usize = 1;
const DONE: usize = 2;

/// Begins a payout: its text.
#[wasm_bindgen]
pub fn new_payout(length: u32) -> u32 {
    operate(move |written, _, reply| {
        written.with_inputs(length, Withdraw::TABLE.parameters, &mut |withdraw| {
            reply.push_text(&Payout::of(withdraw)?.to_text());
            Ok(Verdict::Done)
        })
    })
}

/// Checks the text of a payout.
#[wasm_bindgen]
pub fn check_payout(length: u32) -> u32 {
    proceed(length, &mut |_, _, _| Ok(None))
}

/// Tells what to do next: the new text of the payout, and the step.
#[wasm_bindgen]
pub fn next_of_payout(client: f64, length: u32, now: f64) -> u32 {
    proceed(length, &mut |_, clients, payout| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Some(Next::Reopen)) };
        Ok(Some(Next::Step(payout.next(client, milliseconds(now))?)))
    })
}

/// Reports an answer: the new text of the payout.
#[wasm_bindgen]
pub fn response_of_payout(length: u32, status: u16, body: u32, now: f64) -> u32 {
    proceed(length, &mut |written, _, payout| {
        payout.on_response(status, written.bytes(length, body), milliseconds(now))?;
        Ok(None)
    })
}

/// Reports that no answer came: the new text of the payout.
#[wasm_bindgen]
pub fn no_response_of_payout(length: u32, now: f64) -> u32 {
    proceed(length, &mut |_, _, payout| {
        payout.on_no_response(milliseconds(now))?;
        Ok(None)
    })
}

/// What goes behind the text of a payout.
enum Next {
    Step(Step),
    /// Nothing, since the client has lost its slot.
    Reopen,
}

type Work<'w> = &'w mut dyn FnMut(Written<'_>, &Clients, &mut Payout) -> payseal::Result<Option<Next>>;

/// Does something with the payout whose text stands in the input.
fn proceed(length: u32, work: Work<'_>) -> u32 {
    operate(move |written, clients, reply| {
        let mut payout = Payout::from_text(written.text(0, length))?;
        let next = work(written, clients, &mut payout)?;
        reply.push_text(&payout.to_text());
        match next {
            None => {}
            Some(Next::Reopen) => return Ok(Verdict::Stale),
            Some(Next::Step(Step::Send(request))) => {
                reply.push(SEND);
                reply.request(&request);
            }
            Some(Next::Step(Step::Wait(until))) => {
                reply.push(WAIT);
                reply.push_text(&decimal(until));
            }
            Some(Next::Step(Step::Done(outcome))) => {
                reply.push(DONE);
                push_outcome(reply, &outcome);
            }
        }
        Ok(Verdict::Done)
    })
}

fn push_outcome(reply: &mut Reply, outcome: &Outcome) {
    reply.push_text(outcome.verdict.as_str());
    reply.push_optional(outcome.status.as_ref().map(payseal::bitloga::TransactionStatus::as_str));
    reply.push_optional(outcome.orderid.as_deref());
    reply.push_optional(outcome.transid.as_deref());
    reply.push_optional(outcome.reason.as_deref());
    reply.push(usize::from(outcome.is_paid()));
}

/// JavaScript has checked that it is a time: a whole number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above; the cast saturates")]
fn milliseconds(now: f64) -> u64 {
    now as u64
}
