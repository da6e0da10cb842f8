//! Callbacks without a signature of this gateway, and signatures that are not its digits.

use alloc::vec::Vec;

use super::cause::Cause;
use super::decoded::{base64, hex};
use super::hints::Hints;
use super::trials::{BEGINNING, Trials};
use crate::json::Document;
use crate::signature::Source;

/// What names of headers with signatures have in them.
const SIGNATURE: &[u8] = b"signature";

/// Why there is no signature.
pub(super) fn cause_of_missing(body: &[u8], hints: &Hints<'_>, trials: &mut Trials<'_>) -> Cause {
    let mut cause = Cause::SignatureMissing;
    for (name, value) in &hints.headers {
        if name.as_bytes().windows(SIGNATURE.len()).any(|part| part.eq_ignore_ascii_case(SIGNATURE)) {
            cause = Cause::OtherSender;
            let signature = Source::Signature(value).unwrapped();
            if signature.is_some_and(|signature| trials.matches(body, signature.as_bytes())) {
                return Cause::SignatureInAnotherHeader;
            }
        }
    }
    if is_notification(body) { Cause::OtherGateway } else { cause }
}

/// Whether the body is a notification of Api for Crypto, as far as is known.
fn is_notification(body: &[u8]) -> bool {
    let Ok(document) = Document::read(body) else { return false };
    let has = |name| document.field(Document::ROOT, name).is_some();
    has("secret_key") || has("blockchain")
}

/// What a signature is that is not 128 digits, with or without something around them.
pub(super) fn cause_of_malformed(text: &str, body: &[u8], trials: &mut Trials<'_>) -> Cause {
    let text = text.trim_ascii().as_bytes();
    let mut bytes = Vec::with_capacity(text.len());
    // The last digit may be half a byte.
    let is_hex = hex(&text[..text.len() & !1], &mut bytes).is_some();
    if is_hex && bytes.get(..BEGINNING).is_some_and(|beginning| trials.matches(body, beginning)) {
        return Cause::SignatureTruncated;
    }
    bytes.clear();
    let is_whole = base64(text, &mut bytes).is_some() && bytes.len() == 2 * BEGINNING;
    if is_whole && trials.matches(body, &bytes) { Cause::SignatureBase64 } else { Cause::SignatureOfAnotherKind }
}
