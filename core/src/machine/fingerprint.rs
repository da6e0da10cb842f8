//! Which account a machine belongs to, without giving its key away.

use alloc::string::{String, ToString as _};

use crate::signature::sha512;

/// How many bytes of the hash are kept.
const BYTES: usize = 16;

/// A fingerprint of some texts: the first 16 bytes of a SHA-512 over each with its length.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut message = String::new();
    for part in parts {
        message.push_str(&part.len().to_string());
        message.push(':');
        message.push_str(part);
    }
    const_hex::encode(&sha512(message.as_bytes())[..BYTES])
}
