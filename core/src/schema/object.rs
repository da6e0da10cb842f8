//! A message read against its schema, in one pass: every field found, checked and left where it
//! is in the text.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Field, FieldKind, ResponseSchema};
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::{Extra, Kind, Read, Reader, SyntaxError, TextSpan};

/// The most fields a schema may have.
pub(crate) const MAX_FIELDS: usize = u64::BITS as usize;

/// The largest integer every language of this library holds exactly.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// A message that fits its schema.
#[derive(Debug)]
pub struct ParsedObject {
    /// What it was read against.
    pub schema: &'static ResponseSchema,
    /// One value for each field of the schema, in order.
    pub values: Vec<FieldValue>,
    /// Amounts by currency, where the schema is open for them.
    pub amounts: Vec<(TextSpan, TextSpan)>,
    /// Fields the schema does not know.
    pub extra: Extra,
    /// What the field says that tells whether a call succeeded, if it is there and a boolean.
    pub(super) success: Option<bool>,
}

/// What a field holds.
#[derive(Debug)]
pub enum FieldValue {
    /// Nothing, or null.
    Absent,
    /// The text of a text, choice, amount or integer.
    Scalar(TextSpan),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    Texts(Vec<TextSpan>),
    /// A group.
    Group(Box<ParsedObject>),
    /// A list of groups.
    List(Vec<ParsedObject>),
}

impl ParsedObject {
    /// A message without anything in it.
    pub(crate) fn new(schema: &'static ResponseSchema) -> Self {
        let values = schema.fields.iter().map(|_| FieldValue::Absent).collect();
        Self { schema, values, amounts: Vec::new(), extra: Extra::default(), success: None }
    }

    /// Reads a message against the schema. Returns its text.
    ///
    /// # Errors
    /// `malformed_body`: not one JSON value, or else naming the first field that is missing or of
    /// the wrong kind.
    pub(crate) fn read<'a>(&mut self, body: &'a [u8]) -> Result<&'a str> {
        let mut first_error = FirstError(None);
        let text = Reader::read(body, |reader| self.fill(reader, &mut first_error))?;
        match first_error.0 {
            None => Ok(text),
            Some(error) => Err(error),
        }
    }

    fn fill(&mut self, reader: &mut Reader<'_>, first_error: &mut FirstError) -> Read {
        if reader.container() != Some(Kind::Object) {
            first_error.report(|| Error::malformed("is not a JSON object"));
            return reader.value().map(drop);
        }
        let mut expected = 0;
        let mut seen = 0_u64;
        reader.object(|reader, key| {
            let Some(position) = self.schema.position_of(key, reader.text(), expected) else {
                return self.keep(reader, key);
            };
            if seen & 1 << position != 0 {
                return Err(SyntaxError::DuplicateKey);
            }
            seen |= 1 << position;
            expected = position + 1;
            match (self.values.get_mut(position), self.schema.fields.get(position)) {
                (Some(value), Some(field)) => fill_value(value, reader, field, first_error),
                _ => Ok(()),
            }
        })?;
        self.require_all(first_error);
        Ok(())
    }

    #[cold]
    fn keep(&mut self, reader: &mut Reader<'_>, key: TextSpan) -> Read {
        reader.remember(key);
        let (kind, span) = reader.value()?;
        let amount = self.schema.open_amounts && is_amount(reader.text(), kind, span);
        match &*key.read(reader.text()) {
            name if self.schema.conventions.is_success(name) => self.success = boolean(reader.text(), kind, span),
            name if self.schema.conventions.withheld.contains(&name) => {}
            _ if amount => self.amounts.push((key, span)),
            _ => self.extra.push(reader.since(key.range().start - 1)),
        }
        Ok(())
    }

    fn require_all(&self, first_error: &mut FirstError) {
        let absent = |(field, value): &(&Field, &FieldValue)| field.required && matches!(value, FieldValue::Absent);
        if let Some((field, _)) = self.schema.fields.iter().zip(&self.values).find(absent) {
            first_error.field(field, "is missing");
        }
    }

    /// Writes the deduplication key of a message whose schema has one: the fields it names, joined by colons.
    ///
    /// Two messages have the same key only if every part is the same: an empty part keeps its colon, and
    /// a colon within a part is written `%3A`, a percent sign `%25`.
    pub(super) fn push_event_id(&self, message: &str, id: &mut String) {
        for (position, name) in self.schema.event_id.iter().enumerate() {
            if position > 0 {
                id.push(':');
            }
            push_part(id, &self.text(message, name).unwrap_or_default());
        }
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> Option<&FieldValue> {
        self.values.get(self.schema.position(name)?)
    }

    /// The text in a field that holds one, out of that of the whole message.
    pub(crate) fn text<'a>(&self, message: &'a str, name: &str) -> Option<Cow<'a, str>> {
        match self.value(name)? {
            FieldValue::Scalar(text) => Some(text.read(message)),
            _ => None,
        }
    }
}

