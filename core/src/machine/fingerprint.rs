//! Which account a machine belongs to, without giving its key away.

use alloc::string::String;

use crate::signature::sha512;
use crate::text::{decimal, push_byte};

/// How many bytes of the hash are kept.
const BYTES: usize = 16;

/// A fingerprint of some texts: the first 16 bytes of a SHA-512 over each with its length.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut message = String::new();
    for part in parts {
        message.push_str(&decimal(part.len() as u64));
        message.push(':');
        message.push_str(part);
    }
    let mut digits = String::with_capacity(2 * BYTES);
    for byte in sha512(message.as_bytes()).iter().take(BYTES) {
        push_byte(&mut digits, *byte);
    }
    digits
}
