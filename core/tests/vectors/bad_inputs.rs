//! Everything that must be refused, with the error it must give.

use payseal::binding::{CallbackProof, Client as _};
use payseal::bitloga::CallbackFields;
use payseal::{Amount, ApiForCrypto, Bitloga, DEFAULT_MAX_BODY, Error, Secret};
use serde_json::{Value, json};

use super::clients::{self, Client, secret_key};
use super::files::{body, each, read, source};
use super::schemas;
use super::typed::{self, Refused};

#[test]
fn bad_inputs() {
    let files = Files { bitloga: read("bitloga"), apiforcrypto: read("apiforcrypto") };
    each(&read("bad-inputs"), |vector| files.check(vector));
}

struct Files {
    bitloga: Value,
    apiforcrypto: Value,
}

impl Files {
    fn check(&self, vector: &Value) {
        let gateway = vector["gateway"].as_str().unwrap();
        let file = if gateway == "bitloga" { &self.bitloga } else { &self.apiforcrypto };
        match vector["operation"].as_str().unwrap() {
            "construct" => construct(vector),
            "call" => call(vector, &Client::of(gateway, vector, file)),
            "parse" => parse(vector, &Client::of(gateway, vector, file), file),
            "verify_callback" => verify_callback(vector, &clients::bitloga(vector, file)),
            "expect" => expect(vector, &clients::bitloga(vector, file)),
            "verify_notification" => verify_notification(vector, &clients::apiforcrypto(vector, file).unwrap()),
            other => panic!("there is no operation {other}"),
        }
    }
}

fn construct(vector: &Value) {
    assert_error(vector, &Secret::new(vector["secret"].as_str().unwrap()).unwrap_err());
}

fn call(vector: &Value, client: &Client) {
    let (method, input) = (vector["method"].as_str().unwrap(), &vector["input"]);
    assert_error(vector, &client.build(method, input).unwrap_err());
    match client.typed(method, input).map(|call| call.request) {
        Err(Refused::Unwritable) => assert_unwritable(vector),
        Err(Refused::Amount(error)) => assert_eq!(error.code(), vector["code"]),
        Err(Refused::Call(error)) => assert_error(vector, &error),
        Ok(_) => panic!("the typed interface makes the call"),
    }
    assert_still_works(client);
}

fn parse(vector: &Value, client: &Client, file: &Value) {
    let Some(body) = body(&vector["body"]) else { return assert_unwritable(vector) };
    let method = vector["method"].as_str().unwrap();
    let status = u16::try_from(vector["status"].as_u64().unwrap()).unwrap();
    let error = client.parse(method, file, status, &body).unwrap_err();
    assert_error(vector, &error);
    assert_eq!(client.read(method, status, &body).unwrap_err(), error, "as the schema reads it");
    assert_still_works(client);
}

fn verify_callback(vector: &Value, client: &Bitloga) {
    let Some(body) = body(&vector["body"]) else { return assert_unwritable(vector) };
    let source = source(&vector["signature"]);
    let error = client.verify_callback(&body, source.clone()).unwrap_err();
    assert_error(vector, &error);
    let proof = CallbackProof::Signature(source);
    assert_eq!(client.verify(&body, &proof, DEFAULT_MAX_BODY).unwrap_err(), error, "as the schema reads it");
    assert_bitloga_still_works(client);
}

fn expect(vector: &Value, client: &Bitloga) {
    let callback = client.verify_callback(&body(&vector["body"]).unwrap(), source(&vector["signature"])).unwrap();
    let error = callback.expect(&typed::expected(&vector["expect"]).unwrap()).unwrap_err();
    assert_error(vector, &error);
    let value = serde_json::to_value(&callback).unwrap();
    assert_eq!(schemas::compare(&vector["expect"], &value).unwrap_err(), error, "as the schema compares it");
    assert_bitloga_still_works(client);
}

