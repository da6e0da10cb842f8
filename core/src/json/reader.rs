//! The strict reader: the grammar of JSON (RFC 8259) in one pass over the text.
//!
//! It keeps nothing of what it reads but the keys of the objects it is in. The caller keeps what it needs,
//! by its place in the text.

use alloc::format;
use alloc::vec::Vec;

use super::duplicates::has_duplicates;
use super::strings::{escape, plain_end};
use super::{MAX_DEPTH, TextSpan, number};
use crate::error::{Error, Result};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Number,
    Text,
    Array,
    Object,
}

/// What is wrong with the beginning of a JSON text.
pub(crate) const INCOMPLETE: &str = "ends before its JSON value does";

/// Why reading stopped: smaller than the [`Error`] it becomes in the end.
#[derive(Debug)]
pub(crate) enum SyntaxError {
    /// What is here does not belong here, or nothing is here.
    Syntax,
    /// Something is after the value.
    Rest,
    /// Arrays and objects nest too deep.
    Depth,
    /// An object has the same key twice.
    DuplicateKey,
}

/// What reading a part of a text comes to.
pub(crate) type Read<T = ()> = core::result::Result<T, SyntaxError>;

/// A function that reads the value of a member. One that is known at run time keeps the reader small.
pub(super) type Member<'m, 'a> = &'m mut dyn FnMut(&mut Reader<'a>, TextSpan) -> Read;

/// A text that is being read.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The keys of all objects around this place, as far as they were remembered.
    keys: Vec<TextSpan>,
}

