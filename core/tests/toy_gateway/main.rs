//! A third gateway, driven through the interface for bindings alone: by its place in the list, and never by a type.
#![cfg(feature = "toy-gateway")]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use payseal::binding::{
    Argument, CallbackProof, Client, FieldKind, FieldValue, GATEWAYS, Gateway, ParameterKind, Parsed, ParsedObject,
    ProofKind, RequestSchema, SettingKind, SettingValue, TextSpan,
};
use payseal::signature::{Keys, Source};
use payseal::{Error, Request, Secret};
use serde_json::Value;

/// What every language does with the toys.
static CASES: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("cases.json")).unwrap());

fn cases(what: &str) -> &'static [Value] {
    CASES[what].as_array().unwrap()
}

fn text(value: &'static Value) -> &'static str {
    value.as_str().unwrap()
}

fn secret() -> Secret {
    Secret::new(text(&CASES["secret"])).unwrap()
}

fn toys() -> &'static Gateway {
    GATEWAYS.iter().find(|gateway| gateway.name == "Toys").unwrap()
}

/// A client made by the kinds of a gateway's settings.
fn open(gateway: &Gateway) -> Box<dyn Client> {
    let setting = |kind| match kind {
        SettingKind::Secret | SettingKind::Secrets => SettingValue::Keys(Keys::from(secret())),
        SettingKind::Text => SettingValue::Text("text"),
        SettingKind::Size => SettingValue::Size(1000),
    };
    let settings: Vec<_> = gateway.settings.iter().map(|it| it.required.then(|| setting(it.kind))).collect();
    (gateway.open)(&settings).unwrap()
}

fn method(name: &str) -> usize {
    toys().methods.iter().position(|method| method.name == name).unwrap()
}

fn body(request: &Request) -> &str {
    std::str::from_utf8(request.body.as_deref().unwrap()).unwrap()
}

