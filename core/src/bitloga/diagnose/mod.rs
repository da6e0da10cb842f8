//! Why a signature did not match: what people get wrong, tried one after the other.
//!
//! For a person who is setting an endpoint up. Its answer says nothing that would help an attacker
//! (it needs a genuine signature to say anything, but for what everybody sees in the body or the headers), but it costs
//! dozens of HMACs: keep it out of the way of requests. Bodies longer than the client's limit are not looked at, and
//! the time spent on long ones is bounded.

mod carried;
mod cause;
mod decoded;
mod foreign;
mod hints;
mod rewritten;
mod secret;
mod trials;

use alloc::format;
use alloc::string::String;

pub use self::cause::Cause;
pub use self::hints::Hints;
use self::trials::Trials;
use super::client::Bitloga;
use super::method::SIGNATURE_HEADER;
use crate::error::Error;
use crate::signature::Source;

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
        self.diagnose_with(body, source, &Hints::new())
    }

    /// Tells why a callback does not verify, by what else is known: see [`Hints`].
    pub fn diagnose_with<'s>(&self, body: &[u8], source: impl Into<Source<'s>>, hints: &Hints<'_>) -> Diagnosis {
        let mut trials = Trials::new(&self.keys);
        let cause = self.cause(body, &source.into(), hints, &mut trials);
        let message = match trials.secret_index {
            Some(number) if self.keys.len() > 1 => format!("{} (secret {number}, counted from 0)", cause.message()),
            _ => cause.message().into(),
        };
        Diagnosis { cause, message }
    }

    fn cause(&self, body: &[u8], source: &Source<'_>, hints: &Hints<'_>, trials: &mut Trials<'_>) -> Cause {
        let is_long = body.len() > self.max_body;
        match source.resolve(SIGNATURE_HEADER) {
            Ok(_) if is_long => Cause::BodyTooLong,
            Ok(signature) => self.cause_of_mismatch(body, signature.as_bytes(), hints, trials),
            Err(Error::SignatureMissing { .. }) if is_long => Cause::SignatureMissing,
            Err(Error::SignatureMissing { .. }) => foreign::cause_of_missing(body, hints, trials),
            Err(Error::SignatureAmbiguous { .. }) => Cause::SignatureAmbiguous,
            Err(_) => match source.unwrapped() {
                Some(_) if is_long => Cause::BodyTooLong,
                None if is_long => Cause::SignatureOfAnotherKind,
                Some(inner) if trials.matches(body, inner.as_bytes()) => Cause::SignatureWrapped,
                _ => foreign::cause_of_malformed(source.single().unwrap_or_default(), body, trials),
            },
        }
    }

    /// Why a signature is not that of the body, the likeliest first.
    fn cause_of_mismatch(&self, body: &[u8], signature: &[u8], hints: &Hints<'_>, trials: &mut Trials<'_>) -> Cause {
        if trials.matches(body, signature) {
            return Cause::Valid;
        }
        if trials.matches_key(self.api_key.as_bytes(), body, signature) {
            return Cause::KeysSwapped;
        }
        cause_in_body(body, signature, trials)
            .or_else(|| hints.secret.and_then(|secret| secret::cause(secret, body, signature, trials)))
            .unwrap_or_else(|| cause_without_proof(body))
    }
}

/// What happened to the body on its way, the likeliest first.
fn cause_in_body(body: &[u8], signature: &[u8], trials: &mut Trials<'_>) -> Option<Cause> {
    if body.trim_ascii().is_empty() {
        Some(Cause::BodyEmpty)
    } else if carried::is_compressed(body) {
        Some(Cause::BodyCompressed)
    } else if carried::is_utf16(body) {
        Some(Cause::BodyReencoded)
    } else if carried::is_wrapped(body, signature, trials) {
        Some(Cause::BodyWrapped)
    } else if let Some(cause) = decoded::cause(body, signature, trials) {
        Some(cause)
    } else if rewritten::is_rewritten(body, signature, trials) {
        Some(Cause::BodyRewritten)
    } else {
        None
    }
}

/// What the body shows by itself when no signature can prove it: what was signed is lost.
fn cause_without_proof(body: &[u8]) -> Cause {
    if carried::is_parsed(body) {
        Cause::BodyParsed
    } else if carried::is_truncated(body) {
        Cause::BodyTruncated
    } else {
        Cause::Other
    }
}
