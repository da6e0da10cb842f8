//! From a gateway's answer to a typed value.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use super::conventions::{Conventions, SuccessRule};
use super::{ParsedObject, ResponseSchema};
use crate::error::{Error, Reply, Result, has_decided};
use crate::json::{Document, Kind};

/// A type that can be read from a gateway's answer.
pub trait Answer: FromObject {
    /// Its name, the same in every language.
    const NAME: &'static str;
    /// Its fields: one schema, or one for each kind of object it may be.
    const SCHEMAS: &'static [&'static ResponseSchema];
}

/// How a type is read: for the types of this crate only.
pub trait FromObject: Sized {
    /// The schema to hold a particular message against: most types have only one.
    fn schema_for(_message: &[u8]) -> &'static ResponseSchema
    where
        Self: Answer,
    {
        Self::SCHEMAS[0]
    }

    /// The value, out of a message that was read against the schema.
    fn from_object(message: &str, object: &mut ParsedObject) -> Result<Self>;
}

/// A message that was read and fits its schema. Its texts are still in the bytes received.
#[derive(Debug)]
pub struct Parsed<'a> {
    text: &'a str,
    /// The message.
    pub object: ParsedObject,
}

impl<'a> Parsed<'a> {
    /// The whole text, which the places in [`Parsed::object`] refer to.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The text at a place in it, as it reads.
    pub fn read(&self, text: crate::json::TextSpan) -> alloc::borrow::Cow<'a, str> {
        text.read(self.text)
    }

    /// The deduplication key, where the schema has one.
    pub fn event_id(&self) -> String {
        let mut id = String::with_capacity(32);
        self.push_event_id(&mut id);
        id
    }

    /// Writes the deduplication key, where the schema has one.
    pub fn push_event_id(&self, id: &mut String) {
        self.object.push_event_id(self.text, id);
    }

    pub(crate) fn into_answer<T: Answer>(mut self) -> Result<T> {
        T::from_object(self.text, &mut self.object)
    }
}

/// Refuses a body that is longer than the limit before anything else is done with it.
pub(crate) fn check_length(body: &[u8], max_body: usize) -> Result<()> {
    if body.len() <= max_body { Ok(()) } else { Err(Error::malformed("is longer than the limit")) }
}

/// Reads a message that is not an answer to a call: a callback or a notification.
///
/// # Errors
/// `malformed_body`.
pub(crate) fn read<T: Answer>(body: &[u8], max_body: usize) -> Result<Parsed<'_>> {
    read_with(T::schema_for, body, max_body)
}

/// Finds the schema for a message: [`FromObject::schema_for`]. Known at run time, it keeps the module small: with a type
/// instead, reading would be compiled once for each.
type SchemaFor = fn(&[u8]) -> &'static ResponseSchema;

fn read_with(schema_for: SchemaFor, body: &[u8], max_body: usize) -> Result<Parsed<'_>> {
    check_length(body, max_body)?;
    let mut object = ParsedObject::new(schema_for(body));
    let text = object.read(body)?;
    Ok(Parsed { text, object })
}

/// Reads the answer to a call.
///
/// # Errors
/// As [`crate::Call::parse`].
pub(crate) fn read_answer<'b>(
    schema_for: SchemaFor,
    conventions: &Conventions,
    status: u16,
    body: &'b [u8],
    max_body: usize,
) -> Result<Parsed<'b>> {
    let is_success = |object: &ParsedObject| conventions.success == SuccessRule::Status || object.success == Some(true);
    match read_with(schema_for, body, max_body) {
        Ok(parsed) if is_2xx(status) && is_success(&parsed.object) => Ok(parsed),
        parsed => Err(refusal(conventions, status, body, max_body, parsed.err())),
    }
}

fn is_2xx(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Why an answer is not a success: what the gateway says comes before what is wrong with its words.
fn refusal(conventions: &Conventions, status: u16, body: &[u8], max_body: usize, error: Option<Error>) -> Error {
    let document = check_length(body, max_body).and_then(|()| Document::read(body)).ok();
    let document = document.as_ref();
    let is_object = document.is_some_and(|document| document.node(Document::ROOT).kind == Kind::Object);
    let success = document.and_then(|document| conventions.success(document, Document::ROOT));
    let reply = || {
        let reason = document.and_then(|document| conventions.reason(document, Document::ROOT));
        let body = body.get(..body.len().min(max_body)).unwrap_or_default().to_owned();
        Box::new(Reply { status, reason, body, is_repeatable: true })
    };
    match (conventions.success, success) {
        (SuccessRule::Field(_), Some(false)) if has_decided(status) => Error::Rejected(reply()),
        _ if !is_2xx(status) => Error::HttpStatus(reply()),
        (SuccessRule::Field(field), None) if is_object => {
            Error::MalformedBody { field: Some(field.into()), problem: "is missing or no boolean".into() }
        }
        _ => error.unwrap_or_else(|| Error::malformed("does not fit its shape")),
    }
}
