//! The examples in the documentation of methods, which run as tests: taken from the vectors that prove all languages.

use std::collections::BTreeMap;
use std::fs::read;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::layout::quoted;
use super::python_name;
use crate::files::repository;
use crate::source::{
    Callbacks, FieldKind, Gateway, Known, Method, Parameter, ParameterKind, RequestSchema, ResponseSchema, status_of,
    values,
};
use crate::words::list;

/// An object of JSON, its values as they are written.
type Object = BTreeMap<String, Box<RawValue>>;

/// The vectors of a gateway, as far as examples need them.
#[derive(Deserialize)]
struct Vectors {
    calls: Vec<Vector>,
    answers: Vec<Vector>,
    #[serde(default)]
    callbacks: Vec<Vector>,
    #[serde(default)]
    notifications: Vec<Vector>,
}

/// A call, an answer or a callback: the first of each is what the gateway's document shows.
#[derive(Deserialize)]
struct Vector {
    #[serde(default)]
    method: String,
    #[serde(default)]
    input: Object,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    secret_key: Value,
    /// What an answer says, unless it is an error.
    #[serde(default)]
    value: Value,
}

impl Vector {
    fn object(&self) -> Object {
        object(self.body.as_str().unwrap_or_default())
    }
}

/// The examples of one gateway's methods.
pub(super) struct Examples<'a> {
    gateway: &'a Gateway,
    vectors: Vectors,
}

impl<'a> Examples<'a> {
    /// # Errors
    /// Where the vectors cannot be read.
    pub(super) fn read(gateway: &'a Gateway) -> std::io::Result<Self> {
        let file = repository().join("tests/vectors").join(gateway.name.to_lowercase() + ".json");
        Ok(Self { gateway, vectors: serde_json::from_slice(&read(file)?)? })
    }

    /// Calls a method, and reads an answer.
    pub(super) fn call(&self, method: &Method) -> String {
        let (answer, (read, shown)) = self.answer(method);
        let call = self.arguments(method);
        self.of(&format!(">>> call = client.{}({call})\n>>> call.parse(200, '{answer}'){read}\n{shown}\n", method.name))
    }

    /// Goes through pages, of which the first is empty, and so the last.
    pub(super) fn pages(&self, method: &Method) -> String {
        let answers =
            self.vectors.answers.iter().filter(|vector| vector.method == method.name && vector.value.is_object());
        let empty = answers.filter_map(|vector| vector.body.as_str()).min_by_key(|body| body.len()).unwrap_or_default();
        self.of(&format!(
            ">>> for call in client.code_pages({}):\n...     page = call.parse(200, '{}')\n...     print(len(page.data))\n0\n",
            self.arguments(method),
            list(empty.lines(), "", str::to_owned)
        ))
    }

    pub(super) fn payout(&self, method: &Method) -> String {
        let payout = self.arguments(method);
        self.of(&format!(">>> payout = client.payout({payout})\n>>> payout.next(1700000000).request.method\n'POST'\n"))
    }

    /// Signs a callback with the fields that are required, and verifies it.
    pub(super) fn callback(&self, callbacks: Callbacks) -> String {
        let fields = message_arguments(&self.vectors.callbacks, required(callbacks.fields));
        self.of(&format!(
            ">>> request = client.sign_callback({fields})\n>>> callback = client.verify_callback(request.body, request.headers)\n"
        ))
    }

    /// The same, and what to expect of it.
    pub(super) fn expectation(&self, callbacks: Callbacks) -> (String, String) {
        let is_signed = |name| callbacks.fields.parameters.iter().any(|field| field.required && field.name == name);
        let expected = callbacks.expected.parameters.iter().filter(|parameter| is_signed(parameter.name));
        (self.callback(callbacks), message_arguments(&self.vectors.callbacks, expected))
    }

    /// Makes a notification with the fields that are required, and verifies it.
    pub(super) fn notification(&self, fields: &RequestSchema) -> String {
        let fields = message_arguments(&self.vectors.notifications, required(fields));
        let secret = self.vectors.notifications.first().and_then(|vector| vector.secret_key.as_str());
        let secret = quoted(secret.unwrap_or_default());
        self.of(&format!(
            ">>> request = client.test_notification({fields}, secret_key={secret})\n\
             >>> client.verify_notification(request.body, {secret}).status.is_paid\nTrue\n"
        ))
    }

    /// An example that begins with a new client.
    fn of(&self, example: &str) -> String {
        let Gateway { name, settings, .. } = self.gateway;
        let settings = list(*settings, ", ", |setting| quoted(&setting.replace('_', "-")));
        format!(">>> from payseal import {name}\n>>> client = {name}({settings})\n{example}")
    }

