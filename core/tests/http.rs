//! The feature `http`: requests and headers of the `http` crate.

#![allow(clippy::unwrap_used, reason = "tests")]

use http::HeaderMap;
use http::header::HeaderValue;
use payseal::bitloga::{CallbackFields, SIGNATURE_HEADER};
use payseal::{Amount, ApiForCrypto, Bitloga, Secret};

fn gateway() -> Bitloga {
    Bitloga::new("api-key", Secret::new("secret").unwrap())
}

#[test]
fn a_post() {
    let call = gateway().balances(Some("USD")).unwrap();
    let request: http::Request<Vec<u8>> = call.request().try_into().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://bitloga.com/api/v1/");
    assert_eq!(request.headers().len(), 3);
    for (name, value) in &call.request().headers {
        assert_eq!(request.headers()[*name], value.as_str());
    }
    assert_eq!(Some(request.body()), call.request().body.as_ref());
}

#[test]
fn a_get() {
    let call = ApiForCrypto::new("a wallet").wallet().unwrap();
    let request: http::Request<Vec<u8>> = call.request().try_into().unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "https://api.apiforcrypto.com/api/v1/wallets/a%20wallet");
    assert!(request.headers().is_empty() && request.body().is_empty());
}

#[test]
fn what_is_no_request() {
    let call = gateway().base_url("http://exa<mple/").balances(None).unwrap();
    assert!(http::Request::try_from(call.request()).is_err());
}

#[test]
fn a_callback() {
    let signed = gateway().sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    let right: HeaderValue = signed.headers[1].1.parse().unwrap();
    let verify = |values: &[&HeaderValue]| {
        let mut headers = HeaderMap::new();
        headers.insert("Content-Type", "application/json".parse().unwrap());
        for value in values {
            headers.append(SIGNATURE_HEADER, (*value).clone());
        }
        let verified = gateway().verify_callback(&signed.body, &headers);
        verified.map(|callback| callback.uniqueid).map_err(|error| error.code())
    };
    let no_text = HeaderValue::from_bytes(b"\xff").unwrap();
    assert_eq!(verify(&[&right]), Ok(String::from("125")));
    assert_eq!(verify(&[&right, &right]), Ok(String::from("125")));
    assert_eq!(verify(&[]), Err("signature_missing"));
    assert_eq!(verify(&[&no_text]), Err("signature_malformed"));
    assert_eq!(verify(&[&right, &no_text]), Err("signature_ambiguous"));
}

/// `Debug` of requests, of this crate as of clients built on it, ends up in logs.
#[test]
fn keys_and_signatures_are_not_shown() {
    let call = gateway().balances(None).unwrap();
    let request: http::Request<Vec<u8>> = call.request().try_into().unwrap();
    let text = format!("{request:?} {:?}", request.headers());
    for (name, value) in &call.request().headers {
        let is_shown = text.contains(value.as_str());
        assert_eq!(is_shown, *name == "Content-type", "{name} in {text}");
        assert_eq!(request.headers()[*name].is_sensitive(), !is_shown, "{name}");
    }
}
