//! The control API under `/sandbox/`: what a test, or the page, does to the world on the other side of the wire.

mod balances;
mod describe;
mod events;
mod payouts;
mod trigger;

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use rusqlite::Connection;

use crate::{
    apiforcrypto::{self, chain},
    app::App,
    bitloga,
    fields::{Fields, invalid},
    json::{Json, Object, Style},
    refusal::Refusal,
    store::{self, codes, crypto, deliveries, invoices, ledger},
};
use describe::{
    attempt_state, balances_state, code_state, crypto_state, entry_state, invoice_state, payout_state, pending_state,
};

/// Every route, below `/sandbox`.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/state", get(state))
        .route("/deliveries", get(all_deliveries))
        .route("/invoices/{uniqueid}/{action}", post(invoice))
        .route("/balances", post(balances::set))
        .route("/balances/{action}", post(balances::act))
        .route("/payouts", get(payouts::all))
        .route("/payouts/{uniqueid}", get(payouts::one))
        .route("/payouts/{uniqueid}/{action}", post(payouts::act))
        .route("/codes/{code}/{action}", post(code))
        .route("/crypto/{uuid}/{action}", post(crypto_invoice))
        .route("/behaviour", get(behaviour).post(behave))
        .route("/misbehave", post(misbehave))
        .route("/misbehave/cancel", post(cancel_orders))
        .route("/trouble", post(trouble))
        .route("/counts", get(counts))
        .route("/requests", get(requests))
        .route("/about", get(about))
        .route("/events", get(events::events))
        .route("/trigger", post(trigger::trigger))
        .route("/reset", post(reset))
}

async fn invoice(State(app): State<Arc<App>>, Path((uniqueid, action)): Path<(String, String)>) -> Response {
    answer(app.transaction(|connection| {
        let find = || invoices::find(connection, &uniqueid)?.ok_or_else(|| Refusal::not_found("no such invoice"));
        match action.as_str() {
            "pay" => bitloga::pay_invoice(&app, connection, &find()?)?,
            "fail" => bitloga::cancel_invoice(connection, &find()?)?,
            "resend" => bitloga::resend_callback(&app, connection, &find()?)?,
            _ => return Err(unknown_action("pay, fail and resend")),
        }
        Ok(invoice_state(&app, &find()?))
    }))
}

async fn code(State(app): State<Arc<App>>, Path((code, action)): Path<(String, String)>) -> Response {
    answer(app.transaction(|connection| match action.as_str() {
        "disable" => {
            bitloga::disable_code(connection, &code)?;
            Ok(codes::find(connection, &code)?.as_ref().map(code_state).unwrap_or_default())
        }
        _ => Err(unknown_action("disable")),
    }))
}

