//! Messages as the gateways would send them, to test an endpoint with.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::call::headers;
use crate::client::holds_a_key;

/// What :class:`SignedCallback` and :class:`TestNotification` have in common.
#[pyclass(module = "payseal", frozen, subclass, weakref)]
pub(crate) struct TestMessage {
    body: Vec<u8>,
    headers: Vec<(&'static str, String)>,
}

/// A callback as the gateway would send it.
#[pyclass(module = "payseal", frozen, extends = TestMessage)]
pub(crate) struct SignedCallback;

/// A notification as the gateway would send it.
#[pyclass(module = "payseal", frozen, extends = TestMessage)]
pub(crate) struct TestNotification;

impl SignedCallback {
    pub(crate) fn new(py: Python<'_>, signed: payseal::bitloga::SignedCallback) -> PyResult<Py<Self>> {
        let message = TestMessage { body: signed.body, headers: signed.headers };
        Py::new(py, PyClassInitializer::from(message).add_subclass(Self))
    }
}

impl TestNotification {
    pub(crate) fn new(py: Python<'_>, made: payseal::apiforcrypto::TestNotification) -> PyResult<Py<Self>> {
        let message = TestMessage { body: made.body, headers: made.headers };
        Py::new(py, PyClassInitializer::from(message).add_subclass(Self))
    }
}

#[pymethods]
impl TestMessage {
    /// Tells pytest that this is not a class of tests.
    #[classattr]
    fn __test__() -> bool {
        false
    }

    /// The bytes to post.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.body)
    }

    /// The headers, signature included, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        headers(py, &self.headers)
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
