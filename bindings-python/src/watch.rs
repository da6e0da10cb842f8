//! Waiting for an invoice.

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::{invalid, raise};
use crate::machine::{Client, Machine, Observed, Particular};

/// Waits for one invoice until it is paid or can no longer be, as a state machine without I/O.
/// ``payseal.driver`` runs it. Callbacks may come late, repeated or in another order.
#[pyclass(module = "payseal", frozen, extends = Machine)]
pub(crate) struct Watch;

impl<Gateway: payseal::watch::Watched> Particular for payseal::watch::Watch<Gateway> {
    fn identifier(&self) -> String {
        self.invoice_id().to_owned()
    }

    fn is_called_back(&self) -> bool {
        self.is_called_back()
    }

    fn observe(&mut self, observed: &Observed) -> bool {
        self.observe(&observed.invoice, observed.kind.as_deref(), &observed.status, observed.active)
    }
}

impl Watch {
    pub(crate) fn start<C>(
        py: Python<'_>,
        client: &Arc<C>,
        core: payseal::Result<payseal::watch::Watch<C::Core>>,
    ) -> PyResult<Py<Self>>
    where
        C: Client + 'static,
        C::Core: payseal::watch::Watched + 'static,
    {
        let core = core.map_err(|error| raise(py, &error))?;
        Py::new(py, PyClassInitializer::from(Machine::new(core, Arc::clone(client))).add_subclass(Self))
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
    ///     InvalidInputError: It is not a verified callback.
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
        let py = callback.py();
        let text = |name| text_of(callback, "Callback", name);
        let observed = Observed {
            invoice: text(intern!(py, "uniqueid"))?,
            kind: Some(text(intern!(py, "type"))?),
            status: text(intern!(py, "status"))?,
            active: None,
        };
        Ok(slf.as_super().get().observe(&observed))
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
    ///     InvalidInputError: It is not a verified notification.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> body = b'{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":"k"}'
    /// >>> crypto = ApiForCrypto("wallet-id")
    /// >>> crypto.watch_invoice("i1").on_notification(crypto.verify_notification(body, "k"))
    /// True
    fn on_notification(slf: &Bound<'_, Self>, notification: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = notification.py();
        let text = |name| text_of(notification, "Notification", name);
        let observed = Observed {
            invoice: text(intern!(py, "id"))?,
            kind: None,
            status: text(intern!(py, "status"))?,
            active: notification.getattr(intern!(py, "active"))?.extract()?,
        };
        Ok(slf.as_super().get().observe(&observed))
    }

    /// Whether a callback or a notification was handed in that ends the watch with its next step.
    #[getter]
    fn is_called_back(slf: &Bound<'_, Self>) -> bool {
        slf.as_super().get().is_called_back()
    }

    /// The UUID of a crypto invoice is a capability: it stays out of logs.
    #[expect(clippy::unused_self, reason = "pyo3 wants it")]
    fn __repr__(&self) -> &'static str {
        "<Watch>"
    }
}

/// A field of what verification gave: an object of that very class, which nothing else makes.
fn text_of(verified: &Bound<'_, PyAny>, class: &str, name: &Bound<'_, PyString>) -> PyResult<String> {
    let py = verified.py();
    let expected = py.import("payseal._results")?.getattr(class)?;
    if !verified.get_type().is(&expected) {
        return Err(invalid(py, "callback", format!("must be the verified {class}")));
    }
    verified.getattr(name)?.extract()
}
