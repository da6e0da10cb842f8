//! Fresh identifiers.

use alloc::string::String;

/// Crockford's base 32: no letters that look like digits, safe in URLs and file names.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An identifier for `uniqueid`, 26 characters long, from 128 random bits.
///
/// The core draws no randomness: take `entropy` from the platform's generator, for example with
/// `getrandom::fill`.
///
/// ```
/// assert_eq!(payseal::unique_id([0xff; 16]), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
/// ```
pub fn unique_id(entropy: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(entropy);
    let digit = |position: u32| char::from(ALPHABET[(bits >> (5 * position)) as usize & 31]);
    (0..26).rev().map(digit).collect()
}