// What every token passes through is in its place rather than called: a third less time for deeply
// nested texts, a twentieth for callbacks, and no byte more of WebAssembly.
#[allow(clippy::inline_always, reason = "see above")]
impl<'a> Reader<'a> {
    /// Reads a text that is exactly one JSON value, by way of a function that reads the value.
    /// Returns the text.
    ///
    /// # Errors
    /// `malformed_body` for invalid UTF-8, a byte order mark, anything that is not one JSON value
    /// (RFC 8259), duplicate keys in one object, lone surrogates, or nesting beyond 64.
    pub(crate) fn read(body: &'a [u8], value: impl FnOnce(&mut Self) -> Read) -> Result<&'a str> {
        let text = core::str::from_utf8(body).map_err(|_| Error::malformed("is not valid UTF-8"))?;
        if text.starts_with('\u{feff}') {
            return Err(Error::malformed("begins with a byte order mark"));
        }
        if text.len() > TextSpan::MAX {
            return Err(Error::malformed("is too long"));
        }
        let mut reader = Self { text, at: 0, depth: 0, keys: Vec::new() };
        match reader.only(value) {
            Ok(()) => Ok(text),
            Err(error) => Err(reader.error(&error)),
        }
    }

    fn only(&mut self, value: impl FnOnce(&mut Self) -> Read) -> Read {
        self.skip_space();
        value(self)?;
        self.skip_space();
        if self.at < self.text.len() { Err(SyntaxError::Rest) } else { Ok(()) }
    }

    #[cold]
    fn error(&self, error: &SyntaxError) -> Error {
        match (error, self.peek()) {
            (SyntaxError::Rest, _) => Error::malformed("has something behind its JSON value"),
            (SyntaxError::Depth, _) => Error::malformed("nests deeper than 64"),
            (SyntaxError::DuplicateKey, _) => Error::malformed("has an object with the same key twice"),
            (SyntaxError::Syntax, Some(_)) => Error::malformed(format!("is not JSON (at byte {})", self.at)),
            (SyntaxError::Syntax, None) if self.text.trim_ascii().is_empty() => Error::malformed("is empty"),
            (SyntaxError::Syntax, None) => Error::malformed(INCOMPLETE),
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The text between a place and where reading has come to.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// What the value that begins here is if it is an array or an object.
    pub(crate) fn container(&self) -> Option<Kind> {
        match self.peek() {
            Some(b'{') => Some(Kind::Object),
            Some(b'[') => Some(Kind::Array),
            _ => None,
        }
    }

    /// Reads any value, and keeps nothing of what it holds.
    pub(crate) fn value(&mut self) -> Read<(Kind, TextSpan)> {
        match self.peek() {
            Some(b'"') => Ok((Kind::Text, self.string()?)),
            Some(b'-' | b'0'..=b'9') => Ok((Kind::Number, self.number()?)),
            Some(b'{') => Ok((Kind::Object, self.any_object()?)),
            Some(b'[') => Ok((Kind::Array, self.array(&mut |reader| reader.value().map(drop))?)),
            Some(b't') => Ok((Kind::True, self.literal("true")?)),
            Some(b'f') => Ok((Kind::False, self.literal("false")?)),
            Some(b'n') => Ok((Kind::Null, self.literal("null")?)),
            _ => Err(SyntaxError::Syntax),
        }
    }

    fn any_object(&mut self) -> Read<TextSpan> {
        let mut member = |reader: &mut Self, key| {
            reader.remember(key);
            reader.value().map(drop)
        };
        self.object(&mut member as Member<'_, '_>)
    }

    /// Reads an array, by way of a function that reads one element.
    pub(crate) fn array(&mut self, element: &mut dyn FnMut(&mut Self) -> Read) -> Read<TextSpan> {
        let start = self.enter()?;
        if self.peek() != Some(b']') {
            loop {
                element(self)?;
                if !self.goes_on(b']')? {
                    break;
                }
            }
        }
        Ok(self.leave(start))
    }

    /// Reads an object, by way of a function that reads the value of one member. It has to
    /// [`remember`](Self::remember) the key, or see itself that it does not come twice.
    pub(crate) fn object(&mut self, mut member: impl FnMut(&mut Self, TextSpan) -> Read) -> Read<TextSpan> {
        let start = self.enter()?;
        let keys = self.keys.len();
        if self.peek() != Some(b'}') {
            loop {
                let key = self.key()?;
                member(self, key)?;
                if !self.goes_on(b'}')? {
                    break;
                }
            }
        }
        if has_duplicates(&self.keys[keys..], self.text) {
            return Err(SyntaxError::DuplicateKey);
        }
        self.keys.truncate(keys);
        Ok(self.leave(start))
    }

    /// Keeps a key until its object ends, to see that it does not come twice.
    pub(crate) fn remember(&mut self, key: TextSpan) {
        self.keys.push(key);
    }

    #[inline(always)]
    fn enter(&mut self) -> Read<usize> {
        if self.depth == MAX_DEPTH {
            return Err(SyntaxError::Depth);
        }
        let start = self.at;
        self.depth += 1;
        self.at += 1;
        self.skip_space();
        Ok(start)
    }

    #[inline(always)]
    fn leave(&mut self, start: usize) -> TextSpan {
        self.depth -= 1;
        self.at += 1;
        TextSpan::new(start, self.at)
    }

    /// The key of a member, and the colon after it.
    #[inline(always)]
    fn key(&mut self) -> Read<TextSpan> {
        if self.peek() != Some(b'"') {
            return Err(SyntaxError::Syntax);
        }
        let key = self.string()?;
        if self.token() != Some(b':') {
            return Err(SyntaxError::Syntax);
        }
        self.at += 1;
        self.skip_space();
        Ok(key)
    }

    /// Whether a comma says that another element or member follows, rather than `close` that none does.
    #[inline(always)]
    fn goes_on(&mut self, close: u8) -> Read<bool> {
        match self.token() {
            Some(b',') => {
                self.at += 1;
                self.skip_space();
                Ok(true)
            }
            Some(byte) if byte == close => Ok(false),
            _ => Err(SyntaxError::Syntax),
        }
    }

    #[inline(always)]
    fn string(&mut self) -> Read<TextSpan> {
        let start = self.at + 1;
        self.at = plain_end(self.text.as_bytes(), start);
        if self.peek() != Some(b'"') {
            return self.escaped_string(start);
        }
        self.at += 1;
        Ok(TextSpan::new(start, self.at - 1))
    }

    /// The rest of a string that begins there, from its first escape on.
    #[cold]
    fn escaped_string(&mut self, start: usize) -> Read<TextSpan> {
        let bytes = self.text.as_bytes();
        while self.peek() == Some(b'\\') {
            self.at += 1;
            let (_, length) = escape(self.rest()).ok_or(SyntaxError::Syntax)?;
            self.at = plain_end(bytes, self.at + length);
        }
        if self.peek() != Some(b'"') {
            return Err(SyntaxError::Syntax);
        }
        self.at += 1;
        Ok(TextSpan::new(start, self.at - 1).escaped())
    }

    fn number(&mut self) -> Read<TextSpan> {
        let length = number::scan(self.rest()).ok_or(SyntaxError::Syntax)?;
        Ok(self.advance(length))
    }

    fn literal(&mut self, word: &str) -> Read<TextSpan> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(SyntaxError::Syntax);
        }
        Ok(self.advance(word.len()))
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        self.token();
    }

    /// Skips white space, and returns what is after it.
    #[inline(always)]
    fn token(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Moves on, and returns what was passed.
    fn advance(&mut self, length: usize) -> TextSpan {
        let start = self.at;
        self.at += length;
        TextSpan::new(start, self.at)
    }
}
