//! Hexadecimal digits, eight at a time in the bytes of a word: fast whatever a compiler makes of it.

use alloc::string::String;

use super::BYTES;

/// The same byte in all bytes of a word.
const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Reads exactly two digits of either case for each byte; says whether `text` is that.
pub(super) fn decode(text: &[u8], bytes: &mut [u8; BYTES]) -> bool {
    let Ok(text) = <&[u8; 2 * BYTES]>::try_from(text) else { return false };
    let mut wrong = 0;
    for (four, eight) in bytes.as_chunks_mut().0.iter_mut().zip(text.as_chunks().0) {
        let digits = u64::from_le_bytes(*eight);
        // Letters have bit 6, and their low bits count from 1.
        let letters = digits >> 6 & all(1);
        let values = (digits & all(0x0f)) + (letters << 3) + letters;
        // Digits are what their values are written with, letters in either case.
        wrong |= values & all(0xf0) | written(values) ^ (digits | self::letters(values) << 5);
        *four = packed(values);
    }
    wrong == 0
}

/// Writes two lower-case digits for each byte.
pub(super) fn encode(bytes: &[u8; BYTES]) -> String {
    let mut text = [[0; 8]; BYTES / 4];
    for (eight, four) in text.iter_mut().zip(bytes.as_chunks().0) {
        *eight = written(unpacked(*four)).to_le_bytes();
    }
    // Digits are ASCII: this cannot fail.
    core::str::from_utf8(text.as_flattened()).unwrap_or_default().into()
}

/// Which of the values are written as letters: 1 for each.
const fn letters(values: u64) -> u64 {
    (values + all(6)) >> 4 & all(1)
}

/// The digits of values below 16.
const fn written(values: u64) -> u64 {
    let letters = letters(values);
    values + all(b'0') + (letters << 5) + (letters << 3) - letters
}

/// Eight values of four bits as four bytes, the higher half of each first.
#[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
const fn packed(values: u64) -> [u8; 4] {
    let halves = (values << 4 | values >> 8) & 0x00ff_00ff_00ff_00ff;
    let quarters = (halves | halves >> 8) & 0x0000_ffff_0000_ffff;
    ((quarters | quarters >> 16) as u32).to_le_bytes()
}

/// The reverse of [`packed`].
const fn unpacked(bytes: [u8; 4]) -> u64 {
    let bytes = u32::from_le_bytes(bytes) as u64;
    let quarters = (bytes | bytes << 16) & 0x0000_ffff_0000_ffff;
    let halves = (quarters | quarters << 8) & 0x00ff_00ff_00ff_00ff;
    (halves >> 4 | halves << 8) & all(0x0f)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte in every place of a word, within digits of either case.
    #[test]
    fn accepts_digits_and_nothing_else() {
        for (place, byte) in (0..8).flat_map(|place| (0..=u8::MAX).map(move |byte| (place, byte))) {
            let mut text = *b"0123456789abcdefABCDEF0123456789fFaA0099abcdefABCDEF0123456789ff\
                              ffffffffFFFFFFFF0000000099999999aaaaaaaaAAAAAAAA5a5A5a5Af0F0f0F0";
            text[8 * 5 + place] = byte;
            let Ok(text) = core::str::from_utf8(&text) else { continue };
            let mut bytes = [0; BYTES];
            assert_eq!(decode(text.as_bytes(), &mut bytes), byte.is_ascii_hexdigit(), "{text}");
            if byte.is_ascii_hexdigit() {
                assert_eq!(encode(&bytes), text.to_ascii_lowercase());
                let expected = text
                    .as_bytes()
                    .chunks(2)
                    .map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap());
                assert!(bytes.into_iter().eq(expected));
            }
        }
    }
}
