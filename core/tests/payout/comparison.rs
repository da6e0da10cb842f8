//! What was paid is compared with what was asked for.

use payseal::bitloga::Withdraw;
use payseal::payout::Verdict;

use crate::support::{COMPLETE, always, complete, gateway, payout, run, says};

/// The verdict and the fields that differ, of a payout to this purse that is answered like this.
fn verdict(purse: &str, body: &str) -> (Verdict, Vec<&'static str>) {
    let withdraw = Withdraw::new("135", "USD", "WMZ", "10.00".parse().unwrap(), purse);
    let run = run(&mut gateway().payout(&withdraw).unwrap(), always(says(200, body), says(200, body)));
    let fields = run.outcome.differences.iter().map(|difference| difference.field).collect();
    (run.verdict(), fields)
}

#[test]
fn amounts_compare_by_value() {
    for amount in ["10", "10.00", "10.000", "1e1", "100E-1", "\"10.00\""] {
        let body = COMPLETE.replace("10.00", amount);
        assert_eq!(verdict("Z123456789012", &body), (Verdict::Paid, vec![]), "{amount}");
    }
    for amount in ["10.01", "9.99", "0", "-10", "100", "\"10.0000000001\""] {
        let body = COMPLETE.replace("10.00", amount);
        assert_eq!(verdict("Z123456789012", &body), (Verdict::Conflict, vec!["amount_to"]), "{amount}");
    }
}

#[test]
fn without_an_amount_nobody_knows_what_was_paid() {
    for amount in ["null", "\"\"", "\"10,00\"", "\"about ten\"", "[10.00]", "true"] {
        let body = COMPLETE.replace("10.00", amount);
        assert_eq!(verdict("Z123456789012", &body), (Verdict::Unknown, vec![]), "{amount}");
    }
}

#[test]
fn accounts_compare_without_spaces_and_case() {
    let purses = [
        ("Z123456789012", "z123456789012"),
        ("Z123456789012", " Z123 4567 8901\u{a0}2 "),
        ("4111 1111 1111 1111", "4111111111111111"),
        ("4111111111111111", "4111****1111"),
        ("4111 1111 1111 1111", "411111** **** 1111"),
        ("4111111111111111", "••••1111"),
        ("4111111111111111", "4111…"),
        ("user@example.org", "USER@EXAMPLE.ORG"),
        ("4111****1111", "4111****1111"),
    ];
    for (expected, actual) in purses {
        let body = COMPLETE.replace("Z123456789012", actual);
        assert_eq!(verdict(expected, &body), (Verdict::Paid, vec![]), "{expected} {actual}");
    }
}

#[test]
fn other_accounts_are_a_conflict() {
    let purses = [
        ("Z123456789012", "Z123456789013"),
        ("Z123456789012", "Z12345678901"),
        ("Z123456789012", "Z1234567890122"),
        ("4111111111111111", "4111****1112"),
        ("4111111111111111", "4222****1111"),
        ("41111", "4111****1111"),
        ("4111****1111", "4111111111111111"),
        ("Ünal", "Unal"),
    ];
    for (expected, actual) in purses {
        let body = COMPLETE.replace("Z123456789012", actual);
        assert_eq!(verdict(expected, &body), (Verdict::Conflict, vec!["purse"]), "{expected} {actual}");
    }
}

#[test]
fn payment_systems_compare_like_accounts() {
    let to = |to: &str| COMPLETE.replace(r#""WMZ""#, to);
    assert_eq!(verdict("Z123456789012", &to(r#"" wmz""#)).0, Verdict::Paid);
    assert_eq!(verdict("Z123456789012", &to(r#""WMR""#)), (Verdict::Conflict, vec!["to"]));
}

#[test]
fn a_field_that_is_absent_does_not_differ() {
    for (field, absent) in [(r#""WMZ""#, "null"), (r#""Z123456789012""#, "null"), (r#""Z123456789012""#, "[]")] {
        assert_eq!(verdict("Z123456789012", &COMPLETE.replace(field, absent)), (Verdict::Paid, vec![]), "{field}");
    }
}

#[test]
fn every_difference_is_named_with_what_was_expected() {
    let body = COMPLETE.replace("10.00", "1.00").replace("WMZ", "WMR").replace("Z123456789012", "R1");
    let outcome = run(&mut payout(), always(None, says(200, &body))).outcome;
    let differences: Vec<_> = outcome
        .differences
        .iter()
        .map(|difference| (difference.field, difference.expected.as_str(), difference.actual.as_deref().unwrap()))
        .collect();
    let expected = [("to", "WMZ", "WMR"), ("amount_to", "10.00", "1.00"), ("purse", "Z123456789012", "R1")];
    assert_eq!(differences, expected);
    assert_eq!((outcome.orderid.as_deref(), outcome.status.unwrap().as_str()), (Some("29"), "Complete"));
}

#[test]
fn an_invoice_of_that_uniqueid_is_a_conflict() {
    let invoice = r#"{"to":"WMZ","amount":10.00,"purse":"Z123456789012","type":"Invoice","status":"Payed","invoiceid":5,
        "uniqueid":"135","success":true}"#;
    assert_eq!(verdict("Z123456789012", invoice), (Verdict::Conflict, vec!["type"]));
}

#[test]
fn a_conflict_that_is_seen_once_is_not_believed() {
    let other = COMPLETE.replace("10.00", "1.00");
    let run = run(&mut payout(), |now, action| match action {
        "withdraw" => None,
        _ if now < 60_000 => says(200, &other),
        _ => complete(),
    });
    assert_eq!((run.verdict(), run.outcome.differences), (Verdict::Paid, vec![]));
}
