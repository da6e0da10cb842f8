//! The examples in the documentation of methods, which run as tests: taken from the vectors that prove all languages.

use std::{fs, io};

use serde_json::Value;

use super::python_name;
use crate::files::repository;
use crate::source::{
    Callbacks, FieldKind, Gateway, Known, Method, Paging, Parameter, ParameterKind, RequestSchema, ResponseSchema,
    is_list, status_of, values,
};
use crate::words::{each, list};

/// The longest answer that is shown.
const MAX_ANSWER: usize = 270;

/// The examples of one gateway's methods.
pub(super) struct Examples<'a> {
    gateway: &'a Gateway,
    vectors: Value,
}

impl<'a> Examples<'a> {
    /// A gateway without vectors has no examples.
    ///
    /// # Errors
    /// Where the vectors cannot be read.
    pub(super) fn read(gateway: &'a Gateway) -> io::Result<Self> {
        let file = repository().join("tests/vectors").join(gateway.name.to_lowercase() + ".json");
        let vectors = match fs::read(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Value::Null,
            read => serde_json::from_slice(&read?)?,
        };
        Ok(Self { gateway, vectors })
    }

    /// Calls a method, and reads an answer: the first of each, which is mostly that of the gateway's document.
    pub(super) fn call(&self, method: &Method) -> String {
        let answer = self.answers(method).next().unwrap_or(&Value::Null);
        let (read, shown) = shown(method.schemas, &answer["value"]);
        let (call, answer) = (self.arguments(method), body(answer));
        self.of(&format!(">>> call = client.{}({call})\n>>> call.parse(200, '{answer}'){read}\n{shown}\n", method.name))
    }

    /// Goes through pages, of which the first is empty, and so the last.
    pub(super) fn pages(&self, method: &Method, paging: &Paging) -> String {
        let empty = self.answers(method).map(body).min_by_key(String::len).unwrap_or_default();
        let filter = self.arguments(method);
        let mut fields = method.schemas.iter().flat_map(|schema| schema.fields);
        let list = fields.find(|field| is_list(field)).map_or("", |field| field.name);
        self.of(&format!(
            ">>> for call in client.{}({filter}):\n...     page = call.parse(200, '{empty}')\n\
             ...     print(len(page.{list}))\n0\n",
            paging.name
        ))
    }

    pub(super) fn payout(&self, method: &Method) -> String {
        let payout = self.arguments(method);
        self.of(&format!(">>> payout = client.payout({payout})\n>>> payout.next(1700000000).request.method\n'POST'\n"))
    }

    /// Signs a callback with the fields that are required, and verifies it.
    pub(super) fn callback(&self, callbacks: &Callbacks) -> String {
        let fields = arguments(required(callbacks.fields), &self.vectors["callbacks"][0]["value"]);
        self.of(&format!(
            ">>> request = client.sign_callback({fields})\n\
             >>> callback = client.verify_callback(request.body, request.headers)\n"
        ))
    }

    /// What to expect of that callback.
    pub(super) fn expected(&self, callbacks: &Callbacks) -> String {
        let is_signed = |name| required(callbacks.fields).any(|field| field.name == name);
        let expected = callbacks.expected.parameters.iter().filter(|parameter| is_signed(parameter.name));
        arguments(expected, &self.vectors["callbacks"][0]["value"])
    }

    /// Makes a notification with the fields that are required, and verifies it.
    pub(super) fn notification(&self, fields: &RequestSchema) -> String {
        let first = &self.vectors["notifications"][0];
        let (fields, secret) = (arguments(required(fields), &first["value"]), &first["secret_key"]);
        self.of(&format!(
            ">>> request = client.test_notification({fields}, secret_key={secret})\n\
             >>> client.verify_notification(request.body, {secret}).status.is_paid\nTrue\n"
        ))
    }

    /// An example that begins with a new client.
    fn of(&self, example: &str) -> String {
        if self.vectors.is_null() {
            return String::new();
        }
        let Gateway { name, settings, .. } = self.gateway;
        let required = settings.iter().filter(|setting| setting.required);
        let settings = list(required, ", ", |setting| format!("{:?}", setting.name.replace('_', "-")));
        format!(">>> from payseal import {name}\n>>> client = {name}({settings})\n{example}")
    }

    fn vectors(&self, what: &str) -> impl Iterator<Item = &Value> {
        self.vectors[what].as_array().into_iter().flatten()
    }

    /// The arguments of the first call of a method.
    fn arguments(&self, method: &Method) -> String {
        let call = self.vectors("calls").find(|call| call["method"] == method.name);
        let input = call.map_or(&Value::Null, |call| &call["input"]);
        match method.parameters {
            [parameter] if !input[parameter.name].is_null() => input[parameter.name].to_string(),
            parameters => arguments(parameters.iter(), input),
        }
    }

    /// The successful answers of a method's type.
    fn answers(&self, method: &Method) -> impl Iterator<Item = &Value> {
        self.vectors("answers").filter(|answer| {
            let answered = answer["method"].as_str().and_then(|name| self.gateway.method(name));
            let is_of_type = answered.is_some_and(|answered| answered.answer == method.answer);
            is_of_type && answer["value"].is_object() && body(answer).len() <= MAX_ANSWER
        })
    }
}

/// The body of an answer in one line.
fn body(vector: &Value) -> String {
    each(vector["body"].as_str().unwrap_or_default().lines(), |line| line.trim().into())
}

fn required(schema: &RequestSchema) -> impl Iterator<Item = &Parameter> {
    schema.parameters.iter().filter(|parameter| parameter.required)
}

fn arguments<'a>(parameters: impl Iterator<Item = &'a Parameter>, input: &Value) -> String {
    let given = parameters.filter(|parameter| !input[parameter.name].is_null());
    list(given, ", ", |parameter| {
        let value = &input[parameter.name];
        let digits = value.as_str().filter(|_| matches!(parameter.kind, ParameterKind::Integer));
        format!("{}={}", python_name(parameter.name), digits.map_or_else(|| value.to_string(), str::to_owned))
    })
}

/// What of an answer to show, and how Python prints it: whether it is paid, or else the first field.
fn shown(schemas: &[&ResponseSchema], answer: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Some((status, choice)) = status_of(schemas[0]) {
        let is_paid = values(choice, Known::is_paid).contains(&text(&answer[status]).as_str());
        return (format!(".{status}.is_paid"), if is_paid { "True" } else { "False" }.into());
    }
    let Some(field) = schemas[0].fields.first() else {
        let (name, amount) = answer.as_object().and_then(|amounts| amounts.iter().next()).unzip();
        return (
            format!("[{:?}]", name.map_or("", String::as_str)),
            format!("Decimal('{}')", amount.map_or_else(String::new, text)),
        );
    };
    let (name, value) = (python_name(field.name), &answer[field.name]);
    match field.kind {
        FieldKind::List(schema) => {
            let (read, printed) = shown(&[schema], &value[0]);
            (format!(".{name}[0]{read}"), printed)
        }
        FieldKind::Amount => (format!(".{name}"), format!("Decimal('{}')", text(value))),
        _ => (format!(".{name}"), format!("'{}'", text(value))),
    }
}
