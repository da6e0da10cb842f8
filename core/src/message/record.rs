//! A message held against its shape: every field found, checked and left where it stands in the text.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Field, FieldKind, Shape};
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::{Document, Extra, Kind, Node, Purpose, Span};

/// Fields that never reach the caller: the gate of an answer, and what notifications are verified with.
const HIDDEN: [&str; 2] = ["success", "secret_key"];

/// The largest integer every language of this library holds exactly.
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// A message that fits its shape.
#[derive(Debug)]
pub struct Record {
    /// What it was held against.
    pub shape: &'static Shape,
    /// One slot for each field of the shape, in order.
    pub slots: Vec<Slot>,
    /// Amounts by currency, where the shape is open for them.
    pub amounts: Vec<(Text, Text)>,
    /// Fields the shape does not know.
    pub extra: Extra,
}

/// What stands in a field.
#[derive(Debug)]
pub enum Slot {
    /// Nothing, or null.
    Absent,
    /// The text of a text, choice, amount or integer.
    Scalar(Text),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    Texts(Vec<Text>),
    /// A group.
    Group(Record),
    /// A list of groups.
    List(Vec<Record>),
}

/// A text, by its place in the text of the whole message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(Span);

impl Text {
    /// Where it stands, in bytes.
    pub fn range(self) -> core::ops::Range<usize> {
        self.0.start as usize..self.0.end as usize
    }

    /// Whether it holds JSON escapes.
    pub fn is_escaped(self) -> bool {
        self.0.escaped
    }

    /// The text as it reads.
    pub(crate) fn read<'a>(self, document: &Document<'a>) -> Cow<'a, str> {
        document.text(self.0)
    }
}

impl Record {
    /// Holds an object against a shape.
    ///
    /// # Errors
    /// `malformed_body`, naming the field that is missing or of the wrong kind.
    pub(crate) fn read(document: &Document<'_>, object: usize, shape: &'static Shape) -> Result<Self> {
        if document.node(object).kind != Kind::Object {
            return Err(Error::malformed("is not a JSON object"));
        }
        let mut record = Self {
            shape,
            slots: shape.fields.iter().map(|_| Slot::Absent).collect(),
            amounts: Vec::new(),
            extra: Extra::default(),
        };
        let mut expected = 0;
        for member in document.children(object) {
            let name = document.text(document.node(member).key);
            match shape.position(&name, expected) {
                Some(position) => {
                    record.slots[position] = read_slot(document, member, &shape.fields[position])?;
                    expected = position + 1;
                }
                None => record.keep(document, member, &name),
            }
        }
        record.require_all()?;
        Ok(record)
    }

    fn keep(&mut self, document: &Document<'_>, member: usize, name: &str) {
        let node = document.node(member);
        let amount = if self.shape.open_amounts { amount_text(document, node) } else { None };
        match amount {
            _ if HIDDEN.contains(&name) => {}
            Some(amount) => self.amounts.push((Text(node.key), amount)),
            None => self.extra.push(document.member_source(member)),
        }
    }

    fn require_all(&self) -> Result<()> {
        let absent = |(field, slot): &(&Field, &Slot)| field.required && matches!(slot, Slot::Absent);
        match self.shape.fields.iter().zip(&self.slots).find(absent) {
            None => Ok(()),
            Some((field, _)) => Err(fault(field, "is missing")),
        }
    }

    /// The slot of a field.
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        self.shape.position(name, 0).map(|position| &self.slots[position])
    }

    /// The text in a field that holds one.
    pub(crate) fn text<'a>(&self, document: &Document<'a>, name: &str) -> Option<Cow<'a, str>> {
        match self.slot(name)? {
            Slot::Scalar(text) => Some(text.read(document)),
            _ => None,
        }
    }
}

impl Shape {
    /// Where a field stands. Gateways send fields in the order of their documents: `expected` is
    /// tried first.
    fn position(&self, name: &str, expected: usize) -> Option<usize> {
        match self.fields.get(expected) {
            Some(field) if field.name == name => Some(expected),
            _ => self.fields.iter().position(|field| field.name == name),
        }
    }
}

/// Messages are read for the groups and lists that their shapes name.
pub(super) struct Shapes(pub(super) &'static [&'static Shape]);

impl Purpose for Shapes {
    fn of_member(&self, name: &str) -> Option<&dyn Purpose> {
        self.0.iter().find_map(|shape| shape.of_member(name))
    }
}

impl Purpose for Shape {
    fn of_member(&self, name: &str) -> Option<&dyn Purpose> {
        match self.fields[self.position(name, 0)?].kind {
            FieldKind::Group(shape) | FieldKind::List(shape) => Some(shape),
            FieldKind::Texts => Some(&Shapes(&[])),
            _ => None,
        }
    }
}

