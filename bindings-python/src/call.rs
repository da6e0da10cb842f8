//! Calls: what to send, and how to read the answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use payseal::Request;
use payseal::binding::{FieldValue, Method, Parsed};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::arguments::{OwnedArgument, borrowed, http_status, take, with_arguments};
use crate::body::Body;
use crate::client::{Client, holds_a_key};
use crate::error::raise;
use crate::result::to_python;

/// An HTTP request, to be sent unchanged and without following redirects.
///
/// >>> from payseal import Bitloga
/// >>> call = Bitloga("api-key", "api-secret").details("125")
/// >>> call.method, call.url, call.body
/// ('POST', 'https://bitloga.com/api/v1/', b'{"action":"details","uniqueid":"125"}')
#[pyclass(module = "payseal", name = "Request", frozen, subclass, weakref)]
pub(crate) struct PyRequest {
    pub(crate) core: Request,
    /// Which of its machine's requests it is, if it is one of a payout or a watch.
    pub(crate) number: Option<u64>,
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
    method: &'static Method,
    max_body: usize,
    pages: Option<Py<CodePages>>,
}

impl Call {
    /// The call of a method, with its arguments in the order of its parameters.
    pub(crate) fn make(client: &Client, name: &str, values: &Bound<'_, PyTuple>) -> PyResult<PyClassInitializer<Self>> {
        let (number, method) = client.method(name)?;
        let core = client.core();
        let request = with_arguments(values, method.request.parameters, |inputs| core.build(number, inputs))?;
        Ok(Self::new(method, request, core.max_body(), None))
    }

    fn new(
        method: &'static Method,
        request: Request,
        max_body: usize,
        pages: Option<Py<CodePages>>,
    ) -> PyClassInitializer<Self> {
        let call = Self { method, max_body, pages };
        PyClassInitializer::from(PyRequest { core: request, number: None }).add_subclass(call)
    }
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
        let (status, body) = (http_status(status)?, Body::from_python(body)?);
        let parsed = body.read(|bytes| (self.method.read)(status, bytes, self.max_body));
        let parsed = parsed.map_err(|error| raise(py, &error))?;
        let answer = to_python(py, &parsed, None)?;
        if let Some(pages) = &self.pages {
            pages.get().received(&parsed);
        }
        Ok(answer)
    }

    fn __repr__(&self) -> String {
        format!("<Call {}>", self.method.name)
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

/// Call after call for pages of codes, up to the first short page. Each call has to be parsed
/// before the next is made: that is how the end is known.
#[pyclass(module = "payseal", frozen, weakref, generic)]
pub(crate) struct CodePages {
    client: Arc<Client>,
    number: usize,
    method: &'static Method,
    /// The arguments for the first page.
    first: Vec<Option<OwnedArgument>>,
    state: Mutex<Pages>,
}

/// How far the pages are.
enum Pages {
    NotAsked,
    /// The answer to the last request has not been parsed; before it came so many entries.
    Asked {
        received: usize,
    },
    /// So many entries have come, and so many of them with the last page.
    Parsed {
        received: usize,
        last: usize,
    },
}

impl CodePages {
    /// The pages of a method. The first request is made once to check the arguments.
    pub(crate) fn start(client: &Arc<Client>, name: &str, values: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let (number, method) = client.method(name)?;
        let first = take(values, method.request.parameters)?;
        let state = Mutex::new(Pages::NotAsked);
        client.core().build(number, &borrowed(&first)).map(drop).map_err(|error| raise(values.py(), &error))?;
        Ok(Self { client: Arc::clone(client), number, method, first, state })
    }

    fn state(&self) -> MutexGuard<'_, Pages> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The request for the next page; nothing after the last; an error that says so while an answer is missing. The
    /// state is locked for as long as this takes, and no Python code runs meanwhile.
    fn next_request(&self) -> std::result::Result<payseal::Result<Option<Request>>, TooEarly> {
        let mut state = self.state();
        let (core, first) = (self.client.core(), borrowed(&self.first));
        let (request, received) = match *state {
            Pages::NotAsked => (core.build(self.number, &first).map(Some), 0),
            Pages::Asked { .. } => return Err(TooEarly),
            Pages::Parsed { received, last } => (core.next_page(self.number, &first, received, last), received),
        };
        if let Ok(Some(_)) = request {
            *state = Pages::Asked { received };
        }
        Ok(request)
    }

    /// Learns from the page that was asked for how to go on.
    fn received(&self, page: &Parsed<'_>) {
        let length = |value: &FieldValue| if let FieldValue::List(list) = value { Some(list.len()) } else { None };
        let last = page.object.values.iter().find_map(length).unwrap_or(0);
        let mut state = self.state();
        if let Pages::Asked { received } = *state {
            *state = Pages::Parsed { received: received + last, last };
        }
    }
}

/// The answer to the last request has not been parsed.
struct TooEarly;

#[pymethods]
impl CodePages {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Call>>> {
        let pages = slf.get();
        let Ok(request) = pages.next_request() else {
            return Err(PyRuntimeError::new_err("parse the answer to the call before first"));
        };
        let Some(request) = request.map_err(|error| raise(slf.py(), &error))? else { return Ok(None) };
        let call = Call::new(pages.method, request, pages.client.core().max_body(), Some(slf.clone().unbind()));
        Bound::new(slf.py(), call).map(Some)
    }
}
