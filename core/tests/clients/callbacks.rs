//! Callbacks signed by ourselves.

use payseal::bitloga::CallbackFields;
use payseal::signature::{Key, Keys};
use payseal::{Bitloga, Value};

use super::{amount, bitloga, secret};

#[test]
fn are_signed_as_the_gateway_would() {
    let fields = CallbackFields::new("WMZ", amount("1.00"), "Z1", 5, "125").name("N").surname("S").dtag("D");
    let signed = bitloga().sign_callback(&fields).unwrap();
    let expected = r#"{"to":"WMZ","amount":1.00,"purse":"Z1","type":"Invoice","status":"Payed","dtag":"D","name":"N","surname":"S","invoiceid":5,"uniqueid":"125"}"#;
    assert_eq!(String::from_utf8(signed.body).unwrap(), expected);
    let signature = Key::new(&secret("secret")).sign(expected.as_bytes()).to_hex();
    assert_eq!(signed.headers, [("Content-type", "application/json".into()), ("X-SIGNATURE", signature)]);

    assert_eq!(bitloga().sign_callback(&fields.clone().amount(amount("0"))).unwrap_err().field(), Some("amount"));
    let failed = bitloga().sign_callback(&fields.status("Error").r#type("Withdraw")).unwrap();
    let callback = bitloga().verify_callback(&failed.body, &failed.headers[1].1).unwrap();
    assert_eq!((callback.event_id.as_str(), callback.status.is_paid()), ("Withdraw:5:Error", false));
}

#[test]
fn with_fields_that_no_document_names() {
    let fields = || CallbackFields::new("WMZ", amount("1.00"), "Z1", 5, "125");
    let unknown = [
        ("network", Value::Object(vec![("fee".into(), Value::Number("0.10".into())), ("\"".into(), Value::Null)])),
        ("nodes\n", Value::List(vec![Value::Boolean(true), Value::Text("é\"".into())])),
    ];
    let signed = bitloga().sign_callback_with(&fields(), unknown.clone()).unwrap();
    let callback = bitloga().verify_callback(&signed.body, signed.signature()).unwrap();
    assert!(callback.extra.iter().eq(unknown.iter().map(|(name, value)| (*name, value))));
    let plain = bitloga().sign_callback_with(&fields(), []).unwrap();
    assert!(plain == bitloga().sign_callback(&fields()).unwrap());

    let number = |digits: &str| Value::Number(digits.into());
    for refused in [("amount", number("2")), ("x", number("1,0")), ("x", number("01"))] {
        let error = bitloga().sign_callback_with(&fields(), [refused]).unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("extra")));
    }
    let twice = [("x", Value::Null), ("x", Value::Null)];
    assert_eq!(bitloga().sign_callback_with(&fields(), twice).unwrap_err().code(), "invalid_input");
}

#[test]
fn of_any_body() {
    for body in [&b""[..], b"\xff", b"{\"to\":"] {
        let signed = bitloga().sign_callback_body(body);
        assert_eq!(signed.body, body);
        assert_eq!(bitloga().verify_callback(body, signed.signature()).unwrap_err().code(), "malformed_body");
        assert_eq!(bitloga().diagnose(body, signed.signature()).cause.as_str(), "valid");
    }
}

#[test]
fn of_a_secret_that_is_being_replaced() {
    let both = Bitloga::new("api-key", Keys::new([secret("new"), secret("secret")]).unwrap());
    let fields = CallbackFields::new("WMZ", amount("1"), "Z1", 5, "125");
    for (index, signer) in [Bitloga::new("api-key", secret("new")), bitloga()].iter().enumerate() {
        let signed = signer.sign_callback(&fields).unwrap();
        assert_eq!(both.verify_callback(&signed.body, &signed.headers[1].1).unwrap().secret_index, index);
    }
    let signed = both.sign_callback(&fields).unwrap();
    let error = bitloga().verify_callback(&signed.body, &signed.headers[1].1).unwrap_err();
    assert_eq!(error.code(), "signature_mismatch");
}
