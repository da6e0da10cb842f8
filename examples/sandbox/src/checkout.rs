//! The pages a payer is sent to, where an invoice of either gateway can be paid or refused by hand.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};

use crate::{
    apiforcrypto::chain,
    app::App,
    bitloga,
    fields::Fields,
    json::Json,
    page::escape,
    refusal::Refusal,
    store::{
        crypto::{self, CryptoInvoice},
        invoices::{self, Invoice},
    },
};

/// The payment pages of both gateways.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/exchange/{id}/step-4", get(show_invoice))
        .route("/exchange/{id}/{action}", post(decide_invoice))
        .route("/pay/{uuid}", get(show_crypto))
        .route("/pay/{uuid}/{action}", post(decide_crypto))
}

async fn show_invoice(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    let invoice = find_invoice(&app, &id);
    respond(invoice.map(|invoice| {
        let buttons: &[_] = match invoice.status.as_str() {
            "Created" => &[("pay", "Pay"), ("fail", "Refuse")],
            _ => &[],
        };
        let actions = buttons.iter().map(|(action, label)| (format!("/exchange/{id}/{action}"), *label));
        page(&format!("{} {}", invoice.amount, invoice.paysys), invoice.desc.as_deref(), &invoice.status, actions)
    }))
}

async fn decide_invoice(State(app): State<Arc<App>>, Path((id, action)): Path<(String, String)>) -> Response {
    respond(find_invoice(&app, &id).and_then(|invoice| {
        let back = app.transaction(|connection| match action.as_str() {
            "pay" => bitloga::pay_invoice(&app, connection, &invoice).map(|()| invoice.successurl.clone()),
            "fail" => bitloga::cancel_invoice(connection, &invoice).map(|()| invoice.failurl.clone()),
            _ => Err(Refusal::not_found("no such action")),
        })?;
        Ok(Redirect::to(&back.unwrap_or_else(|| format!("/exchange/{id}/step-4"))))
    }))
}

async fn show_crypto(State(app): State<Arc<App>>, Path(uuid): Path<String>) -> Response {
    respond(find_crypto(&app, &uuid).map(|invoice| {
        let is_payable = invoice.active && invoice.next_block_at.is_none();
        let buttons: &[_] =
            if is_payable { &[("pay", "Pay"), ("part", "Pay half"), ("expire", "Let it expire")] } else { &[] };
        let actions = buttons.iter().map(|(action, label)| (format!("/pay/{uuid}/{action}"), *label));
        let title = format!("{} of the smallest unit of {}", invoice.value, invoice.symbol);
        page(&title, Some(&invoice.address), &invoice.status, actions)
    }))
}

async fn decide_crypto(State(app): State<Arc<App>>, Path((uuid, action)): Path<(String, String)>) -> Response {
    respond(find_crypto(&app, &uuid).and_then(|mut invoice| {
        let back = match action.as_str() {
            "pay" => data_address(&invoice, "url_success")?,
            "expire" => data_address(&invoice, "url_failed")?,
            _ => None,
        };
        app.transaction(|connection| match action.as_str() {
            "pay" => chain::pay(&app, connection, &mut invoice, false),
            "part" => chain::pay(&app, connection, &mut invoice, true),
            "expire" => chain::expire(connection, &mut invoice),
            _ => Err(Refusal::not_found("no such action")),
        })?;
        Ok(Redirect::to(&back.unwrap_or_else(|| format!("/pay/{uuid}"))))
    }))
}

fn find_invoice(app: &App, id: &str) -> Result<Invoice, Refusal> {
    let page = id.strip_prefix("id-").unwrap_or_default();
    let invoice = app.read(|connection| invoices::find_by_page(connection, page))?;
    invoice.ok_or_else(|| Refusal::not_found("no such invoice"))
}

fn find_crypto(app: &App, uuid: &str) -> Result<CryptoInvoice, Refusal> {
    let invoice = app.read(|connection| crypto::find(connection, uuid))?;
    invoice.ok_or_else(|| Refusal::not_found("no such invoice"))
}

fn data_address(invoice: &CryptoInvoice, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = &invoice.data else { return Ok(None) };
    let data = Json::parse(text.as_bytes()).map_err(|error| Refusal::internal(&error))?;
    Fields::of(&data)?.web_address(name)
}

fn page<'a>(
    title: &str,
    detail: Option<&str>,
    status: &str,
    actions: impl Iterator<Item = (String, &'a str)>,
) -> Html<String> {
    let button = |(target, label): (String, &str)| {
        format!("<form method=\"post\" action=\"{}\"><button>{}</button></form>\n", escape(&target), escape(label))
    };
    let buttons = actions.map(button).collect::<Vec<_>>().concat();
    Html(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>Pay {title} · payseal sandbox</title>\n\
         <link rel=\"stylesheet\" href=\"/page.css\">\n<main class=\"payment\">\n<h1>{title}</h1>\n<p>{detail}</p>\n\
         <p>Status: <strong>{status}</strong></p>\n{buttons}</main>\n</html>\n",
        title = escape(title),
        detail = escape(detail.unwrap_or_default()),
        status = escape(status),
    ))
}

fn respond(result: Result<impl IntoResponse, Refusal>) -> Response {
    match result {
        Ok(response) => response.into_response(),
        Err(refusal) => {
            let message = page(&refusal.message, None, StatusCode::as_str(&refusal.status), std::iter::empty());
            (refusal.status, message).into_response()
        }
    }
}
