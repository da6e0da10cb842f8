//! The deterministic writer: compact, in the order of the calls, UTF-8 unescaped.

use alloc::string::{String, ToString as _};

use super::Value;
use super::strings::push_quoted;

/// Most objects fit in so many bytes, which then need not be moved.
const CAPACITY: usize = 256;

/// Writes one JSON object.
#[derive(Debug)]
pub(crate) struct ObjectWriter {
    out: String,
}

impl ObjectWriter {
    pub(crate) fn new() -> Self {
        let mut out = String::with_capacity(CAPACITY);
        out.push('{');
        Self { out }
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        push_quoted(&mut self.out, value);
    }

    /// Digits already known to be a JSON number.
    pub(crate) fn number(&mut self, name: &str, digits: &str) {
        self.name(name);
        self.out.push_str(digits);
    }

    pub(crate) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.name(name);
        self.nested('{', '}', fill);
    }

    /// An object or a list, whose members or elements `fill` writes.
    pub(crate) fn nested(&mut self, open: char, close: char, fill: impl FnOnce(&mut Self)) {
        self.out.push(open);
        fill(self);
        self.out.push(close);
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        push_quoted(&mut self.out, text);
    }

    pub(crate) fn push_integer(&mut self, number: i64) {
        self.out.push_str(&number.to_string());
    }

    /// Digits already known to be a JSON number, or another word of JSON.
    pub(crate) fn push_digits(&mut self, digits: &str) {
        self.out.push_str(digits);
    }

    /// A field of any name.
    pub(crate) fn value(&mut self, name: &str, value: &Value) {
        self.separate();
        push_quoted(&mut self.out, name);
        self.out.push(':');
        value.write(&mut self.out);
    }

    /// Members that are written already, without the braces around them.
    pub(crate) fn members(&mut self, members: &str) {
        self.separate();
        self.out.push_str(members);
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push('}');
        self.out
    }

    /// The name of the member that is written next.
    pub(crate) fn name(&mut self, name: &str) {
        // Names are the library's own, and nothing in them has to be escaped.
        self.separate();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
    }

    /// A comma, unless this is the first member or element.
    pub(crate) fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), Some(b'{' | b'[')) {
            self.out.push(',');
        }
    }
}
