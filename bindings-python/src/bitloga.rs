//! The client of Bitloga.

use payseal::binding::Parameters;
use payseal::bitloga::{BASE_URL, CallbackFields, Expected, ListCodes, Withdraw};
use payseal::signature::Keys;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};

use crate::arguments::with_arguments;
use crate::body::Body;
use crate::call::{Call, CodePages, find, headers};
use crate::classes::record;
use crate::client::{max_body, optional_text, secrets, text};
use crate::error::raise;
use crate::machine::Client;
use crate::payout::Payout;
use crate::policy::{payout_policy, watch_policy};
use crate::result::to_python;
use crate::source::OwnedSource;
use crate::watch::Watch;

/// What the Python class ``payseal.Bitloga`` stands on. It keeps scheduled keys, not the secrets.
#[pyclass(module = "payseal._native", frozen, subclass)]
pub(crate) struct Bitloga {
    pub(crate) core: payseal::Bitloga,
    pub(crate) max_body: usize,
    base_url: String,
}

impl Client for Bitloga {
    type Core = payseal::Bitloga;

    fn core(client: &Py<Self>) -> &payseal::Bitloga {
        &client.get().core
    }
}

#[pymethods]
impl Bitloga {
    #[new]
    #[pyo3(signature = (api_key, api_secret, *, base_url=None, max_body=None))]
    fn new(
        api_key: &Bound<'_, PyAny>,
        api_secret: &Bound<'_, PyAny>,
        base_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = api_key.py();
        let keys = Keys::new(secrets(api_secret)?).map_err(|error| raise(py, &error))?;
        let base_url = optional_text(base_url, "base_url")?.unwrap_or_else(|| BASE_URL.to_owned());
        let max_body = self::max_body(max_body)?;
        let core =
            payseal::Bitloga::new(text(api_key, "api_key")?, keys).base_url(base_url.as_str()).max_body(max_body);
        let core = core.checked().map_err(|error| raise(py, &error))?;
        Ok(Self { core, max_body, base_url })
    }

