//! Python's arguments as the core's inputs.

use payseal::Error;
use payseal::binding::{Argument, Parameter, ParameterKind};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString, PyTuple};

use crate::client::is_unknown;
use crate::decimal::{decimal, decimal_digits, integer_digits};
use crate::error::{invalid, raise};

/// One argument, copied out of Python.
pub(crate) enum OwnedArgument {
    Text(String),
    Number(String),
    Group(Vec<Option<OwnedArgument>>),
}

/// Takes the arguments of a method, in the order of its parameters, and calls `work` with them.
pub(crate) fn with_arguments<T>(
    values: &Bound<'_, PyTuple>,
    parameters: &[Parameter],
    work: impl FnOnce(&[Option<Argument<'_>>]) -> Result<T, Error>,
) -> PyResult<T> {
    let arguments = take(values, parameters)?;
    work(&borrowed(&arguments)).map_err(|error| raise(values.py(), &error))
}

// Every method has its own copy of what calls these three: they are there once.

#[inline(never)]
pub(crate) fn take(values: &Bound<'_, PyTuple>, parameters: &[Parameter]) -> PyResult<Vec<Option<OwnedArgument>>> {
    let named = parameters.iter().zip(values.iter_borrowed());
    named.map(|(parameter, value)| argument(&value, parameter, parameter.name)).collect()
}

pub(crate) fn borrowed(arguments: &[Option<OwnedArgument>]) -> Vec<Option<Argument<'_>>> {
    arguments.iter().map(|argument| argument.as_ref().map(OwnedArgument::borrow)).collect()
}

impl OwnedArgument {
    fn borrow(&self) -> Argument<'_> {
        match self {
            Self::Text(text) => Argument::Text(text),
            Self::Number(digits) => Argument::Number(digits),
            Self::Group(members) => Argument::Group(borrowed(members)),
        }
    }
}

/// `None` is not given.
fn argument(value: &Bound<'_, PyAny>, parameter: &Parameter, path: &str) -> PyResult<Option<OwnedArgument>> {
    if value.is_none() {
        return Ok(None);
    }
    match parameter.kind {
        ParameterKind::Group(table) => group(value, table.parameters, path).map(Some),
        kind => scalar_argument(value, kind, path).map(Some),
    }
}

fn scalar_argument(value: &Bound<'_, PyAny>, kind: ParameterKind, path: &str) -> PyResult<OwnedArgument> {
    let py = value.py();
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.encode_utf8().map_err(|_| invalid(py, path, "must not contain lone surrogates"))?;
        return Ok(OwnedArgument::Text(String::from_utf8_lossy(text.as_bytes()).into_owned()));
    }
    // `bool` is an `int` to Python, and never one to a gateway.
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return integer_digits(value).map(OwnedArgument::Number).map_err(|_| invalid(py, path, "is too long"));
    }
    if value.is_instance_of::<PyFloat>() {
        let rule = "must not be a float, which is not exact: give Decimal(\"1.25\"), \"1.25\" or an int";
        return Err(invalid(py, path, rule));
    }
    if value.get_type().is_subclass(decimal(py)?)? {
        return decimal_digits(value).map(OwnedArgument::Number);
    }
    let wanted = match kind {
        ParameterKind::Amount => "Decimal, int or str",
        ParameterKind::Integer => "int",
        _ => "str",
    };
    Err(invalid(py, path, format!("must be {wanted}, not {}", value.get_type().name()?)))
}

/// The HTTP status of an answer.
pub(crate) fn http_status(status: &Bound<'_, PyAny>) -> PyResult<u16> {
    let number = if status.is_instance_of::<PyBool>() { None } else { status.extract().ok() };
    number.ok_or_else(|| invalid(status.py(), "status", "must be the HTTP status of the answer"))
}

fn group(value: &Bound<'_, PyAny>, members: &[Parameter], path: &str) -> PyResult<OwnedArgument> {
    let py = value.py();
    let not_a_mapping = |_| invalid(py, path, "must be a mapping of its fields");
    let mut arguments: Vec<_> = members.iter().map(|_| None).collect();
    let entries = value.call_method0(intern!(py, "items")).map_err(not_a_mapping)?;
    for entry in entries.try_iter().map_err(not_a_mapping)? {
        let (name, value) = entry?.extract::<(String, Bound<'_, PyAny>)>().map_err(not_a_mapping)?;
        let path = format!("{path}.{name}");
        let Some(position) = members.iter().position(|member| member.name == name) else {
            let known: Vec<_> = members.iter().map(|member| member.name).collect();
            return Err(invalid(py, &path, is_unknown(py, &name, &known)?));
        };
        arguments[position] = argument(&value, &members[position], &path)?;
    }
    Ok(OwnedArgument::Group(arguments))
}
