//! A third gateway, driven through the interface for bindings alone: by its place in the list, and never by a type.
#![cfg(feature = "toy-gateway")]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;

use payseal::binding::{
    Argument, CallbackProof, Client, FieldKind, FieldValue, GATEWAYS, Gateway, ParameterKind, ProofKind, RequestSchema,
    SettingKind, SettingValue,
};
use payseal::signature::{Key, Keys, Source};
use payseal::{Error, Request, Secret};

const SECRET: &str = "toy-secret";

fn toys() -> &'static Gateway {
    GATEWAYS.iter().find(|gateway| gateway.name == "Toys").unwrap()
}

/// A client made by the kinds of a gateway's settings.
fn open(gateway: &Gateway) -> Box<dyn Client> {
    let setting = |kind| match kind {
        SettingKind::Secret | SettingKind::Secrets => SettingValue::Keys(Keys::from(Secret::new(SECRET).unwrap())),
        SettingKind::Text => SettingValue::Text("text"),
        SettingKind::Size => SettingValue::Size(1000),
    };
    let settings: Vec<_> = gateway.settings.iter().map(|it| it.required.then(|| setting(it.kind))).collect();
    (gateway.open)(&settings).unwrap()
}

fn method(name: &str) -> usize {
    toys().methods.iter().position(|method| method.name == name).unwrap()
}

fn text(request: &Request) -> &str {
    std::str::from_utf8(request.body.as_deref().unwrap()).unwrap()
}

fn order() -> Vec<Option<Argument<'static>>> {
    let person = Argument::Group(vec![Some(Argument::Text("Ann")), Some(Argument::Boolean(true))]);
    let toy = |name, parts| Argument::Group(vec![Some(Argument::Text(name)), parts]);
    vec![
        Some(Argument::Text("7")),
        Some(Argument::Text("12.50")),
        Some(Argument::Integer(2)),
        Some(Argument::Boolean(true)),
        Some(Argument::Boolean(false)),
        None,
        Some(Argument::Text("1234")),
        Some(Argument::Text("https://shop.example/news")),
        Some(Argument::List(vec![Argument::Text("red"), Argument::Text("blue")])),
        Some(Argument::Group(vec![Some(Argument::Text("High Street 1")), Some(person)])),
        Some(Argument::List(vec![toy("train", Some(Argument::List(vec![Argument::Text("rail")]))), toy("ball", None)])),
    ]
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
    let request = open(toys()).build(method("create_order"), &order()).unwrap();
    let body = text(&request);
    assert_eq!(
        body,
        r#"{"number":"7","price":12.50,"parcels":2,"gift":true,"signed_for":false,"pin":"1234","news_url":"https://shop.example/news","colours":["red","blue"],"address":{"street":"High Street 1","person":{"name":"Ann","child":true}},"toys":[{"name":"train","parts":["rail"]},{"name":"ball"}]}"#
    );
    assert_eq!(
        request.headers[1],
        ("X-TOY-SIGNATURE", Key::new(&Secret::new(SECRET).unwrap()).sign(body.as_bytes()).to_hex())
    );
}

#[test]
fn what_violates_a_rule_is_named_however_deep() {
    let refused = |position: usize, argument: Option<Argument<'static>>| {
        let mut arguments = order();
        arguments[position] = argument;
        let error = open(toys()).build(method("create_order"), &arguments).unwrap_err();
        error.to_string()
    };
    let street = || Some(Argument::Text("High Street 1"));
    assert_eq!(refused(2, Some(Argument::Integer(4))), "parcels: must be at most 3");
    assert_eq!(refused(3, None), "gift: is required");
    assert_eq!(refused(3, Some(Argument::Text("true"))), "gift: must be true or false");
    assert_eq!(refused(8, Some(Argument::Text("red"))), "colours: must be a list");
    assert_eq!(
        refused(8, Some(Argument::List(vec![Argument::Text("red"), Argument::Text(" ")]))),
        "colours[1]: must not be empty"
    );
    let person = Argument::Group(vec![None]);
    assert_eq!(refused(9, Some(Argument::Group(vec![street(), Some(person)]))), "address.person.name: is required");
    let toy = Argument::Group(vec![Some(Argument::Text("train")), Some(Argument::List(vec![Argument::Boolean(true)]))]);
    assert_eq!(refused(10, Some(Argument::List(vec![toy]))), "toys[0].parts[0]: must be text");
    assert_eq!(refused(10, Some(Argument::List(vec![Argument::Text("train")]))), "toys[0]: must be an object");
}

