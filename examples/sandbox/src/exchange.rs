//! One request to a user's server, and what came of it: everything that is worth showing afterwards.

use std::time::{Duration, Instant};

use reqwest::{
    Client, ClientBuilder, Request, Response, Url,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, USER_AGENT},
    redirect::Policy,
};

use crate::json::Json;

/// How long a server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long the body of an answer is waited for. It is only shown; the status alone decides.
const BODY_TIMEOUT: Duration = Duration::from_secs(2);
/// How many bytes of the body of an answer are kept.
const KEPT: usize = 16_384;
const AGENT: &str = concat!("payseal-sandbox/", env!("CARGO_PKG_VERSION"));

/// What came of one request.
pub(crate) struct Exchange {
    /// The headers as they were sent: a list of names with their values.
    pub(crate) headers: Json,
    /// From the first byte sent to the last byte kept.
    pub(crate) duration_ms: i64,
    /// The answer, or why there was none.
    pub(crate) outcome: Result<Received, String>,
}

/// The answer of a user's server.
pub(crate) struct Received {
    pub(crate) status: u16,
    /// A list of names with their values.
    pub(crate) headers: Json,
    /// The beginning of the body; bytes that are not UTF-8 are replaced.
    pub(crate) body: String,
    /// Whether there was more of the body than is kept.
    pub(crate) is_cut: bool,
}

/// Settings of a client that goes nowhere but where it is told to.
pub(crate) fn client() -> ClientBuilder {
    Client::builder().redirect(Policy::none()).no_proxy().timeout(TIMEOUT)
}

/// Sends a body, with its signature if it has one.
pub(crate) async fn post(client: &Client, url: &str, body: &str, signature: Option<&str>) -> Exchange {
    let request = match prepare(client, url, body, signature) {
        Ok(request) => request,
        Err(error) => return Exchange { headers: Json::List(Vec::new()), duration_ms: 0, outcome: Err(error) },
    };
    let headers = list(request.headers());
    let start = Instant::now();
    let outcome = match client.execute(request).await {
        Ok(response) => Ok(receive(response).await),
        Err(error) => Err(describe(&error)),
    };
    Exchange { headers, duration_ms: milliseconds_since(start), outcome }
}

/// Sets every header here, so that none is added later and what is shown is what was sent.
fn prepare(client: &Client, url: &str, body: &str, signature: Option<&str>) -> Result<Request, String> {
    let url = Url::parse(url).map_err(|error| error.to_string())?;
    let mut request = client
        .post(url.clone())
        .header(HOST, authority(&url))
        .header(USER_AGENT, AGENT)
        .header(ACCEPT, "*/*")
        .header(CONTENT_TYPE, "application/json")
        .header(CONTENT_LENGTH, body.len())
        .body(body.to_owned());
    if let Some(signature) = signature {
        request = request.header("X-SIGNATURE", signature);
    }
    request.build().map_err(|error| describe(&error))
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

async fn receive(mut response: Response) -> Received {
    let (status, headers) = (response.status().as_u16(), list(response.headers()));
    let mut body = Vec::new();
    let read = tokio::time::timeout(BODY_TIMEOUT, async {
        while body.len() <= KEPT {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
        false
    });
    let is_whole = read.await.unwrap_or(false) && body.len() <= KEPT;
    body.truncate(KEPT);
    Received { status, headers, body: String::from_utf8_lossy(&body).into_owned(), is_cut: !is_whole }
}

/// Headers as a list of names with their values.
pub(crate) fn list(headers: &HeaderMap) -> Json {
    let pair =
        |name: &str, value: &[u8]| Json::List(vec![name.into(), String::from_utf8_lossy(value).into_owned().into()]);
    headers.iter().map(|(name, value)| pair(name.as_str(), value.as_bytes())).collect()
}

pub(crate) fn milliseconds_since(start: Instant) -> i64 {
    i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX)
}

fn describe(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    if error.is_timeout() { format!("no answer within {} s", TIMEOUT.as_secs()) } else { cause.to_string() }
}
