//! Offsets in a text, counted as JavaScript counts: in UTF-16 code units.

/// How many UTF-16 code units some UTF-8 takes.
pub(crate) fn units(utf8: &[u8]) -> usize {
    let characters = utf8.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
    let beyond_the_first_plane = utf8.iter().filter(|&&byte| byte >= 0xf0).count();
    characters + beyond_the_first_plane
}

/// Whether a text is ASCII. This becomes vector instructions, once: `str::is_ascii` looks at four bytes at a time here,
/// and 64 KiB take 2 % longer.
#[inline(never)]
pub(crate) fn is_ascii(text: &str) -> bool {
    text.bytes().fold(0, |all, byte| all | byte).is_ascii()
}

/// The length of a text in code units, for callers that count as JavaScript does.
pub(crate) fn length(text: &str) -> usize {
    if is_ascii(text) { text.len() } else { units(text.as_bytes()) }
}

/// Translates offsets in bytes into offsets in code units.
///
/// It walks from the last offset asked for, in either direction: fields near each other
/// cost little, whatever the length of the text.
pub(crate) struct Utf16Offsets<'t> {
    text: &'t [u8],
    is_ascii: bool,
    byte: usize,
    unit: usize,
}

impl<'t> Utf16Offsets<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), is_ascii: is_ascii(text), byte: 0, unit: 0 }
    }

    /// The offset of a byte that begins a character.
    pub(crate) fn at(&mut self, byte: usize) -> usize {
        if self.is_ascii {
            return byte;
        }
        if byte >= self.byte {
            self.unit += units(&self.text[self.byte..byte]);
        } else {
            self.unit -= units(&self.text[byte..self.byte]);
        }
        self.byte = byte;
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::{Utf16Offsets, is_ascii, units};

    #[test]
    fn counts_code_units() {
        for text in ["", "ascii", "Ж", "€uro", "a😀b", "\u{fffd}"] {
            assert_eq!(units(text.as_bytes()), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn walks_in_both_directions() {
        let text = "a😀Ж€z";
        let mut offsets = Utf16Offsets::new(text);
        for byte in [11, 0, 7, 5, 10, 1, 5] {
            assert_eq!(offsets.at(byte), text[..byte].encode_utf16().count(), "byte {byte}");
        }
    }

    #[test]
    fn one_letter_tells_that_a_text_is_not_ascii() {
        let ascii = "\0 plain text of more than sixteen bytes \u{7f}";
        assert!(is_ascii(ascii) && is_ascii(""));
        for at in 0..=ascii.len() {
            assert!(!is_ascii(&[&ascii[..at], "\u{80}", &ascii[at..]].concat()), "{at}");
        }
    }

    #[test]
    fn ascii_needs_no_walk() {
        assert_eq!(Utf16Offsets::new("plain").at(4), 4);
    }
}
