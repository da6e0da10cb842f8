//! Bodies and what they are proven with, as JavaScript wrote them.

use payseal::signature::Source;

use crate::buffers::InputBuffer;
use crate::constants::TOO_LONG;

/// A body, and how long it may be. Of one that is longer the core gets a short one that is too long for a client that
/// reads nothing, so that it says what is wrong in its own order.
#[derive(Clone, Copy)]
pub(crate) struct Body<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) limit: usize,
}

pub(crate) fn body(input: InputBuffer<'_>, start: u32, length: u32, limit: usize) -> Body<'_> {
    if length == TOO_LONG { Body { bytes: b" ", limit: 0 } } else { Body { bytes: input.bytes(start, length), limit } }
}

/// Values of several headers come joined by commas, as HTTP allows.
pub(crate) fn source(text: &str, of_headers: bool) -> Source<'_> {
    if of_headers { Source::HeaderValues(vec![text]) } else { Source::Signature(text) }
}
