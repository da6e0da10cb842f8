//! The examples in the documentation of methods, which run as tests: taken from the vectors that prove all languages.

use std::io;

use serde_json::Value;

use super::python_name;
use crate::source::{
    Callbacks, FieldKind, Gateway, Method, Paging, Parameter, ParameterKind, RequestSchema, ResponseSchema, is_list,
};
use crate::vectors::{Shown, Vectors, What, body, required, shown};
use crate::words::{each, list};

/// The examples of one gateway's methods.
pub(super) struct Examples<'a>(Vectors<'a>);

impl<'a> Examples<'a> {
    /// A gateway without vectors has no examples.
    ///
    /// # Errors
    /// Where the vectors cannot be read.
    pub(super) fn read(gateway: &'a Gateway) -> io::Result<Self> {
        Vectors::read(gateway).map(Self)
    }

    /// Calls a method, and reads an answer: the first of each, which is mostly that of the gateway's document.
    pub(super) fn call(&self, method: &Method) -> String {
        let answer = self.0.answer(method);
        let (read, shown) = read_and_printed(method.schemas, &answer["value"]);
        let (call, answer) = (self.arguments(method), body(answer));
        self.of(&format!(">>> call = client.{}({call})\n>>> call.parse(200, '{answer}'){read}\n{shown}\n", method.name))
    }

    /// Goes through pages, of which the first is empty, and so the last.
    pub(super) fn pages(&self, method: &Method, paging: &Paging) -> String {
        let empty = self.0.shortest_answer(method);
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
        let fields = arguments(required(callbacks.fields), self.0.callback());
        self.of(&format!(
            ">>> request = client.sign_callback({fields})\n\
             >>> callback = client.verify_callback(request.body, request.headers)\n"
        ))
    }

    /// What to expect of that callback.
    pub(super) fn expected(&self, callbacks: &Callbacks) -> String {
        let is_signed = |name| required(callbacks.fields).any(|field| field.name == name);
        let expected = callbacks.expected.parameters.iter().filter(|parameter| is_signed(parameter.name));
        arguments(expected, self.0.callback())
    }

    /// Makes a notification with the fields that are required, and verifies it.
    pub(super) fn notification(&self, fields: &RequestSchema) -> String {
        let first = self.0.notification();
        let (fields, secret) = (arguments(required(fields), &first["value"]), &first["secret_key"]);
        self.of(&format!(
            ">>> request = client.test_notification({fields}, secret_key={secret})\n\
             >>> client.verify_notification(request.body, {secret}).status.is_paid\nTrue\n"
        ))
    }

    /// An example that begins with a new client.
    fn of(&self, example: &str) -> String {
        if !self.0.are_there() {
            return String::new();
        }
        let Gateway { name, settings, .. } = self.0.gateway;
        let required = settings.iter().filter(|setting| setting.required);
        let settings = list(required, ", ", |setting| format!("{:?}", setting.name.replace('_', "-")));
        format!(">>> from payseal import {name}\n>>> client = {name}({settings})\n{example}")
    }

    /// The arguments of the first call of a method.
    fn arguments(&self, method: &Method) -> String {
        given(method, self.0.calls(method).next().map_or(&Value::Null, |call| &call["input"]))
    }
}

/// The arguments of a call: by name, unless there is only one.
pub(crate) fn given(method: &Method, input: &Value) -> String {
    match method.parameters {
        [parameter] if !input[parameter.name].is_null() => input[parameter.name].to_string(),
        parameters => arguments(parameters.iter(), input),
    }
}

/// Arguments by name.
pub(crate) fn arguments<'a>(parameters: impl Iterator<Item = &'a Parameter>, input: &Value) -> String {
    let given = parameters.filter(|parameter| !input[parameter.name].is_null());
    list(given, ", ", |parameter| {
        let value = &input[parameter.name];
        let digits = value.as_str().filter(|_| matches!(parameter.kind, ParameterKind::Integer));
        format!("{}={}", python_name(parameter.name), digits.map_or_else(|| value.to_string(), str::to_owned))
    })
}

/// How an example reads an answer.
pub(crate) fn read(Shown { lists, what }: &Shown) -> String {
    let lists = each(lists, |name| format!(".{}[0]", python_name(name)));
    match what {
        What::IsPaid(status, _) => format!("{lists}.{status}.is_paid"),
        What::Amount(currency, _) => format!("{lists}[{currency:?}]"),
        What::Field(field, _) => format!("{lists}.{}", python_name(field.name)),
    }
}

/// What of an answer to show, and how Python prints it.
fn read_and_printed(schemas: &[&'static ResponseSchema], answer: &Value) -> (String, String) {
    let shown = shown(schemas, answer);
    let printed = match &shown.what {
        What::IsPaid(_, is_paid) => if *is_paid { "True" } else { "False" }.into(),
        What::Field(field, amount) if matches!(field.kind, FieldKind::Amount) => format!("Decimal('{amount}')"),
        What::Amount(_, amount) => format!("Decimal('{amount}')"),
        What::Field(_, text) => format!("'{text}'"),
    };
    (read(&shown), printed)
}
