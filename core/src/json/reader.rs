//! The strict reader.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::duplicates::has_duplicates;
use super::{MAX_DEPTH, number};
use crate::error::{Error, Result};

/// A place in the text of a document: a scalar without its quotes, or a whole array or object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether backslash escapes stand in it, so that it reads differently from how it is written.
    pub(crate) escaped: bool,
}

impl Span {
    const NONE: Self = Self { start: 0, end: 0, escaped: false };

    fn new(start: usize, end: usize) -> Self {
        Self { start: index(start), end: index(end), escaped: false }
    }
}

/// What a node is.
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

/// One value of a document, with the key it stands under in an object. The nodes of a document
/// stand in the order of its text: an array or object is followed by what it holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) key: Span,
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// The number of the first node behind this one and all it holds.
    next: u32,
}

/// What a document is read for. A value of no use is checked like any other, but only leaves one
/// node: nothing of what it holds does.
pub(crate) trait Purpose {
    /// What the array or object in a member of an object is read for, if it is of use.
    fn of_member(&self, name: &str) -> Option<&dyn Purpose>;
}

/// Everything is of use.
struct Everything;

impl Purpose for Everything {
    fn of_member(&self, _: &str) -> Option<&dyn Purpose> {
        Some(self)
    }
}

/// One strictly read JSON text.
#[derive(Debug)]
pub struct Document<'a> {
    pub(crate) text: &'a str,
    nodes: Vec<Node>,
}

impl<'a> Document<'a> {
    /// Reads exactly one JSON value.
    ///
    /// # Errors
    /// `malformed_body` for invalid UTF-8, a byte order mark, anything that is not one JSON value
    /// (RFC 8259), duplicate keys in one object, lone surrogates, or nesting beyond 64.
    pub(crate) fn read(body: &'a [u8]) -> Result<Self> {
        Self::read_for(body, &Everything)
    }

    /// Reads exactly one JSON value for a purpose.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub(crate) fn read_for(body: &'a [u8], purpose: &dyn Purpose) -> Result<Self> {
        let text = core::str::from_utf8(body).map_err(|_| Error::malformed("is not valid UTF-8"))?;
        if text.starts_with('\u{feff}') {
            return Err(Error::malformed("begins with a byte order mark"));
        }
        if u32::try_from(text.len()).is_err() {
            return Err(Error::malformed("is too long"));
        }
        let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, depth: 0, nodes: Vec::with_capacity(16) };
        reader.skip_space();
        reader.value(Span::NONE, Some(purpose))?;
        reader.skip_space();
        if reader.at < text.len() {
            return Err(Error::malformed("has something behind its JSON value"));
        }
        Ok(Self { text, nodes: reader.nodes })
    }

    /// The number of the outermost node.
    pub(crate) const ROOT: usize = 0;

    pub(crate) fn node(&self, number: usize) -> &Node {
        &self.nodes[number]
    }

    /// The elements of an array, or the members of an object.
    pub(crate) fn children(&self, parent: usize) -> Children<'_> {
        Children { nodes: &self.nodes, at: parent + 1, end: self.nodes[parent].next as usize }
    }

    /// The number of an object's member; `None` for anything else.
    pub(crate) fn field(&self, object: usize, name: &str) -> Option<usize> {
        if self.node(object).kind != Kind::Object {
            return None;
        }
        self.children(object).find(|member| self.text(self.node(*member).key) == name)
    }

    /// The text or digits of an object's field; `None` for anything else.
    pub(crate) fn member(&self, object: usize, name: &str) -> Option<Cow<'a, str>> {
        let value = self.node(self.field(object, name)?);
        matches!(value.kind, Kind::Text | Kind::Number).then(|| self.text(value.span))
    }

    /// The numbers of all nodes that are numbers.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|&number| self.nodes[number].kind == Kind::Number)
    }

    /// A span as it is written.
    pub(crate) fn raw(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// A span as it reads.
    pub(crate) fn text(&self, span: Span) -> Cow<'a, str> {
        read(self.text, span)
    }

    /// A value as JSON, as it is written.
    pub(crate) fn source(&self, number: usize) -> &'a str {
        let Node { span, kind, .. } = *self.node(number);
        let quote = u32::from(kind == Kind::Text);
        self.raw(Span { start: span.start - quote, end: span.end + quote, ..span })
    }

    /// A member of an object as JSON, as it is written: key, colon and value.
    pub(crate) fn member_source(&self, number: usize) -> &'a str {
        let Node { key, span, kind, .. } = *self.node(number);
        let quote = u32::from(kind == Kind::Text);
        self.raw(Span { start: key.start - 1, end: span.end + quote, ..span })
    }
}

