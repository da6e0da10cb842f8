//! The strict reader.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

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

/// One value of a document. The nodes of a document stand in the order of its text: an array is
/// followed by its elements, an object by its keys and values in turn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// The number of the first node behind this one and all it holds.
    next: u32,
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
        let text = core::str::from_utf8(body).map_err(|_| Error::malformed("is not valid UTF-8"))?;
        if text.starts_with('\u{feff}') {
            return Err(Error::malformed("begins with a byte order mark"));
        }
        if u32::try_from(text.len()).is_err() {
            return Err(Error::malformed("is too long"));
        }
        let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, depth: 0, nodes: Vec::with_capacity(32) };
        reader.skip_space();
        reader.value()?;
        reader.skip_space();
        if reader.at < text.len() {
            return Err(Error::malformed("has something behind its JSON value"));
        }
        Ok(Self { text, nodes: reader.nodes })
    }

    /// The number of the outermost node.
    pub(crate) const ROOT: usize = 0;

    pub(crate) fn node(&self, number: usize) -> Node {
        self.nodes[number]
    }

    /// The elements of an array, or the keys and values of an object in turn.
    pub(crate) fn children(&self, parent: usize) -> Children<'_> {
        Children { nodes: &self.nodes, at: parent + 1, end: self.nodes[parent].next as usize }
    }

    /// The keys of an object, each with the number of its value.
    pub(crate) fn entries(&self, object: usize) -> impl Iterator<Item = (Span, usize)> {
        let mut children = self.children(object);
        core::iter::from_fn(move || {
            let key = children.next()?;
            Some((self.nodes[key].span, children.next()?))
        })
    }

    /// The number of the value of an object's field; `None` for anything else.
    pub(crate) fn field(&self, object: usize, name: &str) -> Option<usize> {
        if self.node(object).kind != Kind::Object {
            return None;
        }
        self.entries(object).find(|(key, _)| self.text(*key) == name).map(|(_, value)| value)
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
        unescape(self.raw(span), span.escaped)
    }
}

/// The numbers of a node's direct children.
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

    fn push(&mut self, kind: Kind, start: usize, end: usize, escaped: bool) {
        let next = index(self.nodes.len() + 1);
        self.nodes.push(Node { span: Span { start: index(start), end: index(end), escaped }, kind, next });
    }

    fn value(&mut self) -> Result<()> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Kind::True),
            Some(b'f') => self.literal("false", Kind::False),
            Some(b'n') => self.literal("null", Kind::Null),
            _ => self.fault(),
        }
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<()> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return self.fault();
        }
        self.push(kind, self.at, self.at + word.len(), false);
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Result<()> {
        let Some(length) = number::scan(&self.bytes[self.at..]) else { return self.fault() };
        self.push(Kind::Number, self.at, self.at + length, false);
        self.at += length;
        Ok(())
    }

    fn string(&mut self) -> Result<()> {
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
        self.push(Kind::Text, start, self.at, escaped);
        self.at += 1;
        Ok(())
    }

    fn array(&mut self) -> Result<()> {
        self.container(Kind::Array, b']', Self::value)
    }

    fn object(&mut self) -> Result<()> {
        let object = self.nodes.len();
        self.container(Kind::Object, b'}', Self::member)?;
        self.refuse_duplicate_keys(object)
    }

    fn member(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return self.fault();
        }
        self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fault();
        }
        self.at += 1;
        self.skip_space();
        self.value()
    }

    fn container(&mut self, kind: Kind, close: u8, element: fn(&mut Self) -> Result<()>) -> Result<()> {
        if self.depth == MAX_DEPTH {
            return Err(Error::malformed("nests deeper than 64"));
        }
        self.depth += 1;
        let (number, start) = (self.nodes.len(), self.at);
        self.push(kind, start, start, false);
        self.at += 1;
        self.skip_space();
        if self.peek() != Some(close) {
            loop {
                element(self)?;
                self.skip_space();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == close => break,
                    _ => return self.fault(),
                }
                self.skip_space();
            }
        }
        self.at += 1;
        self.depth -= 1;
        let next = index(self.nodes.len());
        let node = &mut self.nodes[number];
        node.span.end = index(self.at);
        node.next = next;
        Ok(())
    }

    /// Two parsers that disagree on which of two equal keys counts are a classic way past a check.
    fn refuse_duplicate_keys(&self, object: usize) -> Result<()> {
        let mut children = Children { nodes: &self.nodes, at: object + 1, end: self.nodes.len() };
        let key_spans = core::iter::from_fn(|| {
            let key = children.next()?;
            children.next()?;
            Some(self.nodes[key].span)
        });
        let mut keys: Vec<Cow<'_, str>> =
            key_spans.map(|span| unescape(&self.text[span.start as usize..span.end as usize], span.escaped)).collect();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(()),
            Some(_) => Err(Error::malformed("has an object with the same key twice")),
        }
    }
}

/// Bodies are shorter than 4 GiB: [`Document::read`] has checked.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// How many bytes come before the next quote, backslash or control character.
fn plain_run(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20).unwrap_or(bytes.len())
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
