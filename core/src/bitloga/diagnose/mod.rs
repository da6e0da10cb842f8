//! Why a signature did not match: what people get wrong, tried one after the other.
//!
//! For a person who is setting an endpoint up. Its answer says nothing that would help an attacker
//! (it needs a genuine signature to say anything), but it costs dozens of HMACs: keep it out of the
//! way of requests. Bodies longer than the client's limit are not looked at, and the time spent on long
//! ones is bounded.

mod carried;
mod rewritten;
mod trials;

use alloc::string::String;
use core::fmt;

use self::trials::Trials;
use super::client::Bitloga;
use super::method::SIGNATURE_HEADER;
use crate::error::Error;
use crate::signature::{Key, Signature, Source};

/// Why a callback does not verify, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Diagnosis {
    /// The cause.
    pub cause: Cause,
    /// The cause and the cure, for a person.
    pub message: String,
}

/// Why a callback does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// It does verify.
    Valid,
    /// There is no signature.
    SignatureMissing,
    /// Several different signatures came with it.
    SignatureAmbiguous,
    /// The signature is wrapped in white space or quotes, or has a prefix such as `sha512=`.
    SignatureWrapped,
    /// The signature is in base64, or of another hash.
    SignatureOfAnotherKind,
    /// The body is longer than the client reads.
    BodyTooLong,
    /// The body is empty: something has read it before.
    BodyEmpty,
    /// The body is compressed with gzip.
    BodyCompressed,
    /// The body is the base64 form of what was signed, as some platforms hand it over.
    BodyBase64,
    /// The body is how Python prints the bytes that were signed: `b'…'`.
    BodyPrinted,
    /// The signature is of the body with other line breaks.
    LineBreaksChanged,
    /// The signature is of the same JSON written differently: the body was parsed and written anew.
    BodyRewritten,
    /// The signature is of the body without the white space or byte order mark around it, or with a byte
    /// order mark before it or a line break after it.
    BodyWrapped,
    /// The API key and the secret are swapped.
    KeysSwapped,
    /// The body was changed, or the secret is another.
    Other,
}

impl Cause {
    /// The cause as text, the same in every language.
    pub const fn as_str(self) -> &'static str {
        self.texts().0
    }

    /// The cause as text, and the cause and the cure for a person.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Valid => ("valid", "the signature matches the body"),
            Self::SignatureMissing => (
                "signature_missing",
                "there is no signature: hand over the request's headers, and see that no proxy drops X-SIGNATURE",
            ),
            Self::SignatureAmbiguous => {
                ("signature_ambiguous", "several different signatures came with the request: a proxy may add its own")
            }
            Self::SignatureWrapped => (
                "signature_wrapped",
                "the signature is right but wrapped in something: hand over the 128 hexadecimal digits alone",
            ),
            Self::SignatureOfAnotherKind => (
                "signature_of_another_kind",
                "the signature is not 128 hexadecimal digits: it is of another hash, of base64 form, or another header's",
            ),
            Self::BodyTooLong => (
                "body_too_long",
                "the body is longer than the client reads: raise its limit if the gateway sends such bodies",
            ),
            Self::BodyEmpty => (
                "body_empty",
                "the body is empty: something read it before, such as a JSON middleware; keep the bytes as received",
            ),
            Self::BodyCompressed => (
                "body_compressed",
                "the body is compressed with gzip: find what compresses requests on their way, or decompress it first",
            ),
            Self::BodyBase64 => (
                "body_base64",
                "the body is base64 of what was signed: decode it first (on AWS Lambda when isBase64Encoded is true)",
            ),
            Self::BodyPrinted => (
                "body_printed",
                "the body is what Python prints for the bytes that were signed (b'...'): hand over the bytes \
                 themselves, not str() of them",
            ),
            Self::LineBreaksChanged => (
                "line_breaks_changed",
                "the signature is of this body with other line breaks: something on its way changes CRLF and LF; \
                 verify the bytes exactly as received",
            ),
            Self::BodyRewritten => (
                "body_rewritten",
                "the signature is of this JSON written differently: the body was parsed and written anew \
                 on its way; verify the bytes as received, before any JSON middleware",
            ),
            Self::BodyWrapped => (
                "body_wrapped",
                "the signature is of this body but for white space, a byte order mark or a line break around it: \
                 verify the bytes exactly as received",
            ),
            Self::KeysSwapped => ("keys_swapped", "the API key and the secret are swapped where the client is made"),
            Self::Other => (
                "other",
                "the signature is of another body or another secret: check that the secret is the one of this API \
                 key, and that the body is the one received with this signature",
            ),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Bitloga {
    /// Tells why a callback does not verify.
    ///
    /// ```
    /// # use payseal::bitloga::{Bitloga, CallbackFields};
    /// # use payseal::{Cause, Secret};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// # let signed = gateway.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z1", 5, "125"))?;
    /// # let signature = signed.signature();
    /// let parsed_and_written_anew = br#"{ "to": "WMZ", "amount": 1.00, "purse": "Z1", "type": "Invoice",
    ///     "status": "Payed", "invoiceid": 5, "uniqueid": "125" }"#;
    /// let diagnosis = gateway.diagnose(parsed_and_written_anew, signature);
    /// assert_eq!(diagnosis.cause, Cause::BodyRewritten);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn diagnose<'s>(&self, body: &[u8], source: impl Into<Source<'s>>) -> Diagnosis {
        let cause = self.cause(body, &source.into());
        Diagnosis { cause, message: cause.texts().1.into() }
    }

    fn cause(&self, body: &[u8], source: &Source<'_>) -> Cause {
        let signature = match source.resolve(SIGNATURE_HEADER) {
            Ok(signature) => Ok(signature),
            Err(Error::SignatureMissing { .. }) => return Cause::SignatureMissing,
            Err(Error::SignatureAmbiguous { .. }) => return Cause::SignatureAmbiguous,
            Err(_) => Err(source.unwrapped()),
        };
        match signature {
            Err(None) => Cause::SignatureOfAnotherKind,
            _ if body.len() > self.max_body => Cause::BodyTooLong,
            Err(Some(inner)) if self.keys.verify(body, &inner).is_ok() => Cause::SignatureWrapped,
            Err(Some(_)) => Cause::SignatureOfAnotherKind,
            Ok(signature) if self.keys.verify(body, &signature).is_ok() => Cause::Valid,
            Ok(signature) if self.is_swapped(body, &signature) => Cause::KeysSwapped,
            Ok(signature) => cause_in_body(body, &mut Trials::new(&self.keys, &signature)),
        }
    }

    /// Whether the body was signed with what the client takes for its API key.
    fn is_swapped(&self, body: &[u8], signature: &Signature) -> bool {
        Key::from_bytes(self.api_key.as_bytes()).is_of(body, signature)
    }
}

/// What happened to the body on its way, the likeliest first.
fn cause_in_body(body: &[u8], trials: &mut Trials<'_>) -> Cause {
    if body.trim_ascii().is_empty() {
        Cause::BodyEmpty
    } else if carried::is_compressed(body) {
        Cause::BodyCompressed
    } else if carried::is_wrapped(body, trials) {
        Cause::BodyWrapped
    } else if carried::has_other_line_breaks(body, trials) {
        Cause::LineBreaksChanged
    } else if carried::is_base64(body, trials) {
        Cause::BodyBase64
    } else if carried::is_printed(body, trials) {
        Cause::BodyPrinted
    } else if rewritten::is_rewritten(body, trials) {
        Cause::BodyRewritten
    } else {
        Cause::Other
    }
}
