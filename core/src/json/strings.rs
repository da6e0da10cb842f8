//! JSON strings (RFC 8259, section 7).

use alloc::string::String;
use core::fmt::Write as _;

/// Where the next quote, backslash or control character is, from `at` on.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte != b'"' && byte != b'\\' && byte >= 0x20) {
        at += 1;
    }
    at
}

/// Sets the highest bit of the first byte of a little-endian word that is a quote, a backslash or
/// a control character; bits above it mean nothing, and none is set where there is no such byte.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equal(b'"') | equal(b'\\')) & HIGHEST
}

/// The character that the bytes after a backslash mean, and how many bytes that takes.
pub(super) fn escape(rest: &[u8]) -> Option<(char, usize)> {
    let simple = match rest.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(rest),
        _ => return None,
    };
    Some((simple, 1))
}

/// Surrogates come in pairs or not at all.
fn unicode_escape(rest: &[u8]) -> Option<(char, usize)> {
    let (first, rest) = code_unit(rest)?;
    if let Some(single) = char::from_u32(first) {
        return Some((single, 5));
    }
    let (second, _) = code_unit(rest.strip_prefix(b"\\")?)?;
    if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    let pair = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    Some((pair, 11))
}

/// The code unit that `u` and four hexadecimal digits are, and the bytes after them.
fn code_unit(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = bytes.strip_prefix(b"u")?.split_first_chunk::<4>()?;
    let mut unit = 0;
    for digit in digits {
        unit = unit << 4 | char::from(*digit).to_digit(16)?;
    }
    Some((unit, rest))
}

/// A string as it reads.
#[cold]
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    loop {
        // There are no quotes and control characters within a string: this is a backslash, or the end.
        let end = plain_end(raw.as_bytes(), at);
        text.push_str(raw.get(at..end).unwrap_or_default());
        let Some(rest) = raw.as_bytes().get(end + 1..) else { return text };
        // The reader has accepted every escape already.
        let (character, length) = escape(rest).unwrap_or(('\u{fffd}', 0));
        text.push(character);
        at = end + 1 + length;
    }
}

/// Writes a string.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut at = 0;
    loop {
        let end = plain_end(text.as_bytes(), at);
        out.push_str(text.get(at..end).unwrap_or_default());
        let Some(special) = text.as_bytes().get(end) else { break };
        push_escaped(out, char::from(*special));
        at = end + 1;
    }
    out.push('"');
}

/// Writes one character of a string, escaped if it has to be (RFC 8259, section 7), in the short
/// form where there is one.
pub(crate) fn push_escaped(out: &mut String, character: char) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        control @ '\0'..'\x20' => push_unit(out, control as u16),
        plain => out.push(plain),
    }
}

/// Writes a UTF-16 code unit as an escape of four hexadecimal digits.
pub(crate) fn push_unit(out: &mut String, unit: u16) {
    // Writing to a `String` does not fail.
    let _ = write!(out, "\\u{unit:04x}");
}
