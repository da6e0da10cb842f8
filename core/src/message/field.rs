//! The Rust types a field of an answer may have, and how each is read from its slot.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{FieldKind, SecretText, Slot};
use crate::amount::Amount;
use crate::error::{Error, Result};

/// A type that can stand as a field of an answer.
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

    /// Takes the value out of a slot that was checked against [`FieldType::KIND`] already.
    #[doc(hidden)]
    fn take(message: &str, slot: &mut Slot) -> Result<Self>;
}

/// A slot that [`super::record`] has let through and that is not what it must be: cannot happen,
/// and must not panic if it does.
pub(crate) fn unexpected<T>() -> Result<T> {
    Err(Error::malformed("does not fit its shape"))
}

impl FieldType for String {
    const KIND: FieldKind = FieldKind::Text;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Scalar(text) => Ok(text.read(message).into_owned()),
            _ => unexpected(),
        }
    }
}

impl FieldType for SecretText {
    const KIND: FieldKind = FieldKind::Text;
    const SECRET: bool = true;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        String::take(message, slot).map(Self::from)
    }
}

impl FieldType for Amount {
    const KIND: FieldKind = FieldKind::Amount;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Scalar(text) => Ok(Self::checked(&text.read(message))),
            _ => unexpected(),
        }
    }
}

impl FieldType for u64 {
    const KIND: FieldKind = FieldKind::Integer;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Scalar(text) => text.read(message).parse().or_else(|_| unexpected()),
            _ => unexpected(),
        }
    }
}

impl FieldType for bool {
    const KIND: FieldKind = FieldKind::Boolean;

    fn take(_: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Boolean(boolean) => Ok(*boolean),
            _ => unexpected(),
        }
    }
}

impl FieldType for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;
    const REQUIRED: bool = false;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Absent => Ok(Self::new()),
            Slot::Texts(texts) => Ok(texts.iter().map(|text| text.read(message).as_ref().to_owned()).collect()),
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

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Absent => Ok(None),
            present => T::take(message, present).map(Some),
        }
    }
}

impl<T: super::Answer> FieldType for Vec<T> {
    const KIND: FieldKind = FieldKind::List(T::SHAPES[0]);
    const REQUIRED: bool = false;

    fn take(message: &str, slot: &mut Slot) -> Result<Self> {
        match slot {
            Slot::Absent => Ok(Self::new()),
            Slot::List(records) => records.iter_mut().map(|record| T::from_record(message, record)).collect(),
            _ => unexpected(),
        }
    }
}
