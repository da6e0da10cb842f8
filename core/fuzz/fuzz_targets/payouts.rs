//! Payouts read from any text, and one that is answered with any bytes at any time by a gateway that repeats, lags and
//! lies, with a clock that jumps and a process that is killed.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use payseal::bitloga::Withdraw;
use payseal::payout::{Payout, Policy, Step, Timestamp, Verdict};
use payseal::{Amount, Bitloga, Secret};

#[derive(Arbitrary, Debug)]
struct Input {
    saved: String,
    sends: u8,
    events: Vec<Event>,
}

#[derive(Arbitrary, Debug)]
enum Event {
    /// The clock is set.
    Clock(u64),
    /// The process is killed, and another one goes on from what was saved.
    Crash,
    Answer(u16, Answer),
    NoAnswer,
    /// An answer to the request before.
    Stale(u16, Answer),
    Judged(u16, Answer, bool),
}

#[derive(Arbitrary, Debug)]
enum Answer {
    Complete,
    Pending,
    Canceled,
    Other,
    Refused,
    NotKnown,
    Bytes(Vec<u8>),
}

const COMPLETE: &str =
    r#"{"to":"WMZ","amount_to":1,"purse":"Z1","type":"Withdraw","status":"Complete","uniqueid":"1","success":true}"#;

impl Answer {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Complete => COMPLETE.into(),
            Self::Pending => COMPLETE.replace("Complete", "Pending").into(),
            Self::Canceled => COMPLETE.replace("Complete", "Canceled").into(),
            Self::Other => COMPLETE.replace("Z1", "Z2").into(),
            Self::Refused => br#"{"success":false,"error":"used before"}"#.to_vec(),
            Self::NotKnown => br#"{"success":false,"error":"not found"}"#.to_vec(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }

    /// Whether it says that the payout is known: after it, nothing may be sent, and nothing is rejected.
    fn acknowledges(&self) -> bool {
        matches!(self, Self::Complete | Self::Pending | Self::Canceled | Self::Other)
    }
}

fuzz_target!(|input: Input| {
    let gateway = Bitloga::new("key", Secret::new("secret").unwrap());
    if let Ok(saved) = Payout::from_text(&input.saved) {
        drive(saved, &gateway, &input.events, None);
    }
    let sends = u32::from(input.sends % 3) + 1;
    let withdraw = Withdraw::new("1", "USD", "WMZ", Amount::from(1), "Z1");
    let payout = gateway.payout_with(&withdraw, Policy::new().sends(sends)).unwrap();
    drive(payout, &gateway, &input.events, Some(sends));
});

/// `sends`: how often it may be sent, where the payout began here.
fn drive(mut payout: Payout, gateway: &Bitloga, events: &[Event], sends: Option<u32>) {
    let (mut now, mut before, mut withdrawals, mut is_known) = (Timestamp::from_millis(0), None, 0, false);
    for event in events {
        let (saved, revision) = (payout.to_text(), payout.revision());
        let step = match payout.next(gateway, now) {
            Ok(step) => step,
            Err(_) => return,
        };
        assert!(payout.revision() <= revision + 1);
        let outgoing = match step {
            Step::Send(outgoing) => outgoing,
            Step::Wait(until) => {
                assert!(until > now);
                now = Timestamp::from_millis(until.millis());
                continue;
            }
            Step::Done(outcome) => {
                let is_clean = sends.is_some() && is_known;
                assert!(!(is_clean && outcome.verdict == Verdict::Rejected), "rejected after it was acknowledged");
                return;
            }
        };
        let body = String::from_utf8(outgoing.request.body.clone().unwrap()).unwrap();
        if body.contains(r#""action":"withdraw""#) {
            withdrawals += 1;
            assert!(sends.is_none() || !is_known, "sent after it was acknowledged");
            assert!(sends.is_none_or(|sends| withdrawals <= sends), "sent more often than allowed");
            // It is saved before it is sent.
            assert_ne!(payout.to_text(), saved);
        }
        match event {
            Event::Clock(time) => {
                now = Timestamp::from_millis(*time);
                payout.on_no_response(&outgoing, now).unwrap();
            }
            Event::Crash => payout = Payout::from_text(&payout.to_text()).unwrap(),
            Event::NoAnswer => payout.on_no_response(&outgoing, now).unwrap(),
            Event::Answer(status, answer) => {
                payout.on_response(&outgoing, *status, &answer.bytes(), now).unwrap();
                is_known |= answer.acknowledges();
            }
            Event::Judged(status, answer, not_known) => {
                payout.on_response_judged(&outgoing, *status, &answer.bytes(), *not_known, now).unwrap();
                is_known |= answer.acknowledges();
            }
            Event::Stale(status, answer) => {
                if let Some(before) = &before {
                    assert!(payout.on_response(before, *status, &answer.bytes(), now).is_err());
                }
            }
        }
        before = Some(outgoing);
        assert!(payout.to_text().len() < 20_000 || sends.is_none(), "saved texts stay small");
    }
}
