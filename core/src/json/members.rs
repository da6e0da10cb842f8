//! Members of an object as they came.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Document, Value};

/// Some members of a JSON object, without the braces around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(String);

impl Members {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Some fields, written anew.
    #[cfg(feature = "serde")]
    pub(super) fn of(fields: &[(String, Value)]) -> Self {
        let mut members = Self::default();
        super::value::write_members(&mut members.0, fields);
        members
    }

    /// The members as values.
    pub(super) fn read(&self) -> Vec<(String, Value)> {
        let mut object = String::new();
        self.write(&mut object);
        // Every member was read before: this cannot fail.
        let document = Document::read(object.as_bytes());
        document.map(|document| Value::members(&document, Document::ROOT)).unwrap_or_default()
    }

    /// Adds a member, as it is written.
    pub(crate) fn push(&mut self, member: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(member);
    }

    /// Writes them as one JSON object.
    pub fn write(&self, out: &mut String) {
        for part in ["{", &self.0, "}"] {
            out.push_str(part);
        }
    }
}
