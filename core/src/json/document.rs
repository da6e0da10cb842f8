//! A whole text in memory, for what is not held against a schema: the nodes of its values in one
//! flat list, which point into the text. Nothing is copied, numbers keep their digits.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::reader::{Member, Read, Reader};
use super::{Kind, TextSpan};
use crate::error::Result;

/// One value of a document, with its key in an object. The nodes of a document
/// are in the order of its text: an array or object is followed by what it holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) key: TextSpan,
    pub(crate) span: TextSpan,
    pub(crate) kind: Kind,
    /// The number of the first node after this one and all it holds.
    next: usize,
}

/// One strictly read JSON text.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    nodes: Vec<Node>,
}

impl<'a> Document<'a> {
    /// Reads exactly one JSON value.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub(crate) fn read(body: &'a [u8]) -> Result<Self> {
        let mut nodes = Vec::new();
        let text = Reader::read(body, |reader| push(&mut nodes, reader, TextSpan::NONE))?;
        Ok(Self { text, nodes })
    }

    /// The number of the outermost node.
    pub(crate) const ROOT: usize = 0;

    pub(crate) fn node(&self, number: usize) -> &Node {
        &self.nodes[number]
    }

    /// The object that the document is, or the only element of the list that it is.
    pub(crate) fn only_object(&self) -> Option<usize> {
        let mut elements = self.children(Self::ROOT);
        let object = match self.node(Self::ROOT).kind {
            Kind::Array => elements.next().filter(|_| elements.next().is_none())?,
            _ => Self::ROOT,
        };
        (self.node(object).kind == Kind::Object).then_some(object)
    }

    /// The numbers of the elements of an array, or of the members of an object.
    pub(crate) fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        let (mut at, end) = (parent + 1, self.nodes[parent].next);
        core::iter::from_fn(move || {
            let current = (at < end).then_some(at)?;
            at = self.nodes[current].next;
            Some(current)
        })
    }

    /// The number of an object's member; `None` for anything else.
    pub(crate) fn field(&self, object: usize, name: &str) -> Option<usize> {
        if self.node(object).kind != Kind::Object {
            return None;
        }
        self.children(object).find(|&member| self.node(member).key.read(self.text) == name)
    }

    /// The text or digits of an object's field; `None` for anything else.
    pub(crate) fn member(&self, object: usize, name: &str) -> Option<Cow<'a, str>> {
        let value = self.node(self.field(object, name)?);
        matches!(value.kind, Kind::Text | Kind::Number).then(|| value.span.read(self.text))
    }

    /// Every text and number in a value, as they come, for showing to a person.
    pub(crate) fn words(&self, value: usize) -> impl Iterator<Item = Cow<'a, str>> {
        let words = self.nodes[value..self.nodes[value].next].iter();
        let words = words.filter(|node| matches!(node.kind, Kind::Text | Kind::Number));
        words.map(|node| node.span.read(self.text))
    }

    /// How many numbers there are.
    pub(crate) fn numbers(&self) -> usize {
        self.nodes.iter().filter(|node| node.kind == Kind::Number).count()
    }
}

/// Reads the value of a key, and adds the nodes of it and all it holds.
fn push(nodes: &mut Vec<Node>, reader: &mut Reader<'_>, key: TextSpan) -> Read {
    let number = nodes.len();
    nodes.push(Node { key, span: TextSpan::NONE, kind: Kind::Null, next: number + 1 });
    let (kind, span) = match reader.container() {
        None => reader.value()?,
        Some(Kind::Array) => (Kind::Array, reader.array(&mut |reader| push(nodes, reader, TextSpan::NONE))?),
        Some(_) => (Kind::Object, push_members(nodes, reader)?),
    };
    nodes[number] = Node { key, span, kind, next: nodes.len() };
    Ok(())
}

fn push_members(nodes: &mut Vec<Node>, reader: &mut Reader<'_>) -> Read<TextSpan> {
    let mut member = |reader: &mut Reader<'_>, key| {
        reader.remember(key);
        push(nodes, reader, key)
    };
    reader.object(&mut member as Member<'_, '_>)
}
