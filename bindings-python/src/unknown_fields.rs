//! Unknown fields that a caller gives, as the core's values: what JSON has, with exact numbers.

use payseal::{MAX_DEPTH, Value};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::arguments::utf8;
use crate::decimal::{decimal, decimal_digits, integer_digits};
use crate::error::invalid;

/// The argument they are given as.
const EXTRA: &str = "extra";

/// The fields of a mapping, in its order. The core knows the rules; how deep they go is bounded here too, for a mapping
/// may contain itself.
pub(crate) fn extra_fields(extra: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<(String, Value)>> {
    extra.map_or_else(|| Ok(Vec::new()), |extra| fields(extra, 1))
}

fn fields(mapping: &Bound<'_, PyAny>, depth: usize) -> PyResult<Vec<(String, Value)>> {
    let py = mapping.py();
    let not_a_mapping = |_| invalid(py, EXTRA, "must be a mapping of names to values");
    let entries = mapping.call_method0(intern!(py, "items")).map_err(not_a_mapping)?;
    let mut fields = Vec::new();
    for entry in entries.try_iter().map_err(not_a_mapping)? {
        let (name, field) = entry?.extract::<(Bound<'_, PyString>, Bound<'_, PyAny>)>().map_err(not_a_mapping)?;
        fields.push((utf8(&name, EXTRA)?, value(&field, depth)?));
    }
    Ok(fields)
}

fn value(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    let py = value.py();
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(boolean) = value.cast::<PyBool>() {
        return Ok(Value::Boolean(boolean.is_true()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return utf8(text, EXTRA).map(Value::Text);
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(Value::Number(integer_digits(value)?.into()));
    }
    if value.is_instance_of::<PyFloat>() {
        return Err(invalid(
            py,
            EXTRA,
            "must not hold a float, which is not exact: give Decimal(\"1.25\") or \"1.25\"",
        ));
    }
    if value.get_type().is_subclass(decimal(py)?)? {
        return Ok(Value::Number(decimal_digits(value)?.into()));
    }
    if depth >= MAX_DEPTH {
        return Err(invalid(py, EXTRA, format!("must not be nested more than {MAX_DEPTH} deep")));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let values = value.try_iter()?.map(|each| self::value(&each?, depth + 1));
        return values.collect::<PyResult<_>>().map(Value::List);
    }
    if value.hasattr(intern!(py, "items"))? {
        return fields(value, depth + 1).map(Value::Object);
    }
    Err(invalid(py, EXTRA, format!("must hold what JSON has, not {}", value.get_type().name()?)))
}
