//! What to send, and how to read what comes back.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use crate::error::{Error, Result};
use crate::schema::{Answer, Parsed, is_absolute_http, read_answer};

/// The only header that carries neither a key nor a signature.
const CONTENT_TYPE: &str = "Content-type";

/// An HTTP request, to be sent unchanged. `Debug` shows no header, path or body: they carry keys,
/// and for Api for Crypto the path itself is a capability.
#[derive(Clone, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The absolute URL.
    pub url: String,
    /// Names and values of the headers to send.
    pub headers: Vec<(&'static str, String)>,
    /// The very bytes that were signed; `None` for `GET`.
    pub body: Option<Vec<u8>>,
}

/// The header of every body.
pub(crate) fn content_type() -> (&'static str, String) {
    (CONTENT_TYPE, String::from("application/json"))
}

impl Request {
    pub(crate) fn get(url: String) -> Self {
        Self { method: "GET", url, headers: Vec::new(), body: None }
    }

    pub(crate) fn post(url: String, body: String) -> Self {
        // Room for those of a signature, too.
        let mut headers = Vec::with_capacity(3);
        headers.push(content_type());
        Self { method: "POST", url, headers, body: Some(body.into_bytes()) }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

#[cfg(feature = "http")]
impl TryFrom<&Request> for http::Request<Vec<u8>> {
    type Error = http::Error;

    /// The request for reqwest, hyper, ureq and every other client that speaks the `http` crate. Headers
    /// that carry a key or a signature are marked as sensitive, so that `Debug` does not show them. It does
    /// show the URL, which for Api for Crypto is a capability, and this crate cannot help that.
    ///
    /// # Errors
    /// Where the base URL the client was given is not a URL.
    fn try_from(request: &Request) -> Result<Self, http::Error> {
        let mut builder = http::Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            let mut value = http::HeaderValue::try_from(value)?;
            value.set_sensitive(*name != CONTENT_TYPE);
            builder = builder.header(*name, value);
        }
        builder.body(request.body.clone().unwrap_or_default())
    }
}

/// # Errors
/// `invalid_input` where a client cannot send to that address.
pub(crate) fn check_base_url(base_url: &str) -> Result<()> {
    if !is_absolute_http(base_url) {
        return Err(Error::invalid("base_url", "must be an absolute http:// or https:// URL"));
    }
    if base_url.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        return Err(Error::invalid("base_url", "must not have a query or a fragment"));
    }
    Ok(())
}

/// How the answer to a call is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) max_body: usize,
    /// Whether sending the request again may move money twice.
    pub(crate) moves_money: bool,
}

impl Reading {
    /// Reads the answer to a call.
    ///
    /// # Errors
    /// As [`Call::parse`].
    pub(crate) fn read<T: Answer>(self, status: u16, body: &[u8]) -> Result<Parsed<'_>> {
        let parsed = read_answer(T::schema_for, T::SCHEMAS[0].conventions, status, body, self.max_body);
        if self.moves_money { parsed.map_err(Error::of_unrepeatable) } else { parsed }
    }
}

/// A request that knows its answer.
///
/// Send [`Call::request`] unchanged, do not follow redirects, and hand every answer to
/// [`Call::parse`], whatever its status.
#[must_use]
pub struct Call<T> {
    request: Request,
    reading: Reading,
    answer: PhantomData<fn() -> T>,
}

impl<T: Answer> Call<T> {
    pub(crate) fn new(request: Request, reading: Reading) -> Self {
        Self { request, reading, answer: PhantomData }
    }

    /// What to send.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What to send, without a copy.
    pub fn into_request(self) -> Request {
        self.request
    }

    /// Reads what the gateway answered.
    ///
    /// # Errors
    /// `rejected` where the gateway said `success:false` and the status is not one of a server that
    /// failed or was overloaded (408, 425, 429, 5xx), else `http_status` where the status is not 2xx,
    /// else `malformed_body` where the body is not the answer the gateway documents.
    pub fn parse(&self, status: u16, body: &[u8]) -> Result<T> {
        self.reading.read::<T>(status, body)?.into_answer()
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), reading: self.reading, answer: PhantomData }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("request", &self.request).finish_non_exhaustive()
    }
}