async fn crypto_invoice(
    State(app): State<Arc<App>>,
    Path((uuid, action)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    answer(read_options(&body).and_then(|options| {
        app.transaction(|connection| {
            let found = crypto::find(connection, &uuid)?;
            let mut invoice = found.ok_or_else(|| Refusal::not_found("no such crypto invoice"))?;
            match action.as_str() {
                "pay" => chain::pay(&app, connection, &mut invoice, is_partial(Fields(&options))?)?,
                "expire" => chain::expire(connection, &mut invoice)?,
                "resend" => chain::resend(&app, connection, &invoice)?,
                _ => return Err(unknown_action("pay, expire and resend")),
            }
            crypto_state(&app, &invoice)
        })
    }))
}

async fn behaviour(State(app): State<Arc<App>>) -> Response {
    answer(Ok(Object::new().with("behaviour", app.standing.now().describe())))
}

async fn behave(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(read_options(&body).and_then(|options| {
        let behaviour = app.standing.change(Fields(&options))?;
        app.changes.note();
        Ok(Object::new().with("behaviour", behaviour.describe()))
    }))
}

async fn misbehave(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(read_options(&body).and_then(|options| {
        app.misbehaviour.order(Fields(&options), app.standing.now().not_known)?;
        app.changes.note();
        Ok(Object::new().with("misbehaviour", app.misbehaviour.describe()))
    }))
}

async fn cancel_orders(State(app): State<Arc<App>>) -> Response {
    app.misbehaviour.cancel_orders();
    app.changes.note();
    answer(Ok(Object::new().with("misbehaviour", app.misbehaviour.describe())))
}

async fn trouble(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(read_options(&body).and_then(|options| {
        app.misbehaviour.make_trouble(Fields(&options))?;
        app.changes.note();
        Ok(Object::new().with("trouble", app.misbehaviour.describe_trouble()))
    }))
}

async fn counts(State(app): State<Arc<App>>) -> Response {
    answer(Ok(app.misbehaviour.counts()))
}

async fn requests(State(app): State<Arc<App>>) -> Response {
    answer(Ok(Object::new().with("requests", app.requests.describe())))
}

/// What a client has to know to talk to this sandbox.
async fn about(State(app): State<Arc<App>>) -> Response {
    let options = &app.options;
    answer(Ok(Object::new()
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("url", &app.url)
        .with("api_key", &options.api_key)
        .with("api_secret", &options.api_secret)
        .with("wallet_id", &options.wallet_id)))
}

async fn reset(State(app): State<Arc<App>>) -> Response {
    app.misbehaviour.forget();
    app.requests.forget();
    app.standing.reset(&app.options);
    let result = app.transaction(store::reset).map(|()| Object::new());
    app.changes.note();
    answer(result)
}

async fn all_deliveries(State(app): State<Arc<App>>) -> Response {
    answer(app.read(|connection| {
        let attempts = deliveries::attempts(connection)?;
        Ok(Object::new().with("deliveries", attempts.iter().map(attempt_state).collect::<Json>()))
    }))
}

async fn state(State(app): State<Arc<App>>) -> Response {
    let state = app.read(|connection| everything(&app, connection));
    answer(state.and_then(|state| Ok(state.with("wallet", apiforcrypto::wallet_fields(&app)?))))
}

fn everything(app: &App, connection: &Connection) -> Result<Object, Refusal> {
    let crypto = crypto::all(connection)?;
    let crypto = crypto.iter().map(|invoice| crypto_state(app, invoice)).collect::<Result<Vec<_>, _>>()?;
    Ok(balances_state(connection)?
        .with("ledger", ledger::entries(connection)?.iter().map(entry_state).collect::<Json>())
        .with("invoices", invoices::all(connection)?.iter().map(|it| invoice_state(app, it)).collect::<Json>())
        .with("payouts", store::payouts::all(connection)?.iter().map(payout_state).collect::<Json>())
        .with("codes", codes::all(connection)?.iter().map(code_state).collect::<Json>())
        .with("crypto", crypto.into_iter().collect::<Json>())
        .with("pending", deliveries::pending(connection)?.iter().map(pending_state).collect::<Json>())
        .with("behaviour", app.standing.now().describe())
        .with("misbehaviour", app.misbehaviour.describe())
        .with("trouble", app.misbehaviour.describe_trouble()))
}

/// The options in a body; there need be none.
fn read_options(body: &[u8]) -> Result<Object, Refusal> {
    match Json::parse(if body.is_empty() { b"{}" } else { body }) {
        Ok(Json::Object(options)) => Ok(options),
        Ok(_) => Err(Refusal::bad_input("the body is not a JSON object")),
        Err(error) => Err(Refusal::bad_input(error)),
    }
}

fn is_partial(options: Fields<'_>) -> Result<bool, Refusal> {
    match options.value("partial") {
        None => Ok(false),
        Some(Json::Bool(partial)) => Ok(*partial),
        Some(_) => Err(invalid("partial", "must be true or false")),
    }
}

fn unknown_action(known: &str) -> Refusal {
    Refusal::not_found(format!("no such action: there are {known}"))
}

/// Answers of this API look the same whatever `--php-json` says, and their amounts are text, safe to read anywhere.
fn answer(result: Result<Object, Refusal>) -> Response {
    let (status, object) = match result {
        Ok(object) => (StatusCode::OK, object.with("success", true)),
        Err(refusal) => (refusal.status, Object::new().with("success", false).with("error", refusal.message)),
    };
    (status, [(CONTENT_TYPE, "application/json")], Json::from(object).write(Style::Plain)).into_response()
}
