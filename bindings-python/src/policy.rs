//! The limits of payouts and watches: a mapping of names to counts, or to times in seconds.

use payseal::binding::PolicyOptions;
use payseal::payout::Policy;
use payseal::watch::WatchPolicy;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

use crate::client::is_unknown;
use crate::error::{invalid, raise};
use crate::machine::seconds;

/// The longest time that is converted, in seconds. The limits themselves are in the core.
const MOST_SECONDS: f64 = 1e9;

/// The limits of a payout.
pub(crate) fn payout_policy(policy: Option<&Bound<'_, PyAny>>) -> PyResult<Policy> {
    read(policy)
}

/// The limits of a watch.
pub(crate) fn watch_policy(policy: Option<&Bound<'_, PyAny>>) -> PyResult<WatchPolicy> {
    read(policy)
}

/// The limits of a payout as a dict that :meth:`Bitloga.payout` takes.
pub(crate) fn to_python<'py>(py: Python<'py>, limits: &Policy) -> PyResult<Bound<'py, PyDict>> {
    let options = PyDict::new(py);
    for (name, value) in limits.options() {
        if Policy::is_count(name) {
            options.set_item(name, value)?;
        } else {
            options.set_item(name, seconds(value))?;
        }
    }
    Ok(options)
}

fn read<P: PolicyOptions>(policy: Option<&Bound<'_, PyAny>>) -> PyResult<P> {
    let mut limits = P::default();
    let Some(policy) = policy else { return Ok(limits) };
    let py = policy.py();
    let not_a_mapping = |_| invalid(py, "policy", "must be a mapping of its options");
    let entries = policy.call_method0(intern!(py, "items")).map_err(not_a_mapping)?;
    for entry in entries.try_iter().map_err(not_a_mapping)? {
        let (name, value) = entry?.extract::<(String, Bound<'_, PyAny>)>().map_err(not_a_mapping)?;
        let field = format!("policy.{name}");
        if !P::NAMES.contains(&name.as_str()) {
            return Err(invalid(py, &field, is_unknown(py, &name, P::NAMES)?));
        }
        if value.is_none() {
            return Err(invalid(py, &field, "must not be None: leave it out"));
        }
        let value = if P::is_count(&name) { count(&value, &field)? } else { milliseconds(&value, &field)? };
        limits.set(&name, value).map_err(|error| raise(py, &error))?;
    }
    Ok(limits)
}

fn count(value: &Bound<'_, PyAny>, field: &str) -> PyResult<u64> {
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract().ok() };
    number.ok_or_else(|| invalid(value.py(), field, "must be a whole number"))
}

/// Rounded up, so that no time is shorter than it was meant to be; but 1.1 seconds, which are a
/// little more than that in binary, are 1100 milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(value: &Bound<'_, PyAny>, field: &str) -> PyResult<u64> {
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract::<f64>().ok() };
    match number {
        Some(seconds) if (0.0..MOST_SECONDS).contains(&seconds) => Ok(((seconds * 1e6).round() / 1e3).ceil() as u64),
        _ => Err(invalid(value.py(), field, "must be a number of seconds")),
    }
}
