//! The core's errors as Python exceptions.

use std::borrow::Cow;

use payseal::{Difference, Error, binding};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::classes::error_class;

// Errors are raised in many places, and seldom: one copy of this code is enough.

/// Makes the exception of a core error: its family's class with what the error knows.
#[cold]
#[inline(never)]
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

/// An argument that cannot be converted.
pub(crate) fn invalid(py: Python<'_>, field: &str, rule: impl Into<Cow<'static, str>>) -> PyErr {
    raise(py, &binding::invalid(field.to_owned(), rule))
}

/// All arguments are positional, so that an exception made again from its `args` is the same.
fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = error_class(py, error.family().name())?;
    let reply = error.reply();
    let differences = match error {
        Error::Mismatch { differences, .. } => Some(self::differences(py, differences)?),
        _ => None,
    };
    class.call1((
        error.to_string(),
        error.code(),
        error.field(),
        error.retryable().then_some(true),
        reply.map(|reply| reply.status),
        reply.and_then(|reply| reply.reason.as_deref()),
        reply.map(|reply| PyBytes::new(py, &reply.body)),
        differences,
    ))
}

/// Name, expected and actual value of each.
pub(crate) fn differences<'py>(py: Python<'py>, differences: &[Difference]) -> PyResult<Bound<'py, PyTuple>> {
    let triples = differences
        .iter()
        .map(|difference| (difference.field, &difference.expected, difference.actual.as_ref()).into_pyobject(py))
        .collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, triples)
}