/// The arguments that an object of the cases is for some parameters.
fn arguments(schema: &RequestSchema, given: &'static Value) -> Vec<Option<Argument<'static>>> {
    schema.parameters.iter().map(|parameter| argument(parameter.kind, given.get(parameter.name)?)).collect()
}

fn argument(kind: ParameterKind, given: &'static Value) -> Option<Argument<'static>> {
    Some(match (given, kind, kind.element()) {
        (Value::Null, ..) => return None,
        (Value::Bool(boolean), ..) => Argument::Boolean(*boolean),
        (Value::Number(number), ..) => Argument::Number(number.to_string().leak()),
        (Value::String(text), ..) => Argument::Text(text),
        (Value::Object(_), ParameterKind::Group(schema), _) => Argument::Group(arguments(schema, given)),
        (Value::Array(elements), _, Some(kind)) => Argument::List(
            elements.iter().map(|element| argument(kind, element).unwrap_or_else(|| misfit(kind))).collect(),
        ),
        _ => misfit(kind),
    })
}

/// What a parameter never takes.
fn misfit(kind: ParameterKind) -> Argument<'static> {
    if matches!(kind, ParameterKind::Group(_)) { Argument::Text("") } else { Argument::Group(Vec::new()) }
}

/// An order with some arguments changed.
fn order(changes: Option<&'static Value>) -> Vec<Option<Argument<'static>>> {
    let schema = toys().methods[method("create_order")].request;
    let mut order = arguments(schema, &CASES["calls"][0]["input"]);
    for (place, parameter) in schema.parameters.iter().enumerate() {
        if let Some(given) = changes.and_then(|changes| changes.get(parameter.name)) {
            order[place] = argument(parameter.kind, given);
        }
    }
    order
}

#[test]
fn every_gateway_opens_by_its_settings() {
    for gateway in GATEWAYS {
        let client = open(gateway);
        assert_eq!(client.gateway().name, gateway.name);
        assert!(client.max_body() > 0);
        assert_eq!(client.account().len(), 32);
        assert!((gateway.open)(&[]).is_err(), "{} opens without settings", gateway.name);
        let proof = match gateway.callback.proof {
            ProofKind::Signature(_) => CallbackProof::SecretKey(Some("key")),
            ProofKind::SecretKey => CallbackProof::Signature(Source::Signature("")),
        };
        assert_eq!(client.verify(b"{}", &proof, 10).unwrap_err().field(), Some("proof"));
    }
}

#[test]
fn a_request_holds_every_kind_of_parameter() {
    for call in cases("calls") {
        let method = method(text(&call["method"]));
        let input = arguments(toys().methods[method].request, &call["input"]);
        let request = open(toys()).build(method, &input).unwrap();
        assert_eq!(body(&request), call["body"], "{}", call["name"]);
        assert_eq!(request.headers[1], ("X-TOY-SIGNATURE", text(&call["signature"]).to_owned()));
    }
}

#[test]
fn what_violates_a_rule_is_named_however_deep() {
    for case in cases("refused") {
        let error = open(toys()).build(method("create_order"), &order(Some(&case["change"]))).unwrap_err();
        assert_eq!(error.to_string(), case["message"]);
    }
}

#[test]
fn an_answer_holds_every_kind_of_field() {
    for case in cases("answers") {
        let read = toys().methods[method(text(&case["method"]))].read;
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let parsed = read(status, text(&case["body"]).as_bytes(), 1000).unwrap();
        assert_eq!(value_of(&parsed, &parsed.object), case["value"], "{}", case["name"]);
    }
}

/// What an object says, as the cases have it.
fn value_of(parsed: &Parsed<'_>, object: &ParsedObject) -> Value {
    let text = |text: &TextSpan| Value::from(parsed.read(*text));
    let mut members = serde_json::Map::new();
    for (field, value) in object.schema.fields.iter().zip(&object.values) {
        let value = match value {
            FieldValue::Absent if matches!(field.kind, FieldKind::Texts | FieldKind::List(_)) => {
                Value::Array(Vec::new())
            }
            FieldValue::Absent => continue,
            FieldValue::Scalar(span) if matches!(field.kind, FieldKind::Integer) => {
                serde_json::from_str(&parsed.read(*span)).unwrap()
            }
            FieldValue::Scalar(span) => text(span),
            FieldValue::Boolean(boolean) => Value::from(*boolean),
            FieldValue::Texts(texts) => texts.iter().map(text).collect(),
            FieldValue::Group(object) => value_of(parsed, object),
            FieldValue::List(objects) => objects.iter().map(|object| value_of(parsed, object)).collect(),
        };
        members.insert(field.name.into(), value);
    }
    if !object.extra.is_empty() {
        let extra = format!("{{{}}}", payseal::binding::extra_members(&object.extra));
        members.insert("extra".into(), serde_json::from_str(&extra).unwrap());
    }
    Value::Object(members)
}

/// The gateway says success in `ok` and gives its reasons in `why`: no other gateway does.
#[test]
fn success_and_reasons_are_where_the_gateway_says() {
    for case in cases("bad_answers") {
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let read = toys().methods[method("create_order")].read;
        let error = read(status, text(&case["body"]).as_bytes(), 1000).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (text(&case["code"]), text(&case["message"])));
    }
}

#[test]
fn a_callback_is_verified_by_its_signature() {
    let client = open(toys());
    let callback = &CASES["callback"];
    let (body, signature) = (text(&callback["body"]).as_bytes(), text(&callback["signature"]));
    let verified = client.verify(body, &CallbackProof::Signature(Source::Signature(signature)), 1000).unwrap();
    assert_eq!(verified.secret_index, Some(0));
    assert_eq!(verified.parsed.event_id(), text(&callback["event_id"]));
    assert_eq!(value_of(&verified.parsed, &verified.parsed.object), callback["value"]);
    let other = client.verify(b"{}", &CallbackProof::Signature(Source::Signature(signature)), 1000).unwrap_err();
    assert_eq!(other.code(), "signature_mismatch");
    let missing = client.verify(body, &CallbackProof::Signature(Source::Signature("")), 1000).unwrap_err();
    assert!(missing.to_string().contains(text(&callback["header"])), "{missing}");
}

#[test]
fn pages_follow_each_other() {
    let client = open(toys());
    let pages = &CASES["pages"];
    let method = method(text(&pages["method"]));
    let first = arguments(toys().methods[method].request, &pages["filter"]);
    let mut requests = vec![client.build(method, &first).unwrap()];
    let mut received = 0;
    for page in pages["answers"].as_array().unwrap() {
        let last = usize::try_from(page.as_u64().unwrap()).unwrap();
        received += last;
        requests.extend(client.next_page(method, &first, received, last).unwrap());
    }
    assert_eq!(requests.iter().map(body).map(Value::from).collect::<Value>(), pages["bodies"]);
    assert!(client.next_page(self::method("create_order"), &order(None), 1, 1).unwrap().is_none());
}

#[test]
fn a_request_of_another_gateways_client_is_refused() {
    let bitloga = open(GATEWAYS[0]);
    let build = toys().methods[0].build;
    assert!(matches!(build(bitloga.as_any(), &order(None)), Err(Error::InvalidInput { .. })));
}

/// Where the library and its bindings are, and what builds them.
const PRODUCT: [&str; 9] = [
    "core/src",
    "core/generator/src",
    "bindings-wasm/build",
    "bindings-wasm/js",
    "bindings-wasm/scripts",
    "bindings-wasm/src",
    "bindings-python/python",
    "bindings-python/src",
    "tests/vectors",
];

/// One folder, the line in the list of gateways, and one that says where the folder is, which is in `core/src` otherwise.
#[test]
fn no_other_file_names_the_toys() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut naming = Vec::new();
    for folder in PRODUCT {
        add_naming(&repository.join(folder), &mut naming);
    }
    assert_eq!(naming, ["binding.rs", "lib.rs"]);
}

