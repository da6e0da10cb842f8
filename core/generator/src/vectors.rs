//! The vectors that prove all languages: what the examples in documentation are taken from.

use std::{fs, io};

use serde_json::Value;

use crate::files::repository;
use crate::source::{
    Field, FieldKind, Gateway, Known, Method, Parameter, RequestSchema, ResponseSchema, status_of, values,
};
use crate::words::each;

/// The longest answer that is shown.
const MAX_ANSWER: usize = 270;

/// The vectors of one gateway.
pub(crate) struct Vectors<'a> {
    pub(crate) gateway: &'a Gateway,
    vectors: Value,
}

impl<'a> Vectors<'a> {
    /// A gateway may have none.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn read(gateway: &'a Gateway) -> io::Result<Self> {
        Ok(Self { gateway, vectors: file(&gateway.name.to_lowercase())? })
    }

    pub(crate) fn are_there(&self) -> bool {
        !self.vectors.is_null()
    }

    fn of(&self, what: &str) -> impl Iterator<Item = &Value> {
        self.vectors[what].as_array().into_iter().flatten()
    }

    /// The calls of a method.
    pub(crate) fn calls(&self, method: &Method) -> impl Iterator<Item = &Value> {
        self.of("calls").filter(|call| call["method"] == method.name)
    }

    /// The successful answers of a method's type, as far as they are short.
    pub(crate) fn answers(&self, method: &Method) -> impl Iterator<Item = &Value> {
        self.of("answers").filter(|answer| {
            let answered = answer["method"].as_str().and_then(|name| self.gateway.method(name));
            let is_of_type = answered.is_some_and(|answered| answered.answer == method.answer);
            is_of_type && answer["value"].is_object() && body(answer).len() <= MAX_ANSWER
        })
    }

    /// The first answer, which is mostly that of the gateway's document.
    pub(crate) fn answer(&self, method: &Method) -> &Value {
        self.answers(method).next().unwrap_or(&Value::Null)
    }

    /// The shortest answer: a page without entries, and so the last.
    pub(crate) fn shortest_answer(&self, method: &Method) -> String {
        self.answers(method).map(body).min_by_key(String::len).unwrap_or_default()
    }

    /// What the first callback says.
    pub(crate) fn callback(&self) -> &Value {
        &self.vectors["callbacks"][0]["value"]
    }

    /// The deduplication key of the first callback.
    pub(crate) fn first_event_id(&self) -> &str {
        self.vectors["callbacks"][0]["event_id"].as_str().unwrap_or_default()
    }

    /// The first notification.
    pub(crate) fn notification(&self) -> &Value {
        &self.vectors["notifications"][0]
    }
}

/// The inputs that every language has to refuse.
///
/// # Errors
/// Where they cannot be read.
pub(crate) fn bad_inputs() -> io::Result<Value> {
    file("bad-inputs")
}

fn file(name: &str) -> io::Result<Value> {
    match fs::read(repository().join(format!("tests/vectors/{name}.json"))) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Value::Null),
        read => Ok(serde_json::from_slice(&read?)?),
    }
}

/// The body of an answer in one line.
pub(crate) fn body(vector: &Value) -> String {
    each(vector["body"].as_str().unwrap_or_default().lines(), |line| line.trim().into())
}

pub(crate) fn required(schema: &RequestSchema) -> impl Iterator<Item = &Parameter> {
    schema.parameters.iter().filter(|parameter| parameter.required)
}

/// What of an answer an example shows.
pub(crate) struct Shown {
    /// The lists on the way, of which the first entry is looked at.
    pub(crate) lists: Vec<&'static str>,
    pub(crate) what: What,
}

/// What of an object an example shows.
pub(crate) enum What {
    /// Whether the status in this field says that it is paid.
    IsPaid(&'static str, bool),
    /// An amount, by its currency.
    Amount(String, String),
    /// The first field and its value.
    Field(&'static Field, String),
}

/// What to show of an answer: whether it is paid, or else its first field.
pub(crate) fn shown(schemas: &[&'static ResponseSchema], answer: &Value) -> Shown {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of_object = |what| Shown { lists: Vec::new(), what };
    if let Some((status, choice)) = status_of(schemas[0]) {
        let is_paid = values(choice, Known::is_paid).contains(&text(&answer[status]).as_str());
        return of_object(What::IsPaid(status, is_paid));
    }
    let Some(field) = schemas[0].fields.first() else {
        let (name, amount) = answer.as_object().and_then(|amounts| amounts.iter().next()).unzip();
        return of_object(What::Amount(
            name.map_or_else(String::new, Clone::clone),
            amount.map_or_else(String::new, text),
        ));
    };
    let value = &answer[field.name];
    let FieldKind::List(schema) = field.kind else { return of_object(What::Field(field, text(value))) };
    let Shown { lists, what } = shown(&[schema], &value[0]);
    Shown { lists: [vec![field.name], lists].concat(), what }
}
