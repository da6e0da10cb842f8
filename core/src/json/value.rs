//! JSON values that keep the digits of their numbers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Document, Kind, push_quoted};

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
            Self::Object(fields) => {
                out.push('{');
                write_members(out, fields);
                out.push('}');
            }
        }
    }

    pub(super) fn members(document: &Document<'_>, object: usize) -> Vec<(String, Self)> {
        let name = |member: usize| document.node(member).key.read(document.text).into_owned();
        document.children(object).map(|member| (name(member), Self::read(document, member))).collect()
    }
}

/// Writes the members of an object, without the braces around them.
pub(super) fn write_members(out: &mut String, fields: &[(String, Value)]) {
    for (position, (name, value)) in fields.iter().enumerate() {
        out.push_str(if position == 0 { "" } else { "," });
        push_quoted(out, name);
        out.push(':');
        value.write(out);
    }
}
