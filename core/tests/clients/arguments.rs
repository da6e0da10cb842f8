//! What bindings hand over: values of every kind for parameters of every kind.

use payseal::binding::{API_FOR_CRYPTO, Argument, BITLOGA, Method};
use payseal::{ApiForCrypto, Error, Request};

use super::{bitloga, body};

/// Makes a call in which one parameter has a value and all others that are required have a fitting one.
fn build<C: 'static>(
    client: &C,
    methods: &[Method],
    method: &str,
    name: &str,
    mut value: Option<Argument<'_>>,
) -> Result<Request, Error> {
    let fitting = [
        ("amount", Argument::Text("1.00")),
        ("value", Argument::Text("1")),
        ("expiry", Argument::Number("15")),
        ("confirmations", Argument::Number("1")),
        ("currency", Argument::Text("USD")),
        ("blockchain", Argument::Text("tron")),
        ("symbol", Argument::Text("USDT")),
    ];
    let method = methods.iter().find(|candidate| candidate.name == method).unwrap();
    let arguments = method.request.parameters.iter().map(|parameter| {
        let fitting = || fitting.iter().find(|(name, _)| parameter.required && *name == parameter.name);
        if parameter.name == name { value.take() } else { fitting().map(|(_, fitting)| fitting.clone()) }
    });
    (method.build)(client, &arguments.collect::<Vec<_>>())
}

fn create_code(name: &str, value: Argument<'_>) -> Result<String, (String, String)> {
    match build(&bitloga(), BITLOGA.methods, "create_code", name, Some(value)) {
        Ok(request) => Ok(body(&request).into()),
        Err(Error::InvalidInput { field, rule, .. }) => Err((field.into(), rule.into())),
        Err(other) => Err((other.code().into(), String::new())),
    }
}

/// Every decimal of 15 digits survives the way through a binary float: longer ones may not have been meant.
#[test]
fn floats() {
    for digits in ["1", "0.1", "123456789012345", "0.00123456789012345", "1234567890123450000", "1.5e-7", "1e21"] {
        let body = create_code("amount", Argument::Float(digits)).unwrap();
        assert_eq!(body, format!(r#"{{"action":"create","amount":{digits},"currency":"USD"}}"#));
    }
    for digits in ["0.30000000000000004", "1234567890123456", "1.234567890123456", "-0.1000000000000001e5"] {
        let (field, rule) = create_code("amount", Argument::Float(digits)).unwrap_err();
        assert_eq!(field, "amount");
        assert!(rule.contains("15 digits"), "{digits}: {rule}");
    }
    for digits in ["NaN", "inf", "-inf", "", "1.", "1e999"] {
        assert_eq!(create_code("amount", Argument::Float(digits)).unwrap_err().0, "amount", "{digits}");
    }
    // As a text the same digits are somebody's own.
    assert!(create_code("amount", Argument::Text("0.30000000000000004")).is_ok());
    assert!(create_code("amount", Argument::Number("1234567890123456")).is_ok());
}

#[test]
fn of_other_kinds() {
    let refused = |field: &str, rule: &str| Err((field.into(), rule.into()));
    for value in [Argument::Number("1"), Argument::Float("1"), Argument::Group(vec![])] {
        assert_eq!(create_code("currency", value), refused("currency", "must be text"));
    }
    assert_eq!(create_code("amount", Argument::Group(vec![])), refused("amount", "must be an amount"));

    let limit = |value| {
        build(&bitloga(), BITLOGA.methods, "list_codes", "limit", Some(value)).map_err(|error| error.to_string())
    };
    assert!(limit(Argument::Number("10")).is_ok() && limit(Argument::Float("10")).is_ok());
    for value in [
        Argument::Text("10"),
        Argument::Number("1.5"),
        Argument::Number("99999999999999999999"),
        Argument::Group(vec![]),
    ] {
        assert_eq!(limit(value).unwrap_err(), "limit: must be a whole number");
    }
}

#[test]
fn groups() {
    let gateway = ApiForCrypto::new("w");
    let create = |name, value| build(&gateway, API_FOR_CRYPTO.methods, "create_invoice", name, Some(value));
    let error = create("data", Argument::Text("order-125")).unwrap_err();
    assert_eq!((error.field(), error.to_string().as_str()), (Some("data"), "data: must be an object"));
    let error = create("fiatCurrency", Argument::Group(vec![Some(Argument::Number("1"))])).unwrap_err();
    assert_eq!(error.field(), Some("fiatCurrency.currency"));
    let error = create("data", Argument::Group(vec![None, None, None, Some(Argument::Text("not a URL"))])).unwrap_err();
    assert_eq!(error.field(), Some("data.url_callback"));
}

/// A binding that hands over fewer places than there are parameters has not given the others.
#[test]
fn missing_places() {
    let method = BITLOGA.methods.iter().find(|method| method.name == "withdraw").unwrap();
    let error = (method.build)(&bitloga(), &[]).unwrap_err();
    assert_eq!((error.field(), error.to_string().as_str()), (Some("uniqueid"), "uniqueid: is required"));
    for parameter in method.request.parameters.iter().filter(|parameter| parameter.required) {
        assert!(["uniqueid", "currency", "paysys", "amount", "purse"].contains(&parameter.name), "{}", parameter.name);
    }
}
