//! Genuine callbacks held against what was expected.

use payseal::Error;
use payseal::bitloga::{CallbackFields, Expected};

use super::{amount, bitloga};

fn hold(expected: &Expected, purse: Option<&str>) -> Result<(), Error> {
    let mut fields = CallbackFields::new("WMZ", amount("1.00"), "Z1", 5, "125");
    fields.purse = purse.map(Into::into);
    let signed = bitloga().sign_callback(&fields).unwrap();
    bitloga().verify_callback(&signed.body, &signed.headers[1].1).unwrap().expect(expected)
}

#[test]
fn that_hold() {
    let all = Expected::new().uniqueid("125").amount(amount("1")).to("WMZ").purse("Z1");
    assert_eq!(hold(&all, Some("Z1")), Ok(()));
    assert_eq!(hold(&Expected::new().amount(amount("100e-2")), None), Ok(()));
}

#[test]
fn that_do_not_hold() {
    let all = Expected::new().uniqueid("126").amount(amount("1.001")).to("WMR").purse("Z2");
    let Err(Error::Mismatch { differences, .. }) = hold(&all, Some("Z1")) else { unreachable!("it holds") };
    let differences: Vec<_> = differences
        .iter()
        .map(|difference| (difference.field, difference.expected.as_str(), difference.actual.as_deref()))
        .collect();
    let expected = [
        ("uniqueid", "126", Some("125")),
        ("amount", "1.001", Some("1.00")),
        ("to", "WMR", Some("WMZ")),
        ("purse", "Z2", Some("Z1")),
    ];
    assert_eq!(differences, expected);

    let error = hold(&Expected::new().uniqueid("125").purse("Z1"), None).unwrap_err();
    assert_eq!(error.to_string(), r#"a genuine callback, but not the expected one: purse is absent, not "Z1""#);
    assert_eq!(error.field(), Some("purse"));
}

/// An expectation made of variables that are all unset must not pass for one that holds.
#[test]
fn of_nothing() {
    assert_eq!(hold(&Expected::new(), Some("Z1")).unwrap_err().code(), "invalid_input");
    assert_eq!(hold(&Expected::new().uniqueid(""), Some("Z1")).unwrap_err().field(), Some("uniqueid"));
}
