//! Members of an object as they came.

use alloc::string::String;

use super::Document;
use crate::text::joined;

/// Some members of a JSON object, without the braces around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(String);

impl Members {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member, as it is written.
    pub(crate) fn push(&mut self, member: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(member);
    }

    /// One JSON object of them.
    pub(super) fn object(&self) -> String {
        joined(&["{", &self.0, "}"])
    }

    /// Writes one JSON object of them whose numbers are strings, for readers that would round them.
    pub fn write_with_quoted_numbers(&self, out: &mut String) {
        let object = self.object();
        // Every member was read before: this cannot fail.
        let Ok(document) = Document::read(object.as_bytes()) else { return };
        let mut written = 0;
        for number in document.numbers() {
            let digits = document.node(number).span;
            let before = object.get(written..digits.range().start).unwrap_or_default();
            out.push_str(&joined(&[before, "\"", digits.raw(&object), "\""]));
            written = digits.range().end;
        }
        out.push_str(object.get(written..).unwrap_or_default());
    }
}
