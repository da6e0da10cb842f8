//! What the clients of all gateways can do.

use std::sync::Arc;

use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::body::Body;
use crate::call::{Call, CodePages};
use crate::client::{Client, holds_a_key};
use crate::error::raise;
use crate::result::to_python;
use crate::source::OwnedProof;

/// The base of every client's class.
#[pyclass(module = "payseal._native", name = "Client", frozen, subclass, weakref)]
pub(crate) struct BaseClient {
    /// What `__init__` makes, once. A subclass may have an `__init__` of its own, and has to call that of its base.
    opened: PyOnceLock<Arc<Client>>,
}

/// A client of a gateway that signs its callbacks.
#[pyclass(module = "payseal._native", extends = BaseClient, frozen, subclass)]
pub(crate) struct SignedClient;

/// A client of a gateway whose notifications carry a secret key.
#[pyclass(module = "payseal._native", extends = BaseClient, frozen, subclass)]
pub(crate) struct SecretKeyClient;

impl BaseClient {
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<&Arc<Client>> {
        let unopened = "the client was not made: call super().__init__(…) in __init__ of your class first";
        self.opened.get(py).ok_or_else(|| PyRuntimeError::new_err(unopened))
    }

    /// The gateway's own client, for what only that can do.
    #[inline(never)] // called from several methods: it is there once
    pub(crate) fn own<Core: 'static>(&self, py: Python<'_>) -> PyResult<&Core> {
        self.client(py)?.own().map_err(|error| raise(py, &error))
    }

    /// Verifies a callback by what its gateway proves it with, then reads it.
    fn verify<'py>(&self, body: &Bound<'py, PyAny>, proof: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let (py, body) = (body.py(), Body::from_python(body)?);
        let core = self.client(py)?.core();
        let proof = OwnedProof::from_python(core.gateway().callback.proof, proof)?;
        let verified = body.read(|bytes| core.verify(bytes, &proof.borrow(), core.max_body()));
        let verified = verified.map_err(|error| raise(py, &error))?;
        to_python(py, &verified.parsed, verified.secret_index)
    }
}

/// The name that the class of a client has for its gateway.
fn gateway<'py>(client: &Bound<'py, BaseClient>) -> PyResult<Bound<'py, PyString>> {
    Ok(client.getattr(intern!(client.py(), "_gateway"))?.cast_into()?)
}

#[pymethods]
impl BaseClient {
    #[new]
    #[pyo3(signature = (*_arguments, **_keywords))]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> Self {
        Self { opened: PyOnceLock::new() }
    }

    /// Each gateway's class has its own.
    #[classattr]
    fn _gateway() -> &'static str {
        ""
    }

    /// Makes the client, with a value for each of its gateway's settings; ``None`` for those that are left out.
    fn _open(slf: &Bound<'_, Self>, values: &Bound<'_, PyTuple>) -> PyResult<()> {
        let client = Client::open(gateway(slf)?.to_cow()?.as_ref(), values)?;
        let opened = slf.get().opened.set(slf.py(), Arc::new(client));
        opened.map_err(|_| PyRuntimeError::new_err("the client was made already"))
    }

    /// The call of a method, with its arguments in the order of its parameters.
    fn _call<'py>(&self, name: &str, values: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, Call>> {
        Bound::new(values.py(), Call::make(self.client(values.py())?, name, values)?)
    }

    /// Calls for page after page of what a method lists.
    fn _pages(&self, name: &str, values: &Bound<'_, PyTuple>) -> PyResult<CodePages> {
        CodePages::start(self.client(values.py())?, name, values)
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
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let gateway = gateway(slf)?;
        Ok(match slf.get().client(slf.py()) {
            Ok(client) => format!("<{gateway} {}>", client.address()),
            Err(_) => format!("<{gateway} not made>"),
        })
    }
}

#[pymethods]
impl SignedClient {
    #[new]
    #[pyo3(signature = (*_arguments, **_keywords))]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> PyClassInitializer<Self> {
        PyClassInitializer::from(BaseClient { opened: PyOnceLock::new() }).add_subclass(Self)
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
        slf.as_super().get().verify(body, Some(source))
    }
}

#[pymethods]
impl SecretKeyClient {
    #[new]
    #[pyo3(signature = (*_arguments, **_keywords))]
    fn new(_arguments: &Bound<'_, PyTuple>, _keywords: Option<&Bound<'_, PyDict>>) -> PyClassInitializer<Self> {
        PyClassInitializer::from(BaseClient { opened: PyOnceLock::new() }).add_subclass(Self)
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
    ///     InvalidInputError: A secret to compare with is missing, or the body is not as received.
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
        slf.as_super().get().verify(body, secret_key)
    }
}
