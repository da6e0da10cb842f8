//! Waiting for an invoice.

use std::sync::{Arc, Mutex};

use payseal::binding::{self, Observed};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::classes::record;
use crate::client::Client;
use crate::error::{invalid, raise};
use crate::machine::{Machine, Outcome, Running, lock};

/// Waits for one invoice until it is paid or can no longer be, as a state machine without I/O.
/// ``payseal.driver`` runs it. Callbacks may come late, repeated or in another order.
#[pyclass(module = "payseal", frozen, extends = Machine)]
pub(crate) struct Watch {
    /// What tells of its invoice's payment.
    message: Message,
    called: Arc<Mutex<dyn Called>>,
}

/// What a gateway sends when an invoice is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    Callback,
    Notification,
}

impl Message {
    /// The name of its class.
    const fn class(self) -> &'static str {
        match self {
            Self::Callback => "Callback",
            Self::Notification => "Notification",
        }
    }

    /// The name of the argument that takes it.
    const fn argument(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Notification => "notification",
        }
    }
}

/// What takes verified callbacks, of whatever gateway.
trait Called: Send {
    fn observe(&mut self, observed: Observed<'_>) -> bool;
    fn is_called_back(&self) -> bool;
}

impl<Gateway: payseal::watch::Watched> Called for Running<payseal::watch::Watch<Gateway>> {
    fn observe(&mut self, observed: Observed<'_>) -> bool {
        binding::observe(&mut self.machine, observed)
    }

    fn is_called_back(&self) -> bool {
        self.machine.is_called_back()
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
        message: Message,
        core: payseal::Result<payseal::watch::Watch<Gateway>>,
    ) -> PyResult<Py<Self>> {
        let running = Running::new(core.map_err(|error| raise(py, &error))?, client);
        let machine = Machine::new(Arc::clone(&running));
        Py::new(py, PyClassInitializer::from(machine).add_subclass(Self { message, called: running }))
    }

    /// Refuses all but what verification gave, of the gateway that the invoice is of.
    #[inline(never)]
    fn check(&self, message: Message, verified: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, argument) = (verified.py(), message.argument());
        if message != self.message {
            let rule = format!("is of another gateway than the invoice: use on_{}", self.message.argument());
            return Err(invalid(py, argument, rule));
        }
        let class = py.import("payseal._results")?.getattr(message.class())?;
        if verified.get_type().is(&class) {
            return Ok(());
        }
        Err(invalid(py, argument, format!("must be the verified {}", message.class())))
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
    fn on_callback(&self, callback: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = callback.py();
        self.check(Message::Callback, callback)?;
        let text = |name: &Bound<'_, PyString>| callback.getattr(name)?.extract::<String>();
        let (invoice, kind) = (text(intern!(py, "uniqueid"))?, text(intern!(py, "type"))?);
        let status = text(intern!(py, "status"))?;
        let observed = Observed { invoice: &invoice, kind: Some(&kind), status: &status, active: None };
        Ok(lock(&self.called).observe(observed))
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
    fn on_notification(&self, notification: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = notification.py();
        self.check(Message::Notification, notification)?;
        let text = |name: &Bound<'_, PyString>| notification.getattr(name)?.extract::<String>();
        let (invoice, status) = (text(intern!(py, "id"))?, text(intern!(py, "status"))?);
        let active = notification.getattr(intern!(py, "active"))?.extract()?;
        let observed = Observed { invoice: &invoice, kind: None, status: &status, active };
        Ok(lock(&self.called).observe(observed))
    }

    /// Whether a callback or a notification was handed in that ends the watch with its next step.
    #[getter]
    fn is_called_back(&self) -> bool {
        lock(&self.called).is_called_back()
    }

    /// The UUID of a crypto invoice is a capability: it stays out of logs.
    #[expect(clippy::unused_self, reason = "pyo3 wants it")]
    fn __repr__(&self) -> &'static str {
        "<Watch>"
    }
}
