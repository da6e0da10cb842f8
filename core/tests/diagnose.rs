//! Each cause told apart from the others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use payseal::bitloga::Bitloga;
use payseal::signature::{Key, Source};
use payseal::{Cause, Secret};

const SENT: &str = r#"{"to":"WMZ","amount":136.00,"purse":"https://x/ü","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}"#;

fn signature_of(body: &str) -> String {
    Key::new(&Secret::new("api-secret").unwrap()).sign(body.as_bytes()).to_hex()
}

fn cause(body: &str, signature: &str) -> Cause {
    gateway().diagnose(body.as_bytes(), signature).cause
}

fn gateway() -> Bitloga {
    Bitloga::new("api-key", Secret::new("api-secret").unwrap())
}

#[test]
fn valid_and_other() {
    assert_eq!(cause(SENT, &signature_of(SENT)), Cause::Valid);
    assert_eq!(cause(&SENT.replace("136.00", "137.00"), &signature_of(SENT)), Cause::Other);
    assert_eq!(cause("not JSON", &signature_of(SENT)), Cause::Other);
}

#[test]
fn signatures() {
    let right = signature_of(SENT);
    assert_eq!(cause(SENT, ""), Cause::SignatureMissing);
    let two = Source::HeaderValues(vec![&right, "00"]);
    assert_eq!(gateway().diagnose(SENT.as_bytes(), two).cause, Cause::SignatureAmbiguous);
    for wrapped in [format!("sha512={right}"), format!(" {right}\n"), format!("\"{right}\"")] {
        assert_eq!(cause(SENT, &wrapped), Cause::SignatureWrapped, "{wrapped}");
    }
    assert_eq!(cause(SENT, &right[..62]), Cause::SignatureOfAnotherKind);
    assert_eq!(cause(SENT, "q1MKE+RZFJgrefm34+uplM/R8/si9xzqGvvwK0YMbR0="), Cause::SignatureOfAnotherKind);
}

#[test]
fn bodies_written_anew() {
    let php = SENT.replace('/', "\\/").replace('ü', "\\u00fc");
    let spaced = SENT.replace(',', ", ").replace(':', ": ").replace("https: //", "https://");
    let rounded = SENT.replace("136.00", "136");
    for sent in [SENT, &php] {
        for received in [spaced.as_str(), &rounded, SENT, &php] {
            let expected = if sent == received { Cause::Valid } else { Cause::BodyRewritten };
            assert_eq!(cause(received, &signature_of(sent)), expected, "sent {sent} received {received}");
        }
    }
}

#[test]
fn bodies_wrapped() {
    for received in [format!("{SENT}\n"), format!("\u{feff}{SENT}"), format!("  {SENT}")] {
        assert_eq!(cause(&received, &signature_of(SENT)), Cause::BodyWrapped);
    }
    assert_eq!(cause(SENT, &signature_of(&format!("{SENT}\n"))), Cause::BodyWrapped);
}

#[test]
fn swapped_keys() {
    let swapped = Bitloga::new("api-secret", Secret::new("api-key").unwrap());
    assert_eq!(swapped.diagnose(SENT.as_bytes(), signature_of(SENT).as_str()).cause, Cause::KeysSwapped);
}

/// What a body is whose signature was made of `sent`, and which came as `received`.
fn cause_of(sent: &[u8], received: &[u8]) -> String {
    let signature = Key::new(&Secret::new("api-secret").unwrap()).sign(sent).to_hex();
    let diagnosis = gateway().diagnose(received, signature.as_str());
    assert!(!diagnosis.message.is_empty());
    diagnosis.cause.to_string()
}

#[test]
fn bodies_that_were_read_before() {
    assert_eq!(cause_of(SENT.as_bytes(), b""), "body_empty");
    assert_eq!(cause_of(SENT.as_bytes(), b" \r\n"), "body_empty");
    assert_eq!(cause_of(b"", b""), "valid");
    assert_eq!(cause("", ""), Cause::SignatureMissing);
}

#[test]
fn bodies_in_base64() {
    // `printf … | base64`, of SENT.
    let base64 = "eyJ0byI6IldNWiIsImFtb3VudCI6MTM2LjAwLCJwdXJzZSI6Imh0dHBzOi8veC/DvCIsInR5cGUiOiJJbnZvaWNlIiwic3RhdHVzIjoi\
                  UGF5ZWQiLCJpbnZvaWNlaWQiOjUsInVuaXF1ZWlkIjoiMTI1In0=";
    assert_eq!(cause_of(SENT.as_bytes(), base64.as_bytes()), "body_base64");
    assert_eq!(cause_of(SENT.as_bytes(), base64.trim_end_matches('=').as_bytes()), "body_base64");
    let for_urls = base64.replace('/', "_").replace('+', "-");
    assert_eq!(cause_of(SENT.as_bytes(), format!("{for_urls}\n").as_bytes()), "body_base64");
    assert_eq!(cause_of(b"of another body", base64.as_bytes()), "other");
    assert_eq!(cause_of(SENT.as_bytes(), &base64.as_bytes()[1..]), "other");
}

