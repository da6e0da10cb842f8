//! The client of Api for Crypto.

use payseal::apiforcrypto::NotificationFields;
use payseal::binding::Parameters;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::with_arguments;
use crate::base::BaseClient;
use crate::client::text;
use crate::policy::watch_policy;
use crate::test_message::TestNotification;
use crate::watch::Watch;

/// The base of the Python class ``payseal.ApiForCrypto``.
#[pyclass(module = "payseal._native", name = "ApiForCrypto", extends = BaseClient, frozen, subclass)]
pub(crate) struct ApiForCryptoClient;

#[pymethods]
impl ApiForCryptoClient {
    #[new]
    #[pyo3(signature = (*_arguments, **_keywords), text_signature = "(wallet_id, notification_secret=None, *, base_url=None, invoice_url=None, max_body=None)")]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> PyClassInitializer<Self> {
        PyClassInitializer::from(BaseClient::named("ApiForCrypto")).add_subclass(Self)
    }

    #[pyo3(signature = (wallet_id, notification_secret=None, *, base_url=None, invoice_url=None, max_body=None, **misspelt))]
    fn __init__(
        slf: &Bound<'_, Self>,
        wallet_id: &Bound<'_, PyAny>,
        notification_secret: Option<&Bound<'_, PyAny>>,
        base_url: Option<&Bound<'_, PyAny>>,
        invoice_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
        misspelt: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        let settings = [Some(wallet_id), notification_secret, base_url, invoice_url, max_body];
        base(slf).make(slf.py(), &settings, misspelt)
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
    ///     MalformedError: The body is not a notification.
    ///     InvalidInputError: There is no secret to compare with, or the body is not as received.
    ///
    /// >>> from payseal import ApiForCrypto
    /// >>> body = b'{"id":"i1","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":"k"}'
    /// >>> ApiForCrypto("wallet-id").verify_notification(body, "k").status.is_paid
    /// True
    #[pyo3(signature = (body, secret_key=None))]
    fn verify_notification<'py>(
        slf: &Bound<'py, Self>,
        body: &Bound<'py, PyAny>,
        secret_key: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        base(slf).verify(body, secret_key)
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
        let (core, policy) = (own(slf)?, watch_policy(policy)?);
        let watch = payseal::watch::Watch::with_policy(core, text(uuid, "uuid")?, policy);
        Watch::start(slf.py(), base(slf).client(slf.py())?, watch)
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
        let watch = payseal::watch::Watch::from_text(own(slf)?, &self::text(text, "text")?);
        Watch::start(slf.py(), base(slf).client(slf.py())?, watch)
    }

    fn _test_notification(slf: &Bound<'_, Self>, values: &Bound<'_, PyTuple>) -> PyResult<Py<TestNotification>> {
        let core = own(slf)?;
        let parameters = NotificationFields::SCHEMA.parameters;
        let made = with_arguments(values, parameters, |inputs| payseal::binding::test_notification(core, inputs))?;
        TestNotification::new(slf.py(), made)
    }
}

fn base<'a>(slf: &'a Bound<'_, ApiForCryptoClient>) -> &'a BaseClient {
    slf.as_super().get()
}

fn own<'a>(slf: &'a Bound<'_, ApiForCryptoClient>) -> PyResult<&'a payseal::ApiForCrypto> {
    base(slf).own(slf.py())
}
