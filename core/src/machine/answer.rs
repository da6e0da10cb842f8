//! An answer that is held against no schema: only what settles something is read.

use alloc::string::String;

use crate::json::{DEFAULT_MAX_BODY, Document};
use crate::schema::{Conventions, boolean, check_length};

/// An answer that should be one object, or a list of one.
pub(crate) struct LooseAnswer<'a> {
    pub(crate) document: Document<'a>,
    /// The object, if the answer is one.
    pub(crate) object: Option<usize>,
    conventions: &'static Conventions,
}

impl<'a> LooseAnswer<'a> {
    pub(crate) fn read(body: &'a [u8], conventions: &'static Conventions) -> Option<Self> {
        check_length(body, DEFAULT_MAX_BODY).ok()?;
        let document = Document::read(body).ok()?;
        let object = document.only_object();
        Some(Self { document, object, conventions })
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        Some(self.document.member(self.object?, name)?.into_owned())
    }

    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        let node = self.document.node(self.document.field(self.object?, name)?);
        boolean(self.document.text, node.kind, node.span)
    }

    pub(crate) fn success(&self) -> Option<bool> {
        self.conventions.success(&self.document, self.object?)
    }

    /// The gateway's reason, where it gave one.
    pub(crate) fn reason(&self) -> Option<String> {
        self.conventions.reason(&self.document, self.object?)
    }
}
