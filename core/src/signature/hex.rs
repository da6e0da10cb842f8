//! Hexadecimal digits, without a branch or a table, so that compilers use vector instructions.

use alloc::string::String;

use super::SIGNATURE_BYTES as BYTES;

const DIGITS: usize = 2 * BYTES;

/// Reads exactly two digits of either case for each byte; says whether `text` is that.
pub(super) fn decode(text: &str, bytes: &mut [u8; BYTES]) -> bool {
    let Ok(mut values) = <[u8; DIGITS]>::try_from(text.as_bytes()) else { return false };
    let all_digits = values.iter().fold(true, |all, digit| all & digit.is_ascii_hexdigit());
    for digit in &mut values {
        // Letters have bit 6, and their low bits count from 1.
        *digit = (*digit & 0x0f) + 9 * (*digit >> 6);
    }
    for (byte, pair) in bytes.iter_mut().zip(values.as_chunks().0) {
        let pair = u16::from_le_bytes(*pair);
        [*byte, _] = (pair << 4 | pair >> 8).to_le_bytes();
    }
    all_digits
}

/// Writes two lower-case digits for each byte.
pub(super) fn encode(bytes: &[u8; BYTES]) -> String {
    let mut text = [[0; 2]; BYTES];
    for (pair, byte) in text.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 0x0f)];
    }
    // Digits are ASCII: this cannot fail.
    core::str::from_utf8(text.as_flattened()).unwrap_or_default().into()
}

const fn digit(value: u8) -> u8 {
    value + if value < 10 { b'0' } else { b'a' - 10 }
}
