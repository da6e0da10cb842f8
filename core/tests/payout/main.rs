//! Payouts: money moves at most once, and the verdict is the truth, at a gateway that lags,
//! repeats and changes its mind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::unnecessary_wraps, reason = "answers, of which some do not come")]

mod accounts;
mod bounds;
mod clock;
mod comparison;
mod denials;
mod faults;
mod policy;
mod progress;
mod revisions;
mod saved;
mod settling;
mod support;
mod verdicts;
