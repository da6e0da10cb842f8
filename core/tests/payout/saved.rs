//! Payouts as text.

use payseal::payout::{Payout, Policy, Step, Verdict};

use crate::support::{
    BEGIN, COMPLETE, DAY, MINUTE, NOT_KNOWN, SETTLED, always, at, complete, gateway, handed_out, not_known, of_status,
    pause, payout, payout_with, refusal, report, restored, run, says,
};

/// Texts that version 0.1 of this library has written, one for every stage.
const VERSION_1: [(&str, &str); 13] = [
    ("ready", include_str!("version1/ready.json")),
    ("ready_again", include_str!("version1/ready_again.json")),
    ("withdrawing", include_str!("version1/withdrawing.json")),
    ("unsettled", include_str!("version1/unsettled.json")),
    ("asking", include_str!("version1/asking.json")),
    ("denied", include_str!("version1/denied.json")),
    ("refused", include_str!("version1/refused.json")),
    ("refused_asking", include_str!("version1/refused_asking.json")),
    ("rejected", include_str!("version1/rejected.json")),
    ("paid", include_str!("version1/paid.json")),
    ("failed", include_str!("version1/failed.json")),
    ("conflict", include_str!("version1/conflict.json")),
    ("unknown", include_str!("version1/unknown.json")),
];

fn assert_round_trip(payout: &Payout) {
    let text = payout.to_text();
    let read = gateway().resume_payout(&text).unwrap();
    assert_eq!((read.to_text(), &read), (text, payout));
}

/// Runs a payout, and restores it from its text before every step.
fn run_from_texts(payout: &mut Payout, mut says: impl FnMut(u64, &str) -> crate::support::Answer) -> (Verdict, u32) {
    let mut now = BEGIN;
    for _ in 0..5_000 {
        match payout.next(&gateway(), at(now)).unwrap() {
            Step::Wait(until) => now = until.millis(),
            Step::Done(outcome) => return (outcome.verdict, payout.progress().sends),
            Step::Send(outgoing) => {
                let answer = says(now - BEGIN, &crate::support::action(&outgoing.request));
                report(payout, &outgoing, &answer, now);
            }
        }
        *payout = restored(payout);
    }
    panic!("it never ends: {payout:?}");
}

#[test]
fn every_stage_is_read_as_it_was_written() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    assert_round_trip(&payout);
    report(&mut payout, &outgoing, &refusal("not \"enough\"\u{0} money \u{1f4b0}"), BEGIN);
    assert_round_trip(&payout);
    let until = pause(&mut payout, BEGIN);
    assert_round_trip(&payout);
    let outgoing = handed_out(&mut payout, "details", until);
    assert_round_trip(&payout);
    report(&mut payout, &outgoing, &says(200, &of_status("Canceled")), until);
    assert!(payout.to_text().contains("\"closing\""));
    assert_round_trip(&payout);
}

#[test]
fn every_outcome_is_read_as_it_was_written() {
    let other = COMPLETE.replace("10.00", "1.00").replace("WMZ", "WMR").replace("Z123456789012", "\\\"R\\u0000");
    let invoice = COMPLETE.replace("Withdraw", "Invoice");
    let ends = [
        (complete(), complete(), Verdict::Paid),
        (None, says(200, &of_status("Canceled")), Verdict::Failed),
        (refusal("no"), not_known(), Verdict::Rejected),
        (None, says(200, &other), Verdict::Conflict),
        (None, says(200, &invoice), Verdict::Conflict),
        (None, not_known(), Verdict::Unknown),
    ];
    for (withdrawal, details, verdict) in ends {
        let mut payout = payout();
        let run = run(&mut payout, always(withdrawal, details));
        assert_eq!(run.verdict(), verdict);
        assert_round_trip(&payout);
        let Step::Done(outcome) = restored(&payout).next(&gateway(), at(0)).unwrap() else { panic!("{verdict}") };
        assert_eq!(outcome, run.outcome);
        assert_eq!(outcome.differences.is_empty(), verdict != Verdict::Conflict);
    }
}

#[test]
fn limits_are_saved_with_it() {
    let policy = Policy::new().sends(3).denials(7).settle_time(std::time::Duration::from_millis(1_234_567));
    let read = restored(&payout_with(policy.clone()));
    assert_eq!(read.policy(), &policy);
}

