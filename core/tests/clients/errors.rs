//! What errors tell a program.

use payseal::{Error, Family};

use super::bitloga;

#[test]
fn have_families() {
    let families = |family| {
        let codes = Error::CODES.iter().filter(move |(_, other)| *other == family);
        codes.map(|(code, _)| *code).collect::<Vec<_>>()
    };
    assert_eq!(families(Family::InvalidInput), ["invalid_input", "invalid_secret", "body_not_raw"]);
    let signature = ["signature_missing", "signature_malformed", "signature_mismatch", "signature_ambiguous"];
    assert_eq!(families(Family::Signature), signature);
    assert_eq!(families(Family::Gateway), ["rejected", "http_status"]);
    assert_eq!(families(Family::Malformed), ["malformed_body"]);
    assert_eq!(families(Family::Mismatch), ["mismatch"]);
    assert_eq!(Error::SignatureMalformed.family().name(), "SignatureError");
}

#[test]
fn tell_whether_to_try_again() {
    let answer = |status, body: &str| bitloga().balances(None).unwrap().parse(status, body.as_bytes()).unwrap_err();
    for status in [408, 429, 500, 502, 503, 504, 599] {
        assert!(answer(status, "").retryable(), "{status}");
    }
    for status in [0, 100, 301, 400, 401, 403, 404, 422, 499] {
        assert!(!answer(status, "").retryable(), "{status}");
    }
    let refused = answer(500, r#"{"success":false,"message":"no"}"#);
    assert_eq!((refused.code(), refused.retryable()), ("rejected", false));
    assert_eq!(refused.to_string(), "the gateway refused (status 500): no");
    assert!(!Error::SignatureMalformed.retryable());
}
