//! One payout, and a gateway that says what a test has it say.

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::payout::{Outcome, Outgoing, Payout, Policy, Step, Timestamp, Verdict};
use payseal::{Request, Secret};

pub(crate) const SECOND: u64 = 1_000;
pub(crate) const MINUTE: u64 = 60 * SECOND;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;

/// When denials begin to count, with the limits that a payout has unless told otherwise.
pub(crate) const SETTLED: u64 = 11 * MINUTE;

/// When every test begins.
pub(crate) const BEGIN: u64 = 1_700_000_000 * SECOND;

pub(crate) const COMPLETE: &str = r#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,
    "amount_to":10.00,"purse":"Z123456789012","type":"Withdraw","status":"Complete","orderid":29,"transid":"436f",
    "uniqueid":"135","success":true}"#;
pub(crate) const NOT_KNOWN: &str = r#"{"success":false,"error":"not found"}"#;

/// Status and body; `None` where no answer comes.
pub(crate) type Answer = Option<(u16, String)>;

pub(crate) fn says(status: u16, body: &str) -> Answer {
    Some((status, body.to_owned()))
}

pub(crate) fn complete() -> Answer {
    says(200, COMPLETE)
}

/// The payout with another status.
pub(crate) fn of_status(status: &str) -> String {
    COMPLETE.replace("Complete", status)
}

pub(crate) fn not_known() -> Answer {
    says(200, NOT_KNOWN)
}

pub(crate) fn refusal(reason: &str) -> Answer {
    says(200, &format!(r#"{{"success":false,"error":"{reason}"}}"#))
}

pub(crate) fn gateway() -> Bitloga {
    Bitloga::new("api-key", Secret::new("api-secret").unwrap())
}

pub(crate) fn withdraw() -> Withdraw {
    Withdraw::new("135", "USD", "WMZ", "10.00".parse().unwrap(), "Z123456789012")
}

pub(crate) fn payout() -> Payout {
    gateway().payout(&withdraw()).unwrap()
}

pub(crate) fn payout_with(policy: Policy) -> Payout {
    gateway().payout_with(&withdraw(), policy).unwrap()
}

pub(crate) fn at(milliseconds: u64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

pub(crate) fn action(request: &Request) -> String {
    let body: serde_json::Value = serde_json::from_slice(request.body.as_ref().unwrap()).unwrap();
    body["action"].as_str().unwrap().to_owned()
}

pub(crate) fn restored(payout: &Payout) -> Payout {
    gateway().resume_payout(&payout.to_text()).unwrap()
}

/// The request that is handed out now, which has to be this one.
pub(crate) fn handed_out(payout: &mut Payout, expected: &str, now: u64) -> Outgoing {
    match payout.next(&gateway(), at(now)).unwrap() {
        Step::Send(outgoing) => {
            assert_eq!(action(&outgoing.request), expected);
            outgoing
        }
        other => panic!("{expected} is not handed out: {other:?}"),
    }
}

/// The end of the pause that is asked for now.
pub(crate) fn pause(payout: &mut Payout, now: u64) -> u64 {
    match payout.next(&gateway(), at(now)).unwrap() {
        Step::Wait(until) => until.millis(),
        other => panic!("no pause is asked for: {other:?}"),
    }
}

pub(crate) fn report(payout: &mut Payout, to: &Outgoing, answer: &Answer, now: u64) {
    match answer {
        Some((status, body)) => payout.on_response(to, *status, body.as_bytes(), at(now)).unwrap(),
        None => payout.on_no_response(to, at(now)).unwrap(),
    }
}

/// What a run has sent, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// When since the beginning, and what.
    pub(crate) sent: Vec<(u64, String)>,
    pub(crate) outcome: Outcome,
    /// When since the beginning it ended.
    pub(crate) ended: u64,
}

impl Run {
    /// When `withdraw` was sent.
    pub(crate) fn withdrawals(&self) -> Vec<u64> {
        let withdrawals = self.sent.iter().filter(|(_, action)| action == "withdraw");
        withdrawals.map(|(when, _)| *when).collect()
    }

    pub(crate) fn questions(&self) -> usize {
        self.sent.len() - self.withdrawals().len()
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.outcome.verdict
    }
}

/// Runs a payout to its end by a clock that does not jump. The gateway answers by the time since
/// the beginning and by what it is sent.
pub(crate) fn run(payout: &mut Payout, gateway_says: impl FnMut(u64, &str) -> Answer) -> Run {
    run_from(BEGIN, payout, gateway_says)
}

pub(crate) fn run_from(begin: u64, payout: &mut Payout, mut gateway_says: impl FnMut(u64, &str) -> Answer) -> Run {
    let (gateway, mut now, mut sent) = (gateway(), begin, Vec::new());
    for _ in 0..10_000 {
        match payout.next(&gateway, at(now)).unwrap() {
            Step::Send(outgoing) => {
                let action = action(&outgoing.request);
                let answer = gateway_says(now - begin, &action);
                sent.push((now - begin, action));
                report(payout, &outgoing, &answer, now);
            }
            Step::Wait(until) => {
                assert!(until.millis() > now, "a pause that is over");
                now = until.millis();
            }
            Step::Done(outcome) => return Run { sent, outcome, ended: now - begin },
        }
    }
    panic!("it never ends: {payout:?}");
}

/// A gateway that answers `withdraw` always the same, and `details` too.
pub(crate) fn always(withdraw: Answer, details: Answer) -> impl FnMut(u64, &str) -> Answer {
    move |_, action| if action == "withdraw" { withdraw.clone() } else { details.clone() }
}

/// A gateway whose `details` does not know the payout before this time.
pub(crate) fn outdated(lag: u64, withdraw: Answer) -> impl FnMut(u64, &str) -> Answer {
    move |now, action| match action {
        "withdraw" => withdraw.clone(),
        _ if now < lag => not_known(),
        _ => complete(),
    }
}
