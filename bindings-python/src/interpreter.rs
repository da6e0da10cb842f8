//! One interpreter of a process: what is kept for the whole process belongs to the first that imports the package.

use pyo3::exceptions::PyImportError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// The builtins of the interpreter that was first: every interpreter has its own.
static BUILTINS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
static DEFINITIONS: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// Claims the package for this interpreter. Another would get exceptions of classes that are not its own, which its
/// `except` does not catch.
pub(crate) fn claim(py: Python<'_>) -> PyResult<()> {
    let builtins = py.import("builtins")?;
    if once(&BUILTINS, py, || Ok(builtins.clone().unbind()))?.is(&builtins) {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "payseal is in use by another interpreter of this process, and works in one only. With mod_wsgi, set \
         WSGIApplicationGroup %{GLOBAL} for every application, or give each a daemon process of its own",
    ))
}

/// The first class or function of that name. Modules that are reloaded, or imported once more, define theirs again, and
/// `except` and `isinstance` have to go on working.
#[pyfunction]
pub(crate) fn defined_once<'py>(definition: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = definition.py();
    let definitions = once(&DEFINITIONS, py, || Ok(PyDict::new(py).unbind()))?.bind(py);
    let name = definition.getattr(intern!(py, "__qualname__"))?;
    definitions.call_method1(intern!(py, "setdefault"), (name, definition))
}

/// What a cell holds, made when it is first asked for.
///
/// No lock is held while it is made: that may run Python code, which may wait for another thread, or ask for the same
/// cell. The first value that is ready is kept.
pub(crate) fn once<'a, T>(
    cell: &'a PyOnceLock<T>,
    py: Python<'_>,
    make: impl FnOnce() -> PyResult<T>,
) -> PyResult<&'a T> {
    if let Some(value) = cell.get(py) {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(py, || value))
}
