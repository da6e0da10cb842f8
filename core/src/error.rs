//! One error type for everything that can go wrong, with a stable code per cause.
//!
//! No error carries a secret, a signature or a `secret_key`, and none prints a payload:
//! [`Reply`] keeps the gateway's body for programs, and leaves it out of `Debug`. What others have written
//! appears in messages on one line, with control characters escaped, and cut after 200 characters; programs
//! get the whole text from the fields.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::shown::{Short, short_quoted, visible};

/// What every fallible function of this crate returns.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// Everything that can go wrong. [`Error::code`] is the stable name of the cause.
///
/// ```
/// # use payseal::{Bitloga, Secret};
/// let call = Bitloga::new("api-key", Secret::new("api-secret")?).balances(None)?;
/// let error = call.parse(200, br#"{"success":false,"error":"unknown key"}"#).unwrap_err();
/// assert_eq!((error.code(), error.status(), error.retryable()), ("rejected", Some(200), false));
/// assert_eq!(error.to_string(), "the gateway refused (status 200): unknown key");
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// `invalid_input`: an argument breaks a rule of the gateway's document.
    #[non_exhaustive]
    InvalidInput {
        /// The gateway's name of the parameter, nested as `data.url_callback`.
        field: Cow<'static, str>,
        /// The rule it breaks.
        rule: Cow<'static, str>,
    },
    /// `invalid_secret`: a secret that cannot be one: empty, or wrapped in white space.
    #[non_exhaustive]
    InvalidSecret {
        /// What is wrong with it.
        rule: &'static str,
    },
    /// `body_not_raw`: a parsed object was given where the received bytes are needed.
    #[non_exhaustive]
    BodyNotRaw {
        /// How to reach the received bytes.
        cure: Cow<'static, str>,
    },
    /// `signature_missing`: a message came without its [`Proof`].
    #[non_exhaustive]
    SignatureMissing {
        /// What it should have come with.
        proof: Proof,
        /// The header or field in which that was looked for.
        place: &'static str,
    },
    /// `signature_malformed`: the signature is not 128 hexadecimal digits.
    SignatureMalformed,
    /// `signature_mismatch`: the signature is not of this body under any of the secrets, or the `secret_key`
    /// is not the one of this invoice.
    #[non_exhaustive]
    SignatureMismatch {
        /// What the message came with.
        proof: Proof,
    },
    /// `signature_ambiguous`: several different signatures, or `secret_key`s, came with one message.
    #[non_exhaustive]
    SignatureAmbiguous {
        /// What the message came with.
        proof: Proof,
    },
    /// `rejected`: the gateway said `success:false`, with a status that is not one of a failed server.
    Rejected(Box<Reply>),
    /// `http_status`: the gateway answered with a status that is not 2xx. With 408, 425, 429 or 5xx
    /// it has decided nothing, whatever the body says.
    HttpStatus(Box<Reply>),
    /// `malformed_body`: not JSON, not UTF-8, duplicate keys, too deep, too long, or of the wrong schema.
    #[non_exhaustive]
    MalformedBody {
        /// The field at fault, as `requisites[0].amount`, where one can be named.
        field: Option<String>,
        /// What is wrong.
        problem: Cow<'static, str>,
    },
    /// `mismatch`: a genuine callback, for something else than was expected.
    #[non_exhaustive]
    Mismatch {
        /// Every field that differs.
        differences: Vec<Difference>,
    },
}

/// What shows that a message is from the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Proof {
    /// A signature of its body, in a header (Bitloga).
    Signature,
    /// The secret key of its invoice, in its body (Api for Crypto).
    SecretKey,
}

/// Which of the five error classes of the JavaScript and Python packages an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The caller's input is at fault.
    InvalidInput,
    /// The signature is missing, malformed, ambiguous or of something else.
    Signature,
    /// The gateway refused, or failed.
    Gateway,
    /// The bytes cannot be read as what they should be.
    Malformed,
    /// A genuine message about something else.
    Mismatch,
}