    /// Verifies the bytes of a callback exactly as received, then reads them.
    ///
    /// The signature carries no time: a replay verifies too. Act once per ``event_id``, and hold
    /// the callback against what you expect with :meth:`Callback.expect`.
    ///
    /// Parameters:
    ///     body: The body exactly as received: ``bytes``, ``bytearray``, ``memoryview`` or ``str``.
    ///     source: The signature, or the request's headers: a mapping or a list of pairs.
    ///
    /// Returns:
    ///     The verified :class:`Callback`.
    ///
    /// Raises:
    ///     SignatureError: The signature is missing, malformed, ambiguous or of something else.
    ///     MalformedError: The body is too long, or signed and yet no callback.
    ///     InvalidInputError: The body is not as received (``body_not_raw``).
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> request = bitloga.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    /// >>> callback = bitloga.verify_callback(request.body, request.headers)
    /// >>> callback.event_id, callback.amount, callback.status.is_paid
    /// ('Invoice:5:Payed', Decimal('1.00'), True)
    fn verify_callback<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        source: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (body, source) = (Body::take(body)?, OwnedSource::take(source)?);
        let verified = body.read(|bytes| self.core.verify(bytes, &source.borrow()));
        let (parsed, secret_index) = verified.map_err(|error| raise(py, &error))?;
        to_python(py, &parsed, Some(secret_index))
    }

    /// Tells why a callback does not verify, for a person who is setting an endpoint up.
    ///
    /// It costs dozens of hashes: keep it out of the way of requests.
    ///
    /// Parameters:
    ///     body: The body as :meth:`verify_callback` takes it.
    ///     source: The signature or the headers as :meth:`verify_callback` takes them.
    ///
    /// Returns:
    ///     A :class:`Diagnosis`: the cause as a short text, and a message with the cure.
    ///
    /// Raises:
    ///     InvalidInputError: The body is not as received (``body_not_raw``).
    ///
    /// >>> from payseal import Bitloga
    /// >>> Bitloga("api-key", "api-secret").diagnose(b"{}", {"Host": "shop.example"}).cause
    /// 'signature_missing'
    fn diagnose<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        source: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (body, source) = (Body::take(body)?, OwnedSource::take(source)?);
        let diagnosis = body.read(|bytes| self.core.diagnose(bytes, source.borrow()));
        let texts = [diagnosis.cause.as_str(), &diagnosis.message].map(|text| PyString::new(py, text).into_any());
        record(py, "Diagnosis", &texts)
    }

    /// Goes on with a payout that was saved with :meth:`Payout.to_text`. It asks before it sends.
    ///
    /// Parameters:
    ///     text: What :meth:`Payout.to_text` gave.
    ///
    /// Returns:
    ///     The :class:`Payout`.
    ///
    /// Raises:
    ///     MalformedError: The text is not a saved payout.
    ///     InvalidInputError: The payout is of another account or address.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> bitloga.resume_payout(payout.to_text()) == payout
    /// True
    fn resume_payout(slf: &Bound<'_, Self>, text: &Bound<'_, PyAny>) -> PyResult<Py<Payout>> {
        Payout::resume(slf.py(), slf.clone().unbind(), &self::text(text, "text")?)
    }

    /// Waits for an invoice until it is paid or can no longer be.
    ///
    /// Parameters:
    ///     uniqueid: The identifier it was created with.
    ///     policy: Other limits: ``first_pause``, ``longest_pause``, ``closing_pause`` and
    ///         ``give_up_time``, in seconds.
    ///
    /// Returns:
    ///     A :class:`Watch`, which ``payseal.driver`` runs.
    ///
    /// Raises:
    ///     InvalidInputError: The identifier cannot be one, or a limit is out of range.
    ///
    /// >>> from payseal import Bitloga
    /// >>> Bitloga("api-key", "api-secret").watch_invoice("125").next(1700000000).request.body
    /// b'{"action":"details","uniqueid":"125"}'
    #[pyo3(signature = (uniqueid, policy=None))]
    fn watch_invoice(
        slf: &Bound<'_, Self>,
        uniqueid: &Bound<'_, PyAny>,
        policy: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<Watch>> {
        let (uniqueid, policy) = (self::text(uniqueid, "uniqueid")?, watch_policy(policy)?);
        let core = payseal::watch::Watch::with_policy(&slf.get().core, uniqueid, policy);
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
    /// >>> from payseal import Bitloga
    /// >>> client = Bitloga("api-key", "api-secret")
    /// >>> watch = client.watch_invoice("i1")
    /// >>> client.resume_watch(watch.to_text()) == watch
    /// True
    fn resume_watch(slf: &Bound<'_, Self>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
        let core = payseal::watch::Watch::from_text(&slf.get().core, &self::text(text, "text")?);
        Watch::start(slf.py(), slf.clone().unbind(), core.map_err(|error| raise(slf.py(), &error))?)
    }

    /// The call of a method, with its arguments in the order of its parameters.
    fn _call<'py>(&self, name: &str, values: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, Call>> {
        let call = Call::make(&self.core, find(payseal::Bitloga::METHODS, name)?, values, self.max_body)?;
        Bound::new(values.py(), call)
    }

    fn _code_pages(slf: &Bound<'_, Self>, values: &Bound<'_, PyTuple>) -> PyResult<CodePages> {
        let client = &slf.get().core;
        let first = with_arguments(values, ListCodes::SCHEMA.parameters, |inputs| {
            let filter = ListCodes::from_arguments(inputs)?;
            client.list_codes(&filter).map(|_| filter)
        })?;
        Ok(CodePages::start(slf.clone().unbind(), first))
    }

    fn _payout(
        slf: &Bound<'_, Self>,
        values: &Bound<'_, PyTuple>,
        policy: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<Payout>> {
        let policy = payout_policy(policy)?;
        let core = &slf.get().core;
        let payout =
            with_arguments(values, Withdraw::SCHEMA.parameters, |inputs| core.payout_of(inputs, policy.clone()))?;
        Payout::start(slf.py(), slf.clone().unbind(), payout)
    }

    fn _sign_callback(&self, values: &Bound<'_, PyTuple>) -> PyResult<SignedCallback> {
        let signed =
            with_arguments(values, CallbackFields::SCHEMA.parameters, |inputs| self.core.sign_arguments(inputs))?;
        Ok(SignedCallback(signed))
    }

    fn __repr__(&self) -> String {
        format!("<Bitloga {}>", self.base_url)
    }
}

/// A callback as the gateway would send it.
#[pyclass(module = "payseal", frozen)]
pub(crate) struct SignedCallback(payseal::bitloga::SignedCallback);

#[pymethods]
impl SignedCallback {
    /// The bytes to post.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.body)
    }

    /// The headers, signature included, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        headers(py, &self.0.headers)
    }
}

/// Holds what came against what was expected, both in the order of the parameters of ``expect``.
#[pyfunction]
pub(crate) fn compare(expected: &Bound<'_, PyTuple>, actual: &Bound<'_, PyTuple>) -> PyResult<()> {
    with_arguments(actual, Expected::SCHEMA.parameters, |actual| {
        Ok(with_arguments(expected, Expected::SCHEMA.parameters, |expected| {
            payseal::bitloga::compare(expected, actual)
        }))
    })?
}
