//! The clients: addresses, limits, pages, expectations, and what no document names.

#![allow(clippy::unwrap_used, reason = "tests")]

mod addresses;
mod arguments;
mod callbacks;
mod crypto_invoices;
mod errors;
mod events;
mod expectations;
mod limits;
mod messages;
mod notifications;
mod pages;
mod setters;
mod unknown_fields;

use payseal::bitloga::{CodePage, Details};
use payseal::{Amount, ApiForCrypto, Bitloga, Call, Error, Request, Secret, SecretText};

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn bitloga() -> Bitloga {
    Bitloga::new("api-key", secret("secret"))
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn body(request: &Request) -> &str {
    std::str::from_utf8(request.body.as_ref().unwrap()).unwrap()
}

/// What is handed from thread to thread, and boxed with other errors.
#[test]
fn thread_safety() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<(Bitloga, ApiForCrypto, Call<CodePage>, Request)>();
    shared::<(Amount, Secret, SecretText, Details, Error)>();
    let _: Box<dyn std::error::Error + Send + Sync> = Error::SignatureMalformed.into();
}

#[test]
fn unique_ids() {
    let ids: Vec<_> = (0..128).map(|bit| payseal::unique_id((1_u128 << bit).to_be_bytes())).collect();
    let distinct: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), 128, "a bit of the entropy is lost");
    for id in ids {
        assert_eq!(id.len(), 26);
        assert!(id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase()), "{id}");
    }
}
