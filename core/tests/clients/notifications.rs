//! Notification secrets that are derived, not stored.

use payseal::ApiForCrypto;
use payseal::apiforcrypto::{CreateInvoice as CreateCryptoInvoice, CryptoInvoiceStatus, NotificationFields, UserData};
use payseal::signature::Key;

use super::{amount, body, secret};

fn gateway() -> ApiForCrypto {
    ApiForCrypto::new("w").notification_secret(&secret("notification-secret"))
}

fn invoice() -> CreateCryptoInvoice {
    CreateCryptoInvoice::new("tron", "USDT", amount("1000000"), 15, 1)
}

#[test]
fn derive_their_secret_key() {
    let derived = Key::new(&secret("notification-secret")).sign(b"order-125").to_hex();
    let call = gateway().create_invoice(&invoice().data(UserData::new().order_id("order-125"))).unwrap();
    let sent: serde_json::Value = serde_json::from_str(body(call.request())).unwrap();
    assert_eq!(sent["secret_key"], derived.as_str());

    let own = invoice().data(UserData::new().order_id("order-125")).secret_key("my own");
    let sent: serde_json::Value =
        serde_json::from_str(body(gateway().create_invoice(&own).unwrap().request())).unwrap();
    assert_eq!(sent["secret_key"], "my own");
    assert_eq!(gateway().create_invoice(&invoice()).unwrap_err().field(), Some("data.order_id"));
}

/// The secret of one order opens no other.
#[test]
fn of_another_order() {
    let derived = Key::new(&secret("notification-secret")).sign(b"order-125").to_hex();
    let verify = |order_id: &str, key: &str| {
        let body = format!(
            r#"{{"id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID",
                "secret_key":"{key}","data":{{"order_id":"{order_id}"}}}}"#
        );
        let verified = gateway().verify_notification(body.as_bytes(), None);
        verified.map(|notification| notification.status.is_paid()).map_err(|error| error.code())
    };
    assert_eq!(verify("order-125", &derived), Ok(true));
    assert_eq!(verify("order-126", &derived), Err("signature_mismatch"));
    assert_eq!(verify("order-125", &derived.to_uppercase()), Err("signature_mismatch"));
    assert_eq!(verify("order-125", &derived[..127]), Err("signature_mismatch"));
    assert_eq!(verify("order-125", ""), Err("signature_mismatch"));
}

/// Nothing of this gateway is signed: its errors speak of what its notifications carry.
#[test]
fn fail_in_terms_of_their_secret_key() {
    let fields = r#""id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID""#;
    let bodies = [
        ("signature_mismatch", format!(r#"{{{fields},"secret_key":"another"}}"#)),
        ("signature_mismatch", format!(r#"{{{fields},"secret_key":""}}"#)),
        ("signature_missing", format!("{{{fields}}}")),
        ("signature_ambiguous", format!(r#"{{{fields},"secret_key":"k","data":{{"secret_key":"another"}}}}"#)),
    ];
    for (code, body) in bodies {
        for (gateway, secret_key) in [(ApiForCrypto::new("w"), Some("k")), (gateway(), None)] {
            let error = gateway.verify_notification(body.as_bytes(), secret_key).unwrap_err();
            assert_eq!(error.code(), code);
            let message = error.to_string();
            assert!(message.contains("secret_key") && message.contains("notification"), "{message}");
            for foreign in ["signature", "signed", "sign ", "diagnose", "callback"] {
                assert!(!message.contains(foreign), "{message}");
            }
        }
    }
}

#[test]
fn are_made_as_the_gateway_would() {
    let fields = || NotificationFields::new("i1", "tron", "USDT", "T1", amount("1000000"));
    let client = ApiForCrypto::new("w");
    let made = client.test_notification(&fields().secret_key("k")).unwrap();
    let expected = r#"{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1000000,"status":"PAID","secret_key":"k"}"#;
    assert_eq!(String::from_utf8(made.body.clone()).unwrap(), expected);
    assert_eq!(made.headers, [("Content-type", "application/json".into())]);
    assert_eq!(client.verify_notification(&made.body, Some("k")).unwrap().event_id, "i1:PAID");

    let pending = fields().status(CryptoInvoiceStatus::InBlock).data(UserData::new().order_id("125")).confirmations(1);
    let made = gateway().test_notification(&pending).unwrap();
    let notification = gateway().verify_notification(&made.body, None).unwrap();
    assert_eq!((notification.status.as_str(), notification.confirmations), ("IN_BLOCK", Some(1)));

    assert_eq!(client.test_notification(&fields()).unwrap_err().field(), Some("secret_key"));
    assert_eq!(gateway().test_notification(&fields()).unwrap_err().field(), Some("data.order_id"));
    assert_eq!(client.test_notification(&fields().secret_key("k").id("")).unwrap_err().field(), Some("id"));
}