fn fault(field: &Field, problem: impl Into<Cow<'static, str>>) -> Error {
    Error::MalformedBody { field: Some(field.name.into()), problem: problem.into() }
}

fn read_slot(document: &Document<'_>, number: usize, field: &Field) -> Result<Slot> {
    let node = document.node(number);
    if node.kind == Kind::Null {
        return Ok(Slot::Absent);
    }
    match field.kind {
        FieldKind::Text | FieldKind::Choice(_) => {
            scalar(node).map(Slot::Scalar).ok_or_else(|| fault(field, "is not text"))
        }
        FieldKind::Amount => {
            amount_text(document, node).map(Slot::Scalar).ok_or_else(|| fault(field, "is not an amount"))
        }
        FieldKind::Integer => {
            integer_text(document, node).map(Slot::Scalar).ok_or_else(|| fault(field, "is not a whole number"))
        }
        FieldKind::Boolean => {
            boolean(document, node).map(Slot::Boolean).ok_or_else(|| fault(field, "is not a boolean"))
        }
        FieldKind::Texts => {
            texts(document, number).map(Slot::Texts).ok_or_else(|| fault(field, "is not a list of texts"))
        }
        FieldKind::Group(shape) => group(document, number, field, shape),
        FieldKind::List(shape) => list(document, number, field, shape).map(Slot::List),
    }
}

fn scalar(node: &Node) -> Option<Text> {
    matches!(node.kind, Kind::Text | Kind::Number).then_some(Text(node.span))
}

/// PHP writes numbers with or without quotes: both are amounts.
fn amount_text(document: &Document<'_>, node: &Node) -> Option<Text> {
    let text = scalar(node).filter(|text| !text.is_escaped())?;
    Amount::broken_rule(document.raw(node.span)).is_none().then_some(text)
}

fn integer_text(document: &Document<'_>, node: &Node) -> Option<Text> {
    let text = scalar(node)?;
    let value: u64 = document.raw(node.span).parse().ok()?;
    (value <= MAX_INTEGER).then_some(text)
}

/// A boolean as JSON, or as PHP and databases tend to write it.
pub(super) fn boolean(document: &Document<'_>, node: &Node) -> Option<bool> {
    match (node.kind, document.raw(node.span)) {
        (Kind::True, _) | (Kind::Text | Kind::Number, "true" | "1") => Some(true),
        (Kind::False, _) | (Kind::Text | Kind::Number, "false" | "0") => Some(false),
        _ => None,
    }
}

fn texts(document: &Document<'_>, number: usize) -> Option<Vec<Text>> {
    let node = document.node(number);
    if node.kind == Kind::Array {
        return document.children(number).map(|child| scalar(document.node(child))).collect();
    }
    scalar(node).map(|text| split_at_commas(document, text.0))
}

fn split_at_commas(document: &Document<'_>, span: Span) -> Vec<Text> {
    let mut start = span.start;
    let mut parts = Vec::new();
    for part in document.raw(span).split(',') {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(0);
        let trimmed = part.trim_ascii();
        let begin = start + length(part) - length(part.trim_ascii_start());
        if !trimmed.is_empty() {
            parts.push(Text(Span { start: begin, end: begin + length(trimmed), escaped: span.escaped }));
        }
        start += length(part) + 1;
    }
    parts
}

fn group(document: &Document<'_>, number: usize, field: &Field, shape: &'static Shape) -> Result<Slot> {
    let mut records = list(document, number, field, shape)?.into_iter();
    match (records.next(), records.next()) {
        (Some(record), None) => Ok(Slot::Group(record)),
        // PHP writes an empty object as an empty list.
        (None, _) => Ok(Slot::Absent),
        (Some(_), Some(_)) => Err(fault(field, "is a list of several where one object is expected")),
    }
}

fn list(document: &Document<'_>, number: usize, field: &Field, shape: &'static Shape) -> Result<Vec<Record>> {
    match document.node(number).kind {
        Kind::Object => {
            let record = Record::read(document, number, shape).map_err(|error| error.within(field.name))?;
            Ok([record].into())
        }
        Kind::Array => document
            .children(number)
            .enumerate()
            .map(|(position, child)| {
                Record::read(document, child, shape)
                    .map_err(|error| error.within(&format!("{}[{position}]", field.name)))
            })
            .collect(),
        _ => Err(fault(field, "is neither an object nor a list")),
    }
}

/// The deduplication key of a message whose shape has one: the fields it names, joined by colons.
pub(crate) fn event_id(document: &Document<'_>, record: &Record) -> String {
    let mut id = String::new();
    for name in record.shape.event_id {
        if !id.is_empty() {
            id.push(':');
        }
        id.push_str(&record.text(document, name).unwrap_or_default());
    }
    id
}
