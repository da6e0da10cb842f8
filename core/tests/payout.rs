//! Payouts against a simulated gateway that loses, delays and garbles: money moves at most once,
//! whatever happens, and the verdict is the truth.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::payout::{Outcome, Payout, Step, Verdict};
use payseal::{Request, Secret};

fn gateway() -> Bitloga {
    Bitloga::new("api-key", Secret::new("api-secret").unwrap())
}

fn payout() -> Payout {
    Payout::new(&Withdraw::new("135", "USD", "WMZ", "10.00".parse().unwrap(), "Z123456789012")).unwrap()
}

const COMPLETE: &str = r#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,
    "purse":"Z123456789012","type":"Withdraw","status":"Complete","orderid":29,"transid":"436f","uniqueid":"135",
    "success":true}"#;
const NOT_KNOWN: &str = r#"{"success":false,"error":"not found"}"#;
const REPEATED: &str = r#"{"success":false,"error":"uniqueid was used before"}"#;

fn action(request: &Request) -> String {
    let body: serde_json::Value = serde_json::from_slice(request.body.as_ref().unwrap()).unwrap();
    body["action"].as_str().unwrap().to_owned()
}

/// Drives a payout with scripted answers and returns the actions sent and the outcome.
fn script(answers: &[Option<(u16, &str)>]) -> (Vec<String>, Outcome) {
    let (mut payout, gateway, mut now, mut sent) = (payout(), gateway(), 0, Vec::new());
    let mut answers = answers.iter();
    loop {
        match payout.next(&gateway, now).unwrap() {
            Step::Send(request) => {
                sent.push(action(&request));
                match answers.next().expect("more requests than answers") {
                    Some((status, body)) => payout.on_response(*status, body.as_bytes(), now).unwrap(),
                    None => payout.on_no_response(now).unwrap(),
                }
            }
            Step::Wait(until) => {
                assert!(until > now);
                now = until;
            }
            Step::Done(outcome) => {
                assert!(answers.next().is_none(), "fewer requests than answers");
                return (sent, outcome);
            }
        }
    }
}

#[test]
fn an_answered_payout_is_sent_once() {
    let (sent, outcome) = script(&[Some((200, COMPLETE))]);
    assert_eq!(sent, ["withdraw"]);
    assert_eq!((outcome.verdict, outcome.orderid.as_deref()), (Verdict::Paid, Some("29")));
    assert_eq!(outcome.transid.as_deref(), Some("436f"));
}

#[test]
fn a_time_out_is_settled_by_asking() {
    let (sent, outcome) = script(&[None, Some((502, "<html>")), None, Some((200, COMPLETE))]);
    assert_eq!(sent, ["withdraw", "details", "details", "details"]);
    assert!(outcome.is_paid());
}

#[test]
fn it_is_sent_again_only_after_two_denials() {
    let (sent, outcome) =
        script(&[None, Some((404, NOT_KNOWN)), Some((500, "")), Some((200, NOT_KNOWN)), Some((200, COMPLETE))]);
    assert_eq!(sent, ["withdraw", "details", "details", "details", "withdraw"]);
    assert!(outcome.is_paid());
}