impl Family {
    /// The name of the error class in JavaScript and Python.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "InvalidInputError",
            Self::Signature => "SignatureError",
            Self::Gateway => "GatewayError",
            Self::Malformed => "MalformedError",
            Self::Mismatch => "MismatchError",
        }
    }
}

/// What the gateway answered when it refused or failed.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The gateway's own words, where some were found.
    pub reason: Option<String>,
    /// The body as received, for programs; never printed.
    pub body: Vec<u8>,
    /// Whether sending the same request again cannot move money twice.
    pub(crate) is_repeatable: bool,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason.as_deref().map(Short);
        f.debug_struct("Reply").field("status", &self.status).field("reason", &reason).finish_non_exhaustive()
    }
}

/// Whether what a server with this status says is a decision of the gateway. One that failed or was
/// overloaded has decided nothing: it is not known how far it came.
pub(crate) fn has_decided(status: u16) -> bool {
    !matches!(status, 408 | 425 | 429) && status < 500
}

/// One field of a callback that is not what the caller expected.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The gateway's name of the field.
    pub field: &'static str,
    /// What the caller expected.
    pub expected: String,
    /// What the callback says; `None` where the field is absent.
    pub actual: Option<String>,
}

impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actual = self.actual.as_deref().map(Short);
        f.debug_struct("Difference")
            .field("field", &self.field)
            .field("expected", &Short(&self.expected))
            .field("actual", &actual)
            .finish()
    }
}

impl Error {
    /// Every code with its error class.
    pub(crate) const CODES: [(&'static str, Family); 11] = [
        ("invalid_input", Family::InvalidInput),
        ("invalid_secret", Family::InvalidInput),
        ("body_not_raw", Family::InvalidInput),
        ("signature_missing", Family::Signature),
        ("signature_malformed", Family::Signature),
        ("signature_mismatch", Family::Signature),
        ("signature_ambiguous", Family::Signature),
        ("rejected", Family::Gateway),
        ("http_status", Family::Gateway),
        ("malformed_body", Family::Malformed),
        ("mismatch", Family::Mismatch),
    ];

    /// The place of the code in [`Error::CODES`].
    pub(crate) const fn number(&self) -> usize {
        match self {
            Self::InvalidInput { .. } => 0,
            Self::InvalidSecret { .. } => 1,
            Self::BodyNotRaw { .. } => 2,
            Self::SignatureMissing { .. } => 3,
            Self::SignatureMalformed => 4,
            Self::SignatureMismatch { .. } => 5,
            Self::SignatureAmbiguous { .. } => 6,
            Self::Rejected(_) => 7,
            Self::HttpStatus(_) => 8,
            Self::MalformedBody { .. } => 9,
            Self::Mismatch { .. } => 10,
        }
    }

    /// The stable code of the cause, the same in every language.
    pub const fn code(&self) -> &'static str {
        Self::CODES[self.number()].0
    }

    /// The error class this belongs to in JavaScript and Python.
    pub const fn family(&self) -> Family {
        Self::CODES[self.number()].1
    }

