//! The revision is counted up by exactly one with every step that has to be saved.

use payseal::payout::{Policy, Step};

use crate::support::{
    BEGIN, COMPLETE, NOT_KNOWN, action, at, gateway, handed_out, not_known, pause, payout, payout_with, report,
};

#[test]
fn withdraw_and_every_report_count_and_nothing_else_does() {
    let (mut payout, gateway) = (payout_with(Policy::new().sends(2)), gateway());
    let (mut now, mut revision) = (BEGIN, 0);
    loop {
        let step = payout.next(&gateway, at(now)).unwrap();
        let is_withdraw = matches!(&step, Step::Send(outgoing) if action(&outgoing.request) == "withdraw");
        assert_eq!(payout.revision(), revision + u64::from(is_withdraw), "{step:?}");
        revision = payout.revision();
        match step {
            Step::Wait(until) => now = until.millis(),
            Step::Done(_) => break,
            Step::Send(outgoing) => {
                let answer = if is_withdraw || revision % 3 == 0 { None } else { not_known() };
                report(&mut payout, &outgoing, &answer, now);
                assert_eq!(payout.revision(), revision + 1);
                revision += 1;
            }
        }
        assert!(payout.to_text().contains(&format!("\"revision\":{revision},")));
    }
    assert!(revision > 100, "{revision}");
}

#[test]
fn a_request_that_was_not_reported_on_counts_when_that_is_found_out() {
    let mut payout = payout();
    handed_out(&mut payout, "withdraw", BEGIN);
    assert_eq!(payout.revision(), 1);
    let until = pause(&mut payout, BEGIN);
    assert_eq!(payout.revision(), 2);
    assert_eq!(pause(&mut payout, BEGIN), until);
    assert_eq!(payout.revision(), 2);
    handed_out(&mut payout, "details", until);
    assert_eq!(payout.revision(), 2, "a question need not be saved");
    pause(&mut payout, until);
    assert_eq!(payout.revision(), 3);
}

#[test]
fn what_is_refused_does_not_count() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    payout.on_response(&outgoing, 200, COMPLETE.as_bytes(), at(BEGIN)).unwrap();
    payout.on_response(&outgoing, 200, NOT_KNOWN.as_bytes(), at(BEGIN)).unwrap_err();
    let Step::Done(_) = payout.next(&gateway(), at(BEGIN)).unwrap() else { panic!("it is paid") };
    assert_eq!(payout.revision(), 2);
}

/// Of two workers that go on from one text, a store that compares lets only one send.
#[test]
fn two_workers_come_to_the_same_revision() {
    let text = payout().to_text();
    let (mut one, mut other) = (payout(), payout());
    handed_out(&mut one, "withdraw", BEGIN);
    handed_out(&mut other, "withdraw", BEGIN + 1);
    assert_eq!((one.revision(), other.revision()), (1, 1));
    let revisions = [0, 5].map(|later| {
        let mut worker = gateway().resume_payout(&text).unwrap();
        let question = handed_out(&mut worker, "details", BEGIN + later);
        report(&mut worker, &question, &None, BEGIN + later);
        worker.revision()
    });
    assert_eq!(revisions, [1, 1]);
}
