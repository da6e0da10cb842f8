//! Hexadecimal digits, without a branch or a table, so that compilers use vector instructions.

use alloc::string::String;

/// Reads exactly two digits of either case for each byte.
pub(super) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let all_digits = text.bytes().fold(true, |all, digit| all & digit.is_ascii_hexdigit());
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(text.as_bytes().as_chunks().0) {
        *byte = value(*high) << 4 | value(*low);
    }
    all_digits.then_some(bytes)
}

/// Writes two lower-case digits for each byte.
pub(super) fn encode<const N: usize>(bytes: &[u8; N]) -> String {
    let mut text = [[0; 2]; N];
    for (pair, byte) in text.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 0x0f)];
    }
    // Digits are ASCII: this cannot fail.
    core::str::from_utf8(text.as_flattened()).unwrap_or_default().into()
}

/// Letters have bit 6, and their low bits count from 1.
const fn value(digit: u8) -> u8 {
    (digit & 0x0f) + 9 * (digit >> 6)
}

const fn digit(value: u8) -> u8 {
    value + if value < 10 { b'0' } else { b'a' - 10 }
}
