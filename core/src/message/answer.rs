//! From a gateway's answer to a typed value.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::record::{Shapes, boolean, event_id};
use super::{Record, Shape};
use crate::error::{Error, Reply, Result};
use crate::json::{Document, Kind, Value};

/// A type that can be read from a gateway's answer.
pub trait Answer: Sized {
    /// Its name, the same in every language.
    const NAME: &'static str;
    /// Its fields: one shape, or one for each kind of object it may be.
    const SHAPES: &'static [&'static Shape];

    /// The shape to hold a particular object against: most types have only one.
    #[doc(hidden)]
    fn shape_of(_document: &Document<'_>, _object: usize) -> &'static Shape {
        Self::SHAPES[0]
    }

    #[doc(hidden)]
    fn from_record(document: &Document<'_>, record: &Record) -> Result<Self>;
}

/// How a gateway says that a call succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// By `"success": true` in the answer (bitloga.txt, every method).
    SuccessField,
    /// By the HTTP status (apiforcrypto.txt, "Success Response Reference").
    Status,
}

/// A message that was read and fits its shape, its texts still standing in the bytes received.
#[derive(Debug)]
pub struct Parsed<'a> {
    pub(crate) document: Document<'a>,
    /// The message.
    pub record: Record,
}

impl<'a> Parsed<'a> {
    /// The whole text, which the places in [`Parsed::record`] refer to.
    pub fn text(&self) -> &'a str {
        self.document.text
    }

    /// The text at a place in it, as it reads.
    pub fn read(&self, text: super::Text) -> alloc::borrow::Cow<'a, str> {
        text.read(&self.document)
    }

    /// The deduplication key, where the shape has one.
    pub fn event_id(&self) -> String {
        event_id(&self.document, &self.record)
    }

    pub(crate) fn into_answer<T: Answer>(self) -> Result<T> {
        T::from_record(&self.document, &self.record)
    }
}

/// Refuses a body that is longer than the limit before anything else is done with it.
pub(crate) fn check_length(body: &[u8], max_body: usize) -> Result<()> {
    if body.len() <= max_body { Ok(()) } else { Err(Error::malformed("is longer than the limit")) }
}

/// Reads a message that is no answer to a call: a callback or a notification.
///
/// # Errors
/// `malformed_body`.
pub(crate) fn read<T: Answer>(body: &[u8], max_body: usize) -> Result<Parsed<'_>> {
    check_length(body, max_body)?;
    hold::<T>(read_document(T::SHAPES, body)?)
}

/// Reads the document of a message, as far as a type of these shapes has use for it.
///
/// # Errors
/// `malformed_body`.
pub(crate) fn read_document<'a>(shapes: &'static [&'static Shape], body: &'a [u8]) -> Result<Document<'a>> {
    Document::read_for(body, &Shapes(shapes))
}

/// Holds a document against the shape of a type.
pub(crate) fn hold<T: Answer>(document: Document<'_>) -> Result<Parsed<'_>> {
    let shape = T::shape_of(&document, Document::ROOT);
    hold_against(document, shape)
}

fn hold_against<'a>(document: Document<'a>, shape: &'static Shape) -> Result<Parsed<'a>> {
    let record = Record::read(&document, Document::ROOT, shape)?;
    Ok(Parsed { document, record })
}

/// Reads the answer to a call.
///
/// # Errors
/// `rejected` where the gateway said so, else `http_status` where the status is not 2xx, else
/// `malformed_body`.
pub(crate) fn read_answer<T: Answer>(gate: Gate, status: u16, body: &[u8], max_body: usize) -> Result<Parsed<'_>> {
    hold::<T>(pass(T::SHAPES, gate, status, body, max_body)?)
}

/// Reads an answer that says it is one of success.
fn pass<'a>(
    shapes: &'static [&'static Shape],
    gate: Gate,
    status: u16,
    body: &'a [u8],
    max_body: usize,
) -> Result<Document<'a>> {
    let succeeded = (200..300).contains(&status);
    let document = check_length(body, max_body).and_then(|()| read_document(shapes, body));
    let verdict = document.as_ref().ok().and_then(success);
    if gate == Gate::SuccessField && verdict == Some(false) {
        return Err(Error::Rejected(Box::new(reply(status, body, max_body, document.ok().as_ref()))));
    }
    if !succeeded {
        return Err(Error::HttpStatus(Box::new(reply(status, body, max_body, document.ok().as_ref()))));
    }
    let document = document?;
    if gate == Gate::SuccessField && verdict.is_none() && document.node(Document::ROOT).kind == Kind::Object {
        return Err(Error::MalformedBody { field: Some("success".into()), problem: "is missing or no boolean".into() });
    }
    Ok(document)
}

fn success(document: &Document<'_>) -> Option<bool> {
    boolean(document, document.node(document.field(Document::ROOT, "success")?))
}

/// Where gateways put the reason of a refusal: nobody has published which (facts.md, Bitloga).
const REASON_FIELDS: [&str; 4] = ["error", "message", "msg", "errors"];

fn reply(status: u16, body: &[u8], max_body: usize, document: Option<&Document<'_>>) -> Reply {
    let reason = document.and_then(|document| {
        REASON_FIELDS.iter().find_map(|reason| {
            let value = Value::parse(document.source(document.field(Document::ROOT, reason)?));
            let mut words = Vec::new();
            value.words(&mut words);
            (!words.is_empty()).then(|| words.join("; "))
        })
    });
    let body = body.get(..body.len().min(max_body)).unwrap_or_default().to_owned();
    Reply { status, reason, body }
}
