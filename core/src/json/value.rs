//! Fields the documents do not name, kept as they came.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::lazy::Lazy;
use super::{Document, Kind, Members, push_quoted};

/// A JSON value that keeps the digits of its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order it was written.
    Object(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn read(document: &Document<'_>, number: usize) -> Self {
        let node = document.node(number);
        match node.kind {
            Kind::Null => Self::Null,
            Kind::True => Self::Boolean(true),
            Kind::False => Self::Boolean(false),
            Kind::Number => Self::Number(node.span.raw(document.text).into()),
            Kind::Text => Self::Text(node.span.read(document.text).into_owned()),
            Kind::Array => Self::List(document.children(number).map(|child| Self::read(document, child)).collect()),
            Kind::Object => Self::Object(Self::members(document, number)),
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(boolean) => out.push_str(if *boolean { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => push_quoted(out, text),
            Self::List(list) => {
                out.push('[');
                for (position, value) in list.iter().enumerate() {
                    out.push_str(if position == 0 { "" } else { "," });
                    value.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => Members::of(fields).write(out),
        }
    }

    pub(super) fn members(document: &Document<'_>, object: usize) -> Vec<(String, Self)> {
        let name = |member: usize| document.node(member).key.read(document.text).into_owned();
        document.children(object).map(|member| (name(member), Self::read(document, member))).collect()
    }
}

/// The fields of a message that its documentation does not name, in the order they came.
///
/// ```
/// # use payseal::{Bitloga, Secret, Value};
/// # let call = Bitloga::new("api-key", Secret::new("api-secret")?).balances(None)?;
/// let balances = call.parse(200, br#"{"USD":10.45,"as_of":"2026-02-07","success":true}"#)?;
/// assert_eq!(balances.extra.get("as_of"), Some(&Value::Text("2026-02-07".into())));
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Default)]
pub struct Extra {
    members: Members,
    /// The same, read.
    fields: Lazy,
}

impl Extra {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The fields in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields().iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether every field of the message was known.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn fields(&self) -> &[(String, Value)] {
        self.fields.get(&self.members)
    }
}

impl From<Members> for Extra {
    fn from(members: Members) -> Self {
        Self { fields: Lazy::of(&members), members }
    }
}

impl Clone for Extra {
    fn clone(&self) -> Self {
        self.members.clone().into()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members || self.fields() == other.fields()
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
