//! Bodies exactly as received: bytes or text, and nothing that was parsed.

use payseal::binding;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

use crate::error::raise;

/// Bodies from this length on are hashed with other threads running.
const LONG: usize = 16 * 1024;

/// The bytes of a body: an immutable object that Python knows of.
pub(crate) struct Body<'py>(Bound<'py, PyBytes>);

impl<'py> Body<'py> {
    /// From `bytes`, `bytearray`, `memoryview` or `str`. What others may change is copied.
    pub(crate) fn from_python(body: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = body.py();
        if let Ok(bytes) = body.cast::<PyBytes>() {
            return Ok(Self(bytes.clone()));
        }
        if let Ok(text) = body.cast::<PyString>() {
            // Lone surrogates, as `surrogateescape` makes them, become bytes that the core refuses.
            let encoding = (intern!(py, "utf-8"), intern!(py, "surrogatepass"));
            return text
                .encode_utf8()
                .or_else(|_| Ok(text.call_method1(intern!(py, "encode"), encoding)?.cast_into()?))
                .map(Self);
        }
        if let Ok(bytes) = body.cast::<PyByteArray>() {
            return Ok(Self(PyBytes::new(py, &bytes.to_vec())));
        }
        if body.is_instance_of::<PyMemoryView>() {
            return Ok(Self(body.call_method0(intern!(py, "tobytes"))?.cast_into()?));
        }
        Err(raise(py, &binding::body_not_raw(cure(body))))
    }

    /// Works on the bytes, with other threads running if there are many.
    pub(crate) fn read<'b, T: Send>(&'b self, work: impl FnOnce(&'b [u8]) -> T + Send) -> T {
        let bytes = self.0.as_bytes();
        if bytes.len() < LONG { work(bytes) } else { self.0.py().detach(|| work(bytes)) }
    }
}

/// Where the received bytes are, by what was given instead.
fn cure(body: &Bound<'_, PyAny>) -> &'static str {
    let class = body.get_type();
    let module = class.module().map(|module| module.to_string()).unwrap_or_default();
    let name = class.name().map(|name| name.to_string()).unwrap_or_default();
    match (module.split('.').next().unwrap_or_default(), name.as_str()) {
        (_, "coroutine" | "async_generator") => "await it first, as in `await request.body()`",
        (_, "method" | "builtin_function_or_method" | "function") => "call it, as in `request.get_data()`",
        ("flask" | "werkzeug", _) => "give request.get_data()",
        ("django" | "rest_framework", _) => "give request.body, before request.data or request.POST is touched",
        ("fastapi" | "starlette", _) => "give await request.body()",
        ("aiohttp", _) => "give await request.read()",
        ("httpx" | "requests", _) => "give response.content",
        ("http" | "urllib" | "urllib3", _) => "give response.read()",
        _ if body.hasattr(intern!(body.py(), "read")).unwrap_or(false) => "give what its read() returns, read once",
        _ => {
            "Flask request.get_data(), Django request.body, FastAPI and Starlette await request.body(), \
             aiohttp await request.read(), AWS Lambda event[\"body\"], httpx and requests response.content"
        }
    }
}
