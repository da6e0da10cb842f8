//! What both gateways ask of a request.

use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{HeaderMap, header::CONTENT_TYPE},
};

use crate::{json::Json, refusal::Refusal};

/// The whole body, if it is not too long.
pub(crate) fn read(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|rejection| Refusal::new(rejection.status(), rejection.body_text()))
}

/// The JSON of a body that says it is JSON.
pub(crate) fn json(headers: &HeaderMap, body: &[u8]) -> Result<Json, Refusal> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::bad_input("Content-type must be application/json"));
    }
    Json::parse(body).map_err(Refusal::bad_input)
}
