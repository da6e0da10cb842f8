//! Any bytes whatever give a value or an error of the library, and what the schemas let through the
//! typed interface takes.

#[path = "../vectors/files.rs"]
#[allow(dead_code, reason = "of the vectors, only the bodies are needed")]
mod files;

use std::sync::LazyLock;

use payseal::binding::{API_FOR_CRYPTO, Answer, BITLOGA, CallbackProof, Client, Verified};
use payseal::payout::Payout;
use payseal::signature::{Key, Source};
use payseal::{ApiForCrypto, Bitloga, Call, DEFAULT_MAX_BODY, Result, Secret};
use proptest::prelude::*;
use proptest::sample::select;

use super::cases;
use super::texts::{damaged, garbage, json};

/// The bodies that vectors hold.
static BODIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lists = [
        ("bitloga", "answers"),
        ("bitloga", "callbacks"),
        ("apiforcrypto", "answers"),
        ("apiforcrypto", "notifications"),
    ];
    let bodies = lists.iter().flat_map(|(file, list)| files::read(file)[*list].as_array().unwrap().clone());
    bodies
        .filter_map(|vector| Some(vector["body"].as_str()?.into()))
        .filter(|body: &String| body.len() < 2000)
        .collect()
});

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => damaged(select(&BODIES[..])).boxed(),
        1 => json().prop_map(String::into_bytes).boxed(),
        1 => garbage().boxed(),
    ]
}

fn bitloga() -> Bitloga {
    Bitloga::new("key", Secret::new("secret").unwrap())
}

fn apiforcrypto() -> ApiForCrypto {
    ApiForCrypto::new("wallet")
}

/// Both interfaces agree on the answer to a call.
fn agree<T: Answer>(call: &Call<T>, table: Result<payseal::binding::Parsed<'_>>, status: u16, body: &[u8]) {
    assert_eq!(call.parse(status, body).err(), table.err());
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn of_answers(status in prop_oneof![4 => Just(200), 1 => any::<u16>()], body in body()) {
        let (bitloga, apiforcrypto) = (bitloga(), apiforcrypto());
        for method in BITLOGA.methods {
            let table = (method.read)(status, &body, DEFAULT_MAX_BODY);
            match method.name {
                "balances" => agree(&bitloga.balances(None).unwrap(), table, status, &body),
                "details" => agree(&bitloga.details("1").unwrap(), table, status, &body),
                "list_codes" => agree(&bitloga.list_codes(&payseal::bitloga::ListCodes::new()).unwrap(), table, status, &body),
                _ => drop(table),
            }
        }
        for method in API_FOR_CRYPTO.methods {
            let table = (method.read)(status, &body, DEFAULT_MAX_BODY);
            match method.name {
                "wallet" => agree(&apiforcrypto.wallet().unwrap(), table, status, &body),
                "invoice" => agree(&apiforcrypto.invoice("1").unwrap(), table, status, &body),
                _ => drop(table),
            }
        }
    }

    /// Signed, so that reading begins.
    #[test]
    fn of_callbacks(body in body()) {
        let signature = Key::new(&Secret::new("secret").unwrap()).sign(&body).to_hex();
        let proof = CallbackProof::Signature(Source::from(&signature));
        match (bitloga().verify_callback(&body, &signature), Client::verify(&bitloga(), &body, &proof, DEFAULT_MAX_BODY)) {
            (Ok(callback), Ok(Verified { parsed, .. })) => prop_assert_eq!(callback.event_id, parsed.event_id()),
            (Err(error), Err(table)) => {
                prop_assert_eq!(error.code(), "malformed_body");
                prop_assert_eq!(error, table);
            }
            (typed, table) => prop_assert!(false, "{:?} but {:?}", typed, table),
        }
    }

    #[test]
    fn of_notifications(body in body(), secret_key in prop::option::of(select(&["a secret of this invoice", "wrong"][..]))) {
        let client = apiforcrypto().notification_secret(&Secret::new("4c8a1f0e7b5d4d0c9a3e2f6b8d7c1a50").unwrap());
        let typed = client.verify_notification(&body, secret_key);
        let proof = CallbackProof::SecretKey(secret_key);
        prop_assert_eq!(typed.err(), Client::verify(&client, &body, &proof, DEFAULT_MAX_BODY).err());
    }

    #[test]
    fn of_diagnosis(body in body(), signature in prop_oneof![any::<String>(), "[0-9a-f]{128}", " sha512=[0-9a-f]{128}\\PC?"]) {
        prop_assert!(!bitloga().diagnose(&body, &signature).message.is_empty());
    }

    #[test]
    fn of_saved_payouts(text in prop_oneof![any::<String>(), body().prop_map(|body| String::from_utf8_lossy(&body).into_owned())]) {
        if let Ok(payout) = Payout::from_text(&text) {
            prop_assert_eq!(Payout::from_text(&payout.to_text()).unwrap(), payout);
        }
    }
}
