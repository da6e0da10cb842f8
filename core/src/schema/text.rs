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
    /// A text that whoever knows it can use, such as an invoice's UUID: `Debug` does not show it, and its
    /// memory is wiped when it is dropped.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
    SecretText
}

/// Whether a text is an absolute `http://` or `https://` URL with a host.
pub(crate) fn is_absolute_http(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let Some(rest) = rest.strip_prefix("//") else { return false };
    // After the last `@` of the authority, before which there may be a user and a password.
    let (mut has_host, mut in_port) = (false, false);
    for byte in rest.bytes().take_while(|byte| !matches!(byte, b'/' | b'?' | b'#')) {
        match byte {
            b'@' => (has_host, in_port) = (false, false),
            b':' => in_port = true,
            _ => has_host |= !in_port,
        }
    }
    let http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    http && has_host && !url.chars().any(|character| character.is_whitespace() || character.is_control())
}

/// An address as a person may see it: without the user and the password it may hold. What is not an address may be
/// anything, and is not shown at all.
pub fn without_password(url: &str) -> String {
    if !is_absolute_http(url) {
        return "…".into();
    }
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at + 1);
    format!("{scheme}://{}", rest.get(host..).unwrap_or_default())
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