#[test]
fn an_answer_holds_every_kind_of_field() {
    let read = toys().methods[method("create_order")].read;
    let body = br#"{"id":"o1","price":"12.50","parcels":2,"gift":1,"pin":"1234","state":"paid","colours":"red, blue",
        "holder":[{"name":"Ann"}],"toys":{"name":"train"},"weight":3,"checksum":"x","ok":true}"#;
    let parsed = read(200, body, 1000).unwrap();
    let text = |value: &FieldValue| match value {
        FieldValue::Scalar(text) => parsed.read(*text).into_owned(),
        FieldValue::Boolean(boolean) => boolean.to_string(),
        FieldValue::Texts(texts) => texts.iter().map(|text| parsed.read(*text)).collect::<Vec<_>>().join("+"),
        FieldValue::Group(object) => format!("{} field", object.values.len()),
        FieldValue::List(objects) => format!("{} object", objects.len()),
        FieldValue::Absent => String::new(),
    };
    let values: Vec<_> = parsed.object.values.iter().map(text).collect();
    assert_eq!(values, ["o1", "12.50", "2", "true", "1234", "paid", "red+blue", "1 field", "1 object"]);
    assert_eq!(payseal::binding::extra_json(&parsed.object.extra), r#"{"weight":3}"#);
}

/// The gateway says success in `ok` and gives its reasons in `why`: no other gateway does.
#[test]
fn success_and_reasons_are_where_the_gateway_says() {
    let read = toys().methods[method("create_order")].read;
    let error = read(200, br#"{"ok":false,"why":"sold out","error":"no"}"#, 1000).unwrap_err();
    assert_eq!(error.to_string(), "the gateway refused (status 200): sold out");
    let error = read(200, br#"{"success":true}"#, 1000).unwrap_err();
    assert_eq!(error.to_string(), "ok: is missing or no boolean");
}

#[test]
fn a_callback_is_verified_by_its_signature() {
    let client = open(toys());
    let body = br#"{"id":"o:1","state":"paid"}"#;
    let signature = Key::new(&Secret::new(SECRET).unwrap()).sign(body).to_hex();
    let verified = client.verify(body, &CallbackProof::Signature(Source::Signature(&signature)), 1000).unwrap();
    assert_eq!((verified.secret_index, verified.parsed.event_id().as_str()), (Some(0), "o%3A1:paid"));
    let other = client.verify(b"{}", &CallbackProof::Signature(Source::Signature(&signature)), 1000).unwrap_err();
    assert_eq!(other.code(), "signature_mismatch");
    let missing = client.verify(body, &CallbackProof::Signature(Source::Signature("")), 1000).unwrap_err();
    assert!(missing.to_string().contains("X-TOY-SIGNATURE"), "{missing}");
}

#[test]
fn pages_follow_each_other() {
    let client = open(toys());
    let first = [None, Some(Argument::Integer(2))];
    let next = |received, last| client.next_page(method("list_receipts"), &first, received, last).unwrap();
    assert_eq!(text(&next(4, 2).unwrap()), r#"{"skip":4,"count":2}"#);
    assert!(next(5, 1).is_none());
    assert!(client.next_page(method("create_order"), &order(), 1, 1).unwrap().is_none());
}

#[test]
fn a_request_of_another_gateways_client_is_refused() {
    let bitloga = open(GATEWAYS[0]);
    let build = toys().methods[0].build;
    assert!(matches!(build(bitloga.as_any(), &order()), Err(Error::InvalidInput { .. })));
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
