//! Waiting for invoices of both gateways, by asking and by callbacks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::unnecessary_wraps, reason = "answers, of which some do not come")]

use std::time::Duration;

use payseal::binding::number;
use payseal::bitloga::{Callback, CallbackFields};
use payseal::watch::{Outgoing, Step, Timestamp, Watch, WatchPolicy, WatchVerdict, Watched};
use payseal::{ApiForCrypto, Bitloga, Secret};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const DAY: u64 = 24 * 60 * MINUTE;
const UUID: &str = "0d9f2c7e-0A";

fn bitloga() -> Bitloga {
    Bitloga::new("api-key", Secret::new("api-secret").unwrap())
}

fn crypto() -> ApiForCrypto {
    ApiForCrypto::new("wallet-id")
}

fn invoice() -> Watch<Bitloga> {
    Watch::invoice(&bitloga(), "125").unwrap()
}

fn crypto_invoice() -> Watch<ApiForCrypto> {
    Watch::crypto_invoice(&crypto(), UUID).unwrap()
}

fn at(milliseconds: u64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

type Answer = Option<(u16, String)>;

/// What Bitloga's `details` says of the invoice.
fn details(status: &str) -> Answer {
    let body = format!(
        r#"{{"to":"WMZ","amount":1.00,"purse":"Z1","type":"Invoice","status":"{status}","invoiceid":5,"uniqueid":"125",
            "success":true}}"#
    );
    Some((200, body))
}

/// What Api for Crypto says of the invoice.
fn crypto_details(status: &str, active: bool) -> Answer {
    Some((200, crypto_body(UUID, status, active)))
}

fn crypto_body(id: &str, status: &str, active: bool) -> String {
    format!(
        r#"{{"id":"{id}","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"{status}",
            "active":{active},"secret_key":"of this invoice"}}"#
    )
}

