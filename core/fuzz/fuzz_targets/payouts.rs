//! Payouts read from any text, and one that is answered with any bytes at any time.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use payseal::bitloga::Withdraw;
use payseal::payout::{Payout, Step};
use payseal::{Amount, Bitloga, Secret};

#[derive(Arbitrary, Debug)]
struct Input {
    saved: String,
    answers: Vec<(u64, Option<(u16, Answer)>)>,
}

#[derive(Arbitrary, Debug)]
enum Answer {
    Complete,
    Refused,
    Bytes(Vec<u8>),
}

impl Answer {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Complete => {
                br#"{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,"amount_to":1,"purse":"Z1","type":"Withdraw","status":"Complete","orderid":29,"uniqueid":"1","success":true}"#
            }
            Self::Refused => br#"{"success":false,"error":"not found"}"#,
            Self::Bytes(bytes) => bytes,
        }
    }
}

fuzz_target!(|input: Input| {
    let gateway = Bitloga::new("key", Secret::new("secret").unwrap());
    if let Ok(saved) = Payout::from_text(&input.saved) {
        drive(saved, &gateway, &input);
    }
    drive(Payout::new(&Withdraw::new("1", "USD", "WMZ", Amount::from(1), "Z1")).unwrap(), &gateway, &input);
});

fn drive(mut payout: Payout, gateway: &Bitloga, input: &Input) {
    for (now, answer) in &input.answers {
        payout = Payout::from_text(&payout.to_text()).unwrap();
        match payout.next(gateway, *now).unwrap() {
            Step::Send(_) => {
                assert_eq!(Payout::from_text(&payout.to_text()).unwrap(), payout);
                match answer {
                    Some((status, answer)) => payout.on_response(*status, answer.bytes(), *now).unwrap(),
                    None => payout.on_no_response(*now).unwrap(),
                }
            }
            Step::Wait(until) => assert!(until > *now),
            Step::Done(_) => return,
        }
    }
}
