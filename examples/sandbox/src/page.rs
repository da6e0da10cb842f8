//! The page at `/`: static, fed by the control API.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::app::App;

/// Nothing but what the sandbox serves itself is loaded, run or called.
const SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
);

/// Puts the security policy on a page.
pub(crate) async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, SECURITY_POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // Another version may listen here tomorrow.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The page, and what it is made of.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/page.css", CSS, include_str!("page/page.css")),
    ("/page/layout.css", CSS, include_str!("page/layout.css")),
    ("/page/icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("/page/api.js", JAVASCRIPT, include_str!("page/api.js")),
    ("/page/dom.js", JAVASCRIPT, include_str!("page/dom.js")),
    ("/page/exchange.js", JAVASCRIPT, include_str!("page/exchange.js")),
    ("/page/form.js", JAVASCRIPT, include_str!("page/form.js")),
    ("/page/format.js", JAVASCRIPT, include_str!("page/format.js")),
    ("/page/list.js", JAVASCRIPT, include_str!("page/list.js")),
    ("/page/live.js", JAVASCRIPT, include_str!("page/live.js")),
    ("/page/main.js", JAVASCRIPT, include_str!("page/main.js")),
    ("/page/views.js", JAVASCRIPT, include_str!("page/views.js")),
    ("/page/views/balances.js", JAVASCRIPT, include_str!("page/views/balances.js")),
    ("/page/views/behaviour.js", JAVASCRIPT, include_str!("page/views/behaviour.js")),
    ("/page/views/codes.js", JAVASCRIPT, include_str!("page/views/codes.js")),
    ("/page/views/crypto.js", JAVASCRIPT, include_str!("page/views/crypto.js")),
    ("/page/views/deliveries.js", JAVASCRIPT, include_str!("page/views/deliveries.js")),
    ("/page/views/invoices.js", JAVASCRIPT, include_str!("page/views/invoices.js")),
    ("/page/views/misbehaviour.js", JAVASCRIPT, include_str!("page/views/misbehaviour.js")),
    ("/page/views/payouts.js", JAVASCRIPT, include_str!("page/views/payouts.js")),
    ("/page/views/requests.js", JAVASCRIPT, include_str!("page/views/requests.js")),
    ("/page/views/start.js", JAVASCRIPT, include_str!("page/views/start.js")),
    ("/page/views/trigger.js", JAVASCRIPT, include_str!("page/views/trigger.js")),
];

/// Every file of the page.
pub(crate) fn routes() -> Router<Arc<App>> {
    FILES.iter().fold(Router::new(), |router, (path, content_type, content)| {
        router.route(path, get(|| async { ([(header::CONTENT_TYPE, *content_type)], *content).into_response() }))
    })
}

/// Text made safe to stand in HTML, attribute values included.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