/// The numbers of a node's direct children.
#[derive(Clone)]
pub(crate) struct Children<'d> {
    nodes: &'d [Node],
    at: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let current = (self.at < self.end).then_some(self.at)?;
        self.at = self.nodes[current].next as usize;
        Some(current)
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    nodes: Vec<Node>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn fault<T>(&self) -> Result<T> {
        Err(match self.peek() {
            None if self.bytes.iter().all(u8::is_ascii_whitespace) => Error::malformed("is empty"),
            None => Error::malformed("ends before its JSON value does"),
            Some(_) => Error::malformed(alloc::format!("is not JSON (at byte {})", self.at)),
        })
    }

    /// Reads the value that stands under `key`. What it holds leaves nodes if it is of use.
    fn value(&mut self, key: Span, purpose: Option<&dyn Purpose>) -> Result<()> {
        let (kind, span) = match self.peek() {
            Some(b'"') => (Kind::Text, self.string()?),
            Some(b'-' | b'0'..=b'9') => (Kind::Number, self.number()?),
            Some(b'{') => return self.container(key, Kind::Object, purpose),
            Some(b'[') => return self.container(key, Kind::Array, purpose),
            Some(b't') => (Kind::True, self.literal("true")?),
            Some(b'f') => (Kind::False, self.literal("false")?),
            Some(b'n') => (Kind::Null, self.literal("null")?),
            _ => return self.fault(),
        };
        self.push(key, kind, span);
        Ok(())
    }

    fn push(&mut self, key: Span, kind: Kind, span: Span) {
        let next = index(self.nodes.len() + 1);
        self.nodes.push(Node { key, span, kind, next });
    }

    fn literal(&mut self, word: &str) -> Result<Span> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return self.fault();
        }
        Ok(self.advance(word.len()))
    }

    fn number(&mut self) -> Result<Span> {
        match number::scan(&self.bytes[self.at..]) {
            Some(length) => Ok(self.advance(length)),
            None => self.fault(),
        }
    }

    /// Moves on, and returns what was passed.
    fn advance(&mut self, length: usize) -> Span {
        let start = self.at;
        self.at += length;
        Span::new(start, self.at)
    }

    fn string(&mut self) -> Result<Span> {
        let start = self.at + 1;
        self.at = start;
        let mut escaped = false;
        loop {
            self.at += plain_run(&self.bytes[self.at..]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    match escape(&self.bytes[self.at..]) {
                        Some((_, length)) => self.at += length,
                        None => return self.fault(),
                    }
                }
                _ => return self.fault(),
            }
        }
        let span = Span { escaped, ..Span::new(start, self.at) };
        self.at += 1;
        Ok(span)
    }

    fn container(&mut self, key: Span, kind: Kind, purpose: Option<&dyn Purpose>) -> Result<()> {
        if self.depth == MAX_DEPTH {
            return Err(Error::malformed("nests deeper than 64"));
        }
        self.depth += 1;
        let (number, start) = (self.nodes.len(), self.at);
        self.push(key, kind, Span::new(start, start));
        self.at += 1;
        self.skip_space();
        if kind == Kind::Array {
            self.elements(number, purpose)?;
        } else {
            self.members(number, purpose)?;
        }
        self.at += 1;
        self.depth -= 1;
        if purpose.is_none() {
            self.nodes.truncate(number + 1);
        }
        let next = index(self.nodes.len());
        let node = &mut self.nodes[number];
        node.span.end = index(self.at);
        node.next = next;
        Ok(())
    }

    fn elements(&mut self, array: usize, purpose: Option<&dyn Purpose>) -> Result<()> {
        if self.peek() == Some(b']') {
            return Ok(());
        }
        loop {
            self.value(Span::NONE, purpose)?;
            if purpose.is_none() {
                self.nodes.truncate(array + 1);
            }
            if !self.goes_on(b']')? {
                return Ok(());
            }
        }
    }

    fn members(&mut self, object: usize, purpose: Option<&dyn Purpose>) -> Result<()> {
        if self.peek() == Some(b'}') {
            return Ok(());
        }
        loop {
            let key = self.key()?;
            let inner = match (purpose, self.peek()) {
                (Some(purpose), Some(b'{' | b'[')) => purpose.of_member(&read(self.text, key)),
                _ => None,
            };
            self.value(key, inner)?;
            if !self.goes_on(b'}')? {
                break;
            }
        }
        let members = Children { nodes: &self.nodes, at: object + 1, end: self.nodes.len() };
        if has_duplicates(members.map(|member| read(self.text, self.nodes[member].key))) {
            return Err(Error::malformed("has an object with the same key twice"));
        }
        Ok(())
    }

    /// The key of a member, and the colon behind it.
    fn key(&mut self) -> Result<Span> {
        if self.peek() != Some(b'"') {
            return self.fault();
        }
        let key = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fault();
        }
        self.at += 1;
        self.skip_space();
        Ok(key)
    }

    /// Whether a comma says that another element or member follows, rather than `close` that none does.
    fn goes_on(&mut self, close: u8) -> Result<bool> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_space();
                Ok(true)
            }
            Some(byte) if byte == close => Ok(false),
            _ => self.fault(),
        }
    }
}

/// Bodies are shorter than 4 GiB: [`Document::read`] has checked.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A span of a text as it reads.
fn read(text: &str, span: Span) -> Cow<'_, str> {
    unescape(&text[span.start as usize..span.end as usize], span.escaped)
}

/// How many bytes come before the next quote, backslash or control character.
fn plain_run(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (number, word) in words.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return 8 * number + special.trailing_zeros() as usize / 8;
        }
    }
    let plain = rest.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20);
    8 * words.len() + plain.unwrap_or(rest.len())
}

/// Sets the highest bit of the first byte of a little-endian word that is a quote, a backslash or
/// a control character; bits above it mean nothing, and none is set where there is no such byte.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equal(b'"') | equal(b'\\')) & HIGHEST
}

/// The character of the escape that `bytes` begins with, and the length of the escape.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let simple = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes),
        _ => return None,
    };
    Some((simple, 2))
}

/// Surrogates come in pairs or not at all.
fn unicode_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(bytes)?;
    if let Some(single) = char::from_u32(first) {
        return Some((single, 6));
    }
    let second = code_unit(&bytes[6..])?;
    if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    let pair = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    Some((pair, 12))
}

fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

fn unescape(raw: &str, escaped: bool) -> Cow<'_, str> {
    if !escaped {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        // The reader has accepted every escape already.
        let (character, length) = escape(&rest.as_bytes()[at..]).unwrap_or(('\u{fffd}', 1));
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}
