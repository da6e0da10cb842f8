//! Where a callback's signature comes from: the signature itself, or any container of headers.

use payseal::binding::{CallbackProof, ProofKind};
use payseal::signature::Source;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::client::optional_text;
use crate::error::invalid;

/// What WSGI and Django's `META` put before the name of a header.
const WSGI: &str = "HTTP_";
/// In place of a header's name: any that has this in it.
const ANY_SIGNATURE: &str = "signature";
/// Where the headers are in a Lambda event.
const NESTED: [&str; 2] = ["headers", "multiValueHeaders"];

/// Which headers are looked through. There is no third level: a mapping may contain itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// What was given: headers, or an event that holds them.
    Argument,
    /// The headers within an event.
    WithinEvent,
}

/// What a callback is proven with, copied out of Python.
pub(crate) enum OwnedProof {
    Signature(OwnedSource),
    SecretKey(Option<String>),
}

impl OwnedProof {
    /// Copies what the gateway proves its callbacks with.
    pub(crate) fn from_python(kind: ProofKind, proof: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        match (kind, proof) {
            (ProofKind::SecretKey, proof) => optional_text(proof, "secret_key").map(Self::SecretKey),
            (ProofKind::Signature(header), Some(source)) => {
                OwnedSource::from_python(source, header).map(Self::Signature)
            }
            (ProofKind::Signature(_), None) => Ok(Self::Signature(OwnedSource::Signature(String::new()))),
        }
    }

    pub(crate) fn borrow(&self) -> CallbackProof<'_> {
        match self {
            Self::Signature(source) => CallbackProof::Signature(source.borrow()),
            Self::SecretKey(secret_key) => CallbackProof::SecretKey(secret_key.as_deref()),
        }
    }
}

/// A source whose texts were copied out of Python.
pub(crate) enum OwnedSource {
    Signature(String),
    HeaderValues(Vec<String>),
}

impl OwnedSource {
    /// Copies the signature, given as `str` or `bytes`, or a mapping or an iterable of pairs of headers with that one among them.
    pub(crate) fn from_python(source: &Bound<'_, PyAny>, header: &'static str) -> PyResult<Self> {
        if source.is_none() {
            return Ok(Self::Signature(String::new()));
        }
        if let Some(signature) = text(source) {
            return Ok(Self::Signature(signature));
        }
        let mut values = Vec::new();
        collect(source, header, Level::Argument, &mut values)?;
        Ok(Self::HeaderValues(values))
    }

    /// Where headers have none of that name: what is in headers with `signature` in their names.
    pub(crate) fn of_other_headers(&self, source: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
        let mut values = Vec::new();
        if matches!(self, Self::HeaderValues(own) if own.is_empty()) {
            collect(source, ANY_SIGNATURE, Level::Argument, &mut values)?;
        }
        Ok(values)
    }

    pub(crate) fn borrow(&self) -> Source<'_> {
        match self {
            Self::Signature(signature) => Source::Signature(signature),
            Self::HeaderValues(values) => Source::HeaderValues(values.iter().map(String::as_str).collect()),
        }
    }
}

/// Text as text or bytes; what is not UTF-8 cannot be a signature, and stays that way.
fn text(value: &Bound<'_, PyAny>) -> Option<String> {
    if let Ok(text) = value.cast::<PyString>() {
        // `to_string_lossy` alone takes its slow way on every Python.
        return Some(text.to_cow().unwrap_or_else(|_| text.to_string_lossy()).into_owned());
    }
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(String::from_utf8_lossy(bytes.as_bytes()).into_owned());
    }
    value.cast::<PyByteArray>().ok().map(|bytes| String::from_utf8_lossy(&bytes.to_vec()).into_owned())
}

/// Collects the values of the signature's header.
fn collect(headers: &Bound<'_, PyAny>, header: &str, level: Level, values: &mut Vec<String>) -> PyResult<()> {
    let py = headers.py();
    if let Ok(dict) = headers.cast_exact::<PyDict>() {
        return dict.iter().try_for_each(|(name, value)| collect_pair(&name, &value, header, level, values));
    }
    let items = match headers.getattr_opt(intern!(py, "items"))? {
        Some(items) => items.call0()?,
        None => headers.clone(),
    };
    let Ok(items) = items.try_iter() else { return Err(not_headers(py)) };
    for pair in items {
        let Ok((name, value)) = pair?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
            return Err(not_headers(py));
        };
        collect_pair(&name, &value, header, level, values)?;
    }
    Ok(())
}

fn collect_pair(
    name: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
    header: &str,
    level: Level,
    values: &mut Vec<String>,
) -> PyResult<()> {
    if !name.len().is_ok_and(|length| may_count(length, header)) {
        return Ok(());
    }
    let Some(name) = text(name) else { return Ok(()) };
    if is_header(&name, header) {
        if let Some(value) = text(value) {
            values.push(value);
        } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            // Lambda's multiValueHeaders, urllib3's lists.
            for value in value.try_iter()? {
                values.extend(text(&value?));
            }
        }
    } else if level == Level::Argument && NESTED.contains(&name.as_str()) && value.is_instance_of::<PyDict>() {
        // A whole Lambda event.
        collect(value, header, Level::WithinEvent, values)?;
    }
    Ok(())
}

/// Whether a name of that length may be one that counts: most need not be read.
fn may_count(length: usize, header: &str) -> bool {
    header == ANY_SIGNATURE
        || length == header.len()
        || length == WSGI.len() + header.len()
        || NESTED.iter().any(|name| name.len() == length)
}

/// `X-SIGNATURE` in any case, for example, and `HTTP_X_SIGNATURE` as WSGI and Django's `META` call it.
fn is_header(name: &str, header: &str) -> bool {
    if header == ANY_SIGNATURE {
        return name.to_ascii_lowercase().contains(ANY_SIGNATURE);
    }
    let wsgi = name.strip_prefix(WSGI);
    let same = |name: &str| name.eq_ignore_ascii_case(header);
    same(name) || wsgi.is_some_and(|name| same(&name.replace('_', "-")))
}

fn not_headers(py: Python<'_>) -> PyErr {
    invalid(py, "source", "must be the signature, or the headers as a mapping or a list of pairs")
}
