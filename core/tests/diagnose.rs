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
    assert_eq!(cause(SENT, &right[..64]), Cause::SignatureOfAnotherKind);
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
