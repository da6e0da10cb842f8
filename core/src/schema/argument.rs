//! What a caller gives for the parameters of a request schema.

use alloc::vec::Vec;

/// A value for a parameter.
#[derive(Debug, Clone)]
pub enum Argument<'a> {
    /// Text.
    Text(&'a str),
    /// The digits of an exact number.
    Number(&'a str),
    /// The shortest digits of a binary float.
    Float(&'a str),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// The arguments of a group of parameters.
    Group(Vec<Option<Argument<'a>>>),
    /// A list of texts, or of groups.
    List(Vec<Argument<'a>>),
}

/// One argument, or none, for each parameter of the schema, in order.
pub type Arguments<'a> = &'a [Option<Argument<'a>>];

impl<'a> Argument<'a> {
    /// A text, or the digits of an amount.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Float(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a list without elements, which counts as none.
    pub(crate) fn is_empty_list(&self) -> bool {
        matches!(self, Self::List(elements) if elements.is_empty())
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            Self::Number(digits) | Self::Float(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// The position of a parameter in its schema: `Parameters::FIELDS` has one for each, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(pub(crate) usize);

/// The arguments for a schema, by the names in `Parameters::FIELDS`: rules are written with it.
#[derive(Debug, Clone, Copy)]
pub struct NamedArguments<'a>(Arguments<'a>);

impl<'a> NamedArguments<'a> {
    /// The arguments, in the order of the schema.
    pub fn new(arguments: Arguments<'a>) -> Self {
        Self(arguments)
    }

    pub(crate) fn get(self, field: Position) -> Option<&'a Argument<'a>> {
        self.0.get(field.0)?.as_ref()
    }

    pub(crate) fn has(self, field: Position) -> bool {
        self.get(field).is_some()
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// A text, or the digits of an amount.
    pub(crate) fn text(self, field: Position) -> Option<&'a str> {
        self.get(field)?.text()
    }

    pub(crate) fn integer(self, field: Position) -> Option<i64> {
        self.get(field)?.integer()
    }

    pub(crate) fn group(self, field: Position) -> Option<Self> {
        match self.get(field)? {
            Argument::Group(members) => Some(Self(members)),
            _ => None,
        }
    }
}
