//! The merchant API of Bitloga: one URL, and an `action` field that selects the method.

mod balances;
mod codes;
mod details;
mod invoice;
mod withdraw;

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use rusqlite::Connection;
use subtle::ConstantTimeEq;

pub(crate) use codes::disable as disable_code;
pub(crate) use details::callback_fields;
pub(crate) use invoice::{cancel as cancel_invoice, page_url, pay as pay_invoice, resend_callback};
pub(crate) use withdraw::{complete as complete_payout, fail as fail_payout};

use crate::{
    app::App,
    fields::Fields,
    json::{Json, Object},
    refusal::Refusal,
    request, store,
};

/// What an action does: it reads its parameters, changes the books, and says what to answer.
type Action = fn(&App, &Connection, Fields<'_>) -> Result<Object, Refusal>;

/// `POST /api/v1/`: nothing of the body is looked at before its signature has matched.
pub(crate) async fn endpoint(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let (name, action, request) = match request::read(body).and_then(|body| accept(&app, &headers, &body)) {
        Ok(accepted) => accepted,
        Err(refusal) => return answer(&app, "?", Err(refusal)),
    };
    let worker = Arc::clone(&app);
    let work = move || {
        let result = worker.transaction(|connection| action(&worker, connection, Fields::of(&request)?));
        answer(&worker, name, result)
    };
    app.misbehaviour.around(name, work).await
}

fn accept(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(&'static str, Action, Json), Refusal> {
    authenticate(app, headers, body)?;
    let request = request::json(headers, body)?;
    let (name, action) = select(Fields::of(&request)?.required_text("action")?)?;
    Ok((name, action, request))
}

fn authenticate(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    let header = |name: &str| {
        let value = headers.get(name).ok_or_else(|| Refusal::unauthorized(format!("{name} is missing")))?;
        value.to_str().map_err(|_| Refusal::unauthorized(format!("{name} is not text")))
    };
    if !bool::from(header("X-APIKEY")?.as_bytes().ct_eq(app.options.api_key.as_bytes())) {
        return Err(Refusal::unauthorized("X-APIKEY is not a known API key"));
    }
    if !app.signer.verify(body, header("X-SIGNATURE")?) {
        return Err(Refusal::unauthorized("X-SIGNATURE is not the signature of this body"));
    }
    Ok(())
}

fn select(action: &str) -> Result<(&'static str, Action), Refusal> {
    Ok(match action {
        "balances" => ("balances", balances::balances),
        "invoice" => ("invoice", invoice::invoice),
        "withdraw" => ("withdraw", withdraw::withdraw),
        "details" => ("details", details::details),
        "create" => ("create", codes::create),
        "apply" => ("apply", codes::apply),
        "get" => ("get", codes::get),
        _ => return Err(Refusal::bad_input("action names no known method")),
    })
}

fn answer(app: &App, action: &str, result: Result<Object, Refusal>) -> Response {
    let (status, object) = match result {
        Ok(object) => (StatusCode::OK, object.with("success", true)),
        Err(refusal) => {
            let object = Object::new().with("success", false).with("error", refusal.message);
            (refusal.status, object)
        }
    };
    log::info!("bitloga {action}: {}", status.as_u16());
    let body = app.gateway_json(&object.into());
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// Invoices and withdrawals share their identifiers: `details` knows both by `uniqueid` alone.
fn unused_uniqueid(connection: &Connection, fields: Fields<'_>) -> Result<String, Refusal> {
    let uniqueid = fields.required_text("uniqueid")?;
    let is_used =
        store::invoices::find(connection, uniqueid)?.is_some() || store::payouts::find(connection, uniqueid)?.is_some();
    if is_used {
        return Err(Refusal::conflict("uniqueid was used before"));
    }
    Ok(uniqueid.to_owned())
}
