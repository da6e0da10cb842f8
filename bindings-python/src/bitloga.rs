//! The client of Bitloga.

use payseal::binding::Parameters;
use payseal::bitloga::{CallbackFields, Expected, SIGNATURE_HEADER, Withdraw};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::arguments::with_arguments;
use crate::base::BaseClient;
use crate::body::Body;
use crate::classes::record;
use crate::client::text;
use crate::error::invalid;
use crate::given::extra_fields;
use crate::payout::Payout;
use crate::policy::{payout_policy, watch_policy};
use crate::source::OwnedSource;
use crate::test_message::SignedCallback;
use crate::watch::Watch;

/// The base of the Python class ``payseal.Bitloga``.
#[pyclass(module = "payseal._native", name = "Bitloga", extends = BaseClient, frozen, subclass)]
pub(crate) struct BitlogaClient;

#[pymethods]
impl BitlogaClient {
    #[new]
    #[pyo3(signature = (*_arguments, **_keywords), text_signature = "(api_key, api_secret, *, base_url=None, max_body=None)")]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> PyClassInitializer<Self> {
        PyClassInitializer::from(BaseClient::named("Bitloga")).add_subclass(Self)
    }

    #[pyo3(signature = (api_key, api_secret, *, base_url=None, max_body=None, **misspelt))]
    fn __init__(
        slf: &Bound<'_, Self>,
        api_key: &Bound<'_, PyAny>,
        api_secret: &Bound<'_, PyAny>,
        base_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
        misspelt: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        let settings = [Some(api_key), Some(api_secret), base_url, max_body];
        base(slf).make(slf.py(), &settings, misspelt)
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
    ///     MalformedError: The body is too long, or signed and yet not a callback.
    ///     InvalidInputError: The body is not as received (``body_not_raw``).
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> request = bitloga.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    /// >>> callback = bitloga.verify_callback(request.body, request.headers)
    /// >>> callback.event_id, callback.amount, callback.status.is_paid
    /// ('Invoice:5:Payed', Decimal('1.00'), True)
    fn verify_callback<'py>(
        slf: &Bound<'py, Self>,
        body: &Bound<'py, PyAny>,
        source: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        base(slf).verify(body, Some(source))
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
        slf: &Bound<'py, Self>,
        body: &Bound<'py, PyAny>,
        source: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, body, source) =
            (slf.py(), Body::from_python(body)?, OwnedSource::from_python(source, SIGNATURE_HEADER)?);
        let core = own(slf)?;
        let diagnosis = body.read(|bytes| core.diagnose(bytes, source.borrow()));
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
        let payout = own(slf)?.resume_payout(&self::text(text, "text")?);
        Payout::start(slf.py(), base(slf).client(slf.py())?, payout)
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
        let (core, policy) = (own(slf)?, watch_policy(policy)?);
        let watch = payseal::watch::Watch::with_policy(core, text(uniqueid, "uniqueid")?, policy);
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
    /// >>> from payseal import Bitloga
    /// >>> client = Bitloga("api-key", "api-secret")
    /// >>> watch = client.watch_invoice("i1")
    /// >>> client.resume_watch(watch.to_text()) == watch
    /// True
    fn resume_watch(slf: &Bound<'_, Self>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
        let watch = payseal::watch::Watch::from_text(own(slf)?, &self::text(text, "text")?);
        Watch::start(slf.py(), base(slf).client(slf.py())?, watch)
    }

    fn _payout(
        slf: &Bound<'_, Self>,
        values: &Bound<'_, PyTuple>,
        policy: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<Payout>> {
        let (core, policy) = (own(slf)?, payout_policy(policy)?);
        let payout = with_arguments(values, Withdraw::SCHEMA.parameters, |inputs| {
            core.payout_with(&Withdraw::from_arguments(inputs)?, policy)
        })?;
        Payout::start(slf.py(), base(slf).client(slf.py())?, Ok(payout))
    }

    /// Signs any body as the gateway would: one it has sent, or one that your endpoint has to refuse.
    ///
    /// Parameters:
    ///     body: ``bytes``, ``bytearray``, ``memoryview`` or ``str``.
    ///
    /// Returns:
    ///     A :class:`SignedCallback`: ``body`` and ``headers``.
    ///
    /// Raises:
    ///     InvalidInputError: The body is an object that was parsed (``body_not_raw``).
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> request = bitloga.sign_callback_body(b"no callback")
    /// >>> bitloga.verify_callback(request.body, request.headers)
    /// Traceback (most recent call last):
    /// payseal.MalformedError: the body is not JSON (at byte 0)
    fn sign_callback_body(slf: &Bound<'_, Self>, body: &Bound<'_, PyAny>) -> PyResult<Py<SignedCallback>> {
        let (core, body) = (own(slf)?, Body::from_python(body)?);
        SignedCallback::new(slf.py(), body.read(|bytes| core.sign_callback_body(bytes)))
    }

    fn _sign_callback(
        slf: &Bound<'_, Self>,
        values: &Bound<'_, PyTuple>,
        extra: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<SignedCallback>> {
        let (core, extra) = (own(slf)?, extra_fields(extra)?);
        let parameters = CallbackFields::SCHEMA.parameters;
        let signed = with_arguments(values, parameters, |inputs| {
            let extra = extra.iter().map(|(name, value)| (name.as_str(), value.clone()));
            core.sign_callback_with(&CallbackFields::from_arguments(inputs)?, extra)
        })?;
        SignedCallback::new(slf.py(), signed)
    }
}

fn base<'a>(slf: &'a Bound<'_, BitlogaClient>) -> &'a BaseClient {
    slf.as_super().get()
}

fn own<'a>(slf: &'a Bound<'_, BitlogaClient>) -> PyResult<&'a payseal::Bitloga> {
    base(slf).own(slf.py())
}

/// Holds what came against what was expected, both in the order of the parameters of ``expect``. What is not expected is
/// ``not_given``; ``None`` is a mistake, such as an order that was not found.
#[pyfunction]
pub(crate) fn compare(
    expected: &Bound<'_, PyTuple>,
    actual: &Bound<'_, PyTuple>,
    not_given: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = expected.py();
    let values = Expected::SCHEMA.parameters.iter().zip(expected.iter()).map(|(parameter, value)| {
        if value.is_none() {
            return Err(invalid(py, parameter.name, "is None: leave it out if it does not matter"));
        }
        Ok(if value.is(not_given) { py.None().into_bound(py) } else { value })
    });
    let expected = PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)?;
    with_arguments(actual, Expected::SCHEMA.parameters, |actual| {
        Ok(with_arguments(&expected, Expected::SCHEMA.parameters, |expected| {
            payseal::bitloga::compare(expected, actual)
        }))
    })?
}
