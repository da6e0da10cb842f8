//! The client of Api for Crypto.

use payseal::apiforcrypto::BASE_URL;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::body::Body;
use crate::call::{Call, find};
use crate::client::{max_body, optional_text, secret, text};
use crate::error::raise;
use crate::machine::Client;
use crate::policy::watch_policy;
use crate::result::to_python;
use crate::watch::Watch;

/// What the Python class ``payseal.ApiForCrypto`` stands on.
#[pyclass(module = "payseal._native", frozen, subclass)]
pub(crate) struct ApiForCrypto {
    core: payseal::ApiForCrypto,
    max_body: usize,
    base_url: String,
}

impl Client for ApiForCrypto {
    type Core = payseal::ApiForCrypto;

    fn core(client: &Py<Self>) -> &payseal::ApiForCrypto {
        &client.get().core
    }
}

#[pymethods]
impl ApiForCrypto {
    #[new]
    #[pyo3(signature = (wallet_id, notification_secret=None, *, base_url=None, invoice_url=None, max_body=None))]
    fn new(
        wallet_id: &Bound<'_, PyAny>,
        notification_secret: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        invoice_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let base_url = optional_text(base_url, "base_url")?.unwrap_or_else(|| BASE_URL.to_owned());
        let max_body = self::max_body(max_body)?;
        let mut core = payseal::ApiForCrypto::new(text(wallet_id, "wallet_id")?);
        core = core.base_url(base_url.as_str()).max_body(max_body);
        if let Some(notification_secret) = notification_secret {
            core = core.notification_secret(&secret(notification_secret)?);
        }
        if let Some(invoice_url) = optional_text(invoice_url, "invoice_url")? {
            core = core.with_invoice_url(invoice_url);
        }
        core.check().map_err(|error| raise(wallet_id.py(), &error))?;
        Ok(Self { core, max_body, base_url })
    }

    /// Verifies that a notification carries the invoice's ``secret_key``, then reads it.
    ///
    /// Whoever has seen one notification can replay it: act only when the status has changed, and
    /// better on what :meth:`invoice` then says.
    ///
    /// Parameters:
    ///     body: The body exactly as received: ``bytes``, ``bytearray``, ``memoryview`` or ``str``.
    ///     secret_key: The one the invoice was created with. Leave it out if the client has a
    ///         notification secret, which it is derived from.
    ///
    /// Returns:
    ///     The verified :class:`Notification`.
    ///
    /// Raises:
    ///     SignatureError: The ``secret_key`` is missing, ambiguous or another.
    ///     MalformedError: The body is no notification.
    ///     InvalidInputError: There is no secret to compare with, or the body is not as received.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> body = b'{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":"k"}'
    /// >>> ApiForCrypto("wallet-id").verify_notification(body, "k").status.is_paid
    /// True
    #[pyo3(signature = (body, secret_key=None))]
    fn verify_notification<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        secret_key: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (body, secret_key) = (Body::take(body)?, optional_text(secret_key, "secret_key")?);
        let parsed = body.read(|bytes| self.core.verify(bytes, secret_key.as_deref()));
        to_python(py, &parsed.map_err(|error| raise(py, &error))?, None)
    }

    /// Waits for an invoice until it is paid or can no longer be.
    ///
    /// Parameters:
    ///     uuid: The invoice's ``id``.
    ///     policy: Other limits: ``first_pause``, ``longest_pause``, ``closing_pause`` and
    ///         ``give_up_time``, in seconds.
    ///
    /// Returns:
    ///     A :class:`Watch`, which ``payseal.driver`` runs.
    ///
    /// Raises:
    ///     InvalidInputError: The identifier cannot be one, or a limit is out of range.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> ApiForCrypto("wallet-id").watch_invoice("i1").next(1700000000).request.method
    /// 'GET'
    #[pyo3(signature = (uuid, policy=None))]
    fn watch_invoice(
        slf: &Bound<'_, Self>,
        uuid: &Bound<'_, PyAny>,
        policy: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<Watch>> {
        let (uuid, policy) = (self::text(uuid, "uuid")?, watch_policy(policy)?);
        let core = payseal::watch::Watch::with_policy(&slf.get().core, uuid, policy);
        Watch::start(slf.py(), slf.clone().unbind(), core.map_err(|error| raise(slf.py(), &error))?)
    }

    /// Goes on with a watch that was saved with :meth:`Watch.to_text`.
    ///
    /// Parameters:
    ///     text: What :meth:`Watch.to_text` gave.
    ///
    /// Returns:
    ///     The :class:`Watch`.
    ///
    /// Raises:
    ///     MalformedError: The text is not a saved watch.
    ///     InvalidInputError: The watch is of another account or address.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> client = ApiForCrypto("wallet-id")
    /// >>> watch = client.watch_invoice("i1")
    /// >>> client.resume_watch(watch.to_text()) == watch
    /// True
    fn resume_watch(slf: &Bound<'_, Self>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
        let core = payseal::watch::Watch::from_text(&slf.get().core, &self::text(text, "text")?);
        Watch::start(slf.py(), slf.clone().unbind(), core.map_err(|error| raise(slf.py(), &error))?)
    }

    /// The call of a method, with its arguments in the order of its parameters.
    fn _call<'py>(&self, name: &str, values: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, Call>> {
        let call = Call::make(&self.core, find(payseal::ApiForCrypto::METHODS, name)?, values, self.max_body)?;
        Bound::new(values.py(), call)
    }

    fn __repr__(&self) -> String {
        format!("<ApiForCrypto {}>", self.base_url)
    }
}
