//! What errors tell a program.

use payseal::binding::ERROR_CODES;
use payseal::binding::{API_FOR_CRYPTO, BITLOGA};
use payseal::bitloga::{ApplyCode, CreateCode, CreateInvoice, ListCodes, Withdraw};
use payseal::{ApiForCrypto, Error, Family};

use super::{amount, bitloga};

const OVERLOADED_OR_FAILED: [u16; 8] = [408, 425, 429, 500, 502, 503, 504, 599];

#[test]
fn have_families() {
    let families = |family| {
        let codes = ERROR_CODES.iter().filter(move |(_, other)| *other == family);
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
    for status in OVERLOADED_OR_FAILED {
        assert!(answer(status, "").retryable(), "{status}");
    }
    for status in [0, 100, 301, 400, 401, 403, 404, 422, 499] {
        assert!(!answer(status, "").retryable(), "{status}");
    }
    let refused = answer(400, r#"{"success":false,"message":"no"}"#);
    assert_eq!((refused.code(), refused.retryable()), ("rejected", false));
    assert_eq!(refused.to_string(), "the gateway refused (status 400): no");
    assert!(!Error::SignatureMalformed.retryable());
}

/// A server that failed has decided nothing, even where it says `success:false`.
#[test]
fn tell_a_failed_server_from_a_refusal() {
    let refused = r#"{"success":false,"message":"no"}"#;
    for status in OVERLOADED_OR_FAILED {
        let failed = bitloga().balances(None).unwrap().parse(status, refused.as_bytes()).unwrap_err();
        assert_eq!((failed.code(), failed.retryable()), ("http_status", true), "{status}");
        assert_eq!(failed.to_string(), format!("the gateway failed (status {status}): no"));
    }
    for status in [200, 302, 400, 401, 403, 404, 422, 499] {
        let refused = bitloga().balances(None).unwrap().parse(status, refused.as_bytes()).unwrap_err();
        assert_eq!(refused.code(), "rejected", "{status}");
    }
}

/// The methods of both gateways, and whether their requests may be sent again after a failure.
const REPEATABLE: [(&str, bool); 10] = [
    ("balances", true),
    ("create_invoice", true),
    ("withdraw", false),
    ("details", true),
    ("create_code", false),
    ("apply_code", false),
    ("list_codes", true),
    ("create_invoice", true),
    ("invoice", true),
    ("wallet", true),
];

const BODIES: [&[u8]; 4] = [b"", b"<html>", br#"{"success":false,"error":"no"}"#, br#"{"success":true}"#];

#[test]
fn of_what_moves_money_are_never_to_be_tried_again() {
    let bitloga = BITLOGA.methods.iter().map(|method| (method.name, method.read));
    let methods: Vec<_> =
        bitloga.chain(API_FOR_CRYPTO.methods.iter().map(|method| (method.name, method.read))).collect();
    assert_eq!(methods.iter().map(|(name, _)| *name).collect::<Vec<_>>(), REPEATABLE.map(|(name, _)| name));
    for ((name, read), (_, is_repeatable)) in methods.into_iter().zip(REPEATABLE) {
        for status in OVERLOADED_OR_FAILED {
            for body in BODIES {
                let error = read(status, body, 1_000).unwrap_err();
                assert_eq!((error.code(), error.retryable()), ("http_status", is_repeatable), "{name} {status}");
            }
        }
    }
}

/// The calls of the Rust interface agree with the schemas that bindings go by.
#[test]
fn of_calls_are_those_of_the_table() {
    let (bitloga, crypto) = (bitloga(), ApiForCrypto::new("wallet-id"));
    let (one, purse) = (amount("1"), "Z123456789012");
    let answers = |status, body| {
        [
            bitloga.balances(None).unwrap().parse(status, body).map(drop),
            bitloga
                .create_invoice(&CreateInvoice::new("1", "WMZ", one.clone(), purse))
                .unwrap()
                .parse(status, body)
                .map(drop),
            bitloga
                .withdraw(&Withdraw::new("1", "USD", "WMZ", one.clone(), purse))
                .unwrap()
                .parse(status, body)
                .map(drop),
            bitloga.details("1").unwrap().parse(status, body).map(drop),
            bitloga.create_code(&CreateCode::new(one.clone(), "USD")).unwrap().parse(status, body).map(drop),
            bitloga.apply_code(&ApplyCode::new("wf9g")).unwrap().parse(status, body).map(drop),
            bitloga.list_codes(&ListCodes::new()).unwrap().parse(status, body).map(drop),
            crypto
                .create_invoice(&payseal::apiforcrypto::CreateInvoice::new("tron", "USDT", one.clone(), 15, 1))
                .unwrap()
                .parse(status, body)
                .map(drop),
            crypto.invoice("5b6e1f0a").unwrap().parse(status, body).map(drop),
            crypto.wallet().unwrap().parse(status, body).map(drop),
        ]
    };
    for status in OVERLOADED_OR_FAILED {
        for body in BODIES {
            let retryable = answers(status, body).map(|result| result.unwrap_err().retryable());
            assert_eq!(retryable, REPEATABLE.map(|(_, is_repeatable)| is_repeatable), "{status}");
        }
    }
}