#[test]
fn a_payout_restored_at_every_step_comes_to_the_same_end() {
    let pending = says(200, &of_status("Pending"));
    let histories: [(_, _, u64, (Verdict, u32)); 5] = [
        (refusal("no"), not_known(), DAY, (Verdict::Rejected, 1)),
        (refusal("no"), complete(), SETTLED - MINUTE, (Verdict::Paid, 1)),
        (pending.clone(), complete(), DAY / 2, (Verdict::Paid, 1)),
        (None, says(200, &of_status("Error")), 0, (Verdict::Failed, 1)),
        (None, None, 0, (Verdict::Unknown, 1)),
    ];
    for (withdrawal, details, from, expected) in histories {
        let mut payout = payout();
        let ended = run_from_texts(&mut payout, |now, action| match action {
            "withdraw" => withdrawal.clone(),
            _ if now < from => not_known(),
            _ => details.clone(),
        });
        assert_eq!(ended, expected);
    }
}

#[test]
fn a_payout_restored_before_its_first_send_is_never_rejected() {
    // Restored again while it waits.
    let mut resumed = restored(&payout());
    let question = handed_out(&mut resumed, "details", BEGIN);
    report(&mut resumed, &question, &None, BEGIN);
    let run = run(&mut restored(&resumed), always(refusal("used before"), not_known()));
    assert_eq!((run.verdict(), run.withdrawals().len()), (Verdict::Unknown, 1));
}

/// A program that takes one step, saves and ends never gets to send what it restores as ready.
#[test]
fn a_payout_restored_at_every_step_before_its_first_send_ends() {
    let mut resumed = restored(&payout());
    assert_eq!(run_from_texts(&mut resumed, always(complete(), not_known())), (Verdict::Unknown, 0));
}

#[test]
fn a_payout_restored_before_its_repeat_asks_again() {
    let mut payout = payout_with(Policy::new().sends(2));
    let mut now = BEGIN;
    let outgoing = handed_out(&mut payout, "withdraw", now);
    report(&mut payout, &outgoing, &None, now);
    while payout.progress().stage != "ready" {
        match payout.next(&gateway(), at(now)).unwrap() {
            Step::Wait(until) => now = until.millis(),
            Step::Send(question) => report(&mut payout, &question, &not_known(), now),
            Step::Done(outcome) => panic!("{outcome:?}"),
        }
    }
    let mut resumed = restored(&payout);
    handed_out(&mut resumed, "details", now);
    let paid = run(&mut restored(&payout), always(refusal("used"), complete()));
    assert_eq!((paid.verdict(), paid.withdrawals()), (Verdict::Paid, vec![]));
    let denied = run(&mut restored(&payout), always(None, not_known()));
    let [repeat] = denied.withdrawals()[..] else { panic!("{denied:?}") };
    assert!(repeat >= SETTLED, "{repeat}");
}

#[test]
fn saved_texts_are_refused_unless_whole() {
    let mut ended = payout();
    run(&mut ended, always(complete(), None));
    let mut closing = payout();
    let outgoing = handed_out(&mut closing, "withdraw", BEGIN);
    report(&mut closing, &outgoing, &says(200, &of_status("Error")), BEGIN);
    let (fresh, ended, closing) = (payout().to_text(), ended.to_text(), closing.to_text());
    for broken in [
        String::new(),
        "{}".into(),
        "[]".into(),
        "null".into(),
        fresh[1..].into(),
        fresh[..fresh.len() - 1].into(),
        fresh.replace("\"version\":2", "\"version\":3"),
        fresh.replace("\"version\":2", "\"version\":1"),
        fresh.replace("\"stage\":\"ready\"", "\"stage\":\"unsettled\""),
        fresh.replace("\"stage\":\"ready\"", "\"stage\":\"done\""),
        fresh.replace("\"revision\":0", "\"revision\":-1"),
        fresh.replace("\"revision\":0", "\"revision\":\"+0\""),
        fresh.replace("\"revision\":0", "\"revision\":18446744073709551615"),
        fresh.replace("\"requests\":0", "\"requests\":18446744073709551615"),
        fresh.replace("\"sends\":0,\"q", "\"sends\":4294967296,\"q"),
        fresh.replace("\"denials\":2", "\"denials\":1"),
        fresh.replace("\"settle_time\":600000", "\"settle_time\":18446744073709551615"),
        fresh.replace("\"give_up_time\":86400000", "\"give_up_time\":600000"),
        fresh.replace("10.00", "\"ten\""),
        fresh.replace("\"WMZ\"", "\"\""),
        ended.replace("\"verdict\":\"paid\"", "\"verdict\":\"good\""),
        closing.replace("\"verdict\":\"failed\"", "\"verdict\":\"bad\""),
    ] {
        assert!(![&fresh, &ended, &closing].contains(&&broken), "nothing was replaced: {broken}");
        assert_eq!(Payout::from_text(&broken).unwrap_err().code(), "malformed_body", "{broken}");
    }
}

