//! Python's arguments as the core's. How deep they go is bounded by the schemas.

use payseal::Error;
use payseal::binding::{Argument, Parameter, ParameterKind};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::client::is_unknown;
use crate::decimal::{decimal, decimal_digits, integer_digits};
use crate::error::{invalid, raise};

/// One argument, copied out of Python.
pub(crate) enum OwnedArgument {
    Text(String),
    Number(String),
    Boolean(bool),
    Group(Vec<Option<OwnedArgument>>),
    List(Vec<OwnedArgument>),
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
    named.map(|(parameter, value)| optional(&value, parameter.kind, parameter.name)).collect()
}

pub(crate) fn borrowed(arguments: &[Option<OwnedArgument>]) -> Vec<Option<Argument<'_>>> {
    arguments.iter().map(|argument| argument.as_ref().map(OwnedArgument::borrow)).collect()
}

impl OwnedArgument {
    fn borrow(&self) -> Argument<'_> {
        match self {
            Self::Text(text) => Argument::Text(text),
            Self::Number(digits) => Argument::Number(digits),
            Self::Boolean(boolean) => Argument::Boolean(*boolean),
            Self::Group(members) => Argument::Group(borrowed(members)),
            Self::List(elements) => Argument::List(elements.iter().map(Self::borrow).collect()),
        }
    }
}

/// `None` is not given.
fn optional(value: &Bound<'_, PyAny>, kind: ParameterKind, path: &str) -> PyResult<Option<OwnedArgument>> {
    if value.is_none() { Ok(None) } else { argument(value, kind, path).map(Some) }
}

fn argument(value: &Bound<'_, PyAny>, kind: ParameterKind, path: &str) -> PyResult<OwnedArgument> {
    match kind {
        ParameterKind::Group(schema) => group(value, schema.parameters, path),
        ParameterKind::Boolean => match value.cast::<PyBool>() {
            Ok(boolean) => Ok(OwnedArgument::Boolean(boolean.is_true())),
            Err(_) => Err(wrong_type(value, "bool", path)),
        },
        kind => match kind.element() {
            Some(element) => list(value, element, path),
            None => scalar(value, kind, path),
        },
    }
}

fn scalar(value: &Bound<'_, PyAny>, kind: ParameterKind, path: &str) -> PyResult<OwnedArgument> {
    let py = value.py();
    if let Ok(text) = value.cast::<PyString>() {
        return utf8(text, path).map(OwnedArgument::Text);
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
    Err(wrong_type(value, wanted, path))
}

/// The characters of a text. Half a surrogate pair is none.
pub(crate) fn utf8(text: &Bound<'_, PyString>, path: &str) -> PyResult<String> {
    let utf8 = text.encode_utf8().map_err(|_| invalid(text.py(), path, "must not contain lone surrogates"))?;
    Ok(String::from_utf8_lossy(utf8.as_bytes()).into_owned())
}

fn wrong_type(value: &Bound<'_, PyAny>, wanted: &str, path: &str) -> PyErr {
    let name = value.get_type().name();
    name.map_or_else(|error| error, |name| invalid(value.py(), path, format!("must be {wanted}, not {name}")))
}

/// Lists and tuples: a text is not a list of its characters, and a generator can be gone through once only.
fn list(value: &Bound<'_, PyAny>, element: ParameterKind, path: &str) -> PyResult<OwnedArgument> {
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Err(wrong_type(value, "a list or a tuple", path));
    }
    let elements = value.try_iter()?.enumerate();
    let elements = elements.map(|(number, value)| argument(&value?, element, &format!("{path}[{number}]")));
    elements.collect::<PyResult<_>>().map(OwnedArgument::List)
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
        arguments[position] = optional(&value, members[position].kind, &path)?;
    }
    Ok(OwnedArgument::Group(arguments))
}
