//! The core's errors as Python exceptions.

use std::borrow::Cow;

use payseal::Error;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::classes::Classes;

/// Makes the exception of a core error: its family's class with what the error knows.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

/// An argument that cannot be converted.
pub(crate) fn invalid(py: Python<'_>, field: &str, rule: impl Into<Cow<'static, str>>) -> PyErr {
    raise(py, &Error::invalid(field.to_owned(), rule))
}

fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = Classes::get(py)?.error(py, error.family().name())?;
    let exception = class.call1((error.to_string(),))?;
    exception.setattr(intern!(py, "code"), error.code())?;
    // The class holds what an error has that does not know better.
    if let Some(field) = error.field() {
        exception.setattr(intern!(py, "field"), field)?;
    }
    if error.retryable() {
        exception.setattr(intern!(py, "retryable"), true)?;
    }
    if let Some(reply) = error.reply() {
        exception.setattr(intern!(py, "status"), reply.status)?;
        exception.setattr(intern!(py, "reason"), reply.reason.as_deref())?;
        exception.setattr(intern!(py, "body"), PyBytes::new(py, &reply.body))?;
    }
    if let Error::Mismatch { differences, .. } = error {
        let differences = differences
            .iter()
            .map(|difference| (difference.field, &difference.expected, difference.actual.as_ref()).into_pyobject(py))
            .collect::<PyResult<Vec<_>>>()?;
        exception.setattr(intern!(py, "differences"), PyTuple::new(py, differences)?)?;
    }
    Ok(exception)
}
