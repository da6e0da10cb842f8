//! Payouts that happen exactly once.

use std::sync::Arc;

use payseal::payout::Policy;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::classes::{choice, record};
use crate::client::Client;
use crate::error::raise;
use crate::machine::{Kind, Machine, Outcome};
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

impl Payout {
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn start(
        py: Python<'_>,
        client: &Arc<Client>,
        core: payseal::Result<payseal::payout::Payout>,
    ) -> PyResult<Py<Self>> {
        let core = core.map_err(|error| raise(py, &error))?;
        let payout = Self { uniqueid: core.uniqueid().to_owned(), policy: core.policy().clone() };
        Py::new(py, Machine::new(core, client).add_subclass(payout))
    }
}

impl Kind for payseal::payout::Payout {}

impl Outcome for payseal::payout::Outcome {
    fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let optional = |text: Option<&str>| text.into_pyobject(py);
        let status = match &self.status {
            Some(status) => choice(py, "TransactionStatus", status.as_str())?,
            None => py.None().into_bound(py),
        };
        let differences = self.differences.iter().map(|difference| {
            (difference.field, difference.expected.as_str(), difference.actual.as_deref()).into_pyobject(py)
        });
        let values = [
            PyString::new(py, self.verdict.as_str()).into_any(),
            status,
            optional(self.orderid.as_deref())?,
            optional(self.transid.as_deref())?,
            optional(self.reason.as_deref())?,
            PyTuple::new(py, differences.collect::<PyResult<Vec<_>>>()?)?.into_any(),
        ];
        record(py, "Outcome", &values)
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
