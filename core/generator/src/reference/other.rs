//! What all gateways share: a page that is written by hand, with the tables that follow from the core.

use std::time::Duration;

use heck::ToLowerCamelCase as _;
use payseal::Cause;
use payseal::binding::PolicyOptions;
use payseal::payout::Policy;
use payseal::watch::WatchPolicy;

use super::markdown::{code, table};
use super::names::variant;

const PAGE: &str = include_str!("templates/other.template");

pub(super) fn page() -> String {
    PAGE.replace("PAYOUT_POLICY\n", &policy(&Policy::new()))
        .replace("WATCH_POLICY\n", &policy(&WatchPolicy::new()))
        .replace("CAUSES\n", &causes())
}

/// The limits of a policy and what they are unless told otherwise: counts, and times.
fn policy<P: PolicyOptions>(policy: &P) -> String {
    let options = policy.options();
    let rows: Vec<_> = options
        .iter()
        .map(|(name, value)| {
            let is_count = P::is_count(name);
            let seconds = Duration::from_millis(*value).as_secs();
            let [rust, javascript, python] = if is_count {
                [value.to_string(), value.to_string(), value.to_string()]
            } else {
                [format!("{seconds} s, a `Duration`"), format!("{value}, milliseconds"), format!("{seconds}, seconds")]
            };
            [code(name), code(&name.to_lower_camel_case()), rust, javascript, python]
        })
        .collect();
    let head = ["Rust and Python", "JavaScript", "Default in Rust", "in JavaScript", "in Python"];
    table(head, &rows).trim_end().to_owned() + "\n"
}

fn causes() -> String {
    let row = |cause: &Cause| [code(cause.as_str()), code(&format!("Cause::{}", variant(cause.as_str())))];
    table(["Cause", "Rust"], &Cause::ALL.iter().map(row).collect::<Vec<_>>()).trim_end().to_owned() + "\n"
}