#[test]
fn being_locked_out_is_no_denial() {
    let locked = Some((401, r#"{"success":false,"error":"bad signature"}"#));
    let (sent, _) = script(&[None, locked, locked, locked, Some((200, COMPLETE))]);
    assert_eq!(sent, ["withdraw", "details", "details", "details", "details"]);
}

#[test]
fn a_refusal_is_confirmed_before_it_is_believed() {
    let refused = Some((200, r#"{"success":false,"error":"not enough money"}"#));
    let (_, outcome) = script(&[refused, Some((200, NOT_KNOWN))]);
    assert_eq!((outcome.verdict, outcome.reason.as_deref()), (Verdict::Rejected, Some("not enough money")));
    // The transport repeated the request behind our back: the refusal is of the repetition.
    let (_, outcome) = script(&[Some((409, REPEATED)), Some((200, COMPLETE))]);
    assert!(outcome.is_paid());
}

#[test]
fn a_server_that_failed_has_refused_nothing() {
    for status in [408, 429, 500, 503] {
        let failed = Some((status, r#"{"success":false,"error":"Internal Server Error"}"#));
        let unknown = Some((404, NOT_KNOWN));
        let (sent, outcome) = script(&[failed, unknown, unknown, Some((200, COMPLETE))]);
        assert_eq!(sent, ["withdraw", "details", "details", "withdraw"], "{status}");
        assert!(outcome.is_paid());
    }
}

#[test]
fn pending_payouts_are_followed_to_their_end() {
    let pending = COMPLETE.replace("Complete", "Pending");
    let canceled = COMPLETE.replace("Complete", "Canceled");
    let (_, outcome) = script(&[Some((200, &pending)), Some((200, &pending)), Some((200, &canceled))]);
    assert_eq!(outcome.verdict, Verdict::Failed);
    assert_eq!(outcome.status.unwrap(), "Canceled");
}

#[test]
fn another_transaction_of_that_name_is_a_conflict() {
    let invoice = r#"{"to":"WMZ","amount":1.00,"purse":"Z1","type":"Invoice","status":"Payed","invoiceid":5,
        "uniqueid":"135","success":true}"#;
    let (_, outcome) = script(&[Some((409, REPEATED)), Some((200, invoice))]);
    assert_eq!(outcome.verdict, Verdict::Conflict);
}

#[test]
fn it_gives_up_on_a_gateway_that_never_knows_it() {
    let unknown = Some((404, NOT_KNOWN));
    let round = [None, unknown, unknown];
    let (sent, outcome) = script(&round.repeat(3));
    assert_eq!(sent.iter().filter(|action| *action == "withdraw").count(), 3);
    assert_eq!(outcome.verdict, Verdict::Unknown);
}

#[test]
fn reports_out_of_turn_are_refused() {
    let mut payout = payout();
    assert_eq!(payout.on_no_response(0).unwrap_err().code(), "invalid_input");
    assert_eq!(payout.on_response(200, COMPLETE.as_bytes(), 0).unwrap_err().code(), "invalid_input");
}

#[test]
fn a_clock_set_back_does_not_stop_it() {
    let (mut payout, gateway) = (payout(), gateway());
    let year_2100 = 4_102_444_800_000;
    payout.next(&gateway, year_2100).unwrap();
    payout.on_no_response(year_2100).unwrap();
    let Step::Wait(until) = payout.next(&gateway, 1_000).unwrap() else { panic!("must wait") };
    assert!(until <= 1_000 + 15 * 60_000);
}

#[test]
fn every_time_is_saved() {
    for now in [0, i64::MAX as u64, u64::MAX] {
        let (mut payout, gateway) = (payout(), gateway());
        payout.next(&gateway, now).unwrap();
        payout.on_no_response(now).unwrap();
        assert_eq!(Payout::from_text(&payout.to_text()).unwrap(), payout);
    }
}

#[test]
fn saved_texts_are_refused_unless_whole() {
    let text = payout().to_text();
    assert_eq!(Payout::from_text(&text).unwrap().to_text(), text);
    assert!(!text.contains("api-secret"));
    for broken in
        ["", "{}", "[]", &text[1..], &text.replace("\"version\":1", "\"version\":2"), &text.replace("WMZ", "")]
    {
        assert_eq!(Payout::from_text(broken).unwrap_err().code(), "malformed_body", "{broken}");
    }
}

/// Deterministic randomness (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// A gateway behind a bad network.
struct World {
    paid: u32,
    /// Whether it refuses a repeated `uniqueid`. One that does not would pay again.
    refuses_repetition: bool,
}

impl World {
    fn process(&mut self, request: &Request) -> &'static str {
        if action(request) == "details" {
            return if self.paid == 0 { NOT_KNOWN } else { COMPLETE };
        }
        if self.paid > 0 && self.refuses_repetition {
            return REPEATED;
        }
        self.paid += 1;
        COMPLETE
    }
}

/// One run: every request may be lost on its way, or its answer lost or garbled; the program may
/// crash after any save and go on from the text.
fn simulate(seed: u64) -> (World, Outcome) {
    let mut world = World { paid: 0, refuses_repetition: seed.is_multiple_of(2) };
    let (mut dice, gateway) = (Dice(seed * 2 + 1), gateway());
    let (mut payout, mut now) = (payout(), 0);
    for step in 0..1_000 {
        let trouble = step < 200;
        match payout.next(&gateway, now).unwrap() {
            Step::Done(outcome) => return (world, outcome),
            Step::Wait(until) => now = until,
            Step::Send(request) => {
                let saved = payout.to_text();
                let reaches = !trouble || dice.below(3) > 0;
                let answer = reaches.then(|| world.process(&request));
                match (answer, if trouble { dice.below(5) } else { 4 }) {
                    (_, 0) => payout = Payout::from_text(&saved).unwrap(),
                    (None, _) | (_, 1) => payout.on_no_response(now).unwrap(),
                    (_, 2) => payout.on_response(502, b"<html>", now).unwrap(),
                    (_, 3) => payout.on_response(200, b"", now).unwrap(),
                    (Some(answer), _) => payout.on_response(200, answer.as_bytes(), now).unwrap(),
                }
            }
        }
    }
    panic!("seed {seed}: never settled");
}

#[test]
fn money_moves_at_most_once_and_the_verdict_is_the_truth() {
    let mut verdicts = BTreeMap::new();
    for seed in 0..3_000 {
        let (world, outcome) = simulate(seed);
        assert!(world.paid <= 1, "seed {seed}: paid {} times", world.paid);
        assert_eq!(outcome.is_paid(), world.paid == 1, "seed {seed}: {outcome:?}");
        *verdicts.entry(outcome.verdict.as_str()).or_insert(0) += 1;
    }
    assert!(verdicts["paid"] > 2_000, "{verdicts:?}");
}
