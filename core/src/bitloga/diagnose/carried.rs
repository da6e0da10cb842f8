//! What happens to bytes on their way: what is around them, how their lines end, compression, loss.

use alloc::vec::Vec;

use super::trials::Trials;
use crate::error::Error;
use crate::json::{Document, INCOMPLETE};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// How compressed bytes begin, and gzip that was read as text. Of zlib (RFC 1950), the first two
/// bytes are a multiple of 31, which leaves four beginnings for the only window in use. Brotli and bare deflate
/// begin with anything.
const COMPRESSED: [&[u8]; 7] =
    [b"\x1f\x8b", "\x1f\u{fffd}".as_bytes(), b"x\x01", b"x\x5e", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd"];

/// How languages begin to print an object that a parser made.
const PRINTED_OBJECTS: [&[u8]; 2] = [b"[object ", b"{'"];

/// Whether the body without what editors, terminals and C put around texts, or with it, matches.
pub(super) fn is_wrapped(body: &[u8], signature: &[u8], trials: &mut Trials<'_>) -> bool {
    let plain = trimmed(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    let mut whole = Vec::with_capacity(body.len() + BYTE_ORDER_MARK.len());
    let around: [(&[u8], &[u8]); 4] = [(b"", b""), (b"", b"\n"), (b"", b"\r\n"), (BYTE_ORDER_MARK, b"")];
    around.iter().any(|(before, after)| {
        whole.clear();
        for part in [before, plain, after] {
            whole.extend_from_slice(part);
        }
        trials.matches(&whole, signature)
    })
}

/// The text without white space and NULs around it.
fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [b'\0' | b'\t'..=b'\r' | b' ', rest @ ..] | [rest @ .., b'\0' | b'\t'..=b'\r' | b' '] = text {
        text = rest;
    }
    text
}

/// Whether the body begins as what is compressed, and as no JSON does.
pub(super) fn is_compressed(body: &[u8]) -> bool {
    COMPRESSED.iter().any(|beginning| body.starts_with(beginning))
}

/// Whether the body is in UTF-16, by its mark or the zeros around its first character: no JSON begins like that.
pub(super) fn is_utf16(body: &[u8]) -> bool {
    matches!(body, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}

/// Whether the body begins as an object of a program that was printed, and as no JSON does.
pub(super) fn is_parsed(body: &[u8]) -> bool {
    PRINTED_OBJECTS.iter().any(|beginning| body.starts_with(beginning))
}

/// Whether the body is the beginning of a JSON text.
pub(super) fn is_truncated(body: &[u8]) -> bool {
    // What may be half a word, number, escape or character would be a mistake in its place.
    let is_part = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphanumeric() || b"+-.\\".contains(byte);
    let end = body.iter().rposition(|byte| !is_part(byte)).map_or(0, |last| last + 1);
    let read = Document::read(&body[..end]);
    matches!(read, Err(Error::MalformedBody { problem, .. }) if problem == INCOMPLETE)
}
