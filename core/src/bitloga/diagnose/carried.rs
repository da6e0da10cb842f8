//! Bodies that arrived in another form than that they were sent in: what is around them, how their lines
//! end, and how platforms and languages hand bytes over.

use alloc::vec::Vec;

use super::trials::Trials;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether the body without what editors and terminals put around texts, or with it, matches.
pub(super) fn is_wrapped(body: &[u8], trials: &mut Trials<'_>) -> bool {
    let plain = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body).trim_ascii();
    let around: [(&[u8], &[u8]); 4] = [(b"", b""), (b"", b"\n"), (b"", b"\r\n"), (BYTE_ORDER_MARK, b"")];
    around.iter().any(|(before, after)| trials.matches(&[before, plain, after].concat()))
}

/// Whether the body with other line breaks matches: all of one kind, or all of the other.
pub(super) fn has_other_line_breaks(body: &[u8], trials: &mut Trials<'_>) -> bool {
    if !body.contains(&b'\n') {
        return false;
    }
    let lines = body.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let lines = lines.collect::<Vec<_>>();
    trials.matches(&lines.join(&b"\n"[..])) || trials.matches(&lines.join(&b"\r\n"[..]))
}

/// Whether the body is the base64 form of one that matches.
pub(super) fn is_base64(body: &[u8], trials: &mut Trials<'_>) -> bool {
    trials.may_write(body.len()) && base64_decoded(body.trim_ascii()).is_some_and(|decoded| trials.matches(&decoded))
}

/// Whether the body is how Python prints the bytes of one that matches: `b'…'`.
pub(super) fn is_printed(body: &[u8], trials: &mut Trials<'_>) -> bool {
    trials.may_write(body.len()) && unprinted(body.trim_ascii()).is_some_and(|bytes| trials.matches(&bytes))
}

/// Whether the body is compressed with gzip, as no JSON begins.
pub(super) fn is_compressed(body: &[u8]) -> bool {
    body.starts_with(b"\x1f\x8b")
}

/// The bytes that base64 (RFC 4648, sections 4 and 5) encodes, padded or not.
fn base64_decoded(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut waiting, mut bits) = (0_u32, 0);
    for digit in text {
        waiting = waiting << 6 & 0xfff | u32::from(base64_value(*digit)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend((waiting >> bits).to_le_bytes().first());
        }
    }
    Some(bytes)
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
fn unprinted(text: &[u8]) -> Option<Vec<u8>> {
    let [b'b', quote @ (b'\'' | b'"'), inner @ .., last] = text else { return None };
    let mut rest = (last == quote).then_some(inner)?.iter().copied();
    let mut bytes = Vec::with_capacity(text.len());
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'\\' { escaped(&mut rest)? } else { byte });
    }
    Some(bytes)
}

/// The byte that an escape means, after its backslash.
fn escaped(rest: &mut impl Iterator<Item = u8>) -> Option<u8> {
    Some(match rest.next()? {
        same @ (b'\\' | b'\'' | b'"') => same,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'x' => hexadecimal(rest.next()?)? << 4 | hexadecimal(rest.next()?)?,
        _ => return None,
    })
}

fn hexadecimal(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}
