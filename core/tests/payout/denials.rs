//! What counts as an answer that the gateway does not know the payout.

use payseal::payout::{Payout, Policy, Step, Verdict};

use crate::support::{
    BEGIN, COMPLETE, MINUTE, NOT_KNOWN, at, complete, gateway, handed_out, of_status, pause, payout, payout_with,
};

/// A payout that was sent and got no answer, whose next question counts; and the time.
fn settled() -> (Payout, u64) {
    refused_or_not(None)
}

fn refused_or_not(refusal: Option<&[u8]>) -> (Payout, u64) {
    let (mut payout, mut now) = (payout_with(Policy::new().sends(2)), BEGIN);
    let withdrawal = handed_out(&mut payout, "withdraw", now);
    match refusal {
        Some(body) => payout.on_response(&withdrawal, 200, body, at(now)).unwrap(),
        None => payout.on_no_response(&withdrawal, at(now)).unwrap(),
    }
    while now < BEGIN + 11 * MINUTE {
        match payout.next(&gateway(), at(now)).unwrap() {
            Step::Wait(until) => now = until.millis(),
            Step::Send(question) if now < BEGIN + 11 * MINUTE => {
                payout.on_no_response(&question, at(now)).unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
    (payout, now)
}

/// How many denials such an answer counts for: none or one.
fn denials(status: u16, body: &str, not_known: Option<bool>) -> u32 {
    let (mut payout, now) = settled();
    let question = handed_out(&mut payout, "details", now);
    match not_known {
        Some(judgement) => payout.on_response_judged(&question, status, body.as_bytes(), judgement, at(now)).unwrap(),
        None => payout.on_response(&question, status, body.as_bytes(), at(now)).unwrap(),
    }
    payout.progress().denials
}

fn refused(reason: &str) -> String {
    serde_json::json!({ "success": false, "error": reason }).to_string()
}

#[test]
fn words_that_say_that_there_is_no_such_payout() {
    let words = [
        "not found",
        "Not Found",
        "NOT_FOUND",
        "Transaction not found",
        "Error: order 135 was not found.",
        "transaction_not_found",
        "TransactionNotFound",
        "uniqueid does not exist",
        "Payment doesn't exist",
        "No such transaction",
        "no such uniqueid: 135",
        "Unknown uniqueid",
        "unknown transaction",
        "Unknown payout 135",
        "the uniqueid is not known",
        "No transaction with this uniqueid",
        "No transaction found",
        "Транзакция не найдена",
        "Перевод с таким номером не существует",
    ];
    for words in words {
        for status in [200, 400, 404, 409, 422] {
            assert_eq!(denials(status, &refused(words), None), 1, "{status} {words}");
        }
    }
}

#[test]
fn words_that_say_something_else() {
    let words = [
        "",
        "error",
        "too many requests",
        "Invalid signature",
        "maintenance",
        "access denied",
        "internal error",
        "try again later",
        "API key not found",
        "api_key not found",
        "Unknown key",
        "Merchant not found",
        "User not found",
        "Account does not exist",
        "Purse not found",
        "wallet not found",
        "Method not found",
        "unknown action",
        "Page not found",
        "Signature not found in the request",
        "IP address not found in the white list",
        "Unknown transaction error",
        "Unknown payment status",
        "unknown order state, ask again",
        "The status of the payment is not known yet",
        "Transaction not found yet",
        "No transactions are served during maintenance",
        "Table 'payments' doesn't exist",
        "relation \"transactions\" does not exist",
        "Database does not exist",
        "Class not found",
        "service not found",
        "Ключ не найден",
        "Пользователь не найден",
    ];
    for words in words {
        for status in [200, 400] {
            assert_eq!(denials(status, &refused(words), None), 0, "{status} {words}");
        }
    }
    for words in ["API key not found", "no Route matched with those values", "Merchant not found"] {
        assert_eq!(denials(404, &refused(words), None), 0, "404 {words}");
    }
}

#[test]
fn a_server_that_has_not_looked_denies_nothing() {
    for status in [100, 301, 302, 401, 403, 407, 408, 425, 429, 500, 502, 503, 504, 600] {
        for body in [NOT_KNOWN, "[]", r#"{"success":true,"data":[]}"#] {
            assert_eq!(denials(status, body, None), 0, "{status} {body}");
        }
    }
}

#[test]
fn an_empty_answer_is_one_and_a_full_one_is_not() {
    for body in ["[]", r#"{"data":[]}"#, r#"{"data":{}}"#, r#"{"success":false,"data":[]}"#] {
        assert_eq!(denials(200, body, None), 1, "{body}");
    }
    for body in
        ["", "null", "{}", "0", "\"not found\"", "[[]]", "[{}]", r#"{"data":null}"#, r#"{"data":[1]}"#, "<html>"]
    {
        assert_eq!(denials(200, body, None), 0, "{body}");
    }
    let maintenance = r#"{"success":true,"data":[],"message":"maintenance"}"#;
    assert_eq!(denials(200, maintenance, None), 0);
    for body in ["null", "{}", "[]", "\"Not Found\"", r#"{"detail":"Not Found"}"#] {
        assert_eq!(denials(404, body, None), 1, "{body}");
    }
    assert_eq!(denials(404, "<html>not found</html>", None), 0);
}

#[test]
fn an_answer_that_shows_the_payout_denies_nothing() {
    let pending = r#""uniqueid":"135","status":"Pending","error":"the receiver was not found""#;
    for body in [
        format!("{{{pending}}}"),
        format!(r#"{{"success":true,{pending}}}"#),
        format!(r#"{{"success":false,{pending}}}"#),
        r#"{"success":false,"uniqueid":"135","orderid":29,"error":"receiver not found"}"#.to_owned(),
        r#"{"success":false,"uniqueid":"135","transid":"436f","error":"receiver not found"}"#.to_owned(),
        r#"{"success":true,"uniqueid":"135","status":"Pending","data":[]}"#.to_owned(),
    ] {
        for status in [200, 404] {
            assert_eq!(denials(status, &body, None), 0, "{status} {body}");
        }
    }
    // The general status of an answer, and the uniqueid that was asked for, are not signs of it.
    let denied = r#"{"success":false,"status":"error","uniqueid":"135","error":"not found"}"#;
    assert_eq!(denials(200, denied, None), 1);
}

#[test]
fn the_caller_may_judge_instead() {
    assert_eq!(denials(200, &refused("E1404"), Some(true)), 1);
    assert_eq!(denials(500, "<html>", Some(true)), 1);
    assert_eq!(denials(200, NOT_KNOWN, Some(false)), 0);
    assert_eq!(denials(404, "[]", Some(false)), 0);
}

#[test]
fn the_caller_is_not_believed_against_an_answer_about_the_payout() {
    let (mut payout, now) = settled();
    let question = handed_out(&mut payout, "details", now);
    payout.on_response_judged(&question, 200, of_status("Pending").as_bytes(), true, at(now)).unwrap();
    let progress = payout.progress();
    assert_eq!((progress.denials, progress.acknowledged), (0, true));
}

#[test]
fn the_caller_does_not_judge_answers_to_withdraw() {
    let mut payout = payout();
    let withdrawal = handed_out(&mut payout, "withdraw", BEGIN);
    payout.on_response_judged(&withdrawal, 200, refused("no money").as_bytes(), true, at(BEGIN)).unwrap();
    let progress = payout.progress();
    assert_eq!((progress.denials, progress.refusal.as_deref()), (0, Some("no money")));
    let mut payout = self::payout();
    let withdrawal = handed_out(&mut payout, "withdraw", BEGIN);
    payout.on_response_judged(&withdrawal, 200, COMPLETE.as_bytes(), true, at(BEGIN)).unwrap();
    assert_eq!(payout.progress().stage, "done");
}

#[test]
fn the_caller_does_not_judge_before_the_settle_time() {
    let mut payout = payout();
    let withdrawal = handed_out(&mut payout, "withdraw", BEGIN);
    payout.on_response(&withdrawal, 200, refused("no").as_bytes(), at(BEGIN)).unwrap();
    let mut now = pause(&mut payout, BEGIN);
    while now < BEGIN + 10 * MINUTE {
        let question = handed_out(&mut payout, "details", now);
        payout.on_response_judged(&question, 200, b"x", true, at(now)).unwrap();
        assert_eq!(payout.progress().denials, 0);
        now = pause(&mut payout, now);
    }
}

#[test]
fn a_refusal_and_a_denial_are_forgotten_when_it_is_known_after_all() {
    let (mut payout, mut now) = refused_or_not(Some(br#"{"success":false,"error":"no"}"#));
    let question = handed_out(&mut payout, "details", now);
    payout.on_response(&question, 200, NOT_KNOWN.as_bytes(), at(now)).unwrap();
    now = pause(&mut payout, now);
    let question = handed_out(&mut payout, "details", now);
    let (status, body) = complete().unwrap();
    payout.on_response(&question, status, body.as_bytes(), at(now)).unwrap();
    let Step::Done(outcome) = payout.next(&gateway(), at(now)).unwrap() else { panic!() };
    assert_eq!((outcome.verdict, outcome.reason), (Verdict::Paid, None));
}
