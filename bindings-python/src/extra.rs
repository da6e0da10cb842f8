//! Unknown fields as a mapping that is only made when somebody looks into it: most never do, and
//! there may be any number of objects in it.

use payseal::Value;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyMappingProxy, PyString, PyTuple};

use crate::decimal::decimal;
use crate::interpreter::once;

/// What the Python class `Extra` reads its mapping from.
#[pyclass(module = "payseal._native", frozen)]
pub(crate) struct Fields {
    fields: payseal::Extra,
    mapping: PyOnceLock<Py<PyMappingProxy>>,
}

impl Fields {
    pub(crate) fn new(fields: payseal::Extra) -> Self {
        Self { fields, mapping: PyOnceLock::new() }
    }
}

#[pymethods]
impl Fields {
    /// The fields as an immutable mapping, made when first asked for.
    fn mapping<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyMappingProxy>> {
        let make = || mapping(py, self.fields.iter()).map(Bound::unbind);
        Ok(once(&self.mapping, py, make)?.bind(py).clone())
    }
}

fn mapping<'py, 'v>(
    py: Python<'py>,
    entries: impl Iterator<Item = (&'v str, &'v Value)>,
) -> PyResult<Bound<'py, PyMappingProxy>> {
    let mapping = PyDict::new(py);
    for (name, entry) in entries {
        mapping.set_item(name, value(py, entry)?)?;
    }
    Ok(PyMappingProxy::new(py, mapping.as_mapping()))
}

fn value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Boolean(boolean) => Ok(PyBool::new(py, *boolean).to_owned().into_any()),
        Value::Text(text) => Ok(PyString::new(py, text).into_any()),
        Value::Number(digits) => {
            // An exponent beyond what `Decimal` can hold: the digits are all there is.
            decimal(py)?.call1((&**digits,)).or_else(|_| Ok(PyString::new(py, digits).into_any()))
        }
        Value::List(values) => {
            let values = values.iter().map(|entry| self::value(py, entry)).collect::<PyResult<Vec<_>>>()?;
            Ok(PyTuple::new(py, values)?.into_any())
        }
        Value::Object(entries) => {
            Ok(mapping(py, entries.iter().map(|(name, entry)| (name.as_str(), entry)))?.into_any())
        }
    }
}
