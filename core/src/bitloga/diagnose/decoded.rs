//! What a body is the coded form of: base64, how languages print bytes, other text encodings, forms, JSON in JSON.
//!
//! Loops that push, rather than iterators that are collected: those would be five times as large in WebAssembly.

use alloc::vec::Vec;

use super::cause::Cause;
use super::trials::Trials;
use crate::json::{Document, Kind};

/// Writes the bytes that a body is another form of, if it can be that form.
type Decode = fn(&[u8], &mut Vec<u8>) -> Option<()>;

const FORMS: [(Cause, Decode); 9] = [
    (Cause::LineBreaksChanged, unix_lines),
    (Cause::LineBreaksChanged, windows_lines),
    (Cause::BodyHex, hex),
    (Cause::BodyBase64, base64),
    (Cause::BodyPrinted, unprinted),
    (Cause::BodyReencoded, read_as_latin1),
    (Cause::BodyReencoded, written_as_latin1),
    (Cause::BodyFormEncoded, form),
    (Cause::BodyQuoted, text_in_json),
];

/// What Windows-1252 has where Latin-1 has the control characters from 0x80 on; `TextDecoder` calls both Latin-1.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// What the body is the coded form of what matches in.
pub(super) fn cause(body: &[u8], signature: &[u8], trials: &mut Trials<'_>) -> Option<Cause> {
    let mut decoded = Vec::new();
    for (cause, decode) in FORMS {
        decoded.clear();
        // Most forms cannot be, which is seen soon.
        let is_form = trials.may_hash(body.len()) && decode(body, &mut decoded).is_some();
        if is_form && trials.may_write(decoded.len()) && trials.matches(&decoded, signature) {
            return Some(cause);
        }
    }
    None
}

fn unix_lines(body: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    lines(body, b"\n", bytes)
}

fn windows_lines(body: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    lines(body, b"\r\n", bytes)
}

/// The body with all its line breaks of one kind, if it has any.
fn lines(body: &[u8], line_break: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    if !body.contains(&b'\n') {
        return None;
    }
    for (position, byte) in body.iter().enumerate() {
        match byte {
            b'\r' if body.get(position + 1) == Some(&b'\n') => {}
            b'\n' => bytes.extend_from_slice(line_break),
            other => bytes.push(*other),
        }
    }
    Some(())
}

pub(super) fn hex(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    for digits in text.trim_ascii().chunks(2) {
        let [high, low] = digits else { return None };
        bytes.push(digit_pair(*high, *low)?);
    }
    Some(())
}

fn digit_pair(high: u8, low: u8) -> Option<u8> {
    Some(digit(high)? << 4 | digit(low)?)
}

fn digit(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

/// The bytes that base64 (RFC 4648, sections 4 and 5) encodes, padded or not, in one line or several.
pub(super) fn base64(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let (mut waiting, mut bits) = (0_u32, 0);
    for digit in text {
        if matches!(digit, b'\r' | b'\n' | b' ' | b'=') {
            continue;
        }
        waiting = waiting << 6 & 0xfff | u32::from(base64_value(*digit)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend((waiting >> bits).to_le_bytes().first());
        }
    }
    Some(())
}

fn base64_value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// The bytes that Python shows as `b'…'`.
fn unprinted(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let [b'b', quote @ (b'\'' | b'"'), inner @ .., last] = text.trim_ascii() else { return None };
    if last == quote { unescaped(inner, b'\\', bytes) } else { None }
}

/// What a form has encoded: the name or the value of its only field.
fn form(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let field = text.trim_ascii().split(|byte| *byte == b'=').find(|part| part.starts_with(b"%"))?;
    unescaped(field, b'%', bytes)
}

/// The bytes of a text with escapes after that mark.
#[inline(never)]
fn unescaped(text: &[u8], mark: u8, bytes: &mut Vec<u8>) -> Option<()> {
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' if mark == b'%' => digit_pair(rest.next()?, rest.next()?)?,
            b'+' if mark == b'%' => b' ',
            b'\\' if mark == b'\\' => match rest.next()? {
                same @ (b'\\' | b'\'' | b'"') => same,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'x' => digit_pair(rest.next()?, rest.next()?)?,
                _ => return None,
            },
            other => other,
        });
    }
    Some(())
}

/// The bytes that were read as Latin-1 or Windows-1252 and written as UTF-8.
fn read_as_latin1(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    for character in str::from_utf8(text).ok()?.chars() {
        bytes.push(match u8::try_from(u32::from(character)) {
            Ok(byte) => byte,
            Err(_) => 0x80 + u8::try_from(WINDOWS_1252.chars().position(|other| other == character)?).ok()?,
        });
    }
    Some(())
}

/// The UTF-8 of a text that was written as Latin-1.
fn written_as_latin1(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    if text.is_ascii() {
        return None;
    }
    for &byte in text {
        if byte.is_ascii() {
            bytes.push(byte);
        } else {
            bytes.extend([0xc0 | byte >> 6, 0x80 | byte & 0x3f]);
        }
    }
    Some(())
}

/// The JSON that a JSON text is, or has in a field or as the name of its first one.
fn text_in_json(text: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let document = Document::read(text).ok()?;
    for number in core::iter::once(Document::ROOT).chain(document.children(Document::ROOT)) {
        let node = document.node(number);
        for span in [node.key, if node.kind == Kind::Text { node.span } else { node.key }] {
            if span.raw(document.text).starts_with('{') {
                bytes.extend_from_slice(span.read(document.text).as_bytes());
                return Some(());
            }
        }
    }
    None
}
