//! The Rust types a field of an answer may have, and how each is read from its value.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{FieldKind, FieldValue, SecretText};
use crate::amount::Amount;
use crate::error::{Error, Result};

/// A type that a field of an answer can have.
pub trait FieldType: Sized {
    /// What the field holds.
    const KIND: FieldKind;
    /// Whether a message without it is malformed.
    const REQUIRED: bool = true;
    /// Whether it is left out where a message is shown to a person.
    const SECRET: bool = false;

    /// Whether there is nothing to show.
    fn is_absent(&self) -> bool {
        false
    }

    /// Takes the value out of a value that was checked against [`FieldType::KIND`] already.
    ///
    /// # Errors
    /// `malformed_body` where it is of another kind, which that check rules out.
    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self>;
}

/// A value that [`super::object`] has let through and that is not what it must be: cannot happen,
/// and must not panic if it does.
pub(crate) fn unexpected<T>() -> Result<T> {
    Err(Error::malformed("does not fit its shape"))
}

impl FieldValue {
    /// The text of a text, choice, amount or integer.
    pub(crate) fn scalar<'a>(&self, message: &'a str) -> Result<Cow<'a, str>> {
        if let Self::Scalar(text) = self { Ok(text.read(message)) } else { unexpected() }
    }
}

impl FieldType for String {
    const KIND: FieldKind = FieldKind::Text;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        value.scalar(message).map(Cow::into_owned)
    }
}

impl FieldType for SecretText {
    const KIND: FieldKind = FieldKind::Text;
    const SECRET: bool = true;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        String::from_value(message, value).map(Self::from)
    }
}

impl FieldType for Amount {
    const KIND: FieldKind = FieldKind::Amount;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        value.scalar(message).map(|text| Self::checked(&text))
    }
}

impl FieldType for u64 {
    const KIND: FieldKind = FieldKind::Integer;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        value.scalar(message)?.parse().or_else(|_| unexpected())
    }
}

impl FieldType for bool {
    const KIND: FieldKind = FieldKind::Boolean;

    fn from_value(_: &str, value: &mut FieldValue) -> Result<Self> {
        match value {
            FieldValue::Boolean(boolean) => Ok(*boolean),
            _ => unexpected(),
        }
    }
}

impl FieldType for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;
    const REQUIRED: bool = false;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        match value {
            FieldValue::Absent => Ok(Self::new()),
            FieldValue::Texts(texts) => Ok(texts.iter().map(|text| text.read(message).into_owned()).collect()),
            _ => unexpected(),
        }
    }
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: FieldKind = T::KIND;
    const REQUIRED: bool = false;
    const SECRET: bool = T::SECRET;

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        match value {
            FieldValue::Absent => Ok(None),
            present => T::from_value(message, present).map(Some),
        }
    }
}

impl<T: super::Answer> FieldType for Vec<T> {
    const KIND: FieldKind = FieldKind::List(T::SCHEMAS[0]);
    const REQUIRED: bool = false;

    fn from_value(message: &str, value: &mut FieldValue) -> Result<Self> {
        match value {
            FieldValue::Absent => Ok(Self::new()),
            FieldValue::List(objects) => objects.iter_mut().map(|object| T::from_object(message, object)).collect(),
            _ => unexpected(),
        }
    }
}
