//! Runs every vector of `tests/vectors` through the typed interface and through the schemas that
//! the bindings convert by, and holds the two against each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod bad_inputs;
mod clients;
mod files;
mod schemas;
mod typed;

use payseal::DEFAULT_MAX_BODY;
use payseal::binding::{CallbackProof, Client as _, Verified};
use serde_json::{Value, to_value};

use clients::{Client, secret_key};
use files::{body, each, read, source};

#[test]
fn bitloga_calls() {
    calls("bitloga");
}

#[test]
fn apiforcrypto_calls() {
    calls("apiforcrypto");
}

#[test]
fn bitloga_answers() {
    answers("bitloga");
}

#[test]
fn apiforcrypto_answers() {
    answers("apiforcrypto");
}

fn calls(gateway: &str) {
    let file = read(gateway);
    each(&file["calls"], |vector| {
        let client = Client::of(gateway, vector, &file);
        let method = vector["method"].as_str().unwrap();
        let typed = client.typed(method, &vector["input"]).unwrap();
        assert_eq!(files::request(&typed.request), vector["request"]);
        assert!(client.build(method, &vector["input"]).unwrap() == typed.request, "the schema builds another request");
    });
}

fn answers(gateway: &str) {
    let file = read(gateway);
    each(&file["answers"], |vector| {
        let method = vector["method"].as_str().unwrap();
        let status = u16::try_from(vector["status"].as_u64().unwrap()).unwrap();
        let body = body(&vector["body"]).unwrap();
        let client = Client::of(gateway, vector, &file);
        let mut value = client.parse(method, &file, status, &body).unwrap();
        if method == "balances" {
            // The value of balances is the mapping of currencies to amounts, and nothing else.
            value.as_object_mut().unwrap().remove("extra");
        }
        assert_eq!(value, vector["value"]);
        assert_eq!(client.read(method, status, &body).unwrap(), vector["value"], "as the schema reads it");
    });
}

#[test]
fn callbacks() {
    let file = read("bitloga");
    each(&file["callbacks"], |vector| {
        let client = clients::bitloga(vector, &file);
        let (body, source) = (body(&vector["body"]).unwrap(), source(&vector["signature"]));
        let callback = client.verify_callback(&body, source.clone()).unwrap();
        let value =
            with(&vector["value"], &[("event_id", &vector["event_id"]), ("secret_index", &vector["secret_index"])]);
        assert_eq!(to_value(&callback).unwrap(), value);
        assert_eq!(callback.event_id, vector["event_id"].as_str().unwrap());
        assert_eq!(callback.secret_index as u64, vector["secret_index"]);
        if let Some(expected) = vector.get("expect") {
            callback.expect(&typed::expected(expected).unwrap()).unwrap();
            schemas::compare(expected, &vector["value"]).unwrap();
        }

        let proof = CallbackProof::Signature(source);
        let Verified { parsed, secret_index } = client.verify(&body, &proof, DEFAULT_MAX_BODY).unwrap();
        assert_eq!(schemas::value(&parsed), vector["value"], "as the schema reads it");
        assert_eq!((parsed.event_id(), secret_index), (callback.event_id, Some(callback.secret_index)));
    });
}

#[test]
fn notifications() {
    let file = read("apiforcrypto");
    each(&file["notifications"], |vector| {
        let client = clients::apiforcrypto(vector, &file).unwrap();
        let body = body(&vector["body"]).unwrap();
        let notification = client.verify_notification(&body, secret_key(vector)).unwrap();
        assert_eq!(to_value(&notification).unwrap(), with(&vector["value"], &[("event_id", &vector["event_id"])]));
        assert_eq!(notification.event_id, vector["event_id"].as_str().unwrap());

        let proof = CallbackProof::SecretKey(secret_key(vector));
        let parsed = client.verify(&body, &proof, DEFAULT_MAX_BODY).unwrap().parsed;
        assert_eq!(schemas::value(&parsed), vector["value"], "as the schema reads it");
        assert_eq!(parsed.event_id(), vector["event_id"].as_str().unwrap());
    });
}

/// A value with what verification adds to it.
fn with(value: &Value, added: &[(&str, &Value)]) -> Value {
    let mut value = value.clone();
    for (name, added) in added {
        value[*name] = (*added).clone();
    }
    value
}

/// A gateway's method that no vector calls, or whose answer none reads, would go unnoticed.
#[test]
fn every_method_has_vectors() {
    for (gateway, methods) in
        [("bitloga", schemas::bitloga_methods()), ("apiforcrypto", schemas::apiforcrypto_methods())]
    {
        let file = read(gateway);
        for (list, method) in ["calls", "answers"].iter().flat_map(|list| methods.iter().map(move |name| (list, name)))
        {
            let mut vectors = file[*list].as_array().unwrap().iter();
            assert!(vectors.any(|vector| vector["method"] == *method), "{gateway}: {list} of {method}");
        }
    }
}
