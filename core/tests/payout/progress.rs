//! What an operator sees.

use crate::support::{
    BEGIN, SECOND, always, at, complete, gateway, handed_out, not_known, of_status, pause, payout, refusal, report,
    restored, run, says,
};

#[test]
fn of_a_fresh_payout() {
    let progress = payout().progress();
    assert_eq!((progress.stage, progress.acknowledged, progress.sends, progress.questions), ("ready", false, 0, 0));
    assert_eq!((progress.denials, progress.refusal, progress.transaction_status), (0, None, None));
    assert_eq!((progress.last_status, progress.last_reason, progress.last_answer_at), (None, None, None));
    assert_eq!((progress.since, progress.next_look), (None, None));
}

#[test]
fn a_refusal_shows_at_once() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    let progress = payout.progress();
    assert_eq!((progress.stage, progress.sends, progress.since), ("withdrawing", 1, Some(at(BEGIN))));
    assert_eq!(progress.next_look, None);

    report(&mut payout, &outgoing, &refusal("not enough money"), BEGIN + SECOND);
    for progress in [payout.progress(), restored(&payout).progress()] {
        assert_eq!((progress.stage, progress.refusal.as_deref()), ("waiting", Some("not enough money")));
        assert_eq!((progress.last_status, progress.last_reason.as_deref()), (Some(200), Some("not enough money")));
        assert_eq!(progress.last_answer_at, Some(at(BEGIN + SECOND)));
        assert_eq!(progress.next_look, Some(at(BEGIN + 6 * SECOND)));
        assert!(!progress.acknowledged);
    }
}

#[test]
fn a_refusal_without_words_shows_too() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    report(&mut payout, &outgoing, &says(200, r#"{"success":false}"#), BEGIN);
    assert_eq!(payout.progress().refusal.as_deref(), Some(""));
}

#[test]
fn of_questions_and_their_answers() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    report(&mut payout, &outgoing, &None, BEGIN);
    assert_eq!(payout.progress().last_answer_at, None, "no answer is not an answer");

    let now = pause(&mut payout, BEGIN);
    let outgoing = handed_out(&mut payout, "details", now);
    assert_eq!((payout.progress().stage, payout.progress().questions), ("asking", 1));
    report(&mut payout, &outgoing, &says(503, r#"{"success":false,"message":"busy"}"#), now);
    let progress = payout.progress();
    assert_eq!((progress.last_status, progress.last_reason.as_deref()), (Some(503), Some("busy")));
    assert_eq!((progress.denials, progress.acknowledged), (0, false));

    let now = pause(&mut payout, now);
    let outgoing = handed_out(&mut payout, "details", now);
    report(&mut payout, &outgoing, &says(200, &of_status("Pending")), now);
    let progress = payout.progress();
    assert_eq!((progress.acknowledged, progress.transaction_status.as_deref()), (true, Some("Pending")));
    assert_eq!((progress.last_reason, progress.questions), (None, 2));
    assert_eq!(progress.since, Some(at(BEGIN)));
}

#[test]
fn a_denial_before_the_settle_time_does_not_count() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    report(&mut payout, &outgoing, &None, BEGIN);
    let now = pause(&mut payout, BEGIN);
    let outgoing = handed_out(&mut payout, "details", now);
    report(&mut payout, &outgoing, &not_known(), now);
    assert_eq!(payout.progress().denials, 0);
}

#[test]
fn of_an_ended_payout() {
    let mut payout = payout();
    run(&mut payout, always(None, complete()));
    let progress = restored(&payout).progress();
    assert_eq!((progress.stage, progress.next_look), ("done", None));
    assert_eq!((progress.transaction_status.as_deref(), progress.questions), (Some("Complete"), 1));
}

#[test]
fn a_restored_payout_looks_at_once() {
    let mut payout = payout();
    handed_out(&mut payout, "withdraw", BEGIN);
    let mut resumed = restored(&payout);
    assert_eq!(resumed.progress().stage, "withdrawing");
    assert!(matches!(resumed.next(&gateway(), at(BEGIN)).unwrap(), payseal::payout::Step::Wait(_)));
    assert_eq!(resumed.progress().next_look, Some(at(BEGIN + 5 * SECOND)));
}
