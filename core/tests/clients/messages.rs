//! Texts of others in messages: nothing in them moves a cursor, ends a line or hides, and they are cut.

use payseal::apiforcrypto::CryptoInvoiceStatus;
use payseal::bitloga::{CodeStatus, Expected, RequisitesType, TransactionStatus, TransactionType};
use payseal::signature::Key;
use payseal::{ApiForCrypto, Error};
use serde_json::json;

use super::{bitloga, secret};

/// A forged line of a log, a cursor that moves up, text that runs backwards or is not seen, separators.
const HOSTILE: &str = "no\r\n2026-11-26 INFO paid\u{1b}[1A\u{1b}[2K\0\u{7}\u{8}\u{7f}\u{85}\u{9b}31m\u{2028}\u{2029}\u{202e}\u{2066}\
                       \u{200b}\u{200d}\u{200e}\u{2060}\u{feff}\u{ad}\u{61c}\u{e0041}\"\\";

/// The longest message: a few texts of 200 characters, each of which may take twelve.
const LONGEST: usize = 8 * 200 * 12 + 1000;

fn assert_harmless(message: &str) {
    let is_harmful = |character: char| {
        character.is_control()
            || matches!(u32::from(character), 0xad | 0x61c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
            || (0xe_0000..=0xe_007f).contains(&u32::from(character))
    };
    assert!(!message.contains(is_harmful), "{message:?}");
    assert!(message.len() < LONGEST, "{} bytes", message.len());
}

fn answer(status: u16, body: &str) -> Error {
    bitloga().balances(None).unwrap().parse(status, body.as_bytes()).unwrap_err()
}

#[test]
fn of_refusals() {
    let reason = HOSTILE.repeat(4_000);
    for status in [200, 403, 500] {
        let body = json!({"success": false, "error": reason}).to_string();
        let error = answer(status, &body);
        assert_harmless(&error.to_string());
        assert_harmless(&format!("{error:?}"));
        let reply = error.reply().unwrap();
        assert_eq!(reply.reason.as_deref(), Some(reason.as_str()), "programs get the whole reason");
        assert_eq!(reply.body, body.as_bytes());
    }
    let wallet = ApiForCrypto::new("w").wallet().unwrap();
    let body = json!({"message": {"text": HOSTILE, "codes": [HOSTILE, HOSTILE]}}).to_string();
    assert_harmless(&wallet.parse(404, body.as_bytes()).unwrap_err().to_string());
}

#[test]
fn keep_what_is_harmless() {
    let say = |reason: &str| answer(200, &json!({"success": false, "error": reason}).to_string()).to_string();
    assert_eq!(
        say("Недостаточно средств ❤️ “C:\\x”"),
        "the gateway refused (status 200): Недостаточно средств ❤️ “C:\\x”"
    );
    assert_eq!(say("one\ntwo\u{1b}"), "the gateway refused (status 200): one\\ntwo\\u001b");
    assert_eq!(say(&"é".repeat(200)), format!("the gateway refused (status 200): {}", "é".repeat(200)));
    assert_eq!(say(&"é".repeat(201)), format!("the gateway refused (status 200): {}…", "é".repeat(200)));
}

#[test]
fn of_differences() {
    let (uniqueid, purse) = (HOSTILE.repeat(2000), "x".repeat(201));
    let body = json!({"to": HOSTILE, "amount": 1, "purse": purse, "type": "Invoice", "status": "Payed",
        "invoiceid": 5, "uniqueid": uniqueid})
    .to_string();
    let signature = Key::new(&secret("secret")).sign(body.as_bytes()).to_hex();
    let callback = bitloga().verify_callback(body.as_bytes(), &signature).unwrap();
    let expected =
        Expected::new().uniqueid(HOSTILE.repeat(3).replace('\0', "")).to("Z\u{202e}1").purse("y".repeat(201));
    let error = callback.expect(&expected).unwrap_err();
    assert_harmless(&error.to_string());
    assert_harmless(&format!("{error:?}"));
    let Error::Mismatch { differences, .. } = &error else { unreachable!("{error}") };
    assert_eq!(differences[0].actual.as_deref(), Some(uniqueid.as_str()), "programs get the whole text");
    let shown = format!("purse is \"{}\"…, not \"{}\"…", "x".repeat(200), "y".repeat(200));
    assert!(error.to_string().ends_with(&shown), "{error}");
}

#[test]
fn of_unknown_values() {
    let hostile = HOSTILE.repeat(2000);
    let shown = [
        TransactionStatus::from(&*hostile).to_string(),
        TransactionType::from(&*hostile).to_string(),
        CodeStatus::from(&*hostile).to_string(),
        RequisitesType::from(&*hostile).to_string(),
        CryptoInvoiceStatus::from(&*hostile).to_string(),
    ];
    for shown in shown {
        assert_harmless(&shown);
    }
    assert_eq!(TransactionStatus::from(&*hostile).as_str(), hostile, "programs get the whole value");
}

/// What callers give can come from their own users.
#[test]
fn of_callers() {
    for name in [HOSTILE.to_owned(), "a".repeat(1_000_000)] {
        let error = payseal::binding::invalid(name.clone(), name.clone());
        assert_harmless(&error.to_string());
        assert_eq!(error.field(), Some(name.as_str()));
    }
}
