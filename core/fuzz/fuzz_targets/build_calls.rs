//! Calls of any inputs: refused, or a body that holds them as they were given.

#![no_main]

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use payseal::binding::{API_FOR_CRYPTO, Argument, BITLOGA, Method, Parameter, ParameterKind};
use payseal::signature::{Key, Signature};
use payseal::{ApiForCrypto, Bitloga, Request, Secret};
use serde_json::value::RawValue;

#[derive(Arbitrary, Debug)]
struct Input {
    method: u8,
    values: Vec<Option<Value>>,
    credential: Option<String>,
    base_url: Option<String>,
}

#[derive(Arbitrary, Debug)]
enum Value {
    /// Of the kind of its parameter.
    Fitting(String, u32, u8),
    Text(String),
    Number(String),
    Float(f64),
    Group(Vec<Option<Value>>),
}

/// A value as a binding would hand it over.
enum Plain {
    Text(String),
    Number(String),
    Float(String),
    Group(Vec<Option<Plain>>),
}

fuzz_target!(|input: Input| {
    let secret = Secret::new("secret").unwrap();
    let key = Key::new(&secret);
    let credential = input.credential.as_deref().unwrap_or("credential");
    let method = usize::from(input.method) % (BITLOGA.methods.len() + API_FOR_CRYPTO.methods.len());
    if let Some(method) = BITLOGA.methods.get(method) {
        let client = Bitloga::new(credential, secret);
        let client = if let Some(base_url) = &input.base_url { client.base_url(base_url) } else { client };
        build(&client, method, &input.values, |request| {
            let signature = Signature::from_hex(&request.headers[2].1).unwrap();
            key.verify(request.body.as_ref().unwrap(), &signature).unwrap();
        });
    } else {
        let method = &API_FOR_CRYPTO.methods[method - BITLOGA.methods.len()];
        let client = ApiForCrypto::new(credential);
        let client = if let Some(base_url) = &input.base_url { client.base_url(base_url) } else { client };
        build(&client, method, &input.values, |_| ());
    }
});

fn build<C: 'static>(client: &C, method: &Method, values: &[Option<Value>], check: impl Fn(&Request)) {
    let plain = all_plain(method.request.parameters, values);
    match (method.build)(client, &given(&plain)) {
        Err(error) => assert_eq!(error.code(), "invalid_input"),
        Ok(request) => {
            assert!(request.url[..4].eq_ignore_ascii_case("http"));
            assert!(request.headers.iter().all(|(_, value)| value.bytes().all(|byte| byte.is_ascii_graphic())));
            if let Some(body) = &request.body {
                assert_holds(std::str::from_utf8(body).unwrap(), method.request.parameters, &plain);
            }
            check(&request);
        }
    }
}

fn all_plain(parameters: &[Parameter], values: &[Option<Value>]) -> Vec<Option<Plain>> {
    parameters.iter().zip(values).map(|(parameter, value)| Some(plain(parameter, value.as_ref()?))).collect()
}

fn plain(parameter: &Parameter, value: &Value) -> Plain {
    match (value, parameter.kind) {
        (Value::Fitting(text, ..), ParameterKind::Url) => Plain::Text(format!("https://{text}")),
        (Value::Fitting(text, ..), ParameterKind::Text(_)) => Plain::Text(text.clone()),
        (Value::Fitting(_, number, 0..20), ParameterKind::Amount) => Plain::Number(format!("{number}e-1")),
        (Value::Fitting(_, number, _), ParameterKind::Amount) => Plain::Text(number.to_string()),
        (Value::Fitting(_, _, number), ParameterKind::Integer) => Plain::Number((i32::from(*number) - 5).to_string()),
        (Value::Fitting(..), _) => Plain::Group(Vec::new()),
        (Value::Group(values), ParameterKind::Group(table)) => Plain::Group(all_plain(table.parameters, values)),
        (Value::Group(_), _) => Plain::Group(Vec::new()),
        (Value::Text(text), _) => Plain::Text(text.clone()),
        (Value::Number(digits), _) => Plain::Number(digits.clone()),
        (Value::Float(float), _) => Plain::Float(format!("{float:?}")),
    }
}

fn given(plain: &[Option<Plain>]) -> Vec<Option<Argument<'_>>> {
    plain.iter().map(|plain| plain.as_ref().map(argument)).collect()
}

fn argument(plain: &Plain) -> Argument<'_> {
    match plain {
        Plain::Text(text) => Argument::Text(text),
        Plain::Number(digits) => Argument::Number(digits),
        Plain::Float(digits) => Argument::Float(digits),
        Plain::Group(group) => Argument::Group(given(group)),
    }
}

/// Every value given is in the object as it was given, and no other.
fn assert_holds(object: &str, parameters: &[Parameter], plain: &[Option<Plain>]) {
    let mut members: BTreeMap<String, &RawValue> = serde_json::from_str(object).unwrap();
    members.remove("action");
    for (parameter, plain) in parameters.iter().zip(plain) {
        let Some(plain) = plain else { continue };
        let written = members.remove(parameter.name).unwrap().get();
        match (plain, parameter.kind) {
            (Plain::Group(group), ParameterKind::Group(table)) => assert_holds(written, table.parameters, group),
            (Plain::Text(text), ParameterKind::Text(_) | ParameterKind::Url) => {
                assert_eq!(serde_json::from_str::<String>(written).unwrap(), *text);
            }
            (Plain::Text(digits) | Plain::Number(digits) | Plain::Float(digits), ParameterKind::Amount) => {
                assert_eq!(written, digits);
            }
            (Plain::Number(digits) | Plain::Float(digits), ParameterKind::Integer) => {
                assert_eq!(written.parse::<i64>(), digits.parse());
            }
            _ => panic!("a value of another kind was accepted"),
        }
    }
    assert!(members.is_empty());
}
