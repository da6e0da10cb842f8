//! What holds for every input, held against implementations that are not ours.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod amounts;
mod oracle;
mod reader;
mod robustness;
mod signatures;
mod texts;
mod writer;

use proptest::test_runner::Config;

/// Enough to find what is there to be found now and then, few enough for every run.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
