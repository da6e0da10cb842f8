//! Calls: what to send, and how to read the answer.

use std::sync::{Arc, Mutex};

use payseal::binding::{FieldValue, Parsed};
use payseal::bitloga::ListCodes;
use payseal::{Error, Method, Outgoing, Request, Result};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::arguments::{http_status, with_arguments};
use crate::bitloga::Bitloga;
use crate::body::Body;
use crate::client::holds_a_key;
use crate::error::raise;
use crate::result::to_python;

/// How the core reads the answer to a call.
type Read = for<'a> fn(u16, &'a [u8], usize) -> Result<Parsed<'a>>;

/// An HTTP request, to be sent unchanged and without following redirects.
///
/// >>> from payseal import Bitloga
/// >>> call = Bitloga("api-key", "api-secret").details("125")
/// >>> call.method, call.url, call.body
/// ('POST', 'https://bitloga.com/api/v1/', b'{"action":"details","uniqueid":"125"}')
#[pyclass(module = "payseal", name = "Request", frozen, subclass, weakref)]
pub(crate) struct PyRequest {
    core: Request,
    /// Which of its machine's requests it is, if it is one.
    number: Option<u64>,
}

impl PyRequest {
    fn new(core: Request) -> Self {
        Self { core, number: None }
    }

    /// A request of a payout or a watch.
    pub(crate) fn outgoing(outgoing: Outgoing) -> Self {
        Self { number: Some(outgoing.number()), core: outgoing.request }
    }

    pub(crate) fn number(&self) -> Option<u64> {
        self.number
    }
}

#[pymethods]
impl PyRequest {
    /// ``GET`` or ``POST``.
    #[getter]
    fn method(&self) -> &'static str {
        self.core.method
    }

    /// The absolute URL.
    #[getter]
    fn url(&self) -> &str {
        &self.core.url
    }

    /// The headers to send, as a new dict.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        headers(py, &self.core.headers)
    }

    /// The very bytes that were signed; ``None`` for ``GET``.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        self.core.body.as_ref().map(|body| PyBytes::new(py, body))
    }

    /// A request cannot change: a copy of it is itself.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        Err(holds_a_key(slf))
    }

    /// Without address, headers and body: they carry keys.
    fn __repr__(&self) -> String {
        format!("<Request {}>", self.core.method)
    }
}

/// A request that knows its answer. Send it unchanged, do not follow redirects, and give every
/// answer to :meth:`parse`, whatever its status.
#[pyclass(module = "payseal", extends = PyRequest, frozen, generic)]
pub(crate) struct Call {
    name: &'static str,
    read: Read,
    max_body: usize,
    pages: Option<Py<CodePages>>,
}

impl Call {
    /// The call of a method, with its arguments in the order of its parameters.
    pub(crate) fn make<Client: 'static>(
        client: &Client,
        method: &'static Method,
        values: &Bound<'_, PyTuple>,
        max_body: usize,
    ) -> PyResult<PyClassInitializer<Self>> {
        let request = with_arguments(values, method.request.parameters, |inputs| (method.build)(client, inputs))?;
        Ok(Self::new(method, request, max_body, None))
    }

    fn new(
        method: &Method,
        request: Request,
        max_body: usize,
        pages: Option<Py<CodePages>>,
    ) -> PyClassInitializer<Self> {
        let call = Self { name: method.name, read: method.read, max_body, pages };
        PyClassInitializer::from(PyRequest::new(request)).add_subclass(call)
    }
}

