//! How long a body may be.

use payseal::bitloga::CallbackFields;
use payseal::{ApiForCrypto, Error};

use super::{amount, bitloga};

const ANSWER: &[u8] = br#"{"USD":1,"success":true}"#;

fn is_too_long(error: &Error) -> bool {
    error.code() == "malformed_body" && error.to_string().contains("longer than the limit")
}

#[test]
fn of_answers() {
    let answer = |max_body| bitloga().max_body(max_body).balances(None).unwrap().parse(200, ANSWER);
    assert!(answer(ANSWER.len()).is_ok());
    assert!(is_too_long(&answer(ANSWER.len() - 1).unwrap_err()));
    let wallet = |max_body| ApiForCrypto::new("w").max_body(max_body).wallet().unwrap().parse(200, br#"{"id":"w"}"#);
    assert!(wallet(10).is_ok());
    assert!(is_too_long(&wallet(9).unwrap_err()));
}

/// An error keeps no more of a body than the client would read.
#[test]
fn of_replies() {
    let error = bitloga().max_body(10).balances(None).unwrap().parse(502, &[b'x'; 11]).unwrap_err();
    assert_eq!((error.code(), error.status(), error.retryable()), ("http_status", Some(502), true));
    assert_eq!(error.reply().unwrap().body, [b'x'; 10]);
}

#[test]
fn of_callbacks() {
    let signed = bitloga().sign_callback(&CallbackFields::new("WMZ", amount("1"), "Z1", 5, "125")).unwrap();
    let verify = |max_body| bitloga().max_body(max_body).verify_callback(&signed.body, &signed.headers[1].1).map(drop);
    assert!(verify(signed.body.len()).is_ok());
    assert!(is_too_long(&verify(signed.body.len() - 1).unwrap_err()));
}

#[test]
fn of_notifications() {
    let body = br#"{"id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID","secret_key":"k"}"#;
    let verify = |max_body| ApiForCrypto::new("w").max_body(max_body).verify_notification(body, Some("k")).map(drop);
    assert!(verify(body.len()).is_ok());
    assert!(is_too_long(&verify(body.len() - 1).unwrap_err()));
}

/// Every language holds whole numbers up to 2^53 - 1 exactly.
#[test]
fn of_whole_numbers() {
    let parse = |confirmations: &str| {
        let body = format!(
            r#"{{"id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID","confirmations":{confirmations}}}"#
        );
        let invoice = ApiForCrypto::new("w").invoice("i").unwrap().parse(200, body.as_bytes());
        invoice.map(|invoice| invoice.confirmations).map_err(|error| error.field().map(String::from))
    };
    assert_eq!(parse("9007199254740991"), Ok(Some(9_007_199_254_740_991)));
    assert_eq!(parse("\"12\""), Ok(Some(12)));
    assert_eq!(parse("null"), Ok(None));
    for refused in ["9007199254740992", "18446744073709551616", "-1", "1.5", "1e3", "\"\"", "true", "[1]"] {
        assert_eq!(parse(refused), Err(Some("confirmations".into())), "{refused}");
    }
}