    /// The field at fault, by the gateway's name, where there is one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::InvalidInput { field, .. } => Some(field),
            Self::MalformedBody { field, .. } => field.as_deref(),
            Self::Mismatch { differences } => differences.first().map(|first| first.field),
            _ => None,
        }
    }

    /// What the gateway answered, for `rejected` and `http_status`.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Rejected(reply) | Self::HttpStatus(reply) => Some(reply),
            _ => None,
        }
    }

    /// The HTTP status of the answer, for `rejected` and `http_status`.
    pub fn status(&self) -> Option<u16> {
        self.reply().map(|reply| reply.status)
    }

    /// Whether the same request may be sent again and may then succeed: the server failed or was
    /// overloaded, and the request cannot move money twice. It is false for everything that moves
    /// money (`withdraw`, `create_code`, `apply_code`): it is not known how far such a server came.
    /// For payouts use [`crate::payout::Payout`].
    pub fn retryable(&self) -> bool {
        match self {
            Self::HttpStatus(reply) => reply.is_repeatable && !has_decided(reply.status),
            _ => false,
        }
    }

    /// The error of a request that must not be sent again.
    pub(crate) fn of_unrepeatable(mut self) -> Self {
        if let Self::Rejected(reply) | Self::HttpStatus(reply) = &mut self {
            reply.is_repeatable = false;
        }
        self
    }

    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, rule: impl Into<Cow<'static, str>>) -> Self {
        Self::InvalidInput { field: field.into(), rule: rule.into() }
    }

    pub(crate) fn malformed(problem: impl Into<Cow<'static, str>>) -> Self {
        Self::MalformedBody { field: None, problem: problem.into() }
    }

    /// Names the group or list element that the field at fault is in.
    pub(crate) fn within(self, outer: &str) -> Self {
        match self {
            Self::InvalidInput { field, rule } => Self::InvalidInput { field: format!("{outer}.{field}").into(), rule },
            Self::MalformedBody { field, problem } => {
                let field = match field {
                    Some(field) => format!("{outer}.{field}"),
                    None => outer.into(),
                };
                Self::MalformedBody { field: Some(field), problem }
            }
            other => other,
        }
    }
}

/// What happened and what to do about it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(match self {
            Self::InvalidInput { field, rule } => format!("{}: {}", Short(field), Short(rule)),
            Self::InvalidSecret { rule } => format!("the secret {rule}"),
            Self::BodyNotRaw { cure } => format!("the body must be the text or bytes exactly as received: {cure}"),
            Self::SignatureMissing { proof: Proof::Signature, place } => {
                format!("no signature: {place} is missing or empty; whoever sent this did not sign it")
            }
            Self::SignatureMissing { proof: Proof::SecretKey, place } => {
                format!("no {place} in the notification; whoever sent this does not know the invoice's")
            }
            Self::SignatureMalformed => "the signature is not 128 hexadecimal digits (HMAC-SHA512)".into(),
            Self::SignatureMismatch { proof: Proof::Signature } => {
                "the signature does not match the body; verify the bytes exactly as received, with the secret of \
                 this gateway (diagnose() tells why, and so does `npx payseal diagnose` or `python -m payseal diagnose`)"
                    .into()
            }
            Self::SignatureMismatch { proof: Proof::SecretKey } => {
                "the secret_key in the notification is not the one of this invoice; compare with the secret_key the \
                 invoice was created with, or with the notification secret it was derived from"
                    .into()
            }
            Self::SignatureAmbiguous { proof: Proof::Signature } => {
                "several different signatures came with one callback".into()
            }
            Self::SignatureAmbiguous { proof: Proof::SecretKey } => {
                "two different secret_keys came with one notification".into()
            }
            Self::Rejected(reply) => reply_message("the gateway refused", reply),
            Self::HttpStatus(reply) => reply_message("the gateway failed", reply),
            Self::MalformedBody { field: Some(field), problem } => format!("{}: {}", Short(field), Short(problem)),
            Self::MalformedBody { field: None, problem } => format!("the body {problem}"),
            Self::Mismatch { differences } => {
                let differences: Vec<_> = differences.iter().map(difference_message).collect();
                format!("a genuine callback, but not the expected one: {}", differences.join(", "))
            }
        }))
    }
}

fn reply_message(what: &str, Reply { status, reason, .. }: &Reply) -> String {
    let reason = reason.as_deref().map_or_else(String::new, |reason| format!(": {}", Short(reason)));
    format!("{what} (status {status}){reason}")
}

fn difference_message(Difference { field, expected, actual }: &Difference) -> String {
    let actual = actual.as_deref().map_or_else(|| "absent".into(), short_quoted);
    format!("{field} is {actual}, not {}", short_quoted(expected))
}

impl core::error::Error for Error {}