fn callback(uniqueid: &str, kind: &str, status: &str) -> Callback {
    let fields = CallbackFields::new("WMZ", "1.00".parse().unwrap(), "Z1", 5, uniqueid);
    let signed = bitloga().sign_callback(&fields.r#type(kind).status(status)).unwrap();
    bitloga().verify_callback(&signed.body, signed.headers[1].1.as_str()).unwrap()
}

fn notification(id: &str, status: &str, active: bool) -> payseal::apiforcrypto::Notification {
    crypto().verify_notification(crypto_body(id, status, active).as_bytes(), Some("of this invoice")).unwrap()
}

fn question<G: Watched>(watch: &mut Watch<G>, gateway: &G, now: u64) -> Outgoing {
    match watch.next(gateway, at(now)).unwrap() {
        Step::Send(outgoing) => outgoing,
        other => panic!("nothing is asked: {other:?}"),
    }
}

fn report<G: Watched>(watch: &mut Watch<G>, to: &Outgoing, answer: &Answer, now: u64) {
    match answer {
        Some((status, body)) => watch.on_response(to, *status, body.as_bytes(), at(now)).unwrap(),
        None => watch.on_no_response(to, at(now)).unwrap(),
    }
}

struct Run {
    verdict: WatchVerdict,
    status: Option<String>,
    asked: Vec<u64>,
    ended: u64,
}

/// Runs a watch to its end, with answers by time.
fn run<G: Watched>(watch: &mut Watch<G>, gateway: &G, mut says: impl FnMut(u64) -> Answer) -> Run {
    let (mut now, mut asked) = (0, Vec::new());
    for _ in 0..5_000 {
        match watch.next(gateway, at(now)).unwrap() {
            Step::Send(outgoing) => {
                asked.push(now);
                report(watch, &outgoing, &says(now), now);
            }
            Step::Wait(until) => {
                assert!(until.millis() > now);
                now = until.millis();
            }
            Step::Done(outcome) => {
                let (verdict, status) = (outcome.verdict, outcome.status);
                return Run { verdict, status, asked, ended: now };
            }
        }
    }
    panic!("it never ends: {watch:?}");
}

fn ended<G: Watched>(watch: &mut Watch<G>, gateway: &G) -> Option<WatchVerdict> {
    match watch.next(gateway, at(0)).unwrap() {
        Step::Done(outcome) => Some(outcome.verdict),
        _ => None,
    }
}

#[test]
fn each_gateway_is_asked_in_its_way() {
    let request = question(&mut invoice(), &bitloga(), 0).request;
    assert_eq!(request, bitloga().details("125").unwrap().into_request());
    let request = question(&mut crypto_invoice(), &crypto(), 0).request;
    assert_eq!(request, crypto().invoice(UUID).unwrap().into_request());
}

#[test]
fn an_invoice_is_followed_until_it_is_paid() {
    let paid_at = 10 * MINUTE;
    let run_ = run(&mut invoice(), &bitloga(), |now| details(if now < paid_at { "Pending" } else { "Payed" }));
    assert_eq!((run_.verdict, run_.status.as_deref()), (WatchVerdict::Paid, Some("Payed")));
    let run_ = run(&mut crypto_invoice(), &crypto(), |now| {
        let stages = ["NOT_PAID", "PARTIALLY_PAID", "IN_MEMPOOL", "IN_BLOCK"];
        let stage = usize::try_from(now / (3 * MINUTE)).unwrap();
        crypto_details(stages.get(stage).unwrap_or(&"PAID"), true)
    });
    assert_eq!((run_.verdict, run_.status.as_deref()), (WatchVerdict::Paid, Some("PAID")));
}

#[test]
fn statuses_are_understood_in_any_letters() {
    assert_eq!(run(&mut invoice(), &bitloga(), |_| details(" payed ")).verdict, WatchVerdict::Paid);
    assert_eq!(run(&mut crypto_invoice(), &crypto(), |_| crypto_details("paid", true)).verdict, WatchVerdict::Paid);
}

#[test]
fn pauses_grow_up_to_the_longest_and_it_gives_up() {
    let run_ = run(&mut invoice(), &bitloga(), |_| None);
    let pauses: Vec<_> = run_.asked.windows(2).map(|pair| (pair[1] - pair[0]) / SECOND).collect();
    assert_eq!(pauses[..8], [5, 10, 20, 40, 80, 160, 300, 300]);
    assert_eq!((run_.verdict, run_.status, run_.ended), (WatchVerdict::Unknown, None, DAY));
    let policy = WatchPolicy::new().first_pause(Duration::from_secs(1)).longest_pause(Duration::from_secs(3));
    let policy = policy.give_up_time(Duration::from_secs(60));
    let mut watch = Watch::with_policy(&bitloga(), "125", policy).unwrap();
    let run_ = run(&mut watch, &bitloga(), |_| details("Pending"));
    assert_eq!(run_.asked[..4], [0, SECOND, 3 * SECOND, 6 * SECOND]);
    assert_eq!((run_.verdict, run_.status.as_deref(), run_.ended), (WatchVerdict::Unknown, Some("Pending"), MINUTE));
}

#[test]
fn an_invoice_is_closed_when_it_is_seen_so_again() {
    for status in ["Canceled", "Error"] {
        let run_ = run(&mut invoice(), &bitloga(), |_| details(status));
        assert_eq!((run_.verdict, run_.status.as_deref()), (WatchVerdict::Closed, Some(status)));
        assert!((MINUTE..10 * MINUTE).contains(&run_.ended), "{}", run_.ended);
    }
}

#[test]
fn a_crypto_invoice_that_expired_unpaid_is_closed() {
    for status in ["NOT_PAID", "PARTIALLY_PAID"] {
        let run_ = run(&mut crypto_invoice(), &crypto(), |now| crypto_details(status, now < 20 * MINUTE));
        assert_eq!((run_.verdict, run_.status.as_deref()), (WatchVerdict::Closed, Some(status)));
        assert!((20 * MINUTE..40 * MINUTE).contains(&run_.ended), "{}", run_.ended);
    }
    for status in ["IN_MEMPOOL", "IN_BLOCK", "SOMETHING_NEW"] {
        let run_ = run(&mut crypto_invoice(), &crypto(), |_| crypto_details(status, false));
        assert_eq!(run_.verdict, WatchVerdict::Unknown, "{status}: a payment may be under way");
    }
}

#[test]
fn closed_and_open_again_is_open() {
    let run_ = run(&mut invoice(), &bitloga(), |now| {
        details(match now / MINUTE {
            0 => "Canceled",
            1..20 => "Pending",
            _ => "Payed",
        })
    });
    assert_eq!(run_.verdict, WatchVerdict::Paid);
}

#[test]
fn closed_once_more_after_it_was_open_is_new() {
    let mut looks = ["Canceled", "Pending", "Pending", "Pending", "Pending", "Canceled", "Payed"].into_iter();
    let run_ = run(&mut invoice(), &bitloga(), |_| details(looks.next().unwrap()));
    assert_eq!(run_.verdict, WatchVerdict::Paid);
}

#[test]
fn an_answer_that_is_not_about_the_invoice_decides_nothing() {
    let (_, paid) = details("Payed").unwrap();
    let others = [
        (200, paid.replace("125", "1250")),
        (200, paid.replace("\"125\"", "null")),
        (200, paid.replace("true", "false")),
        (200, paid.replace("Invoice", "Withdraw")),
        (200, paid.replace("Invoice", "withdraw")),
        (200, paid.replace("Invoice", "Refund")),
        (200, format!("[{paid},{paid}]")),
        (200, paid.replace("Payed", "PayedBack")),
        (500, paid.clone()),
        (302, paid.clone()),
        (200, String::new()),
        (200, "<html>".into()),
    ];
    for (status, body) in others {
        let run_ = run(&mut invoice(), &bitloga(), |_| Some((status, body.clone())));
        assert_eq!(run_.verdict, WatchVerdict::Unknown, "{status} {body}");
    }
    let paid = crypto_body(UUID, "PAID", true);
    for (status, body) in [(200, paid.replace(UUID, "another")), (500, paid)] {
        let run_ = run(&mut crypto_invoice(), &crypto(), |_| Some((status, body.clone())));
        assert_eq!(run_.verdict, WatchVerdict::Unknown, "{status} {body}");
    }
}

#[test]
fn a_callback_ends_it_at_once() {
    let mut watch = invoice();
    let outgoing = question(&mut watch, &bitloga(), 0);
    report(&mut watch, &outgoing, &details("Pending"), 0);
    let revision = watch.revision();
    assert!(watch.on_callback(&callback("125", "Invoice", "Payed")));
    assert_eq!(ended(&mut watch, &bitloga()), Some(WatchVerdict::Paid));
    assert_eq!(watch.revision(), revision + 1);

    let mut watch = crypto_invoice();
    assert!(watch.on_notification(&notification(&UUID.to_uppercase(), "PAID", false)));
    assert_eq!(ended(&mut watch, &crypto()), Some(WatchVerdict::Paid));
    assert_eq!(watch.revision(), 1);
}

#[test]
fn repeated_and_late_callbacks_change_nothing() {
    let mut watch = invoice();
    watch.on_callback(&callback("125", "Invoice", "Payed"));
    let text = watch.to_text();
    for status in ["Payed", "Complete", "Pending", "Created", "Canceled", "Error"] {
        assert!(watch.on_callback(&callback("125", "Invoice", status)), "{status}");
        assert_eq!(watch.to_text(), text, "{status}");
    }
    let mut watch = crypto_invoice();
    watch.on_notification(&notification(UUID, "PAID", true));
    let text = watch.to_text();
    for (status, active) in [("PAID", true), ("NOT_PAID", false), ("IN_BLOCK", true)] {
        assert!(watch.on_notification(&notification(UUID, status, active)));
        assert_eq!(watch.to_text(), text, "{status}");
    }
}

#[test]
fn callbacks_in_another_order_come_to_the_same_end() {
    let statuses = ["Created", "Pending", "Canceled", "Payed"];
    for first in 0..statuses.len() {
        let mut watch = invoice();
        for position in 0..statuses.len() {
            watch.on_callback(&callback("125", "Invoice", statuses[(first + position) % statuses.len()]));
        }
        assert_eq!(ended(&mut watch, &bitloga()), Some(WatchVerdict::Paid), "{first}");
    }
}

#[test]
fn a_callback_that_is_not_about_payment_does_not_end_it() {
    for status in ["Created", "Pending", "Canceled", "Error", "Unheard-of"] {
        let mut watch = invoice();
        assert!(watch.on_callback(&callback("125", "Invoice", status)));
        assert_eq!((watch.revision(), ended(&mut watch, &bitloga())), (0, None), "{status}");
    }
    let mut watch = crypto_invoice();
    assert!(watch.on_notification(&notification(UUID, "NOT_PAID", false)));
    assert_eq!((watch.revision(), ended(&mut watch, &crypto())), (0, None));
}

#[test]
fn callbacks_about_others_are_told_apart() {
    let mut watch = Watch::invoice(&bitloga(), "aB3").unwrap();
    for (uniqueid, kind) in [("aB31", "Invoice"), ("Ab3", "Invoice"), ("aB3", "Withdraw"), ("aB3", "Refund")] {
        assert!(!watch.on_callback(&callback(uniqueid, kind, "Payed")), "{uniqueid} {kind}");
        assert_eq!((watch.revision(), ended(&mut watch.clone(), &bitloga())), (0, None), "{uniqueid} {kind}");
    }
    assert!(watch.on_callback(&callback(" aB3 ", "invoice", "Payed")));
    let mut watch = crypto_invoice();
    assert!(!watch.on_notification(&notification("0d9f2c7e-0B", "PAID", true)));
    assert_eq!(watch.revision(), 0);
}

#[test]
fn a_callback_may_come_while_a_question_is_under_way() {
    let answers = [details("Pending"), details("Canceled"), details("Payed"), None, Some((502, "<html>".into()))];
    for answer in answers {
        let mut watch = invoice();
        let outgoing = question(&mut watch, &bitloga(), 0);
        assert!(watch.on_callback(&callback("125", "Invoice", "Payed")));
        report(&mut watch, &outgoing, &answer, 5);
        assert_eq!(watch.revision(), 1, "one step to be saved: the report");
        assert_eq!(ended(&mut watch, &bitloga()), Some(WatchVerdict::Paid), "{answer:?}");
        assert_eq!(watch.revision(), 1);
    }
    // One that says nothing new leaves the question under way.
    let mut watch = invoice();
    let outgoing = question(&mut watch, &bitloga(), 0);
    watch.on_callback(&callback("125", "Invoice", "Pending"));
    report(&mut watch, &outgoing, &details("Payed"), 5);
    assert_eq!(ended(&mut watch, &bitloga()), Some(WatchVerdict::Paid));
}

#[test]
fn closed_or_given_up_and_then_paid_is_paid() {
    for (answer, verdict) in [(details("Canceled"), WatchVerdict::Closed), (None, WatchVerdict::Unknown)] {
        let mut watch = invoice();
        assert_eq!(run(&mut watch, &bitloga(), |_| answer.clone()).verdict, verdict);
        let mut watch = Watch::from_text(&bitloga(), &watch.to_text()).unwrap();
        let revision = watch.revision();
        assert!(watch.on_callback(&callback("125", "Invoice", "Payed")));
        assert_eq!(ended(&mut watch, &bitloga()), Some(WatchVerdict::Paid));
        assert_eq!(watch.revision(), revision + 1);
    }
}

#[test]
fn revisions_count_reports_and_nothing_else() {
    let (mut watch, gateway, mut now) = (invoice(), bitloga(), 0);
    for revision in 0..20 {
        assert_eq!(watch.revision(), revision);
        if let Some(until) = watch.progress().next_look.filter(|_| revision > 0) {
            assert_eq!(watch.next(&gateway, at(now)).unwrap(), Step::Wait(until));
            now = until.millis();
        }
        let outgoing = question(&mut watch, &gateway, now);
        assert_eq!(watch.revision(), revision, "a question need not be saved");
        report(&mut watch, &outgoing, &if revision % 2 == 0 { None } else { details("Pending") }, now);
    }
}

#[test]
fn reports_on_another_request_are_refused() {
    let mut watch = invoice();
    let first = question(&mut watch, &bitloga(), 0);
    report(&mut watch, &first, &None, 0);
    let second = question(&mut watch, &bitloga(), 5 * SECOND);
    let refused = watch.on_response(&first, 200, b"", at(0)).unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("invalid_input", Some("request")));
    report(&mut watch, &second, &details("Payed"), 5 * SECOND);
    assert_eq!(watch.on_no_response(&first, at(0)).unwrap_err().code(), "invalid_input");
}

