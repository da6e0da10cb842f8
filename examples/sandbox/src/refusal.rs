//! Why a request was not carried out.

use std::fmt;

use axum::http::StatusCode;

/// A status and a sentence that names the mistake, never a secret.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    /// Whether `details` does not know the `uniqueid`: gateways have many ways to say so.
    pub(crate) is_not_known: bool,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), is_not_known: false }
    }

    pub(crate) fn bad_input(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// `details` does not know this `uniqueid`.
    pub(crate) fn not_known() -> Self {
        Self { is_not_known: true, ..Self::not_found("uniqueid is not known") }
    }

    /// The `uniqueid` of a request is an earlier transaction's.
    pub(crate) fn used_before() -> Self {
        Self::conflict("uniqueid was used before")
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// A failure of the sandbox itself: the details are for the log, not for the client.
    pub(crate) fn internal(error: &dyn fmt::Display) -> Self {
        log::error!("{error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}