impl ResponseSchema {
    /// The position of the field of that name.
    fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The position of the field that a key names. Gateways send fields in the order of their
    /// documents: `expected` is tried first, by the bytes: no name has anything that is escaped.
    fn position_of(&self, key: TextSpan, message: &str, expected: usize) -> Option<usize> {
        match self.fields.get(expected) {
            Some(field) if field.name.as_bytes() == key.bytes(message) => Some(expected),
            _ => self.position(&key.read(message)),
        }
    }
}

/// The first thing that does not fit the schema. Reading goes on after it: that a body is not JSON
/// at all is what its sender has to know first.
struct FirstError(Option<Error>);

impl FirstError {
    fn report(&mut self, error: impl FnOnce() -> Error) {
        self.0.get_or_insert_with(error);
    }

    fn field(&mut self, field: &Field, problem: &'static str) {
        self.report(|| Error::MalformedBody { field: Some(field.name.into()), problem: problem.into() });
    }

    /// Reads what is within a field: what does not fit there is named with the field.
    fn within(&mut self, outer: impl FnOnce() -> String, read: impl FnOnce(&mut Self) -> Read) -> Read {
        let mut inner = Self(None);
        read(&mut inner)?;
        if let Some(error) = inner.0 {
            self.report(|| error.within(&outer()));
        }
        Ok(())
    }
}

fn fill_value(value: &mut FieldValue, reader: &mut Reader<'_>, field: &Field, first_error: &mut FirstError) -> Read {
    match field.kind {
        FieldKind::Group(schema) if reader.container().is_some() => {
            *value = read_group(reader, field, schema, first_error)?;
        }
        FieldKind::List(schema) if reader.container().is_some() => {
            *value = FieldValue::List(read_list(reader, field, schema, first_error)?);
        }
        FieldKind::Texts if reader.container() == Some(Kind::Array) => *value = read_texts(reader, field, first_error)?,
        _ => {
            let (kind, span) = reader.value()?;
            fill_with_scalar(value, reader.text(), kind, span, field, first_error);
        }
    }
    Ok(())
}

#[allow(clippy::inline_always, reason = "most of what fields hold is filled in here")]
#[inline(always)]
fn fill_with_scalar(
    value: &mut FieldValue,
    message: &str,
    kind: Kind,
    span: TextSpan,
    field: &Field,
    first_error: &mut FirstError,
) {
    let scalar = is_scalar(kind);
    let (fits, problem) = match field.kind {
        _ if kind == Kind::Null => return,
        FieldKind::Text | FieldKind::Choice(_) => (scalar, "is not text"),
        FieldKind::Amount => (is_amount(message, kind, span), "is not an amount"),
        FieldKind::Integer => (scalar && is_integer(span.raw(message)), "is not a whole number"),
        FieldKind::Boolean => (boolean(message, kind, span).is_some(), "is not a boolean"),
        FieldKind::Texts => (scalar, "is not a list of texts"),
        FieldKind::Group(_) | FieldKind::List(_) => (false, "is neither an object nor a list"),
    };
    let filled = match field.kind {
        _ if !fits => return first_error.field(field, problem),
        FieldKind::Boolean => FieldValue::Boolean(boolean(message, kind, span) == Some(true)),
        FieldKind::Texts => FieldValue::Texts(split_at_commas(message, span)),
        _ => FieldValue::Scalar(span),
    };
    // There was nothing there, which need not be dropped.
    core::mem::forget(core::mem::replace(value, filled));
}

