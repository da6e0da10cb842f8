//! The histories that used to end in a second debit, in a false verdict or never.

use payseal::bitloga::{ApplyCode, CreateCode, Withdraw};
use payseal::payout::{Policy, Step, Verdict};
use payseal::{Bitloga, Secret};

use crate::support::{
    BEGIN, COMPLETE, DAY, HOUR, MINUTE, NOT_KNOWN, SECOND, SETTLED, action, always, at, complete, gateway, handed_out,
    not_known, of_status, outdated, payout, payout_with, refusal, report, restored, run, run_from, says, withdraw,
};

/// A1. Two denials in a row by a replica that is out of date, after the gateway has taken it on.
#[test]
fn an_acknowledged_payout_is_never_sent_again_and_never_rejected() {
    let run_of = |policy, lag| run(&mut payout_with(policy), outdated(lag, says(200, &of_status("Pending"))));
    for lag in [16 * SECOND, SETTLED, 3 * HOUR] {
        let run = run_of(Policy::new().sends(3), lag);
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![0]), "{lag}");
    }
    let never = run_of(Policy::new().sends(3), 2 * DAY);
    assert_eq!((never.verdict(), never.withdrawals()), (Verdict::Unknown, vec![0]));
    let run = run(&mut payout_with(Policy::new().sends(3)), always(says(500, COMPLETE), not_known()));
    assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Unknown, vec![0]), "success:true with another status");
}

/// A2. A proxy delivers `withdraw` twice, and the refusal of the copy comes back.
#[test]
fn a_refusal_of_a_copy_is_not_believed_at_once() {
    for lag in [SECOND, MINUTE, 10 * MINUTE] {
        let run = run(&mut payout(), outdated(lag, refusal("uniqueid was used before")));
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![0]), "{lag}");
    }
}

/// A3. A repeat is refused because the first has arrived.
#[test]
fn a_refusal_of_a_repeat_is_never_a_rejection() {
    let history = |lag| {
        let mut sends = 0;
        move |now, action: &str| match action {
            "withdraw" => {
                sends += 1;
                if sends == 1 { None } else { refusal("uniqueid was used before") }
            }
            _ if now < lag => not_known(),
            _ => complete(),
        }
    };
    let lagging = run(&mut payout_with(Policy::new().sends(2)), history(HOUR));
    assert_eq!((lagging.verdict(), lagging.withdrawals().len()), (Verdict::Paid, 2));
    let never = run(&mut payout_with(Policy::new().sends(2)), history(3 * DAY));
    assert_eq!(
        (never.verdict(), never.outcome.reason.as_deref()),
        (Verdict::Unknown, Some("uniqueid was used before"))
    );
}

/// A4. `details` 16 s out of date, or the request itself 20 s late.
#[test]
fn nothing_is_sent_again_before_the_settle_time() {
    for lag in [16 * SECOND, 20 * SECOND, 10 * MINUTE] {
        let run = run(&mut payout_with(Policy::new().sends(3)), outdated(lag, None));
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![0]), "{lag}");
    }
    let lost = run(&mut payout_with(Policy::new().sends(2)), always(None, not_known()));
    let [_, second] = lost.withdrawals()[..] else { panic!("{lost:?}") };
    assert!(second >= SETTLED, "{second}");
}

/// A5. `withdraw` is 40 s late; meanwhile the balance was empty and a second send was refused.
#[test]
fn a_request_that_is_late_is_waited_for() {
    for (policy, withdrawal) in [(Policy::new().sends(3), None), (Policy::new(), refusal("not enough money"))] {
        let run = run(&mut payout_with(policy), outdated(40 * SECOND, withdrawal));
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![0]));
    }
}

/// A6. The text was saved before `next`, and the program crashed after the send.
#[test]
fn a_restored_text_asks_before_it_sends() {
    let mut resumed = restored(&payout());
    let run = run(&mut resumed, always(refusal("used before"), complete()));
    assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![]));
}

#[test]
fn a_restored_text_that_was_never_sent_is_sent_after_the_settle_time() {
    let run = run(&mut restored(&payout()), always(complete(), not_known()));
    let [withdrawal] = run.withdrawals()[..] else { panic!("{run:?}") };
    assert!(withdrawal >= SETTLED, "{withdrawal}");
    assert_eq!(run.verdict(), Verdict::Paid);
}

#[test]
fn a_refusal_after_a_restored_text_was_sent_is_never_a_rejection() {
    let run = run(&mut restored(&payout()), always(refusal("used before"), not_known()));
    assert_eq!((run.verdict(), run.withdrawals().len()), (Verdict::Unknown, 1));
}

