//! What the constructors of both clients take.

use std::borrow::Cow;

use payseal::{Error, Secret};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyList, PyString, PyTuple};

use crate::error::{invalid, raise};

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
