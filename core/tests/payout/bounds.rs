//! However much a gateway says, a saved text stays small.

use crate::support::{Answer, BEGIN, at, gateway, handed_out, pause, payout, report, restored, says};

/// More than any field is kept of.
const LONG: usize = 200_000;
/// The most a saved text takes: a thousand characters of each field, each escaped at worst.
const MOST: usize = 80_000;

fn long_words(character: &str) -> Answer {
    let words = character.repeat(LONG / character.len());
    says(200, &format!(r#"{{"success":false,"error":"{words}"}}"#))
}

fn long_transaction(character: &str, status: Option<&str>) -> Answer {
    let words = character.repeat(LONG / character.len());
    let status = status.unwrap_or(&words);
    says(
        200,
        &format!(
            r#"{{"success":true,"uniqueid":"135","status":"{status}","orderid":"{words}","transid":"{words}",
                "to":"{words}","purse":"{words}","type":"Invoice","amount_to":1.00,"message":"{words}"}}"#
        ),
    )
}

#[test]
fn whatever_the_gateway_says() {
    for character in ["x", "ß", "💰", "\\u0000", "\\\""] {
        let withdrawals = [long_words(character), long_transaction(character, None)];
        for withdrawal in withdrawals {
            let mut payout = payout();
            let outgoing = handed_out(&mut payout, "withdraw", BEGIN);
            report(&mut payout, &outgoing, &withdrawal, BEGIN);
            assert_small(&payout);
            let mut now = pause(&mut payout, BEGIN);
            // A conflict, seen again until it is believed: its differences are kept.
            while payout.progress().stage != "done" {
                let question = handed_out(&mut payout, "details", now);
                report(&mut payout, &question, &long_transaction(character, Some("Complete")), now);
                assert_small(&payout);
                if payout.progress().stage != "done" {
                    now = pause(&mut payout, now);
                }
            }
            let payseal::payout::Step::Done(outcome) = payout.next(&gateway(), at(now)).unwrap() else { panic!() };
            assert_eq!(outcome.differences.len(), 4);
        }
    }
}

fn assert_small(payout: &payseal::payout::Payout) {
    let text = payout.to_text();
    assert!(text.len() <= MOST, "{} bytes", text.len());
    assert_eq!(&restored(payout), payout);
}

/// What is compared is the whole, not what is kept of it.
#[test]
fn a_purse_that_differs_only_far_from_its_begin_differs() {
    let purse = "4".repeat(1_024);
    let withdraw = payseal::bitloga::Withdraw::new("135", "USD", "WMZ", "10.00".parse().unwrap(), purse.clone());
    let mut payout = gateway().payout(&withdraw).unwrap();
    let body = crate::support::COMPLETE.replace("Z123456789012", &format!("{}5", &purse[1..]));
    let run = crate::support::run(&mut payout, crate::support::always(None, says(200, &body)));
    assert_eq!(run.verdict(), payseal::payout::Verdict::Conflict);
}