fn add_naming(folder: &Path, naming: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add_naming(&path, naming);
        } else if fs::read(&path).is_ok_and(|bytes| names_toys(&String::from_utf8_lossy(&bytes))) {
            naming.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
}

fn names_toys(text: &str) -> bool {
    ["toy_", "toy-", "Toys", "toys", "Receipt"].iter().any(|name| text.contains(name))
}

#[test]
fn the_toys_have_every_kind_of_field() {
    let (mut parameters, mut fields) = (BTreeSet::new(), BTreeSet::new());
    for method in toys().methods {
        add_parameters(method.request, &mut parameters);
        fields.extend(method.schemas.iter().flat_map(|schema| schema.fields).map(|field| field_kind(field.kind)));
    }
    assert_eq!(parameters.len(), 8, "{parameters:?}");
    assert_eq!(fields.len(), 8, "{fields:?}");
}

fn add_parameters(schema: &RequestSchema, kinds: &mut BTreeSet<&'static str>) {
    for parameter in schema.parameters {
        kinds.insert(parameter_kind(parameter.kind));
        if let ParameterKind::Group(schema) | ParameterKind::List(schema) = parameter.kind {
            add_parameters(schema, kinds);
        }
    }
}

/// A kind that is added here is one more for the toys, and for the count above.
fn parameter_kind(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Text(_) => "text",
        ParameterKind::Url => "URL",
        ParameterKind::Amount => "amount",
        ParameterKind::Integer => "integer",
        ParameterKind::Boolean => "boolean",
        ParameterKind::Texts(_) => "texts",
        ParameterKind::Group(_) => "group",
        ParameterKind::List(_) => "list",
    }
}

/// The same.
fn field_kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Choice(_) => "choice",
        FieldKind::Amount => "amount",
        FieldKind::Integer => "integer",
        FieldKind::Boolean => "boolean",
        FieldKind::Texts => "texts",
        FieldKind::Group(_) => "group",
        FieldKind::List(_) => "list",
    }
}
