//! The client of Bitloga.

use std::sync::Arc;

use payseal::binding::{Parameters, without_password};
use payseal::bitloga::{BASE_URL, CallbackFields, Expected, ListCodes, Withdraw};
use payseal::signature::Keys;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::arguments::with_arguments;
use crate::body::Body;
use crate::call::{Call, CodePages, find};
use crate::classes::record;
use crate::client::{self, Made, holds_a_key, refuse_misspelt, secrets, text};
use crate::error::{invalid, raise};
use crate::given::extra_fields;
use crate::machine::Client;
use crate::payout::Payout;
use crate::policy::{payout_policy, watch_policy};
use crate::result::to_python;
use crate::source::OwnedSource;
use crate::test_message::SignedCallback;
use crate::watch::{Message, Watch};

/// A client with its keys, as pages and payouts keep it. It keeps scheduled keys, not the secrets.
pub(crate) struct Bitloga {
    pub(crate) core: payseal::Bitloga,
    pub(crate) max_body: usize,
    base_url: String,
}

impl Client for Bitloga {
    type Core = payseal::Bitloga;
    const MESSAGE: Message = Message::Callback;

    fn core(&self) -> &payseal::Bitloga {
        &self.core
    }
}

impl Bitloga {
    fn open(
        api_key: &Bound<'_, PyAny>,
        api_secret: &Bound<'_, PyAny>,
        base_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = api_key.py();
        let keys = Keys::new(secrets(api_secret)?).map_err(|error| raise(py, &error))?;
        let (base_url, max_body) = (client::base_url(base_url, BASE_URL)?, client::max_body(max_body)?);
        let core =
            payseal::Bitloga::new(text(api_key, "api_key")?, keys).base_url(base_url.as_str()).max_body(max_body);
        let core = core.checked().map_err(|error| raise(py, &error))?;
        Ok(Self { core, max_body, base_url })
    }
}

/// The base of the Python class ``payseal.Bitloga``.
#[pyclass(module = "payseal._native", name = "Bitloga", frozen, subclass, weakref)]
pub(crate) struct BitlogaClient(Made<Arc<Bitloga>>);

#[pymethods]
impl BitlogaClient {
    #[new]
    #[pyo3(
        signature = (*_arguments, **_keywords),
        text_signature = "(api_key, api_secret, *, base_url=None, max_body=None)"
    )]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> Self {
        Self(Made::nothing())
    }

    #[pyo3(signature = (api_key, api_secret, *, base_url=None, max_body=None, **misspelt))]
    fn __init__(
        &self,
        api_key: &Bound<'_, PyAny>,
        api_secret: &Bound<'_, PyAny>,
        base_url: Option<&Bound<'_, PyAny>>,
        max_body: Option<&Bound<'_, PyAny>>,
        misspelt: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        let py = api_key.py();
        refuse_misspelt("Bitloga", misspelt, &["api_key", "api_secret", "base_url", "max_body"])?;
        self.0.set(py, Arc::new(Bitloga::open(api_key, api_secret, base_url, max_body)?))
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
        let client = self.0.get(py)?;
        let verified = body.read(|bytes| client.core.verify(bytes, &source.borrow()));
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
        let client = self.0.get(py)?;
        let diagnosis = body.read(|bytes| client.core.diagnose(bytes, source.borrow()));
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
    fn resume_payout(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Py<Payout>> {
        Payout::resume(py, Arc::clone(self.0.get(py)?), &self::text(text, "text")?)
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
    fn watch_invoice(&self, uniqueid: &Bound<'_, PyAny>, policy: Option<&Bound<'_, PyAny>>) -> PyResult<Py<Watch>> {
        let py = uniqueid.py();
        let (client, policy) = (self.0.get(py)?, watch_policy(policy)?);
        let core = payseal::watch::Watch::with_policy(&client.core, text(uniqueid, "uniqueid")?, policy);
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
    /// >>> from payseal import Bitloga
    /// >>> client = Bitloga("api-key", "api-secret")
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
        let call = Call::make(&client.core, find(payseal::Bitloga::METHODS, name)?, values, client.max_body)?;
        Bound::new(values.py(), call)
    }

    fn _code_pages(&self, values: &Bound<'_, PyTuple>) -> PyResult<CodePages> {
        let client = self.0.get(values.py())?;
        let first = with_arguments(values, ListCodes::SCHEMA.parameters, |inputs| {
            let filter = ListCodes::from_arguments(inputs)?;
            client.core.list_codes(&filter).map(|_| filter)
        })?;
        Ok(CodePages::start(Arc::clone(client), first))
    }

    fn _payout(&self, values: &Bound<'_, PyTuple>, policy: Option<&Bound<'_, PyAny>>) -> PyResult<Py<Payout>> {
        let (client, policy) = (self.0.get(values.py())?, payout_policy(policy)?);
        let payout =
            with_arguments(values, Withdraw::SCHEMA.parameters, |inputs| client.core.payout_of(inputs, policy))?;
        Payout::start(values.py(), Arc::clone(client), payout)
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
    fn sign_callback_body(&self, py: Python<'_>, body: &Bound<'_, PyAny>) -> PyResult<Py<SignedCallback>> {
        let (client, body) = (self.0.get(py)?, Body::take(body)?);
        SignedCallback::new(py, body.read(|bytes| client.core.sign_callback_body(bytes)))
    }

    fn _sign_callback(
        &self,
        values: &Bound<'_, PyTuple>,
        extra: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<SignedCallback>> {
        let (client, extra) = (self.0.get(values.py())?, extra_fields(extra)?);
        let table = CallbackFields::SCHEMA;
        let signed = with_arguments(values, table.parameters, |inputs| client.core.sign_inputs_with(inputs, &extra))?;
        SignedCallback::new(values.py(), signed)
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

    /// Without the keys, and without a password in the address.
    fn __repr__(&self, py: Python<'_>) -> String {
        let address = self.0.get(py).map_or_else(|_| "not made".into(), |client| without_password(&client.base_url));
        format!("<Bitloga {address}>")
    }
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
