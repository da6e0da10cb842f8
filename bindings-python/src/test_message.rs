//! Messages as the gateways would send them, to test an endpoint with.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::call::headers;
use crate::client::holds_a_key;

/// A callback as the gateway would send it.
#[pyclass(module = "payseal", frozen, weakref)]
pub(crate) struct SignedCallback(pub(crate) payseal::bitloga::SignedCallback);

/// A notification as the gateway would send it.
#[pyclass(module = "payseal", frozen, weakref)]
pub(crate) struct TestNotification(pub(crate) payseal::apiforcrypto::TestNotification);

#[pymethods]
impl SignedCallback {
    /// The bytes to post.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.body)
    }

    /// The headers, signature included, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        headers(py, &self.0.headers)
    }

    /// It cannot change: a copy of it is itself.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Err(holds_a_key(slf))
    }
}

#[pymethods]
impl TestNotification {
    /// Tells pytest that this is no class of tests.
    #[classattr]
    fn __test__() -> bool {
        false
    }

    /// The bytes to post.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.body)
    }

    /// The headers, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        headers(py, &self.0.headers)
    }

    /// It cannot change: a copy of it is itself.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Err(holds_a_key(slf))
    }
}
