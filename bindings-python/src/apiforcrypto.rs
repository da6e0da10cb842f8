//! The client of Api for Crypto.

use std::sync::Arc;

use payseal::apiforcrypto::{BASE_URL, NotificationFields};
use payseal::binding::{Parameters, without_password};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::with_arguments;
use crate::body::Body;
use crate::call::{Call, find};
use crate::client::{self, Made, holds_a_key, optional_text, refuse_misspelt, secret, text};
use crate::error::raise;
use crate::machine::Client;
use crate::policy::watch_policy;
use crate::result::to_python;
use crate::test_message::TestNotification;
use crate::watch::{Message, Watch};

/// A client with its keys.
struct ApiForCrypto {
    core: payseal::ApiForCrypto,
    max_body: usize,
    base_url: String,
}

impl Client for ApiForCrypto {
    type Core = payseal::ApiForCrypto;
    const MESSAGE: Message = Message::Notification;

    fn core(&self) -> &payseal::ApiForCrypto {
        &self.core
    }
}

impl ApiForCrypto {
    fn open(
        wallet_id: &Bound<'_, PyAny>,
        notification_secret: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        invoice_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let (base_url, max_body) = (client::base_url(base_url, BASE_URL)?, client::max_body(max_body)?);
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
}

/// The base of the Python class ``payseal.ApiForCrypto``.
#[pyclass(module = "payseal._native", name = "ApiForCrypto", frozen, subclass, weakref)]
pub(crate) struct ApiForCryptoClient(Made<Arc<ApiForCrypto>>);

#[pymethods]
impl ApiForCryptoClient {
    #[new]
    #[pyo3(
        signature = (*_arguments, **_keywords),
        text_signature = "(wallet_id, notification_secret=None, *, base_url=None, invoice_url=None, max_body=None)"
    )]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> Self {
        Self(Made::nothing())
    }

    #[pyo3(signature = (
        wallet_id, notification_secret=None, *, base_url=None, invoice_url=None, max_body=None, **misspelt
    ))]
    fn __init__(
        &self,
        wallet_id: &Bound<'_, PyAny>,
        notification_secret: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        invoice_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
        misspelt: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        let known = ["wallet_id", "notification_secret", "base_url", "invoice_url", "max_body"];
        refuse_misspelt("ApiForCrypto", misspelt, &known)?;
        let client = ApiForCrypto::open(wallet_id, notification_secret, base_url, invoice_url, max_body)?;
        self.0.set(wallet_id.py(), Arc::new(client))
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
        let client = self.0.get(py)?;
        let parsed = body.read(|bytes| client.core.verify(bytes, secret_key.as_deref()));
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
    fn watch_invoice(&self, uuid: &Bound<'_, PyAny>, policy: Option<&Bound<'_, PyAny>>) -> PyResult<Py<Watch>> {
        let py = uuid.py();
        let (client, policy) = (self.0.get(py)?, watch_policy(policy)?);
        let core = payseal::watch::Watch::with_policy(&client.core, text(uuid, "uuid")?, policy);
        Watch::start(py, client, core)
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
    fn resume_watch(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
        let client = self.0.get(py)?;
        let core = payseal::watch::Watch::from_text(&client.core, &self::text(text, "text")?);
        Watch::start(py, client, core)
    }

    /// The call of a method, with its arguments in the order of its parameters.
    fn _call<'py>(&self, name: &str, values: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, Call>> {
        let client = self.0.get(values.py())?;
        let call = Call::make(&client.core, find(payseal::ApiForCrypto::METHODS, name)?, values, client.max_body)?;
        Bound::new(values.py(), call)
    }

    fn _test_notification(&self, values: &Bound<'_, PyTuple>) -> PyResult<Py<TestNotification>> {
        let client = self.0.get(values.py())?;
        let table = NotificationFields::SCHEMA;
        let made = with_arguments(values, table.parameters, |inputs| client.core.notification_of(inputs))?;
        TestNotification::new(values.py(), made)
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

    /// Without the wallet's id, and without a password in the address.
    fn __repr__(&self, py: Python<'_>) -> String {
        let address = self.0.get(py).map_or_else(|_| "not made".into(), |client| without_password(&client.base_url));
        format!("<ApiForCrypto {address}>")
    }
}
