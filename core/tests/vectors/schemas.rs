//! What a binding does: arguments converted by the request schemas, objects by the response schemas.

use payseal::binding::{
    API_FOR_CRYPTO, Argument, Arguments, BITLOGA, FieldKind, FieldValue, Method, Parameter, ParameterKind, Parameters,
    Parsed, ParsedObject,
};
use payseal::bitloga::{self, Expected};
use payseal::{Request, Result};
use serde_json::{Map, Value, to_value};

pub(crate) fn bitloga_methods() -> Vec<&'static str> {
    BITLOGA.methods.iter().map(|method| method.name).collect()
}

pub(crate) fn apiforcrypto_methods() -> Vec<&'static str> {
    API_FOR_CRYPTO.methods.iter().map(|method| method.name).collect()
}

pub(crate) fn find(methods: &'static [Method], name: &str) -> &'static Method {
    methods.iter().find(|method| method.name == name).unwrap()
}

/// Makes the request of a method.
pub(crate) fn build<C: 'static>(client: &C, methods: &'static [Method], name: &str, input: &Value) -> Result<Request> {
    let method = find(methods, name);
    (method.build)(client, inputs(method.request.parameters, input))
}

/// Holds the fields of a callback against what is expected.
pub(crate) fn compare(expected: &Value, callback: &Value) -> Result<()> {
    let names = Expected::SCHEMA.parameters.iter().map(|parameter| parameter.name);
    let actual: Map<_, _> = names.filter_map(|name| Some((name.into(), callback.get(name)?.clone()))).collect();
    bitloga::compare(inputs(Expected::SCHEMA.parameters, expected), inputs(Expected::SCHEMA.parameters, &actual.into()))
}

/// Arguments borrow from each other; leaked, they may do so in a test.
fn inputs(parameters: &[Parameter], input: &Value) -> Arguments<'static> {
    let input = input.as_object().unwrap();
    for name in input.keys() {
        assert!(parameters.iter().any(|parameter| parameter.name == name), "there is no parameter {name}");
    }
    let given = |parameter: &Parameter| input.get(parameter.name).map(|value| given(&parameter.kind, value));
    parameters.iter().map(given).collect::<Vec<_>>().leak()
}

fn given(kind: &ParameterKind, value: &Value) -> Argument<'static> {
    match (kind, value) {
        (ParameterKind::Group(table), value) => Argument::Group(inputs(table.parameters, value).to_vec()),
        (_, Value::String(text)) => Argument::Text(text.clone().leak()),
        (_, Value::Number(number)) => Argument::Number(number.to_string().leak()),
        (_, other) => panic!("{other} is not an argument"),
    }
}

/// A message as vectors write it.
pub(crate) fn value(parsed: &Parsed<'_>) -> Value {
    object(parsed, &parsed.object)
}

fn object(parsed: &Parsed<'_>, record: &ParsedObject) -> Value {
    let fields = record.schema.fields.iter().zip(&record.values);
    let mut object: Map<_, _> =
        fields.filter_map(|(field, slot)| Some((field.name.into(), slot_value(parsed, &field.kind, slot)?))).collect();
    for (currency, amount) in &record.amounts {
        object.insert(parsed.read(*currency).into(), parsed.read(*amount).into());
    }
    // The value of balances is the mapping of currencies to amounts, and nothing else.
    if !record.extra.is_empty() && !record.schema.open_amounts {
        object.insert("extra".into(), to_value(record.extra.clone()).unwrap());
    }
    object.into()
}

fn slot_value(parsed: &Parsed<'_>, kind: &FieldKind, slot: &FieldValue) -> Option<Value> {
    Some(match (kind, slot) {
        (FieldKind::Texts | FieldKind::List(_), FieldValue::Absent) => Value::Array(Vec::new()),
        (_, FieldValue::Absent) => return None,
        (FieldKind::Integer, FieldValue::Scalar(text)) => parsed.read(*text).parse::<u64>().unwrap().into(),
        (_, FieldValue::Scalar(text)) => parsed.read(*text).into(),
        (_, FieldValue::Boolean(boolean)) => (*boolean).into(),
        (_, FieldValue::Texts(texts)) => texts.iter().map(|text| parsed.read(*text)).collect(),
        (_, FieldValue::Group(record)) => object(parsed, record),
        (_, FieldValue::List(records)) => records.iter().map(|record| object(parsed, record)).collect(),
    })
}
