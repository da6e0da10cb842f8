//! Saved texts: one JSON object. A value is read as it was written.

use alloc::string::{String, ToString as _};

use super::{Common, LastAnswer, PolicyOptions, Timer, Timestamp};
use crate::json::{Document, Kind, ObjectWriter};

/// A value that a saved text holds.
pub(crate) trait Saved: Sized {
    /// Writes it as a member.
    fn write(&self, name: &str, object: &mut ObjectWriter);

    /// Reads the member; nothing where it is not such a value.
    fn read(object: SavedObject<'_>, name: &str) -> Option<Self>;
}

/// One object of a saved text.
#[derive(Clone, Copy)]
pub(crate) struct SavedObject<'d> {
    document: &'d Document<'d>,
    object: usize,
}

impl<'d> SavedObject<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, object: Document::ROOT }
    }

    pub(crate) fn get<T: Saved>(self, name: &str) -> Option<T> {
        T::read(self, name)
    }

    pub(crate) fn group(self, name: &str) -> Option<Self> {
        Some(Self { object: self.document.field(self.object, name)?, ..self })
    }
}

impl Saved for String {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        object.text(name, self);
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        Some(object.document.member(object.object, name)?.into_owned())
    }
}

/// A number up to 2^53-1: more no machine counts to, and no language of this library can tell.
impl Saved for u64 {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        object.number(name, &self.to_string());
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        let digits = object.document.member(object.object, name)?;
        // `parse` by itself would take a plus sign.
        let number = if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok()? } else { return None };
        (number <= Timestamp::MAX.millis()).then_some(number)
    }
}

macro_rules! saved_as_numbers {
    ($($Number:ty),*) => {$(
        impl Saved for $Number {
            fn write(&self, name: &str, object: &mut ObjectWriter) {
                u64::from(*self).write(name, object);
            }

            fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
                object.get::<u64>(name)?.try_into().ok()
            }
        }
    )*};
}
saved_as_numbers!(u16, u32);

impl Saved for Timestamp {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        self.millis().write(name, object);
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        object.get(name).map(Self::from_millis)
    }
}

/// `true`, or left out.
impl Saved for bool {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        if *self {
            object.number(name, "true");
        }
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        let member = object.document.field(object.object, name);
        Some(member.is_some_and(|member| object.document.node(member).kind == Kind::True))
    }
}

/// Left out where there is none.
impl<T: Saved> Saved for Option<T> {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        if let Some(value) = self {
            value.write(name, object);
        }
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        match object.group(name) {
            Some(_) => T::read(object, name).map(Some),
            None => Some(None),
        }
    }
}

impl<P: PolicyOptions> Saved for P {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        object.object(name, |object| {
            for (option, value) in self.options() {
                value.write(option, object);
            }
        });
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        let (group, mut policy) = (object.group(name)?, Self::default());
        for option in Self::NAMES {
            policy.set(option, group.get(option)?).ok()?;
        }
        policy.check().ok().map(|()| policy)
    }
}

impl Timer {
    /// Writes it among the members of its machine.
    pub(crate) fn write(&self, object: &mut ObjectWriter) {
        self.seen.write("seen", object);
        self.left.write("left", object);
        self.waited.write("waited", object);
        self.pauses.write("pauses", object);
    }
}

impl Common {
    pub(crate) fn read(saved: SavedObject<'_>) -> Option<Self> {
        Some(Self {
            account: saved.get("account")?,
            revision: saved.get("revision")?,
            timer: Timer {
                seen: saved.get("seen")?,
                left: saved.get("left")?,
                waited: saved.get("waited")?,
                pauses: saved.get("pauses")?,
            },
            requests: saved.get("requests")?,
            last: saved.get("last")?,
            since: saved.get("since")?,
        })
    }
}

/// Saves a struct as an object with its fields.
macro_rules! saved {
    ($Name:ident { $($field:ident),* }) => {
        impl crate::machine::saved::Saved for $Name {
            fn write(&self, name: &str, object: &mut crate::json::ObjectWriter) {
                object.object(name, |object| {
                    $(self.$field.write(stringify!($field), object);)*
                });
            }

            fn read(object: crate::machine::saved::SavedObject<'_>, name: &str) -> Option<Self> {
                let object = object.group(name)?;
                Some(Self { $($field: object.get(stringify!($field))?),* })
            }
        }
    };
}
pub(crate) use saved;

saved!(LastAnswer { at, status, reason });
