//! What a watch says is to be done, and how it ends.

use alloc::string::String;

use crate::machine;
use crate::machine::verdict::verdicts;

/// What to do now.
pub type Step = machine::Step<WatchOutcome>;

/// How a watch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchOutcome {
    /// The short of it.
    pub verdict: WatchVerdict,
    /// The last status the gateway has said, in its own letters.
    pub status: Option<String>,
}

/// The short of how a watch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WatchVerdict {
    /// The invoice is paid.
    Paid,
    /// The invoice was not paid and is closed: the gateway said so twice, with a pause between. A late payment
    /// may still come as a callback.
    Closed,
    /// The time to give up came first.
    Unknown,
}

verdicts!(WatchVerdict { Paid = "paid", Closed = "closed", Unknown = "unknown" });

impl WatchOutcome {
    /// Whether the invoice is paid.
    pub fn is_paid(&self) -> bool {
        self.verdict == WatchVerdict::Paid
    }
}
