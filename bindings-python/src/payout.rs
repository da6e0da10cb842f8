//! Payouts that happen exactly once.

use std::sync::Arc;

use payseal::payout::Policy;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::bitloga::Bitloga;
use crate::error::raise;
use crate::machine::{Machine, Particular};
use crate::policy::to_python;

/// One payout that is never paid twice, as a state machine without I/O.
///
/// A ``withdraw`` that times out leaves you not knowing whether money has moved. A payout settles
/// that by asking ``details``. ``payseal.driver`` runs it. If you write the loop yourself, save
/// :meth:`to_text` whenever :attr:`revision` has changed, before anything else is done: a crash at
/// any point then loses nothing and pays nothing twice.
#[pyclass(module = "payseal", frozen, extends = Machine)]
pub(crate) struct Payout {
    uniqueid: String,
    policy: Policy,
}

impl Particular for payseal::payout::Payout {}

impl Payout {
    pub(crate) fn start(py: Python<'_>, client: Arc<Bitloga>, core: payseal::payout::Payout) -> PyResult<Py<Self>> {
        let payout = Self { uniqueid: core.uniqueid().to_owned(), policy: core.policy().clone() };
        Py::new(py, PyClassInitializer::from(Machine::new(core, client)).add_subclass(payout))
    }

    pub(crate) fn resume(py: Python<'_>, client: Arc<Bitloga>, text: &str) -> PyResult<Py<Self>> {
        let core = client.core.resume_payout(text).map_err(|error| raise(py, &error))?;
        Self::start(py, client, core)
    }
}

#[pymethods]
impl Payout {
    /// Its identifier.
    #[getter]
    fn uniqueid(&self) -> &str {
        &self.uniqueid
    }

    /// Its limits, as a new dict that ``policy=`` takes.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        to_python(py, &self.policy)
    }

    /// What is paid out stays out of logs.
    fn __repr__(&self) -> String {
        format!("<Payout {}>", self.uniqueid)
    }
}
