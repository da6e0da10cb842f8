//! What the clients of all gateways can do.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::body::Body;
use crate::call::{Call, CodePages};
use crate::client::{Client, Made, holds_a_key};
use crate::error::raise;
use crate::result::to_python;
use crate::source::OwnedProof;

/// The base of every client's class.
#[pyclass(module = "payseal._native", name = "Client", frozen, subclass, weakref)]
pub(crate) struct BaseClient {
    /// What it is called until it is made.
    name: &'static str,
    made: Made<Arc<Client>>,
}

impl BaseClient {
    pub(crate) const fn named(name: &'static str) -> Self {
        Self { name, made: Made::nothing() }
    }

    /// Makes the client, with a value for each of its gateway's settings.
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn make(
        &self,
        py: Python<'_>,
        values: &[Option<&Bound<'_, PyAny>>],
        misspelt: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        self.made.set(py, Arc::new(Client::open(py, self.name, values, misspelt)?))
    }

    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<&Arc<Client>> {
        self.made.get(py)
    }

    /// The gateway's own client, for what only that can do.
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn own<Core: 'static>(&self, py: Python<'_>) -> PyResult<&Core> {
        self.client(py)?.own().map_err(|error| raise(py, &error))
    }

    /// Verifies a callback by what its gateway proves it with, then reads it.
    pub(crate) fn verify<'py>(
        &self,
        body: &Bound<'py, PyAny>,
        proof: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, body) = (body.py(), Body::from_python(body)?);
        let core = self.client(py)?.core();
        let proof = OwnedProof::from_python(core.gateway().callback.proof, proof)?;
        let verified = body.read(|bytes| core.verify(bytes, &proof.borrow(), core.max_body()));
        let verified = verified.map_err(|error| raise(py, &error))?;
        to_python(py, &verified.parsed, verified.secret_index)
    }
}

#[pymethods]
impl BaseClient {
    /// The call of a method, with its arguments in the order of its parameters.
    fn _call<'py>(&self, name: &str, values: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, Call>> {
        Bound::new(values.py(), Call::make(self.client(values.py())?, name, values)?)
    }

    /// Calls for page after page of what a method lists.
    fn _pages(&self, name: &str, values: &Bound<'_, PyTuple>) -> PyResult<CodePages> {
        CodePages::start(self.client(values.py())?, name, values)
    }

    /// A client cannot change: a copy of it is itself.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Err(holds_a_key(slf))
    }

    /// Without the keys, and without a password in the address.
    fn __repr__(&self, py: Python<'_>) -> String {
        match self.client(py) {
            Ok(client) => format!("<{} {}>", client.core().gateway().name, client.address()),
            Err(_) => format!("<{} not made>", self.name),
        }
    }
}
