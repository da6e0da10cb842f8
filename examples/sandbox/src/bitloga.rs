//! The merchant API of Bitloga: one URL, and an `action` field that selects the method.

mod balances;
mod codes;
mod details;
mod invoice;
mod settlement;
mod withdraw;

use std::{sync::Arc, time::Duration};

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
pub(crate) use settlement::{reverse as reverse_payout, settle as settle_payout};

use crate::{
    app::App,
    fields::Fields,
    json::{Json, Object},
    misbehave::Asked,
    refusal::Refusal,
    request, store,
};

/// What an action does: it reads its parameters, changes the books, and says what to answer.
#[derive(Clone, Copy)]
enum Action {
    /// With the world as it is.
    Now(fn(&App, &Connection, Fields<'_>) -> Result<Object, Refusal>),
    /// With the world as it was this long ago.
    Lagging(fn(&Connection, Fields<'_>, Duration) -> Result<Object, Refusal>),
}

impl Action {
    fn carry_out(self, app: &App, request: &Json, lag: Duration) -> Result<Object, Refusal> {
        let fields = Fields::of(request)?;
        app.transaction(|connection| match self {
            Self::Now(work) => work(app, connection, fields),
            Self::Lagging(work) => work(connection, fields, lag),
        })
    }
}

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
    let uniqueid = uniqueid_of(&request);
    let asked = Asked { action: name, uniqueid: uniqueid.as_deref() };
    let worker = Arc::clone(&app);
    let work = move |lag: Option<Duration>| {
        let lag = lag.unwrap_or_else(|| worker.standing.now().details_lag);
        answer(&worker, name, action.carry_out(&worker, &request, lag))
    };
    app.misbehaviour.around(&asked, app.standing.now().not_known, work).await
}

fn accept(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(&'static str, Action, Json), Refusal> {
    authenticate(app, headers, body)?;
    let request = request::json(headers, body)?;
    let (name, action) = select(Fields::of(&request)?.required_text("action")?)?;
    Ok((name, action, request))
}

/// The `uniqueid` of a request, right or wrong: faults can be ordered for one of them.
fn uniqueid_of(request: &Json) -> Option<String> {
    Fields::of(request).ok()?.owned("uniqueid").ok()?
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
        "balances" => ("balances", Action::Now(balances::balances)),
        "invoice" => ("invoice", Action::Now(invoice::invoice)),
        "withdraw" => ("withdraw", Action::Now(withdraw::withdraw)),
        "details" => ("details", Action::Lagging(details::details)),
        "create" => ("create", Action::Now(codes::create)),
        "apply" => ("apply", Action::Now(codes::apply)),
        "get" => ("get", Action::Now(codes::get)),
        _ => return Err(Refusal::bad_input("action names no known method")),
    })
}

fn answer(app: &App, action: &str, result: Result<Object, Refusal>) -> Response {
    let (status, body) = match result {
        Ok(object) => (StatusCode::OK, object.with("success", true).into()),
        Err(refusal) if refusal.is_not_known => app.standing.now().not_known.answer(),
        Err(refusal) => (refusal.status, Object::new().with("success", false).with("error", refusal.message).into()),
    };
    log::info!("bitloga {action}: {}", status.as_u16());
    (status, [(CONTENT_TYPE, "application/json")], app.gateway_json(&body)).into_response()
}

/// Invoices and withdrawals share their identifiers: `details` knows both by `uniqueid` alone.
fn unused_uniqueid(connection: &Connection, fields: Fields<'_>) -> Result<String, Refusal> {
    let uniqueid = fields.required_text("uniqueid")?;
    let is_used =
        store::invoices::find(connection, uniqueid)?.is_some() || store::payouts::find(connection, uniqueid)?.is_some();
    if is_used {
        return Err(Refusal::used_before());
    }
    Ok(uniqueid.to_owned())
}
