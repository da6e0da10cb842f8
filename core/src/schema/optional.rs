//! What setters of optional parameters take.

use alloc::string::String;

use super::{LongText, SecretText, Url};
use crate::amount::Amount;

/// A value that may be left out: what the setters of optional parameters take. It is made of the value
/// itself, of what becomes one (such as `&str` for text), or of an `Option` of either.
///
/// ```
/// use payseal::bitloga::Withdraw;
///
/// let withdraw = Withdraw::new("135", "USD", "XRP", "10.00".parse()?, "rEb8TK3g").dtag("778899");
/// let from_elsewhere: Option<&str> = None;
/// assert_eq!(withdraw.dtag(from_elsewhere).dtag, None);
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optional<T>(Option<T>);

impl<T> Optional<T> {
    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        self.0
    }
}

impl<T> From<T> for Optional<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

/// What becomes a value, or an `Option` of it.
macro_rules! becomes {
    ($($From:ty),+ => $To:ty) => {$(
        impl From<$From> for crate::schema::Optional<$To> {
            fn from(value: $From) -> Self {
                Self::from(<$To>::from(value))
            }
        }

        impl From<Option<$From>> for crate::schema::Optional<$To> {
            fn from(value: Option<$From>) -> Self {
                Self::from(value.map(<$To>::from))
            }
        }
    )+};
}
pub(crate) use becomes;

becomes!(&str, &String => String);
becomes!(&str, String => LongText);
becomes!(&str, String => Url);
becomes!(&str, String => SecretText);
becomes!(i32, u32, i64, u64, i128, u128 => Amount);
