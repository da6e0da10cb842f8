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
    let mut id = String::new();
    // Two bits of nothing make 26 digits of five bits each.
    let (mut waiting, mut count) = (0_u32, 2);
    for byte in entropy {
        waiting = waiting << 8 | u32::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            id.push(char::from(ALPHABET[(waiting >> count) as usize & 31]));
        }
    }
    id
}
