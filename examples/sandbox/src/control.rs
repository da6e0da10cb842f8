//! The control API under `/sandbox/`: what a test, or the page, does to the world on the other side of the wire.

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
    store::{
        self,
        codes::{self, Code},
        crypto::{self, CryptoInvoice},
        deliveries::{self, Attempt, Delivery},
        invoices::{self, Invoice},
        ledger,
        payouts::{self, Payout},
    },
    timestamp,
};

/// Every route, below `/sandbox`.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/state", get(state))
        .route("/deliveries", get(all_deliveries))
        .route("/invoices/{uniqueid}/{action}", post(invoice))
        .route("/payouts/{uniqueid}/{action}", post(payout))
        .route("/codes/{code}/{action}", post(code))
        .route("/crypto/{uuid}/{action}", post(crypto_invoice))
        .route("/misbehave", post(misbehave))
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

async fn payout(State(app): State<Arc<App>>, Path((uniqueid, action)): Path<(String, String)>) -> Response {
    answer(app.transaction(|connection| {
        let find = || payouts::find(connection, &uniqueid)?.ok_or_else(|| Refusal::not_found("no such payout"));
        match action.as_str() {
            "complete" => bitloga::complete_payout(connection, &find()?)?,
            "fail" => bitloga::fail_payout(connection, &find()?)?,
            _ => return Err(unknown_action("complete and fail")),
        }
        Ok(payout_state(&find()?))
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

async fn misbehave(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(read_options(&body).and_then(|options| {
        app.misbehaviour.order(Fields(&options))?;
        Ok(Object::new().with("misbehaviour", app.misbehaviour.describe()))
    }))
}

async fn reset(State(app): State<Arc<App>>) -> Response {
    app.misbehaviour.forget();
    answer(app.transaction(store::reset).map(|()| Object::new()))
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
    let balances = ledger::balances(connection)?;
    let balances =
        balances.iter().fold(Object::new(), |object, (currency, amount)| object.with(currency, amount.to_string()));
    let crypto = crypto::all(connection)?;
    let crypto = crypto.iter().map(|invoice| crypto_state(app, invoice)).collect::<Result<Vec<_>, _>>()?;
    Ok(Object::new()
        .with("balances", balances)
        .with("ledger", ledger::entries(connection)?.iter().map(entry_state).collect::<Json>())
        .with("invoices", invoices::all(connection)?.iter().map(|it| invoice_state(app, it)).collect::<Json>())
        .with("payouts", payouts::all(connection)?.iter().map(payout_state).collect::<Json>())
        .with("codes", codes::all(connection)?.iter().map(code_state).collect::<Json>())
        .with("crypto", crypto.into_iter().collect::<Json>())
        .with("pending", deliveries::pending(connection)?.iter().map(pending_state).collect::<Json>())
        .with("misbehaviour", app.misbehaviour.describe()))
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

fn invoice_state(app: &App, invoice: &Invoice) -> Object {
    Object::new()
        .with("invoiceid", invoice.invoiceid)
        .with("uniqueid", &invoice.uniqueid)
        .with("paysys", &invoice.paysys)
        .with("amount", invoice.amount.to_string())
        .with("pay_amount", invoice.pay_amount.as_ref().map(ToString::to_string))
        .with("purse", invoice.purse.as_ref())
        .with("paylist", invoice.paylist.as_ref())
        .with("comis", &invoice.comis)
        .with("dtag", invoice.dtag.as_ref())
        .with("email", invoice.email.as_ref())
        .with("name", invoice.name.as_ref())
        .with("surname", invoice.surname.as_ref())
        .with("desc", invoice.desc.as_ref())
        .with("callbackurl", invoice.callbackurl.as_ref())
        .with("successurl", invoice.successurl.as_ref())
        .with("failurl", invoice.failurl.as_ref())
        .with("status", &invoice.status)
        .with("created", timestamp::rfc3339(invoice.created))
        .with("page", bitloga::page_url(app, invoice))
}

fn payout_state(payout: &Payout) -> Object {
    Object::new()
        .with("orderid", payout.orderid)
        .with("uniqueid", &payout.uniqueid)
        .with("transid", &payout.transid)
        .with("currency", &payout.currency)
        .with("paysys", &payout.paysys)
        .with("amount_from", payout.amount_from.to_string())
        .with("amount_from_comis", payout.amount_from_comis.to_string())
        .with("amount_to", payout.amount_to.to_string())
        .with("purse", payout.purse.as_ref())
        .with("dtag", payout.dtag.as_ref())
        .with("name", payout.name.as_ref())
        .with("surname", payout.surname.as_ref())
        .with("status", &payout.status)
        .with("created", timestamp::rfc3339(payout.created))
}

fn code_state(code: &Code) -> Object {
    Object::new()
        .with("code", &code.text)
        .with("amount", code.amount.to_string())
        .with("currency", &code.currency)
        .with("pass", code.password.as_ref().map(|_| "Required"))
        .with("desc", code.desc.as_ref())
        .with("status", &code.status)
        .with("created", timestamp::rfc3339(code.created))
        .with("applied", code.applied.map(timestamp::rfc3339))
}

fn crypto_state(app: &App, invoice: &CryptoInvoice) -> Result<Object, Refusal> {
    let fields = apiforcrypto::invoice_fields(app, invoice)?;
    Ok(fields
        .without("value")
        .with("value", invoice.value.to_string())
        .with("paid", invoice.paid.to_string())
        .with("in_flight", invoice.in_flight.to_string())
        .with("confirmations_required", invoice.confirmations_required))
}

fn entry_state(entry: &ledger::Entry) -> Object {
    Object::new()
        .with("time", timestamp::rfc3339(entry.time))
        .with("currency", &entry.currency)
        .with("amount", entry.amount.to_string())
        .with("reason", &entry.reason)
}

fn pending_state(delivery: &Delivery) -> Object {
    Object::new()
        .with("delivery", delivery.id)
        .with("kind", &delivery.kind)
        .with("subject", &delivery.subject)
        .with("url", &delivery.url)
        .with("attempts", delivery.attempts)
        .with("next_attempt", delivery.next_at.map(timestamp::rfc3339))
}

fn attempt_state(attempt: &Attempt) -> Object {
    let delivery = &attempt.delivery;
    Object::new()
        .with("delivery", delivery.id)
        .with("kind", &delivery.kind)
        .with("subject", &delivery.subject)
        .with("url", &delivery.url)
        .with("body", &delivery.body)
        .with("signature", delivery.signature.as_ref())
        .with("attempt", attempt.number)
        .with("status", attempt.status.map(i64::from))
        .with("error", attempt.error.as_ref())
        .with("time", timestamp::rfc3339(attempt.time))
}