/// The method of that name.
pub(crate) fn find(methods: &'static [Method], name: &str) -> PyResult<&'static Method> {
    let found = methods.iter().find(|method| method.name == name);
    found.ok_or_else(|| PyRuntimeError::new_err("the package was built from tables of another version"))
}

#[pymethods]
impl Call {
    /// Reads what the gateway answered.
    ///
    /// Parameters:
    ///     status: The HTTP status.
    ///     body: The body exactly as received: ``bytes``, ``bytearray``, ``memoryview`` or ``str``.
    ///
    /// Returns:
    ///     The typed answer.
    ///
    /// Raises:
    ///     GatewayError: The gateway refused (``rejected``) or failed (``http_status``).
    ///     MalformedError: The body is not the answer the gateway documents.
    ///     InvalidInputError: The body is not as received (``body_not_raw``).
    ///
    /// >>> from payseal import Bitloga
    /// >>> call = Bitloga("api-key", "api-secret").balances()
    /// >>> call.parse(200, b'{"USD":10.45,"success":true}')["USD"]
    /// Decimal('10.45')
    fn parse<'py>(
        &self,
        py: Python<'py>,
        status: &Bound<'py, PyAny>,
        body: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (status, body) = (http_status(status)?, Body::take(body)?);
        let parsed = body.read(|bytes| (self.read)(status, bytes, self.max_body));
        let parsed = parsed.map_err(|error| raise(py, &error))?;
        let answer = to_python(py, &parsed, None)?;
        if let Some(pages) = &self.pages {
            pages.get().received(&parsed);
        }
        Ok(answer)
    }

    fn __repr__(&self) -> String {
        format!("<Call {}>", self.name)
    }
}

/// The headers of a request.
pub(crate) fn headers<'py>(py: Python<'py>, headers: &[(&'static str, String)]) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in headers {
        dict.set_item(name, value)?;
    }
    Ok(dict)
}

/// The method that is asked for pages.
const LIST_CODES: &str = "list_codes";

/// Call after call for pages of codes, up to the first short page. Each call has to be parsed
/// before the next is made: that is how the end is known.
#[pyclass(module = "payseal", frozen, weakref)]
pub(crate) struct CodePages {
    client: Arc<Bitloga>,
    state: Mutex<Pages>,
}

enum Pages {
    /// The page to ask for now.
    Next(ListCodes),
    /// The page that was asked for.
    Asked(ListCodes),
    End,
}

/// What comes of asking for a page.
enum Turn {
    Ask(Request),
    /// The answer to the last request has not been parsed.
    TooEarly,
    End,
    Refused(Error),
}

impl CodePages {
    pub(crate) fn start(client: Arc<Bitloga>, first: ListCodes) -> Self {
        Self { client, state: Mutex::new(Pages::Next(first)) }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The request for the next page. The state is locked for as long as this takes, and no Python code runs meanwhile.
    fn turn(&self) -> Turn {
        let mut state = self.state();
        let filter = match &*state {
            Pages::Next(filter) => filter.clone(),
            Pages::Asked(_) => return Turn::TooEarly,
            Pages::End => return Turn::End,
        };
        match self.client.core.list_codes(&filter) {
            Ok(call) => {
                *state = Pages::Asked(filter);
                Turn::Ask(call.into_request())
            }
            Err(error) => Turn::Refused(error),
        }
    }

    /// Learns from the page that was asked for how to go on.
    fn received(&self, page: &Parsed<'_>) {
        let length = |slot: &FieldValue| if let FieldValue::List(list) = slot { Some(list.len()) } else { None };
        let received = page.object.values.iter().find_map(length).unwrap_or(0);
        let mut state = self.state();
        if let Pages::Asked(asked) = &*state {
            *state = asked.next_page(received).map_or(Pages::End, Pages::Next);
        }
    }
}

#[pymethods]
impl CodePages {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Call>>> {
        let pages = slf.get();
        let request = match pages.turn() {
            Turn::Ask(request) => request,
            Turn::TooEarly => return Err(PyRuntimeError::new_err("parse the answer to the call before first")),
            Turn::End => return Ok(None),
            Turn::Refused(error) => return Err(raise(slf.py(), &error)),
        };
        let method = find(payseal::Bitloga::METHODS, LIST_CODES)?;
        let call = Call::new(method, request, pages.client.max_body, Some(slf.clone().unbind()));
        Bound::new(slf.py(), call).map(Some)
    }
}
