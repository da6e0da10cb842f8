//! JSON values that keep the digits of their numbers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Document, Kind, push_quoted};

/// Writes one text or number.
pub(crate) type Push<'f> = &'f mut dyn FnMut(&mut String, &str);

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
        self.write_with(out, &mut |out, text| push_quoted(out, text), &mut String::push_str);
    }

    /// Writes it, by way of functions that write one text and one number.
    pub(crate) fn write_with(&self, out: &mut String, push_text: Push<'_>, push_number: Push<'_>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(boolean) => out.push_str(if *boolean { "true" } else { "false" }),
            Self::Number(digits) => push_number(out, digits),
            Self::Text(text) => push_text(out, text),
            Self::List(list) => {
                out.push('[');
                for (position, value) in list.iter().enumerate() {
                    out.push_str(if position == 0 { "" } else { "," });
                    value.write_with(out, push_text, push_number);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                write_members_with(out, fields, push_text, push_number);
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
#[cfg(feature = "serde")]
pub(super) fn write_members(out: &mut String, fields: &[(String, Value)]) {
    write_members_with(out, fields, &mut |out, text| push_quoted(out, text), &mut String::push_str);
}

fn write_members_with(out: &mut String, fields: &[(String, Value)], push_text: Push<'_>, push_number: Push<'_>) {
    for (position, (name, value)) in fields.iter().enumerate() {
        out.push_str(if position == 0 { "" } else { "," });
        push_text(out, name);
        out.push(':');
        value.write_with(out, push_text, push_number);
    }
}
