//! The limits of payouts and watches: a mapping of names to counts, or to times in seconds.

use payseal::payout::Policy;
use payseal::watch::WatchPolicy;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::error::{invalid, raise};

/// The longest time that is taken, in seconds: the core has the limits.
const MOST_SECONDS: f64 = 1e9;

/// The limits of a payout.
pub(crate) fn payout_policy(policy: Option<&Bound<'_, PyAny>>) -> PyResult<Policy> {
    let mut limits = Policy::new();
    read(policy, &Policy::NAMES, &Policy::COUNTS, |name, value| limits.set(name, value))?;
    Ok(limits)
}

/// The limits of a watch.
pub(crate) fn watch_policy(policy: Option<&Bound<'_, PyAny>>) -> PyResult<WatchPolicy> {
    let mut limits = WatchPolicy::new();
    read(policy, &WatchPolicy::NAMES, &[], |name, value| limits.set(name, value))?;
    Ok(limits)
}

fn read(
    policy: Option<&Bound<'_, PyAny>>,
    names: &[&str],
    counts: &[&str],
    mut set: impl FnMut(&str, u64) -> payseal::Result<()>,
) -> PyResult<()> {
    let Some(policy) = policy else { return Ok(()) };
    let py = policy.py();
    let not_a_mapping = |_| invalid(py, "policy", "must be a mapping of its options");
    let entries = policy.call_method0(intern!(py, "items")).map_err(not_a_mapping)?;
    for entry in entries.try_iter().map_err(not_a_mapping)? {
        let (name, value) = entry?.extract::<(String, Bound<'_, PyAny>)>().map_err(not_a_mapping)?;
        let field = format!("policy.{name}");
        if !names.contains(&name.as_str()) {
            return Err(invalid(py, &field, format!("is unknown; there are {}", names.join(", "))));
        }
        let value =
            if counts.contains(&name.as_str()) { count(&value, &field)? } else { milliseconds(&value, &field)? };
        set(&name, value).map_err(|error| raise(py, &error))?;
    }
    Ok(())
}

fn count(value: &Bound<'_, PyAny>, field: &str) -> PyResult<u64> {
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract().ok() };
    number.ok_or_else(|| invalid(value.py(), field, "must be a whole number"))
}

/// Rounded up, so that no time is shorter than it was meant to be.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(value: &Bound<'_, PyAny>, field: &str) -> PyResult<u64> {
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract::<f64>().ok() };
    match number {
        Some(seconds) if (0.0..MOST_SECONDS).contains(&seconds) => Ok((seconds * 1000.0).ceil() as u64),
        _ => Err(invalid(value.py(), field, "must be a number of seconds")),
    }
}
