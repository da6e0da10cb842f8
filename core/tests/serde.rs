//! The feature `serde`: results as JSON, and back.

#![allow(clippy::unwrap_used, reason = "tests")]

use payseal::apiforcrypto::{ApiForCrypto, CryptoInvoiceStatus, Notification};
use payseal::bitloga::{
    AppliedCode, Balances, Bitloga, Callback, CallbackFields, CodeStatus, Details, RequisitesType, TransactionStatus,
    TransactionType,
};
use payseal::{Amount, Extra, Secret};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, to_value};

fn bitloga() -> Bitloga {
    Bitloga::new("api-key", Secret::new("secret").unwrap())
}

fn callback() -> Callback {
    let signed = bitloga().sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    bitloga().verify_callback(&signed.body, &signed.headers[1].1).unwrap()
}

fn notification() -> Notification {
    let body = br#"{"id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID","secret_key":"k"}"#;
    ApiForCrypto::new("w").verify_notification(body, Some("k")).unwrap()
}

/// Whoever reads a verified message back deduplicates by it.
#[test]
fn verified_messages_have_their_key() {
    assert_eq!(to_value(callback()).unwrap()["event_id"], "Invoice:5:Payed");
    assert_eq!(to_value(notification()).unwrap()["event_id"], "i:PAID");
}

#[test]
fn balances_keep_what_is_no_amount() {
    let answer = br#"{"USD":10.45,"message":"ok","limits":{"RUB":[5]},"success":true}"#;
    let balances = bitloga().balances(None).unwrap().parse(200, answer).unwrap();
    let expected = json!({"USD": "10.45", "extra": {"message": "ok", "limits": {"RUB": ["5"]}}});
    assert_eq!(to_value(&balances).unwrap(), expected);
    let plain = bitloga().balances(None).unwrap().parse(200, br#"{"USD":10.45,"success":true}"#).unwrap();
    assert_eq!(to_value(&plain).unwrap(), json!({"USD": "10.45"}));
}

/// Reads a value as one of these types, and writes it again.
fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    serde_json::from_value::<T>(value.clone()).map(|read| to_value(read).unwrap()).map_err(|error| error.to_string())
}

#[test]
fn amounts_and_statuses() {
    for text in ["1.00", "-0", "5.0E-7", "123456789012345678901234567890.5"] {
        let amount: Amount = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(amount.as_str(), text);
        assert_eq!(again::<Amount>(&json!(text)).unwrap(), text);
    }
    for refused in [json!("1,00"), json!(""), json!(1.5), json!(1), json!(null), json!("1e65")] {
        assert!(again::<Amount>(&refused).is_err(), "{refused}");
    }
    for status in ["Payed", "Frozen", ""] {
        assert_eq!(again::<TransactionStatus>(&json!(status)).unwrap(), status);
        assert_eq!(again::<TransactionType>(&json!(status)).unwrap(), status);
        assert_eq!(again::<CodeStatus>(&json!(status)).unwrap(), status);
        assert_eq!(again::<RequisitesType>(&json!(status)).unwrap(), status);
        assert_eq!(again::<CryptoInvoiceStatus>(&json!(status)).unwrap(), status);
    }
    assert!(serde_json::from_value::<TransactionStatus>(json!("Payed")).unwrap() == TransactionStatus::Payed);
    assert!(again::<TransactionStatus>(&json!(1)).is_err());
}

/// A field that a later release adds, or one that is not there yet, shifts nothing.
#[test]
fn fields_are_read_by_name() {
    let stored = json!({"added_later": true, "currency": "USD", "amount": "1.00"});
    let applied: AppliedCode = serde_json::from_value(stored).unwrap();
    assert_eq!((applied.amount.as_str(), applied.currency.as_str()), ("1.00", "USD"));
    assert!(
        serde_json::from_value::<AppliedCode>(json!({"currency": "USD"})).unwrap_err().to_string().contains("amount")
    );
}

/// Its `type` decides what a transaction is, whatever other fields it has.
#[test]
fn transactions_are_read_by_their_type() {
    let fields = r#""from":"USD","to":"WMZ","amount":1,"amount_from":1,"amount_from_comis":1,"amount_to":1,"status":"Complete",
        "orderid":29,"invoiceid":5,"uniqueid":"135","success":true"#;
    for kind in ["Withdraw", "Invoice", "Exchange"] {
        let body = format!(r#"{{"type":"{kind}",{fields}}}"#);
        let details = bitloga().details("135").unwrap().parse(200, body.as_bytes()).unwrap();
        let read: Details = serde_json::from_value(to_value(&details).unwrap()).unwrap();
        assert_eq!(std::mem::discriminant(&read), std::mem::discriminant(&details), "{kind}");
        assert_eq!(to_value(&read).unwrap(), to_value(&details).unwrap());
    }
}

#[test]
fn balances_come_back_whole() {
    for stored in [
        json!({}),
        json!({"USD": "10.45", "RUB": "-1e2"}),
        json!({"USD": "10.45", "extra": {"message": "ok", "limits": {"RUB": ["5", true, null]}}}),
        json!({"extra": "5"}),
    ] {
        assert_eq!(again::<Balances>(&stored).unwrap(), stored);
    }
    let both = r#"{"extra":"5","extra":{"a":"b"}}"#;
    let balances: Balances = serde_json::from_str(both).unwrap();
    assert_eq!(serde_json::to_string(&balances).unwrap(), both, "a currency of that name, and unknown fields");
    for refused in [json!({"USD": 10}), json!({"USD": {"a": "1"}}), json!({"USD": "many"}), json!([])] {
        assert!(again::<Balances>(&refused).is_err(), "{refused}");
    }
}

/// What is read back is bound by the rules of what was received.
#[test]
fn unknown_fields() {
    let stored = json!({"z": "1.10", "a": null, "m": {"y": "é\n\"\\", "x": [true, "1e5"]}, "": []});
    let extra: Extra = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(to_value(&extra).unwrap(), stored);
    assert_eq!(to_value(extra.clone()).unwrap(), stored);
    assert_eq!(extra.get("m"), serde_json::from_value::<Extra>(stored).unwrap().get("m"));
    let whole: Extra = serde_json::from_str(r#"{"n":18446744073709551615,"m":-5}"#).unwrap();
    assert_eq!(whole.get("n"), Some(&payseal::Value::Number("18446744073709551615".into())));
    let deep = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    assert!(serde_json::from_str::<Extra>(&deep(63)).is_ok());
    for refused in [r#"{"a":"1","a":"2"}"#, r#"{"a":{"b":1,"b":2}}"#, r#"{"a":1.5}"#, &deep(64), "[]"] {
        assert!(serde_json::from_str::<Extra>(refused).is_err(), "{refused}");
    }
}

/// Only verification makes these two: were they read from a queue, whoever writes to it would be believed.
#[test]
fn verified_messages_are_never_read() {
    trait Unreadable<Marker> {
        fn unreadable() {}
    }
    impl<T> Unreadable<()> for T {}
    impl<T: DeserializeOwned> Unreadable<u8> for T {}
    // Ambiguous, and so no program, for a type that can be read.
    <Callback as Unreadable<_>>::unreadable();
    <Notification as Unreadable<_>>::unreadable();
}
