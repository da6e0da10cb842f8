//! How a payout ends.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bitloga::TransactionStatus;
use crate::error::Difference;
use crate::machine::verdict::verdicts;

/// How a payout ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The short of it.
    pub verdict: Verdict,
    /// Transaction status, where the gateway has said one.
    pub status: Option<TransactionStatus>,
    /// The gateway's transaction identifier, as in the user panel.
    pub orderid: Option<String>,
    /// The gateway's unique identifier of the transaction.
    pub transid: Option<String>,
    /// Why the gateway refused, in its own words; for `unknown`, the last words it had.
    pub reason: Option<String>,
    /// For `conflict`: every field in which the transaction differs from what was asked for.
    pub differences: Vec<Difference>,
}

impl Outcome {
    /// Whether the money was paid out, once, as asked for.
    pub fn is_paid(&self) -> bool {
        self.verdict == Verdict::Paid
    }
}

/// The short of how a payout ended.
///
/// | verdict | has money moved | can it still move | is a new `uniqueid` safe |
/// |---|---|---|---|
/// | `paid` | yes | no | no |
/// | `failed` | no | no | yes |
/// | `rejected` | no | no | yes |
/// | `conflict` | perhaps | perhaps | no |
/// | `unknown` | perhaps | perhaps | no |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The money was paid out as asked for. A new `uniqueid` would pay a second time.
    Paid,
    /// The gateway took the payout on and ended it without paying: it said so, and said so again
    /// after the settle time. No money has moved, and none will: a new `uniqueid` is safe.
    Failed,
    /// The gateway refused the payout, and after the settle time said more than once that it does
    /// not know it. No money has moved, and none will: a new `uniqueid` is safe.
    Rejected,
    /// The `uniqueid` belongs to a transaction that differs from what was asked for. Whether this
    /// payout moved money the gateway has not said: ask it before you use a new `uniqueid`.
    Conflict,
    /// Nobody knows. The money may have moved, and may still: ask the gateway before you use a
    /// new `uniqueid`.
    Unknown,
}

verdicts!(Verdict { Paid = "paid", Failed = "failed", Rejected = "rejected", Conflict = "conflict", Unknown = "unknown" });

/// What is known of a question about money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nobody knows.
    Perhaps,
}

impl Certainty {
    /// `yes`, `no` or `perhaps`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Perhaps => "perhaps",
        }
    }
}

impl Verdict {
    /// Whether money has moved.
    pub const fn has_money_moved(self) -> Certainty {
        match self {
            Self::Paid => Certainty::Yes,
            Self::Failed | Self::Rejected => Certainty::No,
            Self::Conflict | Self::Unknown => Certainty::Perhaps,
        }
    }

    /// Whether money can still move for this `uniqueid`.
    pub const fn can_money_still_move(self) -> Certainty {
        match self {
            Self::Paid | Self::Failed | Self::Rejected => Certainty::No,
            Self::Conflict | Self::Unknown => Certainty::Perhaps,
        }
    }

    /// Whether the same payment may be made under a new `uniqueid` without paying twice.
    pub const fn is_new_uniqueid_safe(self) -> bool {
        matches!(self, Self::Failed | Self::Rejected)
    }
}