fn is_scalar(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Number)
}

/// PHP writes numbers with or without quotes: both are amounts.
fn is_amount(message: &str, kind: Kind, span: TextSpan) -> bool {
    match kind {
        Kind::Number => Amount::violated_limit(span.raw(message)).is_none(),
        Kind::Text => !span.is_escaped() && Amount::violated_rule(span.raw(message)).is_none(),
        _ => false,
    }
}

fn is_integer(digits: &str) -> bool {
    !digits.starts_with('-') && digits.parse().is_ok_and(|value: i64| value <= MAX_INTEGER)
}

/// A boolean as JSON, or as PHP and databases tend to write it.
pub(crate) fn boolean(message: &str, kind: Kind, span: TextSpan) -> Option<bool> {
    match (kind, span.raw(message)) {
        (Kind::True, _) | (Kind::Text | Kind::Number, "true" | "1") => Some(true),
        (Kind::False, _) | (Kind::Text | Kind::Number, "false" | "0") => Some(false),
        _ => None,
    }
}

fn split_at_commas(message: &str, span: TextSpan) -> Vec<TextSpan> {
    let mut start = 0;
    let mut parts = Vec::new();
    for part in span.raw(message).as_bytes().split(|byte| *byte == b',') {
        let begin = start + part.len() - part.trim_ascii_start().len();
        let trimmed = part.trim_ascii();
        if !trimmed.is_empty() {
            parts.push(span.part(begin..begin + trimmed.len()));
        }
        start += part.len() + 1;
    }
    parts
}

fn read_texts(reader: &mut Reader<'_>, field: &Field, first_error: &mut FirstError) -> Read<FieldValue> {
    let mut texts = Vec::new();
    reader.array(&mut |reader| {
        let (kind, span) = reader.value()?;
        if is_scalar(kind) {
            texts.push(span);
        } else {
            first_error.field(field, "is not a list of texts");
        }
        Ok(())
    })?;
    Ok(FieldValue::Texts(texts))
}

/// One object; a list of one will do.
fn read_group(
    reader: &mut Reader<'_>,
    field: &Field,
    schema: &'static ResponseSchema,
    first_error: &mut FirstError,
) -> Read<FieldValue> {
    let mut objects = read_list(reader, field, schema, first_error)?.into_iter();
    match (objects.next(), objects.next()) {
        (Some(object), None) => return Ok(FieldValue::Group(Box::new(object))),
        // PHP writes an empty object as an empty list.
        (None, _) => {}
        (Some(_), Some(_)) => first_error.field(field, "is a list of several where one object is expected"),
    }
    Ok(FieldValue::Absent)
}

/// A list of objects; one object will do.
fn read_list(
    reader: &mut Reader<'_>,
    field: &Field,
    schema: &'static ResponseSchema,
    first_error: &mut FirstError,
) -> Read<Vec<ParsedObject>> {
    let mut objects = Vec::new();
    let mut read = |reader: &mut Reader<'_>, place: &dyn Fn(usize) -> String| {
        let mut object = ParsedObject::new(schema);
        first_error.within(|| place(objects.len()), |first_error| object.fill(reader, first_error))?;
        objects.push(object);
        Ok(())
    };
    if reader.container() == Some(Kind::Object) {
        read(reader, &|_| field.name.into())?;
    } else {
        reader.array(&mut |reader| read(reader, &|number| format!("{}[{number}]", field.name)))?;
    }
    Ok(objects)
}

fn push_part(id: &mut String, part: &str) {
    if part.contains([':', '%']) {
        id.push_str(&part.replace('%', "%25").replace(':', "%3A"));
    } else {
        id.push_str(part);
    }
}
