//! Keeps web pages out. The control API asks for no password, and any page that a developer visits can send requests
//! to this machine: directly, or through a name of its own that leads here.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};

use crate::{app::App, server::failure};

/// Lets a request to the control API pass only if no foreign page can have sent it.
pub(crate) async fn control(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match refusal(&app, request.headers()) {
        None => next.run(request).await,
        Some(reason) => failure(StatusCode::FORBIDDEN, reason),
    }
}

/// The same for the forms of payment pages. To look at a page is harmless, and shops lead there.
pub(crate) async fn forms(state: State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST { control(state, request, next).await } else { next.run(request).await }
}

fn refusal(app: &App, headers: &HeaderMap) -> Option<&'static str> {
    let Some(host) = single(headers, header::HOST) else { return Some("there must be one Host header") };
    if !is_own_host(app, host) {
        return Some("Host is not an address of this sandbox: see --allow-host");
    }
    if headers.contains_key(header::ORIGIN) && !single(headers, header::ORIGIN).is_some_and(|it| is_of(it, host)) {
        return Some("Origin is another site");
    }
    match headers.get("Sec-Fetch-Site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => None,
        Some(_) => Some("Sec-Fetch-Site says that another site asks"),
    }
}

fn single(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_none() { Some(value) } else { None }
}

/// A name can be led anywhere by whoever owns it; an address in digits cannot.
fn is_own_host(app: &App, host: &str) -> bool {
    let Some(name) = host.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_ascii_lowercase)) else {
        return false;
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    match name.parse::<IpAddr>() {
        Ok(address) => {
            let bound = app.options.host;
            address.is_loopback() || address == bound || bound.is_unspecified()
        }
        Err(_) => name == "localhost" || app.options.allow_host.iter().any(|known| known.eq_ignore_ascii_case(name)),
    }
}

/// Whether an origin is the site that was asked. A proxy before the sandbox may speak TLS.
fn is_of(origin: &str, host: &str) -> bool {
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}
