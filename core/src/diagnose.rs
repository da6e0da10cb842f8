//! Why a signature did not match: what people get wrong, tried one after the other.
//!
//! For a person who is setting an endpoint up. Its answer says nothing that would help an attacker
//! (it needs a genuine signature to say anything), but it costs dozens of HMACs: keep it out of the
//! way of requests.

mod variants;

use alloc::string::String;
use core::fmt;

use crate::bitloga::Bitloga;
use crate::error::Error;
use crate::signature::{Key, Source};

/// Why a callback does not verify, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The signature is of the same JSON written differently: the body was parsed and written anew.
    BodyRewritten,
    /// The signature is of the body without the white space or byte order mark around it, or with a
    /// line break behind it.
    BodyWrapped,
    /// The API key and the secret are swapped.
    KeysSwapped,
    /// The body was changed, or the secret is another.
    Other,
}

impl Cause {
    /// The cause as text, the same in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::SignatureMissing => "signature_missing",
            Self::SignatureAmbiguous => "signature_ambiguous",
            Self::SignatureWrapped => "signature_wrapped",
            Self::SignatureOfAnotherKind => "signature_of_another_kind",
            Self::BodyRewritten => "body_rewritten",
            Self::BodyWrapped => "body_wrapped",
            Self::KeysSwapped => "keys_swapped",
            Self::Other => "other",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::Valid => "the signature matches the body",
            Self::SignatureMissing => {
                "there is no signature: hand over the request's headers, and see that no proxy drops X-SIGNATURE"
            }
            Self::SignatureAmbiguous => "several different signatures came with the request: a proxy may add its own",
            Self::SignatureWrapped => {
                "the signature is right but wrapped in something: hand over the 128 hexadecimal digits alone"
            }
            Self::SignatureOfAnotherKind => {
                "the signature is not 128 hexadecimal digits: it is of another hash, of base64 form, or another header's"
            }
            Self::BodyRewritten => {
                "the signature is of this JSON written differently: the body was parsed and written anew \
                 on its way; verify the bytes as received, before any JSON middleware"
            }
            Self::BodyWrapped => {
                "the signature is of this body but for white space, a byte order mark or a line break around it: \
                 verify the bytes exactly as received"
            }
            Self::KeysSwapped => "the API key and the secret are swapped where the client is made",
            Self::Other => {
                "the signature is of another body or another secret: check that the secret is the one of this API \
                 key, and that the body is the one received with this signature"
            }
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
    /// # let signature = signed.headers[1].1.as_str();
    /// let parsed_and_written_anew = br#"{ "to": "WMZ", "amount": 1.00, "purse": "Z1", "type": "Invoice",
    ///     "status": "Payed", "invoiceid": 5, "uniqueid": "125" }"#;
    /// let diagnosis = gateway.diagnose(parsed_and_written_anew, signature);
    /// assert_eq!(diagnosis.cause, Cause::BodyRewritten);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn diagnose<'s>(&self, body: &[u8], source: impl Into<Source<'s>>) -> Diagnosis {
        let cause = self.cause(body, &source.into());
        Diagnosis { cause, message: cause.message().into() }
    }

    fn cause(&self, body: &[u8], source: &Source<'_>) -> Cause {
        let signature = match source.resolve(crate::bitloga::SIGNATURE_HEADER) {
            Ok(signature) => signature,
            Err(Error::SignatureMissing { .. }) => return Cause::SignatureMissing,
            Err(Error::SignatureAmbiguous { .. }) => return Cause::SignatureAmbiguous,
            Err(_) => {
                return match source.unwrapped() {
                    Some(signature) if self.keys().verify(body, &signature).is_ok() => Cause::SignatureWrapped,
                    _ => Cause::SignatureOfAnotherKind,
                };
            }
        };
        let matches = |body: &[u8]| self.keys().verify(body, &signature).is_ok();
        if matches(body) {
            Cause::Valid
        } else if Key::from_bytes(self.api_key().as_bytes()).verify(body, &signature) {
            Cause::KeysSwapped
        } else if variants::any_wrapped(body, &matches) {
            Cause::BodyWrapped
        } else if variants::any_rewritten(body, &matches) {
            Cause::BodyRewritten
        } else {
            Cause::Other
        }
    }
}
