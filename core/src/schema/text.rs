//! Texts with a rule of their own.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::ops::Deref;

use zeroize::Zeroize;

macro_rules! text_type {
    ($(#[$attribute:meta])* $Name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $Name(String);

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl Deref for $Name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$Name> for String {
            fn from(mut text: $Name) -> Self {
                core::mem::take(&mut text.0)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl PartialEq<&str> for $Name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    };
}

text_type! {
    /// A text that may be long: a description, or data of the user's own.
    LongText
}

text_type! {
    /// An absolute `http://` or `https://` URL. The rule is checked when a call is made.
    Url
}

text_type! {
    /// A text that gives access to all who know it, such as an invoice's UUID: `Debug` does not show it, and its
    /// memory is wiped when it is dropped.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
    SecretText
}

/// Whether a text is an absolute `http://` or `https://` URL with a host.
pub(crate) fn is_absolute_http(url: &str) -> bool {
    scheme_and_host(url).is_some()
}

/// The scheme of an absolute `http://` or `https://` URL, and what is from its host on.
fn scheme_and_host(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    // After the last `@` of the authority, before which there may be a user and a password.
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    let has_host = !authority.get(host..)?.split(':').next()?.is_empty();
    let http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let is_plain = !url.chars().any(|character| character.is_whitespace() || character.is_control());
    if http && has_host && is_plain { Some((scheme, rest.get(host..)?)) } else { None }
}

/// An address as a person may see it: without the user and the password it may hold. What is not an address may be
/// anything, and is not shown at all.
pub fn without_password(url: &str) -> String {
    scheme_and_host(url).map_or_else(|| "…".into(), |(scheme, rest)| format!("{scheme}://{rest}"))
}

macro_rules! shown {
    ($($Name:ident),*) => {$(
        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
shown!(LongText, Url);

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Deliberate: `Display` shows the text, `Debug`, which ends up in logs, does not.
impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