/// A7. Two workers resume one text; `details` answers one of them from a replica that is out of date.
#[test]
fn two_workers_with_one_text_come_to_the_same_verdict_and_send_nothing() {
    let mut begun = payout();
    handed_out(&mut begun, "withdraw", BEGIN);
    let texts = [begun, payout()].map(|payout| restored(&payout).to_text());
    for text in texts {
        for lag in [0, SECOND, 10 * MINUTE] {
            let mut worker = gateway().resume_payout(&text).unwrap();
            let run = run(&mut worker, outdated(lag, refusal("used before")));
            assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Paid, vec![]), "{lag}");
        }
    }
}

/// A8. The `uniqueid` was used earlier, for another amount to another purse.
#[test]
fn a_payment_that_was_not_asked_for_is_a_conflict() {
    let earlier = COMPLETE.replace("10.00", "1.00").replace("Z123456789012", "Z999999999999");
    for withdrawal in [refusal("used before"), says(200, &earlier), None] {
        let run = run(&mut payout(), always(withdrawal, says(200, &earlier)));
        let fields: Vec<_> = run.outcome.differences.iter().map(|difference| difference.field).collect();
        assert_eq!((run.verdict(), fields), (Verdict::Conflict, vec!["amount_to", "purse"]));
        assert!(run.ended >= SETTLED, "believed at once");
    }
}

/// A9. `success:false` that has another cause than that the payout is not known.
#[test]
fn a_passing_refusal_of_details_is_not_a_denial() {
    for words in ["too many requests", "invalid signature", "maintenance", "API key not found", "try again later", ""] {
        for status in [200, 400] {
            let (Some((_, body)), ..) = (refusal(words),) else { panic!() };
            let mut payout = payout_with(Policy::new().sends(3));
            let run = run(&mut payout, always(None, says(status, &body)));
            assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Unknown, vec![0]), "{status} {words}");
        }
    }
}