#[test]
fn a_text_whose_counts_are_full_goes_on() {
    let text = payout().to_text().replace("\"questions\":0", "\"questions\":4294967295");
    let text = text.replace("\"denials\":0", "\"denials\":4294967295").replace("ready", "waiting");
    let mut payout = gateway().resume_payout(&text).unwrap();
    assert_eq!(run(&mut payout, always(None, not_known())).verdict(), Verdict::Unknown);
}

#[test]
fn a_text_holds_no_key_and_no_secret() {
    let text = payout().to_text();
    assert!(!text.contains("api-secret") && !text.contains("api-key"), "{text}");
}

#[test]
fn texts_of_the_first_version_are_read_at_every_stage() {
    for (stage, text) in VERSION_1 {
        let payout = gateway().resume_payout(text).unwrap();
        let withdraw = payout.withdraw();
        assert_eq!((payout.uniqueid(), withdraw.amount.as_str()), ("135", "10.00"), "{stage}");
        assert_eq!((withdraw.name.as_deref(), withdraw.surname.as_deref()), (Some("Ann \"A\""), Some("Ö")), "{stage}");
        assert_eq!((payout.revision(), payout.policy()), (0, &Policy::new()), "{stage}");
        assert!(payout.to_text().starts_with("{\"version\":2,"), "{stage}");
    }
}

#[test]
fn ended_texts_of_the_first_version_stay_ended() {
    for (stage, text) in &VERSION_1[8..] {
        let Step::Done(outcome) = gateway().resume_payout(text).unwrap().next(&gateway(), at(0)).unwrap() else {
            panic!("{stage}");
        };
        assert_eq!(outcome.verdict.as_str(), *stage);
        let identifiers = (outcome.orderid.as_deref(), outcome.transid.as_deref());
        let expected = if outcome.status.is_some() { (Some("29"), Some("436f")) } else { (None, None) };
        assert_eq!(identifiers, expected, "{stage}");
        assert_eq!(outcome.reason.is_some(), *stage == "rejected");
    }
}

#[test]
fn texts_of_the_first_version_ask_before_they_send() {
    for (stage, text) in &VERSION_1[..8] {
        let read = || gateway().resume_payout(text).unwrap();
        let paid = run(&mut read(), always(refusal("used before"), complete()));
        assert_eq!((paid.verdict(), paid.withdrawals()), (Verdict::Paid, vec![]), "{stage}");
        let denied = run(&mut read(), always(complete(), not_known()));
        assert!(denied.withdrawals().iter().all(|when| *when >= SETTLED), "{stage}");
        assert_eq!(denied.withdrawals().len(), usize::from(*stage == "ready"), "{stage}");
    }
}

/// The first version sent a restored payout again at once: what it took for a first refusal may
/// have been one of a repeat.
#[test]
fn refusals_of_the_first_version_are_never_a_rejection() {
    for (stage, text) in &VERSION_1[..8] {
        let mut payout = gateway().resume_payout(text).unwrap();
        let run = run(&mut payout, always(refusal("used before"), says(404, NOT_KNOWN)));
        assert_eq!(run.verdict(), Verdict::Unknown, "{stage}");
        if stage.starts_with("refused") {
            assert_eq!(run.outcome.reason.as_deref(), Some("not enough \"money\""), "{stage}");
        }
    }
}
