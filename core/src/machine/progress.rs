//! Where a machine is at, for a person to look at.

use alloc::string::String;

use super::Timestamp;

/// How much of a gateway's words a saved text keeps, in characters.
const MOST_WORDS: usize = 1_000;

/// Where a payout or a watch is at, for a page that an operator looks at. Nothing here is a
/// verdict: only the outcome is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// `ready`, `withdrawing`, `waiting`, `asking` or `done`.
    pub stage: &'static str,
    /// Whether the gateway has said that it knows the transaction.
    pub acknowledged: bool,
    /// How often `withdraw` was handed out.
    pub sends: u32,
    /// How often the gateway was asked.
    pub questions: u32,
    /// How often it said that it does not know the transaction, counting only what counts.
    pub denials: u32,
    /// Why the gateway refused `withdraw`, in its own words (empty where it gave none); `None` where it did not refuse.
    pub refusal: Option<String>,
    /// The transaction's status, where the gateway has said one.
    pub transaction_status: Option<String>,
    /// The HTTP status of the last answer.
    pub last_status: Option<u16>,
    /// What the gateway gave as a reason in the last answer.
    pub last_reason: Option<String>,
    /// When the last answer came.
    pub last_answer_at: Option<Timestamp>,
    /// When the first request was handed out.
    pub since: Option<Timestamp>,
    /// When it will ask again.
    pub next_look: Option<Timestamp>,
}

/// The last answer of the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LastAnswer {
    pub(crate) at: Timestamp,
    pub(crate) status: u16,
    pub(crate) reason: Option<String>,
}

/// The gateway's words as a saved text keeps them: the first thousand characters.
pub(crate) fn shortened(words: &str) -> String {
    words.chars().take(MOST_WORDS).collect()
}
