//! The secret in another form than the gateway has it in, or used in another way than the gateway does.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::cause::Cause;
use super::decoded::{base64, hex};
use super::trials::Trials;

/// What may be before and after a secret: quotes, what is before secrets in headers and settings, line breaks that
/// were written out, and a byte order mark and a space of no width, which copying brings along.
const AROUND: [(&str, &str); 7] =
    [("\"", "\""), ("'", "'"), ("Bearer ", ""), ("", "\\n"), ("", "\\r"), ("\u{feff}", ""), ("", "\u{200b}")];

/// What is wrong with the secret, or with how it was used, if that is why nothing matches.
pub(super) fn cause(secret: &[u8], body: &[u8], signature: &[u8], trials: &mut Trials<'_>) -> Option<Cause> {
    let mut matches = |secret: &[u8]| trials.matches_key(secret, body, signature);
    let mut inner = secret;
    let mut decoded = Zeroizing::new(Vec::with_capacity(inner.len()));
    loop {
        if matches(inner) {
            return Some(if inner.len() == secret.len() { Cause::SecretDiffers } else { Cause::SecretWrapped });
        }
        for decode in [base64, hex] {
            decoded.clear();
            // The encoder may have been given a line break, too.
            if decode(inner, &mut decoded).is_some() && matches(decoded.trim_ascii()) {
                return Some(Cause::SecretEncoded);
            }
        }
        let Some(less) = peeled(inner) else { break };
        inner = less;
    }
    // `hmac(message, key)` in one language is `hmac(key, message)` in another.
    trials.matches_key(body, secret, signature).then_some(Cause::SignatureSwapped)
}

/// The secret without the outermost thing around it, if there is any.
fn peeled(secret: &[u8]) -> Option<&[u8]> {
    let trimmed = secret.trim_ascii();
    if trimmed.len() < secret.len() {
        return Some(trimmed);
    }
    let without = |(before, after): &(&str, &str)| {
        secret.strip_prefix(before.as_bytes()).and_then(|rest| rest.strip_suffix(after.as_bytes()))
    };
    AROUND.iter().find_map(without).or_else(|| value(secret))
}

/// The value of a line `NAME=value` or `NAME: value`.
fn value(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')?;
    let is_name = matches!(line[end..], [b'=' | b':', _, ..]);
    is_name.then(|| &line[end + 1..])
}
