//! Prints the schemas of both gateways as JSON: methods, parameters, types, and what the gateways'
//! documents say of each. The types and documentation of the JavaScript and Python packages are
//! generated from it.

use payseal::apiforcrypto::{ApiForCrypto, Notification};
use payseal::binding::{Answer, Choice, Field, FieldKind, Parameter, ParameterKind, Parameters, ResponseSchema};
use payseal::bitloga::{Bitloga, Callback, CallbackFields, Expected, SIGNATURE_HEADER};
use payseal::{Error, Method};
use serde_json::{Map, Value, json};

fn main() {
    let mut types = Types::default();
    let description = json!({
        "errors": Error::CODES.map(|(code, family)| json!({"code": code, "family": family.name()})),
        "gateways": {
            "Bitloga": {
                "methods": methods(Bitloga::METHODS, &mut types),
                "signature_header": SIGNATURE_HEADER,
                "messages": {"verify_callback": types.answer::<Callback>()},
                "groups": {
                    "Expected": parameters(Expected::SCHEMA.parameters),
                    "CallbackFields": parameters(CallbackFields::SCHEMA.parameters),
                },
            },
            "ApiForCrypto": {
                "methods": methods(ApiForCrypto::METHODS, &mut types),
                "messages": {"verify_notification": types.answer::<Notification>()},
                "groups": {},
            },
        },
        "types": types.schemas,
        "unions": types.unions,
        "choices": types.choices,
    });
    println!("{description:#}");
}

/// Every type that an answer mentions.
#[derive(Default)]
struct Types {
    schemas: Map<String, Value>,
    unions: Map<String, Value>,
    choices: Map<String, Value>,
}

impl Types {
    fn answer<T: Answer>(&mut self) -> &'static str {
        self.add_all(T::NAME, T::SCHEMAS);
        T::NAME
    }

    fn add_all(&mut self, name: &str, schemas: &[&'static ResponseSchema]) {
        for schema in schemas {
            self.add(schema);
        }
        if schemas.len() > 1 {
            self.unions.insert(name.into(), schemas.iter().map(|schema| schema.name).collect());
        }
    }

    fn add(&mut self, schema: &ResponseSchema) {
        let fields: Vec<_> = schema.fields.iter().map(|field| self.field(field)).collect();
        let described = json!({
            "documentation": text(schema.documentation),
            "fields": fields,
            "open_amounts": schema.open_amounts,
            "event_id": schema.event_id,
        });
        self.schemas.insert(schema.name.into(), described);
    }

    fn field(&mut self, field: &Field) -> Value {
        let (kind, of) = match field.kind {
            FieldKind::Text => ("text", None),
            FieldKind::Amount => ("amount", None),
            FieldKind::Integer => ("integer", None),
            FieldKind::Boolean => ("boolean", None),
            FieldKind::Texts => ("texts", None),
            FieldKind::Choice(choice) => {
                self.choices.insert(choice.name.into(), describe_choice(choice));
                ("choice", Some(choice.name))
            }
            FieldKind::Group(schema) => {
                self.add(schema);
                ("group", Some(schema.name))
            }
            FieldKind::List(schema) => {
                self.add(schema);
                ("list", Some(schema.name))
            }
        };
        json!({
            "name": field.name, "documentation": text(field.documentation),
            "kind": kind, "of": of, "required": field.required, "secret": field.secret,
        })
    }
}

fn describe_choice(choice: &Choice) -> Value {
    let known: Vec<_> = choice
        .known
        .iter()
        .map(|known| {
            json!({
                "value": known.value, "documentation": text(known.documentation),
                "is_paid": known.is_paid(), "is_final": known.is_final(),
                "is_final_if_inactive": known.is_final_if_inactive(),
            })
        })
        .collect();
    let is_status = choice.known.iter().any(|known| known.outcome.is_some());
    json!({"documentation": text(choice.documentation), "known": known, "is_status": is_status})
}

fn methods(methods: &[Method], types: &mut Types) -> Vec<Value> {
    let describe = |method: &Method| {
        types.add_all(method.answer, method.schemas);
        json!({
            "name": method.name, "documentation": text(method.request.documentation),
            "parameters": parameters(method.request.parameters), "answer": method.answer,
        })
    };
    methods.iter().map(describe).collect()
}

fn parameters(parameters: &[Parameter]) -> Vec<Value> {
    let describe = |parameter: &Parameter| {
        let (kind, group) = match parameter.kind {
            ParameterKind::Text(_) | ParameterKind::Url => ("text", None),
            ParameterKind::Amount => ("amount", None),
            ParameterKind::Integer => ("integer", None),
            ParameterKind::Boolean => ("boolean", None),
            ParameterKind::Texts(_) => ("texts", None),
            ParameterKind::List(group) => ("list", Some((group.name, self::parameters(group.parameters)))),
            ParameterKind::Group(group) => ("group", Some((group.name, self::parameters(group.parameters)))),
        };
        let (of, group) = group.unzip();
        json!({
            "name": parameter.name, "documentation": text(parameter.documentation),
            "kind": kind, "of": of, "parameters": group, "required": parameter.required,
        })
    };
    parameters.iter().map(describe).collect()
}

fn text(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}
