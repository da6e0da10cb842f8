//! Answers that are given in place of the right one.

use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};

use crate::{
    behaviour::NotKnown,
    fields::{Fields, invalid},
    json::{Json, Object, Style},
    refusal::Refusal,
};

/// Marks a response that must not be sent: the connection is closed instead.
#[derive(Clone)]
pub(crate) struct HangUp;

/// A response that makes the server close the connection.
pub(super) fn hang_up() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}

/// A wrong answer.
#[derive(Clone)]
pub(super) struct Answer {
    status: StatusCode,
    content: Content,
    retry_after: Option<HeaderValue>,
}

#[derive(Clone)]
enum Content {
    Json(Json),
    Html(String),
}

impl Answer {
    /// `success:false` with these words, or without any.
    pub(super) fn denial(status: StatusCode, words: Option<&str>) -> Self {
        Self::json(status, Object::new().with("success", false).with_some("error", words).into())
    }

    pub(super) fn not_known(form: NotKnown) -> Self {
        let (status, body) = form.answer();
        Self::json(status, body)
    }

    /// A denial that says when to come back: in seconds, or at a date.
    pub(super) fn later(status: StatusCode, retry_after: HeaderValue) -> Self {
        Self { retry_after: Some(retry_after), ..Self::denial(status, status.canonical_reason()) }
    }

    /// What a proxy between the client and the gateway says when it is tired of waiting.
    pub(super) fn of_proxy(status: StatusCode) -> Self {
        Self::html(status, &status.to_string())
    }

    pub(super) fn rubbish() -> Self {
        Self::html(StatusCode::OK, "It works!")
    }

    /// Reads `{"status":200,"error":"maintenance"}` or `{"status":404,"body":{"message":"Not Found"}}`.
    pub(super) fn read(fields: Fields<'_>) -> Result<Self, Refusal> {
        let status = status(fields, 200..=599)?.unwrap_or(StatusCode::OK);
        match (fields.value("body"), fields.text("error")?) {
            (Some(_), Some(_)) => Err(invalid("body", "and error exclude each other")),
            (Some(body), None) => Ok(Self::json(status, body.clone())),
            (None, words) => Ok(Self::denial(status, words)),
        }
    }

    fn json(status: StatusCode, body: Json) -> Self {
        Self { status, content: Content::Json(body), retry_after: None }
    }

    fn html(status: StatusCode, title: &str) -> Self {
        let page = format!("<html><body><h1>{title}</h1></body></html>");
        Self { status, content: Content::Html(page), retry_after: None }
    }

    pub(super) fn response(self, style: Style) -> Response {
        let (content_type, body) = match self.content {
            Content::Json(json) => ("application/json", json.write(style)),
            Content::Html(page) => ("text/html", page),
        };
        let mut response = (self.status, [(CONTENT_TYPE, content_type)], body).into_response();
        if let Some(retry_after) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, retry_after);
        }
        response
    }
}

/// A status in this range.
pub(super) fn status(fields: Fields<'_>, range: std::ops::RangeInclusive<i64>) -> Result<Option<StatusCode>, Refusal> {
    let Some(number) = fields.integer_within("status", range)? else { return Ok(None) };
    let status = u16::try_from(number).ok().and_then(|number| StatusCode::from_u16(number).ok());
    status.map(Some).ok_or_else(|| invalid("status", "must be a status of HTTP"))
}