#[test]
fn bodies_that_are_compressed() {
    assert_eq!(cause_of(SENT.as_bytes(), b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56"), "body_compressed");
    assert_eq!(cause_of(SENT.as_bytes(), b"\x1f\x8c\x08"), "other");
}

#[test]
fn line_breaks() {
    let lines = SENT.replace(',', ",\n");
    let windows = lines.replace('\n', "\r\n");
    let mixed = windows.replacen("\r\n", "\n", 1);
    assert_eq!(cause_of(lines.as_bytes(), windows.as_bytes()), "line_breaks_changed");
    assert_eq!(cause_of(windows.as_bytes(), lines.as_bytes()), "line_breaks_changed");
    assert_eq!(cause_of(windows.as_bytes(), mixed.as_bytes()), "line_breaks_changed");
    assert_eq!(cause_of(lines.as_bytes(), mixed.as_bytes()), "line_breaks_changed");
}

#[test]
fn byte_order_marks() {
    assert_eq!(cause_of(format!("\u{feff}{SENT}").as_bytes(), SENT.as_bytes()), "body_wrapped");
    assert_eq!(cause_of(SENT.as_bytes(), format!("\u{feff}{SENT}").as_bytes()), "body_wrapped");
}

#[test]
fn bytes_as_python_prints_them() {
    let printed = |text: &str| text.replace('\\', "\\\\").replace('ü', "\\xc3\\xbc").replace('\n', "\\n");
    let single = format!("b'{}'", printed(SENT));
    assert_eq!(cause_of(SENT.as_bytes(), single.as_bytes()), "body_printed");
    let quoted = "{\"name\":\"O'Neil\",\"path\":\"C:\\\\x\"}\n\r\t\u{7f}";
    let double = r#"b'{"name":"O\'Neil","path":"C:\\\\x"}\n\r\t\x7f'"#;
    assert_eq!(cause_of(quoted.as_bytes(), double.as_bytes()), "body_printed");
    let apostrophe = "{\"name\":O'Neil}".replace('"', "");
    assert_eq!(cause_of(apostrophe.as_bytes(), b"b\"{name:O'Neil}\""), "body_printed");
    assert_eq!(cause_of(SENT.as_bytes(), &single.as_bytes()[..single.len() - 1]), "other");
    for broken in ["b'", "b'\\'", "b'\\x'", "b'\\xc'", "b'\\q'", "b\"'"] {
        assert_eq!(cause_of(SENT.as_bytes(), broken.as_bytes()), "other", "{broken}");
    }
}

#[test]
fn bodies_beyond_the_limit() {
    let long = format!("{SENT}{}", " ".repeat(1000));
    let signature = signature_of(&long);
    let diagnose = |limit| gateway().max_body(limit).diagnose(long.as_bytes(), signature.as_str()).cause;
    assert_eq!(diagnose(long.len()), Cause::Valid);
    assert_eq!(diagnose(long.len() - 1).as_str(), "body_too_long");
    let of = |signature: &str| gateway().max_body(3).diagnose(b"long", signature).cause;
    assert_eq!(of(""), Cause::SignatureMissing);
    assert_eq!(of("garbage"), Cause::SignatureOfAnotherKind);
    assert_eq!(of(&format!("sha512={}", signature_of("long"))), Cause::BodyTooLong);
}

/// A person waits for the answer, and a server that diagnoses every bad callback must not be kept from its other work.
#[test]
fn takes_a_bounded_time() {
    let numbers = format!("[{}1.00]", r#"1.5,"/ü","#.repeat(100_000));
    assert!(numbers.len() < 1 << 20, "longer than the limit");
    let signature = signature_of("another body");
    let key = Key::new(&Secret::new("api-secret").unwrap());
    let time = |work: &dyn Fn()| {
        let started = std::time::Instant::now();
        work();
        started.elapsed()
    };
    let hash = (0..5).map(|_| time(&|| _ = key.sign(numbers.as_bytes()))).min().unwrap();
    let whole = (0..3).map(|_| time(&|| assert_eq!(cause(&numbers, &signature), Cause::Other))).min().unwrap();
    println!("1 MiB: {} ms, one hash of it {} ms", whole.as_millis(), hash.as_millis());
    assert!(whole < hash * 100, "{} ms for what {} ms can hash once", whole.as_millis(), hash.as_millis());
}
