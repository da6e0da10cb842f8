//! Places in a text.

use alloc::borrow::Cow;
use core::ops::Range;

use super::strings::unescape;

/// A place in the text of a message: a scalar without its quotes, or a whole array or object.
///
/// One word, so that it travels in a register: the start in the low half, the end in the high one,
/// and in the highest bit whether there are backslash escapes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSpan(u64);

impl TextSpan {
    /// No place.
    pub(super) const NONE: Self = Self(0);
    /// The longest text to have places in.
    pub(super) const MAX: usize = (1 << 31) - 1;

    const ESCAPED: u64 = 1 << 63;

    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self(start as u64 | (end as u64) << 32)
    }

    /// The same place, with escapes in it.
    pub(super) const fn escaped(self) -> Self {
        Self(self.0 | Self::ESCAPED)
    }

    /// Whether there are backslash escapes in it, so that it reads differently from how it is written.
    pub const fn is_escaped(self) -> bool {
        self.0 & Self::ESCAPED != 0
    }

    /// Where it is, in bytes.
    #[allow(clippy::cast_possible_truncation, reason = "the halves are of 32 bits")]
    pub const fn range(self) -> Range<usize> {
        let (start, end) = (self.0 as u32, ((self.0 & !Self::ESCAPED) >> 32) as u32);
        start as usize..end as usize
    }

    /// A part of it, by its bytes in this place.
    pub(crate) const fn part(self, part: Range<usize>) -> Self {
        let start = self.range().start;
        Self(Self::new(start + part.start, start + part.end).0 | self.0 & Self::ESCAPED)
    }

    /// The text there, as it is written; empty in another text than its own.
    pub(crate) fn raw(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The bytes there, as they are written.
    pub(crate) fn bytes(self, text: &str) -> &[u8] {
        text.as_bytes().get(self.range()).unwrap_or_default()
    }

    /// The text there, as it reads.
    pub(crate) fn read(self, text: &str) -> Cow<'_, str> {
        let raw = self.raw(text);
        if self.is_escaped() { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) }
    }

    /// Whether two texts read the same.
    pub(super) fn reads_as(self, other: Self, text: &str) -> bool {
        if self.is_escaped() || other.is_escaped() {
            return self.read(text) == other.read(text);
        }
        self.range().len() == other.range().len() && self.bytes(text) == other.bytes(text)
    }
}