/// A10. The other ways in which a gateway may say that it does not know the payout.
#[test]
fn not_known_is_understood_however_it_is_said() {
    let ways = [
        (404, "{}"),
        (404, "null"),
        (404, r#"{"error":"not found"}"#),
        (404, r#"{"success":false,"error":"wrong uniqueid"}"#),
        (404, "[]"),
        (200, "[]"),
        (200, r#"{"success":true,"data":[]}"#),
        (200, r#"{"success":false,"data":{}}"#),
        (400, r#"{"success":false,"message":"Transaction does not exist"}"#),
    ];
    for (status, body) in ways {
        let run = run(&mut payout(), always(refusal("not enough money"), says(status, body)));
        assert_eq!(run.verdict(), Verdict::Rejected, "{status} {body}");
        assert_eq!(run.outcome.reason.as_deref(), Some("not enough money"));
    }
}

/// A10. A gateway that locks the caller out for ever.
#[test]
fn whatever_the_gateway_goes_on_to_say_it_ends() {
    let ways =
        [says(401, NOT_KNOWN), says(404, "<html>"), says(200, ""), says(500, NOT_KNOWN), says(302, NOT_KNOWN), None];
    for answer in ways {
        let run = run(&mut payout(), always(refusal("no"), answer.clone()));
        assert_eq!((run.verdict(), run.outcome.reason.as_deref()), (Verdict::Unknown, Some("no")), "{answer:?}");
        assert!((DAY..DAY + HOUR).contains(&run.ended), "{answer:?} {}", run.ended);
    }
}

/// A10. A canceled payout has no amounts.
#[test]
fn a_canceled_payout_without_amounts_has_failed() {
    let canceled = of_status("Canceled").replace("10.10", "null").replace("10.00", "null");
    let run = run(&mut payout(), always(None, says(200, &canceled)));
    assert_eq!((run.verdict(), run.outcome.orderid.as_deref()), (Verdict::Failed, Some("29")));
}

/// A10. The clock is set back by a year.
#[test]
fn a_clock_set_back_a_year_does_not_stall_it() {
    let mut payout = payout();
    let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
    report(&mut payout, &outgoing, &None, BEGIN);
    let run = run_from(BEGIN - 365 * DAY, &mut payout, outdated(20 * SECOND, None));
    assert_eq!(run.verdict(), Verdict::Paid);
    assert!(run.ended <= MINUTE, "{}", run.ended);
}

/// A11. The type in other letters, or one that no document names.
#[test]
fn the_type_in_other_letters_is_not_a_conflict() {
    for kind in [r#""withdraw""#, r#"" WITHDRAW""#, r#""Payout""#, r#""""#, "null", "7"] {
        let body = COMPLETE.replace(r#""Withdraw""#, kind);
        let run = run(&mut payout(), always(None, says(200, &body)));
        assert_eq!(run.verdict(), Verdict::Paid, "{kind}");
    }
    let invoice = COMPLETE.replace("Withdraw", "INVOICE");
    let run = run(&mut payout(), always(None, says(200, &invoice)));
    assert_eq!((run.verdict(), run.outcome.differences[0].field), (Verdict::Conflict, "type"));
}

/// A11. A payout that is taken up again after it failed.
#[test]
fn a_closed_payout_that_is_completed_after_all_is_paid() {
    for status in ["Error", "Canceled"] {
        for reopened in [6 * SECOND, 10 * MINUTE] {
            let history = |now, action: &str| match action {
                "withdraw" => None,
                _ if now < reopened => says(200, &of_status(status)),
                _ => complete(),
            };
            assert_eq!(run(&mut payout(), history).verdict(), Verdict::Paid, "{status} {reopened}");
        }
    }
}

/// A11. The answer to `withdraw` comes when `details` is already under way.
#[test]
fn an_answer_is_not_taken_for_one_to_a_later_request() {
    let mut payout = payout();
    let withdrawal = handed_out(&mut payout, "withdraw", BEGIN);
    report(&mut payout, &withdrawal, &None, BEGIN);
    let question = handed_out(&mut payout, "details", BEGIN + 5 * SECOND);
    let text = payout.to_text();
    let late = payout.on_response(&withdrawal, 200, NOT_KNOWN.as_bytes(), at(BEGIN + 5 * SECOND)).unwrap_err();
    assert_eq!((late.code(), late.field()), ("invalid_input", Some("request")));
    assert_eq!(payout.on_no_response(&withdrawal, at(BEGIN)).unwrap_err().code(), "invalid_input");
    assert_eq!(payout.to_text(), text, "what is refused changes nothing");
    report(&mut payout, &question, &complete(), BEGIN + 5 * SECOND);
    assert_eq!(payout.on_no_response(&question, at(BEGIN)).unwrap_err().code(), "invalid_input", "reported twice");
}

/// A11. A text resumed by another account's client.
#[test]
fn another_account_cannot_go_on_with_it() {
    let other = Bitloga::new("another-key", Secret::new("api-secret").unwrap());
    let text = payout().to_text();
    let refused = other.resume_payout(&text).unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("invalid_input", Some("gateway")));
    let refused = payout().next(&other, at(BEGIN)).unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("invalid_input", Some("gateway")));
}

/// A11. Gateways trim what they store.
#[test]
fn a_uniqueid_with_a_blank_at_its_end_is_settled() {
    for uniqueid in ["135 ", " 135", "135\t"] {
        let withdraw = Withdraw::new(uniqueid, "USD", "WMZ", "10.00".parse().unwrap(), "Z123456789012");
        let mut payout = gateway().payout(&withdraw).unwrap();
        let run = run(&mut payout, always(None, complete()));
        assert_eq!(run.verdict(), Verdict::Paid, "{uniqueid:?}");
    }
}

/// A12. Everything that moves money. The table of all methods is in the tests of the clients.
#[test]
fn what_moves_money_is_not_to_be_repeated_after_a_failure() {
    let gateway = gateway();
    for status in [408, 425, 429, 500, 502, 503] {
        let code = CreateCode::new("1".parse().unwrap(), "USD");
        let errors = [
            gateway.withdraw(&withdraw()).unwrap().parse(status, b"").unwrap_err(),
            gateway.create_code(&code).unwrap().parse(status, b"").unwrap_err(),
            gateway.apply_code(&ApplyCode::new("wf9g")).unwrap().parse(status, b"").unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.code(), error.retryable()), ("http_status", false), "{status}");
        }
    }
}

/// A13. A server that failed has decided nothing, whatever it says.
#[test]
fn a_failed_server_has_not_rejected() {
    let refused = br#"{"success":false,"error":"no"}"#;
    for status in [408, 425, 429, 500, 502, 503, 504, 599] {
        let error = gateway().withdraw(&withdraw()).unwrap().parse(status, refused).unwrap_err();
        assert_eq!((error.code(), error.reply().unwrap().reason.as_deref()), ("http_status", Some("no")), "{status}");
        let failed = says(status, r#"{"success":false,"error":"no"}"#);
        let mut payout = payout();
        let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
        report(&mut payout, &outgoing, &failed, BEGIN);
        assert_eq!(payout.progress().refusal, None, "{status}");
        let run = run(&mut payout, always(None, not_known()));
        assert_eq!((run.verdict(), run.withdrawals()), (Verdict::Unknown, vec![]), "{status}");
    }
    for status in [200, 400, 401, 403, 409, 422] {
        let error = gateway().withdraw(&withdraw()).unwrap().parse(status, refused).unwrap_err();
        assert_eq!(error.code(), "rejected", "{status}");
    }
}

#[test]
fn a_request_that_is_not_reported_on_counts_as_one_without_an_answer() {
    let mut payout = payout();
    handed_out(&mut payout, "withdraw", BEGIN);
    let Step::Wait(until) = payout.next(&gateway(), at(BEGIN)).unwrap() else { panic!("it sends at once") };
    let Step::Send(outgoing) = payout.next(&gateway(), until).unwrap() else { panic!("the pause is over") };
    assert_eq!(action(&outgoing.request), "details");
}
