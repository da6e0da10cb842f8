//! A signature is of one message under one secret.

use payseal::signature::{Key, Signature};
use payseal::{Bitloga, Secret};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::cases;

fn secret() -> impl Strategy<Value = Secret> {
    vec(any::<u8>(), 1..200).prop_filter_map("blank at an end", |bytes| Secret::new(bytes).ok())
}

fn flipped(bytes: &[u8], bit: Index) -> Vec<u8> {
    let bit = bit.index(bytes.len() * 8);
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn verifies(secret in secret(), message in vec(any::<u8>(), 0..300)) {
        let key = Key::new(&secret);
        let signature = key.sign(&message);
        prop_assert_eq!(key.verify(&message, &signature), Ok(()));
        for text in [signature.to_hex(), signature.to_hex().to_uppercase()] {
            prop_assert_eq!(key.verify(&message, &Signature::from_hex(&text).unwrap()), Ok(()));
        }
    }

    #[test]
    fn is_of_no_other_message(secret in secret(), message in vec(any::<u8>(), 1..300), bit: Index, more: u8) {
        let key = Key::new(&secret);
        let signature = key.sign(&message);
        prop_assert!(key.verify(&flipped(&message, bit), &signature).is_err());
        prop_assert!(key.verify(&message[1..], &signature).is_err());
        prop_assert!(key.verify(&message[..message.len() - 1], &signature).is_err());
        prop_assert!(key.verify(&[&message[..], &[more]].concat(), &signature).is_err());
    }

    #[test]
    fn no_other_signature_is_of_it(secret in secret(), message in vec(any::<u8>(), 0..300), place in 0..128_usize, digit in "[0-9a-f]") {
        let key = Key::new(&secret);
        let mut text = key.sign(&message).to_hex();
        prop_assume!(text[place..=place] != digit);
        text.replace_range(place..=place, &digit);
        prop_assert!(key.verify(&message, &Signature::from_hex(&text).unwrap()).is_err());
    }

    #[test]
    fn is_under_no_other_secret(first in secret(), second in secret(), message in vec(any::<u8>(), 0..100)) {
        let (first, second) = (Key::new(&first).sign(&message), Key::new(&second).sign(&message));
        prop_assert_ne!(first.to_hex(), second.to_hex());
    }

    /// Whatever comes as a signature is an error, unless it is the one.
    #[test]
    fn any_text_is_refused(text in prop_oneof![any::<String>(), "[0-9a-fA-F]{120,136}", "[0-9a-f]{128}", "[0-9a-fx ]{128}"]) {
        let client = Bitloga::new("key", Secret::new("secret").unwrap());
        let code = client.verify_callback(b"{}", &text).unwrap_err().code();
        let hex = text.len() == 128 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let expected = if text.is_empty() { "signature_missing" } else if hex { "signature_mismatch" } else { "signature_malformed" };
        prop_assert_eq!(code, expected);
    }
}
