//! Waiting for an invoice.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::classes::record;
use crate::client::Client;
use crate::error::{invalid, raise};
use crate::machine::{Kind, Machine, Observed, Outcome};

/// Waits for one invoice until it is paid or can no longer be, as a state machine without I/O.
/// ``payseal.driver`` runs it. Callbacks may come late, repeated or in another order.
#[pyclass(module = "payseal", frozen, extends = Machine)]
pub(crate) struct Watch {
    /// The name of the class of callbacks that its gateway sends.
    message: &'static str,
}

impl<Gateway: payseal::watch::Watched + 'static> Kind for payseal::watch::Watch<Gateway> {
    fn observe(&mut self, observed: &Observed) -> bool {
        self.observe(&observed.invoice, observed.kind.as_deref(), &observed.status, observed.active)
    }

    fn is_called_back(&self) -> bool {
        self.is_called_back()
    }
}

impl Outcome for payseal::watch::WatchOutcome {
    fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let verdict = PyString::new(py, self.verdict.as_str()).into_any();
        record(py, "WatchOutcome", &[verdict, self.status.as_deref().into_pyobject(py)?])
    }
}

impl Watch {
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn start<Gateway: payseal::watch::Watched + 'static>(
        py: Python<'_>,
        client: &Arc<Client>,
        core: payseal::Result<payseal::watch::Watch<Gateway>>,
    ) -> PyResult<Py<Self>> {
        let machine = Machine::new(core.map_err(|error| raise(py, &error))?, client);
        Py::new(py, machine.add_subclass(Self { message: client.core().gateway().callback.answer }))
    }

    /// Hands in what verification gave, if the gateway of the invoice sends such messages.
    fn observe(slf: &Bound<'_, Self>, message: &str, verified: &Bound<'_, PyAny>, invoice: &str) -> PyResult<bool> {
        let (py, expected) = (slf.py(), slf.get().message);
        if message != expected {
            let rule = format!("is of another gateway than the invoice: use on_{}", expected.to_lowercase());
            return Err(invalid(py, &message.to_lowercase(), rule));
        }
        if !verified.get_type().is(&py.import("payseal._results")?.getattr(message)?) {
            return Err(invalid(py, &message.to_lowercase(), format!("must be the verified {message}")));
        }
        let optional = |name: &str| verified.getattr_opt(name);
        let observed = Observed {
            invoice: verified.getattr(invoice)?.extract()?,
            kind: optional("type")?.map(|kind| kind.extract()).transpose()?,
            status: verified.getattr("status")?.extract()?,
            active: optional("active")?.map_or(Ok(None), |active| active.extract())?,
        };
        Ok(slf.as_super().get().lock().observe(&observed))
    }
}

#[pymethods]
impl Watch {
    /// Hands in a verified callback: one that says that the invoice is paid ends the watch with
    /// its next step.
    ///
    /// Parameters:
    ///     callback: What :meth:`Bitloga.verify_callback` gave.
    ///
    /// Returns:
    ///     Whether it is about this invoice.
    ///
    /// Raises:
    ///     InvalidInputError: It is not a verified callback, or the invoice is not one of Bitloga.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> watch = bitloga.watch_invoice("125")
    /// >>> sent = bitloga.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    /// >>> watch.on_callback(bitloga.verify_callback(sent.body, sent.headers))
    /// True
    /// >>> watch.next(1700000000).outcome.verdict
    /// 'paid'
    fn on_callback(slf: &Bound<'_, Self>, callback: &Bound<'_, PyAny>) -> PyResult<bool> {
        Self::observe(slf, "Callback", callback, "uniqueid")
    }

    /// Hands in a verified notification: one that says that the invoice is paid ends the watch
    /// with its next step.
    ///
    /// Parameters:
    ///     notification: What :meth:`ApiForCrypto.verify_notification` gave.
    ///
    /// Returns:
    ///     Whether it is about this invoice.
    ///
    /// Raises:
    ///     InvalidInputError: It is not a verified notification, or the invoice is not one of Api
    ///         for Crypto.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> body = b'{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":"k"}'
    /// >>> crypto = ApiForCrypto("wallet-id")
    /// >>> crypto.watch_invoice("i1").on_notification(crypto.verify_notification(body, "k"))
    /// True
    fn on_notification(slf: &Bound<'_, Self>, notification: &Bound<'_, PyAny>) -> PyResult<bool> {
        Self::observe(slf, "Notification", notification, "id")
    }

    /// Whether a callback or a notification was handed in that ends the watch with its next step.
    #[getter]
    fn is_called_back(slf: &Bound<'_, Self>) -> bool {
        slf.as_super().get().lock().is_called_back()
    }

    /// The UUID of a crypto invoice is a capability: it stays out of logs.
    #[expect(clippy::unused_self, reason = "pyo3 wants it")]
    fn __repr__(&self) -> &'static str {
        "<Watch>"
    }
}
