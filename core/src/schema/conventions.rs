//! What all messages of a gateway have in common.

use alloc::string::String;

use super::object::boolean;
use crate::json::Document;

/// How a gateway writes its messages, whatever they are about.
#[derive(Debug)]
pub struct Conventions {
    /// How it says that a call succeeded.
    pub success: SuccessRule,
    /// The fields in which it may put the reason of a refusal.
    pub reasons: &'static [&'static str],
    /// Fields that no schema has and that never reach the caller, such as what a message is proven with.
    pub withheld: &'static [&'static str],
}

/// How a gateway says that a call succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuccessRule {
    /// By `true` in this field of the answer, which never reaches the caller.
    Field(&'static str),
    /// By the HTTP status.
    Status,
}

impl Conventions {
    /// Whether a field is the one that says whether a call succeeded.
    pub(super) fn is_success(&self, field: &str) -> bool {
        matches!(self.success, SuccessRule::Field(success) if success == field)
    }

    /// What an object says of its own success, if it says anything.
    pub(crate) fn success(&self, document: &Document<'_>, object: usize) -> Option<bool> {
        let SuccessRule::Field(success) = self.success else { return None };
        let node = document.node(document.field(object, success)?);
        boolean(document.text, node.kind, node.span)
    }

    /// The gateway's own words in an object, where some are found.
    pub(crate) fn reason(&self, document: &Document<'_>, object: usize) -> Option<String> {
        self.reasons.iter().find_map(|reason| {
            let mut words = String::new();
            for word in document.words(document.field(object, reason)?) {
                words.push_str(if words.is_empty() { "" } else { "; " });
                words.push_str(&word);
            }
            (!words.is_empty()).then_some(words)
        })
    }
}
