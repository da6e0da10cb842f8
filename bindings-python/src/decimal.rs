//! Exact numbers: Python's `Decimal` and `int`, and their digits.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyInt, PyList, PyType};

use crate::interpreter::once;

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static EXACT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The most digits an amount may have in the core; a `Decimal` that would need more keeps its exponent.
const MOST_DIGITS: u64 = 64;

/// What makes a `Decimal` of the text of an amount: a context that holds every amount exactly, which
/// takes less time than the class.
pub(crate) fn exact_decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    let make = || {
        let settings = [("prec", 64), ("Emax", 999_999), ("Emin", -999_999), ("clamp", 0)].into_py_dict(py)?;
        settings.set_item("traps", PyList::empty(py))?;
        let context = py.import("decimal")?.getattr("Context")?.call((), Some(&settings))?;
        context.getattr("create_decimal").map(Bound::unbind)
    };
    Ok(once(&EXACT, py, make)?.bind(py))
}

/// `decimal.Decimal`, imported when it is first needed: that takes longer than all of this package.
pub(crate) fn decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    let import = || Ok(py.import("decimal")?.getattr("Decimal")?.cast_into()?.unbind());
    Ok(once(&DECIMAL, py, import)?.bind(py))
}

/// The digits of an integer, whatever a subclass says its `str` is.
pub(crate) fn integer_digits(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(value) = value.extract::<i64>() {
        return Ok(value.to_string());
    }
    let integer = value.py().get_type::<PyInt>();
    integer.call_method1(intern!(value.py(), "__repr__"), (value,))?.extract()
}

/// The exact digits of an amount, without exponent where they are not too many.
// As the text it was made of has them: `0.00000001`, not `1E-8`. A subclass may show itself rounded; it is read through
// the class itself.
#[pyfunction(name = "amount_text")]
pub(crate) fn decimal_digits(amount: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = amount.py();
    let decimal = decimal(py)?;
    let text: String = decimal.call_method1(intern!(py, "__str__"), (amount,))?.extract()?;
    if !text.contains('E') {
        return Ok(text);
    }
    // The zeros of a number that the core refuses need not be written out first.
    let magnitude = decimal.call_method1(intern!(py, "adjusted"), (amount,))?.extract::<i64>()?;
    if magnitude.unsigned_abs() > MOST_DIGITS {
        return Ok(text);
    }
    let plain: String = decimal.call_method1(intern!(py, "__format__"), (amount, "f"))?.extract()?;
    let digits = plain.bytes().filter(u8::is_ascii_digit).count() as u64;
    Ok(if digits <= MOST_DIGITS { plain } else { text })
}
