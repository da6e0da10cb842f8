//! The deterministic writer: compact, in the order of the calls, UTF-8 unescaped.

use alloc::string::String;

use super::Value;
use super::strings::push_quoted;
use crate::text::push_integer;

/// Most objects fit in so many bytes, which then need not be moved.
const CAPACITY: usize = 256;

/// Writes one JSON object.
#[derive(Debug)]
pub struct ObjectWriter {
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

    pub(crate) fn integer(&mut self, name: &str, number: i64) {
        self.name(name);
        push_integer(&mut self.out, number);
    }

    pub(crate) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.name(name);
        self.out.push('{');
        fill(self);
        self.out.push('}');
    }

    /// A list, which `fill` adds elements to.
    pub(crate) fn array(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.name(name);
        self.out.push('[');
        fill(self);
        self.out.push(']');
    }

    /// An object in a list.
    pub(crate) fn element(&mut self, fill: impl FnOnce(&mut Self)) {
        self.separate();
        self.out.push('{');
        fill(self);
        self.out.push('}');
    }

    /// A text in a list.
    pub(crate) fn text_element(&mut self, text: &str) {
        self.separate();
        push_quoted(&mut self.out, text);
    }

    /// A field of any name.
    pub(crate) fn value(&mut self, name: &str, value: &Value) {
        self.separate();
        push_quoted(&mut self.out, name);
        self.out.push(':');
        value.write(&mut self.out);
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push('}');
        self.out
    }

    fn name(&mut self, name: &str) {
        // Names are the library's own, and nothing in them has to be escaped.
        self.separate();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push('"');
        self.out.push(':');
    }

    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), Some(b'{' | b'[')) {
            self.out.push(',');
        }
    }
}