    /// The arguments of the first call of a method.
    fn arguments(&self, method: &Method) -> String {
        let Some(vector) = self.vectors.calls.iter().find(|vector| vector.method == method.name) else {
            return String::new();
        };
        list(method.parameters.iter().filter_map(|it| argument(it, &vector.input)), ", ", |argument| {
            if method.parameters.len() > 1 { argument } else { argument.split_once('=').map_or("", |it| it.1).into() }
        })
    }

    /// What there always is in the first answer to a method, and what of it to show.
    fn answer(&self, method: &Method) -> (String, (String, String)) {
        let vector = self.vectors.answers.iter().find(|vector| vector.method == method.name);
        let answer = vector.map(Vector::object).unwrap_or_default();
        let fits = |schema: &&&ResponseSchema| {
            schema.fields.iter().all(|field| !field.required || answer.contains_key(field.name))
        };
        let schema = method.schemas.iter().find(fits).unwrap_or(&method.schemas[0]);
        (shortened(schema, &answer), shown(schema, &answer))
    }
}

fn object(text: &str) -> Object {
    serde_json::from_str(text).unwrap_or_default()
}

fn required(schema: &RequestSchema) -> impl Iterator<Item = &Parameter> {
    schema.parameters.iter().filter(|parameter| parameter.required)
}

/// Arguments with the values of the first message.
fn message_arguments<'a>(messages: &[Vector], parameters: impl Iterator<Item = &'a Parameter>) -> String {
    let fields = messages.first().map(Vector::object).unwrap_or_default();
    list(parameters.filter_map(|parameter| argument(parameter, &fields)), ", ", |argument| argument)
}

/// A list of objects; one object will do.
fn objects(value: &RawValue) -> Vec<Object> {
    serde_json::from_str(value.get()).unwrap_or_else(|_| vec![object(value.get())])
}

/// A text as it reads, and anything else as it is written.
fn text(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().into())
}

fn argument(parameter: &Parameter, input: &Object) -> Option<String> {
    let value = input.get(parameter.name)?;
    let value = match parameter.kind {
        ParameterKind::Text(_) | ParameterKind::Url | ParameterKind::Amount => quoted(&text(value)),
        ParameterKind::Integer | ParameterKind::Group(_) => text(value),
    };
    Some(format!("{}={value}", python_name(parameter.name)))
}

/// An answer without the fields that may be left out.
fn shortened(schema: &ResponseSchema, answer: &Object) -> String {
    let of_schema = schema.fields.iter().filter_map(|field| {
        let value = answer.get(field.name)?;
        let value = match field.kind {
            FieldKind::List(schema) => {
                format!("[{}]", list(objects(value).first(), "", |first| shortened(schema, first)))
            }
            _ if field.required => value.get().into(),
            _ => return None,
        };
        Some(format!("\"{}\":{value}", field.name))
    });
    let is_unknown = |name: &str| schema.fields.iter().all(|field| field.name != name);
    let others = answer.iter().filter(|(name, _)| is_unknown(name));
    let others = others.map(|(name, value)| format!("\"{name}\":{}", value.get()));
    format!("{{{}}}", list(of_schema.chain(others), ",", |member| member))
}

/// What of an answer to show, and how Python prints it: whether it is paid, or else the first field.
fn shown(schema: &ResponseSchema, answer: &Object) -> (String, String) {
    let amount = |value: &RawValue| format!("Decimal('{}')", text(value));
    if let Some((name, value)) = answer.iter().next().filter(|_| schema.open_amounts) {
        return (format!("[\"{name}\"]"), amount(value));
    }
    if let Some((name, choice)) = status_of(schema) {
        let is_paid = answer.get(name).is_some_and(|it| values(choice, Known::is_paid).contains(&text(it).as_str()));
        return (format!(".{name}.is_paid"), if is_paid { "True" } else { "False" }.into());
    }
    let Some((field, value)) = schema.fields.iter().find_map(|field| Some((field, answer.get(field.name)?))) else {
        return (String::new(), String::new());
    };
    let name = format!(".{}", python_name(field.name));
    match field.kind {
        FieldKind::List(schema) => {
            let (of_first, printed) = shown(schema, objects(value).first().unwrap_or(&Object::new()));
            (format!("{name}[0]{of_first}"), printed)
        }
        FieldKind::Amount => (name, amount(value)),
        _ => (name, format!("'{}'", text(value))),
    }
}
