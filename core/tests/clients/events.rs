//! Keys that tell events apart.

use std::collections::HashMap;

use payseal::ApiForCrypto;
use payseal::apiforcrypto::Notification;
use payseal::binding::{Answer, ResponseSchema};
use payseal::bitloga::Callback;
use payseal::signature::Key;

use super::{bitloga, secret};

/// Parts that could be taken for each other if they were only joined.
const PARTS: [&str; 9] = ["", ":", "5", "5:", ":5", "%3A", "%", "Invoice:5", "Payed"];

fn callback(kind: &str, invoiceid: &str, status: &str) -> String {
    let body = format!(
        r#"{{"to":"WMZ","amount":1,"type":"{kind}","invoiceid":"{invoiceid}","status":"{status}","uniqueid":"1"}}"#
    );
    let signature = Key::new(&secret("secret")).sign(body.as_bytes()).to_hex();
    bitloga().verify_callback(body.as_bytes(), &signature).unwrap().event_id
}

fn notification(id: &str, status: &str) -> String {
    let body = format!(
        r#"{{"id":"{id}","status":"{status}","blockchain":"b","symbol":"s","address":"a","value":1,"secret_key":"k"}}"#
    );
    ApiForCrypto::new("w").verify_notification(body.as_bytes(), Some("k")).unwrap().event_id.to_string()
}

fn assert_distinct<P: std::fmt::Debug + Copy>(events: impl Iterator<Item = (P, String)>) {
    let mut seen = HashMap::new();
    for (parts, id) in events {
        if let Some(other) = seen.insert(id.clone(), parts) {
            unreachable!("{parts:?} and {other:?} are both {id:?}");
        }
    }
}

#[test]
fn of_different_callbacks_differ() {
    let pairs = PARTS.iter().flat_map(|kind| PARTS.iter().map(move |invoiceid| (kind, invoiceid)));
    let events = pairs.flat_map(|(kind, invoiceid)| PARTS.iter().map(move |status| [*kind, invoiceid, status]));
    assert_distinct(events.map(|parts| (parts, callback(parts[0], parts[1], parts[2]))));
}

#[test]
fn of_different_notifications_differ() {
    let events = PARTS.iter().flat_map(|id| PARTS.iter().map(move |status| [*id, status]));
    assert_distinct(events.map(|parts| (parts, notification(parts[0], parts[1]))));
}

/// What is required cannot be missing, and so cannot be taken for empty.
#[test]
fn are_made_of_required_fields() {
    for schema in [Callback::SCHEMAS[0], Notification::SCHEMAS[0]] as [&ResponseSchema; 2] {
        assert!(!schema.event_id.is_empty());
        for part in schema.event_id {
            let mut fields = schema.fields.iter();
            assert!(fields.any(|field| field.name == *part && field.required), "{}: {part}", schema.name);
        }
    }
}