fn verify_notification(vector: &Value, client: &ApiForCrypto) {
    let Some(body) = body(&vector["body"]) else { return assert_unwritable(vector) };
    let error = client.verify_notification(&body, secret_key(vector)).unwrap_err();
    assert_error(vector, &error);
    let proof = CallbackProof::SecretKey(secret_key(vector));
    assert_eq!(client.verify(&body, &proof, DEFAULT_MAX_BODY).unwrap_err(), error, "as the schema reads it");
    assert_apiforcrypto_still_works(client);
}

fn assert_unwritable(vector: &Value) {
    let languages = vector["unwritable_in"].as_array();
    assert!(languages.is_some_and(|languages| languages.contains(&json!("rust"))), "Rust cannot write this");
}

fn assert_error(vector: &Value, error: &Error) {
    assert_eq!(error.code(), vector["code"]);
    if let Some(field) = vector.get("field") {
        assert_eq!(error.field(), field.as_str());
    }
    if let Some(reason) = vector.get("reason") {
        assert_eq!(error.reply().unwrap().reason.as_deref(), reason.as_str());
    }
    if let Some(retryable) = vector.get("retryable") {
        assert_eq!(error.retryable(), *retryable);
    }
    if matches!(error.code(), "rejected" | "http_status") {
        assert_eq!(error.status().map(u64::from), vector["status"].as_u64());
        assert_eq!(Some(&error.reply().unwrap().body), body(&vector["body"]).as_ref());
    }
    for word in vector["mentions"].as_array().into_iter().flatten() {
        assert!(error.to_string().contains(word.as_str().unwrap()), "{error} does not mention {word}");
    }
    assert_discreet(vector, error);
}

/// No text of the error holds a secret, a signature or the whole body.
fn assert_discreet(vector: &Value, error: &Error) {
    let texts = [error.to_string(), format!("{error:?}"), format!("{error:#?}")];
    let mut confidential = Vec::new();
    for name in ["secret", "secrets", "signature", "secret_key", "client"] {
        collect_texts(&vector[name], &mut confidential);
    }
    for name in ["secret_key", "pass", "uuid"] {
        collect_texts(&vector["input"][name], &mut confidential);
    }
    if let Some(body) = body(&vector["body"]) {
        confidential.push(String::from_utf8_lossy(&body).into_owned());
    }
    for secret in confidential.iter().filter(|secret| secret.chars().count() >= 8) {
        let escaped = format!("{secret:?}");
        for text in &texts {
            assert!(!text.contains(secret) && !text.contains(escaped.trim_matches('"')), "says too much: {text}");
        }
    }
}

fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(members) => members.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

fn assert_still_works(client: &Client) {
    match client {
        Client::Bitloga(client) => assert_bitloga_still_works(client),
        Client::ApiForCrypto(client) => assert_apiforcrypto_still_works(client),
    }
}

fn assert_bitloga_still_works(client: &Bitloga) {
    let fields = CallbackFields::new("WMZ", Amount::from(1), "Z123456789012", 5, "125");
    let signed = client.sign_callback(&fields).unwrap();
    let callback = client.verify_callback(&signed.body, &signed.headers[1].1).unwrap();
    assert_eq!((callback.uniqueid.as_str(), callback.amount), ("125", Amount::from(1)));

    let call = client.balances(None).unwrap();
    assert_eq!(call.request().body.as_deref(), Some(&br#"{"action":"balances"}"#[..]));
    assert_eq!(call.parse(200, br#"{"USD":10.45,"success":true}"#).unwrap()["USD"], "10.45".parse().unwrap());
}

fn assert_apiforcrypto_still_works(client: &ApiForCrypto) {
    let call = client.wallet().unwrap();
    assert_eq!(call.request().method, "GET");
    assert_eq!(call.parse(200, br#"{"id":"w1"}"#).unwrap().id, "w1");

    let body = br#"{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":"key of i1"}"#;
    assert!(client.verify_notification(body, Some("key of i1")).unwrap().status.is_paid());
}