#[test]
fn texts_are_read_as_they_were_written() {
    let mut watch = invoice();
    let steps =
        [None, details("Pending"), details("Canceled"), Some((503, r#"{"success":false,"error":"\"busy\""}"#.into()))];
    let mut now = 0;
    for answer in steps {
        now += 10 * MINUTE;
        let outgoing = question(&mut watch, &bitloga(), now);
        assert_eq!(Watch::from_text(&bitloga(), &watch.to_text()).unwrap(), watch);
        report(&mut watch, &outgoing, &answer, now);
        let read = Watch::from_text(&bitloga(), &watch.to_text()).unwrap();
        assert_eq!((&read, read.progress()), (&watch, watch.progress()));
    }
    watch.on_callback(&callback("125", "Invoice", "Payed"));
    let mut read = Watch::from_text(&bitloga(), &watch.to_text()).unwrap();
    assert_eq!((&read, ended(&mut read.clone(), &bitloga())), (&watch, Some(WatchVerdict::Paid)));
    let Step::Done(outcome) = read.next(&bitloga(), at(0)).unwrap() else { panic!() };
    assert_eq!(outcome.status.as_deref(), Some("Payed"));
    let crypto_text = crypto_invoice().to_text();
    assert_eq!(Watch::from_text(&crypto(), &crypto_text).unwrap().to_text(), crypto_text);
}

#[test]
fn texts_are_refused_unless_whole_and_of_this_account() {
    let text = invoice().to_text();
    for broken in [
        String::new(),
        "{}".into(),
        "[]".into(),
        text[1..].into(),
        text.replace("\"watch\":1", "\"watch\":2"),
        text.replace("waiting", "ready"),
        text.replace("waiting", "done"),
        text.replace("\"revision\":0", "\"revision\":18446744073709551615"),
        text.replace("\"revision\":0", "\"revision\":\"+0\""),
        text.replace("\"first_pause\":5000", "\"first_pause\":0"),
        payseal::bitloga::Bitloga::payout(&bitloga(), &withdraw()).unwrap().to_text(),
    ] {
        assert_ne!(broken, text, "nothing was replaced");
        assert_eq!(Watch::from_text(&bitloga(), &broken).unwrap_err().code(), "malformed_body", "{broken}");
    }
    assert_eq!(payseal::payout::Payout::from_text(&text).unwrap_err().code(), "malformed_body");

    let other = Bitloga::new("another-key", Secret::new("api-secret").unwrap());
    let refused = Watch::from_text(&other, &text).unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("invalid_input", Some("gateway")));
    assert_eq!(invoice().next(&other, at(0)).unwrap_err().field(), Some("gateway"));
    let other = ApiForCrypto::new("another-wallet");
    assert_eq!(Watch::from_text(&other, &crypto_invoice().to_text()).unwrap_err().field(), Some("gateway"));
    assert_eq!(Watch::from_text(&crypto(), &text).unwrap_err().field(), Some("gateway"), "of the other gateway");
}

fn withdraw() -> payseal::bitloga::Withdraw {
    payseal::bitloga::Withdraw::new("125", "USD", "WMZ", "1".parse().unwrap(), "Z1")
}

#[test]
fn texts_stay_small_whatever_the_gateway_says() {
    let words = "x".repeat(200_000);
    let mut watch = invoice();
    let outgoing = question(&mut watch, &bitloga(), 0);
    report(&mut watch, &outgoing, &details(&words), 0);
    assert!(watch.to_text().len() < 10_000, "{}", watch.to_text().len());
    let outgoing = question(&mut watch, &bitloga(), MINUTE);
    report(&mut watch, &outgoing, &Some((500, format!(r#"{{"error":"{words}"}}"#))), MINUTE);
    assert!(watch.to_text().len() < 10_000, "{}", watch.to_text().len());
}

#[test]
fn a_crash_at_any_point_loses_nothing() {
    let (mut watch, mut now) = (invoice(), 0);
    for _ in 0..1_000 {
        let step = watch.next(&bitloga(), at(now)).unwrap();
        match step {
            Step::Done(outcome) => {
                assert_eq!(outcome.verdict, WatchVerdict::Paid);
                return assert!(now < 20 * MINUTE, "{now}");
            }
            Step::Wait(until) => now = until.millis(),
            Step::Send(outgoing) => {
                watch = Watch::from_text(&bitloga(), &watch.to_text()).unwrap();
                // Every second crash is before the report.
                if number(&outgoing).is_multiple_of(2) {
                    report(&mut watch, &outgoing, &details(if now < 5 * MINUTE { "Pending" } else { "Payed" }), now);
                }
            }
        }
        watch = Watch::from_text(&bitloga(), &watch.to_text()).unwrap();
    }
    panic!("it never ends");
}

#[test]
fn a_clock_that_jumps_neither_stalls_it_nor_ends_it() {
    for jump in [-365 * 86_400_000_i64, 365 * 86_400_000] {
        let (mut watch, gateway, mut now, mut asked) = (invoice(), bitloga(), 2 * 365 * DAY, 0);
        loop {
            match watch.next(&gateway, at(now)).unwrap() {
                Step::Wait(until) => {
                    assert!(until.millis() - now <= 5 * MINUTE);
                    now = until.millis();
                }
                Step::Send(outgoing) => {
                    asked += 1;
                    if asked == 5 {
                        now = now.checked_add_signed(jump).unwrap();
                    }
                    report(&mut watch, &outgoing, &details(if asked < 10 { "Pending" } else { "Payed" }), now);
                }
                Step::Done(outcome) => {
                    assert_eq!((outcome.verdict, asked), (WatchVerdict::Paid, 10));
                    break;
                }
            }
        }
    }
}

#[test]
fn progress_shows_where_it_is_at() {
    let mut watch = invoice();
    assert_eq!((watch.progress().stage, watch.progress().questions), ("waiting", 0));
    let outgoing = question(&mut watch, &bitloga(), 7);
    assert_eq!((watch.progress().stage, watch.progress().since), ("asking", Some(at(7))));
    report(&mut watch, &outgoing, &details("Pending"), 9);
    let progress = watch.progress();
    assert_eq!((progress.acknowledged, progress.transaction_status.as_deref()), (true, Some("Pending")));
    assert_eq!((progress.last_status, progress.last_answer_at), (Some(200), Some(at(9))));
    assert_eq!((progress.next_look, progress.sends, progress.questions), (Some(at(9 + 5 * SECOND)), 0, 1));
}

#[test]
fn limits_out_of_range_are_refused_by_name() {
    let new = WatchPolicy::new;
    let (zero, week) = (Duration::ZERO, Duration::from_secs(7 * 86_400));
    let wrong = [
        ("policy.first_pause", new().first_pause(zero)),
        ("policy.longest_pause", new().longest_pause(Duration::from_secs(4))),
        ("policy.longest_pause", new().longest_pause(Duration::MAX)),
        ("policy.closing_pause", new().closing_pause(week + Duration::from_nanos(1))),
        ("policy.give_up_time", new().give_up_time(zero)),
        ("policy.give_up_time", new().give_up_time(53 * week)),
    ];
    for (option, policy) in wrong {
        let refused = Watch::with_policy(&bitloga(), "125", policy).unwrap_err();
        assert_eq!((refused.code(), refused.field()), ("invalid_input", Some(option)));
    }
    assert_eq!(Watch::invoice(&bitloga(), "").unwrap_err().field(), Some("uniqueid"));
    assert_eq!(Watch::crypto_invoice(&crypto(), "..").unwrap_err().field(), Some("uuid"));
}

#[test]
fn the_uuid_of_a_crypto_invoice_is_not_shown() {
    let watch = crypto_invoice();
    assert!(!format!("{watch:?} {watch:#?}").contains(UUID));
}
