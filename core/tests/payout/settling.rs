//! How a payout is settled.

use payseal::payout::{Policy, Verdict};

use crate::support::{
    BEGIN, COMPLETE, DAY, HOUR, MINUTE, NOT_KNOWN, SECOND, SETTLED, always, at, complete, gateway, handed_out,
    not_known, of_status, payout, payout_with, refusal, run, says,
};

/// Answers to `details` by time: each from its moment on.
fn history<'h>(answers: &'h [(u64, &'h str)]) -> impl FnMut(u64, &str) -> Option<(u16, String)> + 'h {
    move |now, action| match action {
        "withdraw" => None,
        _ => answers.iter().rfind(|(from, _)| *from <= now).and_then(|(_, body)| says(200, body)),
    }
}

#[test]
fn an_answered_payout_is_sent_once() {
    let run = run(&mut payout(), always(complete(), None));
    assert_eq!(run.sent, [(0, "withdraw".to_owned())]);
    assert_eq!((run.verdict(), run.outcome.orderid.as_deref()), (Verdict::Paid, Some("29")));
    assert_eq!((run.outcome.transid.as_deref(), run.outcome.status.unwrap().as_str()), (Some("436f"), "Complete"));
}

#[test]
fn a_time_out_is_settled_by_asking() {
    let run = run(&mut payout(), |now, action| match (action, now) {
        ("withdraw", _) | (_, 10_000..30_000) => None,
        (_, 0..10_000) => says(502, "<html>"),
        _ => complete(),
    });
    let times: Vec<_> = run.sent.iter().map(|(when, _)| when / SECOND).collect();
    assert_eq!((times, run.withdrawals().len()), (vec![0, 5, 15, 35], 1));
    assert_eq!(run.verdict(), Verdict::Paid);
}

#[test]
fn the_answer_to_withdraw_need_not_repeat_the_uniqueid() {
    let nameless = COMPLETE.replace(r#""uniqueid":"135","#, "").replace("\"436f\",\n", "\"436f\",");
    assert!(!nameless.contains("uniqueid"));
    assert_eq!(run(&mut payout(), always(says(200, &nameless), None)).verdict(), Verdict::Paid);
    // A list of one will do.
    let listed = format!("[{COMPLETE}]");
    assert_eq!(run(&mut payout(), always(says(200, &listed), None)).verdict(), Verdict::Paid);
}

#[test]
fn an_answer_about_another_payout_decides_nothing() {
    let other = COMPLETE.replace(r#""135""#, r#""1350""#);
    let nameless = COMPLETE.replace(r#""135""#, "null");
    for body in [&other, &nameless] {
        let run = run(&mut payout_with(Policy::new().sends(3)), always(says(200, &other), says(200, body)));
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Unknown, vec![0]));
        assert_eq!(run.outcome.status, None);
    }
}

#[test]
fn pending_payouts_are_followed_to_their_end() {
    let (created, pending) = (of_status("Created"), of_status("Pending"));
    let followed = run(&mut payout(), history(&[(0, &created), (MINUTE, &pending), (5 * HOUR, COMPLETE)]));
    assert_eq!(followed.verdict(), Verdict::Paid);
    assert!(followed.ended < 5 * HOUR + 16 * MINUTE, "{}", followed.ended);
    let unheard_of = run(&mut payout(), always(None, says(200, &of_status("Held"))));
    assert_eq!((unheard_of.verdict(), unheard_of.outcome.status.unwrap().as_str()), (Verdict::Unknown, "Held"));
}

#[test]
fn the_status_is_understood_in_any_letters() {
    for (status, verdict) in [("COMPLETE", Verdict::Paid), (" payed ", Verdict::Paid), ("canceled", Verdict::Failed)] {
        let run = run(&mut payout(), always(None, says(200, &of_status(status))));
        assert_eq!(run.verdict(), verdict, "{status}");
    }
}

#[test]
fn a_closed_status_is_believed_when_it_is_seen_again_after_the_settle_time() {
    for status in ["Canceled", "Error"] {
        let body = of_status(status);
        let answered = run(&mut payout(), always(says(200, &body), says(200, &body)));
        assert_eq!((answered.verdict(), answered.outcome.status.unwrap().as_str()), (Verdict::Failed, status));
        assert!((SETTLED..SETTLED + MINUTE).contains(&answered.ended), "{}", answered.ended);
        // Seen late, it is not believed sooner.
        let late = run(&mut payout(), history(&[(0, &of_status("Pending")), (2 * HOUR, &body)]));
        let seen = late.sent.iter().map(|(when, _)| *when).find(|when| *when >= 2 * HOUR).unwrap();
        assert_eq!(late.verdict(), Verdict::Failed);
        assert!((SETTLED..SETTLED + MINUTE).contains(&(late.ended - seen)), "{seen} {}", late.ended);
    }
}

#[test]
fn another_word_between_makes_a_closed_status_new() {
    let (pending, canceled) = (of_status("Pending"), of_status("Canceled"));
    let wavering = [(0, &*canceled), (10 * MINUTE, &*pending), (10 * MINUTE + 30 * SECOND, &*canceled)];
    let run = run(&mut payout(), history(&wavering));
    assert_eq!(run.verdict(), Verdict::Failed);
    assert!(run.ended >= 10 * MINUTE + SETTLED, "{}", run.ended);
}

#[test]
fn failed_and_then_in_conflict_is_new_too() {
    let (canceled, other) = (of_status("Canceled"), COMPLETE.replace("10.00", "1.00"));
    let run = run(&mut payout(), history(&[(0, &canceled), (10 * MINUTE, &other)]));
    assert_eq!(run.verdict(), Verdict::Conflict);
    assert!(run.ended >= 10 * MINUTE + SETTLED, "{}", run.ended);
}

#[test]
fn no_answer_between_does_not() {
    let canceled = of_status("Canceled");
    let run = run(&mut payout(), |now, action| match (action, now) {
        ("withdraw", _) => None,
        (_, 30_000..600_000) => says(502, "<html>"),
        _ => says(200, &canceled),
    });
    assert_eq!(run.verdict(), Verdict::Failed);
    assert!(run.ended < SETTLED + MINUTE, "{}", run.ended);
}

#[test]
fn a_closed_status_with_an_error_status_does_not_count() {
    let run = run(&mut payout(), always(None, says(500, &of_status("Canceled"))));
    assert_eq!((run.verdict(), run.outcome.status), (Verdict::Unknown, None));
    assert_eq!(run.outcome.orderid.as_deref(), Some("29"), "an operator looks for it by this");
}

#[test]
fn what_the_gateway_has_said_of_it_once_is_kept() {
    let bare = r#"{"uniqueid":"135","status":"Pending","success":true}"#;
    let run = run(&mut payout(), always(says(200, &of_status("Created")), says(200, bare)));
    assert_eq!((run.outcome.orderid.as_deref(), run.outcome.transid.as_deref()), (Some("29"), Some("436f")));
    assert_eq!(run.outcome.status.unwrap(), "Pending");
}

#[test]
fn a_refusal_is_believed_after_two_denials_that_count() {
    for body in [r#"{"success":false}"#, r#"{"success":false,"error":""}"#] {
        let silent = run(&mut payout(), always(says(200, body), not_known()));
        assert_eq!((silent.verdict(), silent.outcome.reason), (Verdict::Rejected, None));
    }
    for status in [200, 400, 401, 403, 404, 409, 422] {
        let refused = r#"{"success":false,"error":"not enough money"}"#;
        let run = run(&mut payout(), always(says(status, refused), not_known()));
        assert_eq!((run.verdict(), run.outcome.reason.as_deref()), (Verdict::Rejected, Some("not enough money")));
        let counted = run.sent.iter().filter(|(when, _)| *when >= SETTLED).count();
        assert_eq!(counted, 2, "{status}: {:?}", run.sent);
    }
    let patient = run(&mut payout_with(Policy::new().denials(5)), always(refusal("no"), not_known()));
    assert_eq!(patient.sent.iter().filter(|(when, _)| *when >= SETTLED).count(), 5);
}

#[test]
fn a_denial_counts_by_when_it_was_asked_for() {
    let mut payout = payout();
    let mut now = BEGIN;
    let withdrawal = handed_out(&mut payout, "withdraw", now);
    payout.on_response(&withdrawal, 200, br#"{"success":false}"#, at(now)).unwrap();
    while payout.progress().denials == 0 {
        let payseal::payout::Step::Wait(until) = payout.next(&gateway(), at(now)).unwrap() else { panic!() };
        now = until.millis();
        let asked_at = now;
        let question = handed_out(&mut payout, "details", now);
        // Each answer is an hour under way.
        now += HOUR;
        payout.on_response(&question, 200, NOT_KNOWN.as_bytes(), at(now)).unwrap();
        assert!(asked_at - BEGIN < 20 * HOUR, "it never counts");
    }
    // Twelve questions, each after a pause of a minute at most: not one hour of an answer was counted.
    assert!(payout.progress().questions >= 12, "{:?}", payout.progress());
}

/// Whatever time answers take, of those of the first eleven minutes none counts.
#[test]
fn a_denial_counts_if_it_was_asked_for_late_enough() {
    for flight in (0..=5_000).step_by(250) {
        let (mut payout, mut now) = (payout(), BEGIN);
        let withdrawal = handed_out(&mut payout, "withdraw", now);
        payout.on_no_response(&withdrawal, at(now)).unwrap();
        while payout.progress().denials < 2 {
            let until = crate::support::pause(&mut payout, now);
            let counts = u32::from(until - BEGIN >= SETTLED);
            let expected = payout.progress().denials + counts;
            let question = handed_out(&mut payout, "details", until);
            now = until + flight;
            payout.on_response(&question, 200, NOT_KNOWN.as_bytes(), at(now)).unwrap();
            assert_eq!(payout.progress().denials, expected, "{flight}: asked at {}", until - BEGIN);
        }
    }
}

#[test]
fn it_is_sent_again_as_often_as_allowed() {
    for sends in 1..=3 {
        let run = run(&mut payout_with(Policy::new().sends(sends)), always(None, not_known()));
        let withdrawals = run.withdrawals();
        assert_eq!((run.verdict(), withdrawals.len()), (Verdict::Unknown, sends as usize));
        for pair in withdrawals.windows(2) {
            let counts = |when: &u64| (pair[0] + SETTLED..pair[1] + 1).contains(when);
            let questions = run.sent.iter().filter(|(when, action)| action == "details" && counts(when));
            assert_eq!(questions.count(), 2, "each send takes as many denials: {:?}", run.sent);
        }
        assert!(withdrawals.windows(2).all(|pair| pair[1] - pair[0] >= SETTLED), "{withdrawals:?}");
        assert!(run.ended - withdrawals.last().unwrap() >= DAY);
        assert_eq!(run.outcome.reason.as_deref(), Some("not found"), "the last words it had");
    }
}

#[test]
fn what_was_refused_is_not_sent_again() {
    let mut sends = 0;
    let run = run(&mut payout_with(Policy::new().sends(3)), |_, action| {
        sends += u32::from(action == "withdraw");
        match (action, sends) {
            ("withdraw", 1) => None,
            ("withdraw", _) => refusal("not enough money"),
            _ => not_known(),
        }
    });
    assert_eq!((run.verdict(), run.withdrawals().len()), (Verdict::Unknown, 2));
    assert_eq!(run.outcome.reason.as_deref(), Some("not enough money"));
}

#[test]
fn a_repeat_that_arrives_is_paid() {
    let mut sends = 0;
    let run = run(&mut payout_with(Policy::new().sends(2)), |_, action| {
        sends += u32::from(action == "withdraw");
        if sends == 2 {
            complete()
        } else if action == "withdraw" {
            None
        } else {
            not_known()
        }
    });
    assert_eq!((run.verdict(), run.withdrawals().len()), (Verdict::Paid, 2));
}

#[test]
fn it_gives_up_when_its_time_is_over() {
    let limits = Policy::new().give_up_time(std::time::Duration::from_secs(60 * 60));
    for answer in [None, says(401, NOT_KNOWN), says(200, &of_status("Pending")), not_known()] {
        let run = run(&mut payout_with(limits.clone()), always(None, answer.clone()));
        assert_eq!(run.verdict(), Verdict::Unknown, "{answer:?}");
        assert_eq!(run.ended, HOUR, "{answer:?}");
    }
}

#[test]
fn pauses_grow_but_find_what_counts_as_soon_as_it_does() {
    let run = run(&mut payout(), always(None, None));
    let times: Vec<_> = run.sent.iter().map(|(when, _)| *when).collect();
    let pauses: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(pauses[..4], [5 * SECOND, 10 * SECOND, 20 * SECOND, 40 * SECOND]);
    assert!(times.contains(&SETTLED), "{times:?}");
    let unsettled = pauses.iter().zip(&times).filter(|(_, from)| **from < SETTLED);
    assert!(unsettled.clone().count() > 10);
    assert!(unsettled.into_iter().all(|(pause, _)| *pause <= MINUTE), "{pauses:?}");
    assert_eq!(pauses.iter().max(), Some(&(15 * MINUTE)));
    assert!(run.questions() < 130, "{}", run.questions());
}
