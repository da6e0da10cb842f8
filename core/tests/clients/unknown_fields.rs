//! Values and fields that the documents do not name: kept as they came.

use payseal::Value;
use payseal::apiforcrypto::CryptoInvoiceStatus;
use payseal::bitloga::{CodeStatus, CreateCode, Details, RequisitesType, TransactionStatus, TransactionType};

use super::{amount, bitloga};

#[test]
fn statuses() {
    let of = |text: &str| {
        let status = TransactionStatus::from(text);
        (status.is_paid(), status.is_final())
    };
    assert_eq!(["Payed", "Complete"].map(of), [(true, true); 2]);
    assert_eq!(["Canceled", "Error"].map(of), [(false, true); 2]);
    assert_eq!(["Created", "Pending", "Frozen", "payed", "PAYED", ""].map(of), [(false, false); 6]);

    let of = |text: &str| {
        let status = CryptoInvoiceStatus::from(text);
        (status.is_paid(), status.is_final())
    };
    assert_eq!(of("PAID"), (true, true));
    assert_eq!(["NOT_PAID", "IN_MEMPOOL", "IN_BLOCK", "PARTIALLY_PAID", "paid", "NEW"].map(of), [(false, false); 6]);
}

#[test]
fn values_stay_as_they_came() {
    let other = TransactionStatus::from("Frozen");
    assert_eq!(other, TransactionStatus::Other("Frozen".into()));
    assert_eq!((other.as_str(), other.to_string().as_str()), ("Frozen", "Frozen"));
    assert!(other == "Frozen" && other != "Payed");
    assert_eq!(TransactionType::from("Exchange").as_str(), "Exchange");
    assert_eq!(CodeStatus::from("Blocked").as_str(), "Blocked");
    assert_eq!(RequisitesType::from("iban").as_str(), "iban");
    assert_eq!(format!("{:>8}|", RequisitesType::Card), "    card|");
}

#[test]
fn transactions() {
    let answer = br#"{"type":"Exchange","status":"Frozen","uniqueid":"1","rate":{"of":[1.50]},"success":true}"#;
    let details = bitloga().details("1").unwrap().parse(200, answer).unwrap();
    assert_eq!((details.status().as_str(), details.uniqueid()), ("Frozen", "1"));
    let Details::Other(other) = details else { unreachable!("a known type") };
    assert_eq!(other.r#type, "Exchange");
    let Some(Value::Object(rate)) = other.extra.get("rate") else { unreachable!("no rate") };
    assert_eq!(rate[..], [("of".into(), Value::List(vec![Value::Number("1.50".into())]))]);
}

#[test]
fn fields_keep_their_order_and_digits() {
    let answer = br#"{"z":1.10,"code":"c","a":null,"success":true,"m":{"y":"\u00e9","x":[true,1e5]}}"#;
    let code = bitloga().create_code(&CreateCode::new(amount("1"), "USD")).unwrap().parse(200, answer).unwrap();
    let names: Vec<_> = code.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["z", "a", "m"]);
    assert_eq!(code.extra.get("z"), Some(&Value::Number("1.10".into())));
    assert_eq!(code.extra.get("a"), Some(&Value::Null));
    let nested = [
        ("y".into(), Value::Text("é".into())),
        ("x".into(), Value::List(vec![Value::Boolean(true), Value::Number("1e5".into())])),
    ];
    assert_eq!(code.extra.get("m"), Some(&Value::Object(nested.into())));
    assert_eq!(code.extra.get("success"), None);
}

#[test]
fn currencies() {
    let answer = br#"{"USD":10.45,"DOGE":"-0.5","note":"hello","limit":null,"success":true}"#;
    let balances = bitloga().balances(None).unwrap().parse(200, answer).unwrap();
    assert_eq!(balances.iter().map(|(currency, _)| currency).collect::<Vec<_>>(), ["USD", "DOGE"]);
    assert_eq!((balances.len(), balances.is_empty()), (2, false));
    assert_eq!((&balances["USD"], balances.get("EUR")), (&amount("10.45"), None));
    assert_eq!(balances.extra.get("note"), Some(&Value::Text("hello".into())));
}
