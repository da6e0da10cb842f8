//! What both clients are made of.

use std::borrow::Cow;

use payseal::{Error, Secret};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::error::{invalid, raise};

/// What `__init__` makes, once. Until then there is nothing to work with: a subclass may have an `__init__` of its own,
/// with arguments of its own, and has to call that of its base.
pub(crate) struct Made<T>(PyOnceLock<T>);

impl<T> Made<T> {
    pub(crate) const fn nothing() -> Self {
        Self(PyOnceLock::new())
    }

    pub(crate) fn set(&self, py: Python<'_>, value: T) -> PyResult<()> {
        self.0.set(py, value).map_err(|_| PyRuntimeError::new_err("the client was made already"))
    }

    pub(crate) fn get(&self, py: Python<'_>) -> PyResult<&T> {
        self.0.get(py).ok_or_else(|| {
            PyRuntimeError::new_err("the client was not made: call super().__init__(…) in __init__ of your class first")
        })
    }
}

/// Refuses keyword arguments that a client does not have, and names those that were probably meant.
pub(crate) fn refuse_misspelt(client: &str, misspelt: Option<&Bound<'_, PyDict>>, known: &[&str]) -> PyResult<()> {
    let Some((name, _)) = misspelt.and_then(|misspelt| misspelt.iter().next()) else { return Ok(()) };
    let hint = did_you_mean(&name, known)?;
    Err(PyTypeError::new_err(format!("{client}() got an unexpected keyword argument {}{hint}", name.repr()?)))
}

/// The end of a message about an unknown name: the known one that is most like it, if any is.
fn did_you_mean(name: &Bound<'_, PyAny>, known: &[&str]) -> PyResult<String> {
    let py = name.py();
    py.import("payseal._suggest")?.getattr("did_you_mean")?.call1((name, PyTuple::new(py, known)?))?.extract()
}

/// What is wrong with an unknown name in a mapping: the known one that was probably meant, or all there are.
pub(crate) fn is_unknown(py: Python<'_>, name: &str, known: &[&str]) -> PyResult<String> {
    let hint = did_you_mean(PyString::new(py, name).as_any(), known)?;
    if hint.is_empty() {
        Ok(format!("is unknown; there are {}", known.join(", ")))
    } else {
        Ok(format!("is unknown{hint}"))
    }
}

/// Why an object is not pickled.
pub(crate) fn holds_a_key(object: &Bound<'_, PyAny>) -> PyErr {
    let class = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    PyTypeError::new_err(format!(
        "{class} objects are not pickled, because they hold a key: make one where it is needed"
    ))
}

/// Where a gateway answers.
pub(crate) fn base_url(value: Option<&Bound<'_, PyAny>>, default: &str) -> PyResult<String> {
    value.map_or_else(|| Ok(default.to_owned()), |value| text(value, "base_url"))
}

/// A text argument, such as a key or an address.
pub(crate) fn text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let text = value.cast::<PyString>().ok().and_then(|text| text.to_cow().map(Cow::into_owned).ok());
    text.ok_or_else(|| invalid(value.py(), name, format!("must be str{}", instead(value))))
}

/// A text argument that may be left out.
pub(crate) fn optional_text(value: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<String>> {
    value.map(|value| text(value, name)).transpose()
}

/// One secret, as text or bytes.
pub(crate) fn secret(value: &Bound<'_, PyAny>) -> PyResult<Secret> {
    let py = value.py();
    let bytes = if let Ok(text) = value.cast::<PyString>() {
        text.encode_utf8().ok().map(|bytes| bytes.as_bytes().to_vec())
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        Some(bytes.as_bytes().to_vec())
    } else {
        value.cast::<PyByteArray>().ok().map(PyByteArrayMethods::to_vec)
    };
    let rule = if value.is_none() {
        "is None: is the variable that holds it set?"
    } else {
        "must be str or bytes, or a list of them"
    };
    let bytes = bytes.ok_or_else(|| raise(py, &Error::invalid_secret(rule)))?;
    Secret::new(bytes).map_err(|error| raise(py, &error))
}

/// One secret or a list of them.
pub(crate) fn secrets(value: &Bound<'_, PyAny>) -> PyResult<Vec<Secret>> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value.try_iter()?.map(|value| secret(&value?)).collect();
    }
    Ok(vec![secret(value)?])
}

/// The limit of the length of bodies.
pub(crate) fn max_body(value: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    let Some(value) = value else { return Ok(payseal::DEFAULT_MAX_BODY) };
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract().ok() };
    number.ok_or_else(|| invalid(value.py(), "max_body", "must be a number of bytes"))
}

fn instead(value: &Bound<'_, PyAny>) -> String {
    if value.is_none() {
        return ", not None: is the variable that holds it set?".to_owned();
    }
    value.get_type().name().map(|name| format!(", not {name}")).unwrap_or_default()
}
