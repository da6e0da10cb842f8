//! Api for Crypto: invoices that are paid on pretended blockchains.

mod asset;
pub(crate) mod chain;
mod create;

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use subtle::ConstantTimeEq;

use crate::{
    apiforcrypto::asset::{ASSETS, Asset},
    app::App,
    currency::DOLLAR,
    decimal::Decimal,
    fields::Fields,
    json::{Json, Object},
    misbehave::Asked,
    refusal::Refusal,
    request,
    store::crypto::{self, CryptoInvoice},
    timestamp,
};

/// `POST /api/v1/wallets/{wallet id}/invoices`.
pub(crate) async fn create_invoice(
    State(app): State<Arc<App>>,
    Path(wallet): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match request::read(body) {
        Ok(body) => body,
        Err(refusal) => return answer(&app, "crypto-create", Err(refusal)),
    };
    respond(&app, "crypto-create", move |app| {
        require_wallet(app, &wallet)?;
        let request = request::json(&headers, &body).map_err(create_forbidden)?;
        let fields = Fields::of(&request).map_err(create_forbidden)?;
        app.transaction(|connection| {
            let invoice = create::create(app, connection, fields).map_err(create_forbidden)?;
            invoice_fields(app, &invoice)
        })
    })
    .await
}

/// `GET /api/v1/invoices/{uuid}`.
pub(crate) async fn invoice(State(app): State<Arc<App>>, Path(uuid): Path<String>) -> Response {
    respond(&app, "crypto-invoice", move |app| find_invoice(app, &uuid)).await
}

/// `GET /api/v1/wallets/{wallet id}/invoices/{uuid}`.
pub(crate) async fn invoice_of_wallet(
    State(app): State<Arc<App>>,
    Path((wallet, uuid)): Path<(String, String)>,
) -> Response {
    respond(&app, "crypto-invoice", move |app| {
        require_wallet(app, &wallet)?;
        find_invoice(app, &uuid)
    })
    .await
}

/// `GET /api/v1/wallets/{wallet id}`.
pub(crate) async fn wallet(State(app): State<Arc<App>>, Path(wallet): Path<String>) -> Response {
    respond(&app, "crypto-wallet", move |app| {
        require_wallet(app, &wallet)?;
        wallet_fields(app)
    })
    .await
}

async fn respond(
    app: &Arc<App>,
    action: &'static str,
    work: impl Fn(&App) -> Result<Object, Refusal> + Send + Sync + 'static,
) -> Response {
    let worker = Arc::clone(app);
    let work = move |_| answer(&worker, action, work(&worker));
    app.misbehaviour.around(&Asked { action, uniqueid: None }, app.standing.now().not_known, work).await
}

fn answer(app: &App, action: &str, result: Result<Object, Refusal>) -> Response {
    let (status, object) = match result {
        Ok(object) => (StatusCode::OK, object),
        Err(refusal) => (refusal.status, Object::new().with("error", refusal.message)),
    };
    log::info!("apiforcrypto {action}: {}", status.as_u16());
    (status, [(CONTENT_TYPE, "application/json")], app.gateway_json(&object.into())).into_response()
}

/// The documents know only 403 for an invoice that may not be created.
fn create_forbidden(refusal: Refusal) -> Refusal {
    match refusal.status {
        StatusCode::BAD_REQUEST => Refusal::forbidden(format!("Create invoice forbidden: {}", refusal.message)),
        _ => refusal,
    }
}

fn require_wallet(app: &App, wallet: &str) -> Result<(), Refusal> {
    if bool::from(wallet.as_bytes().ct_eq(app.options.wallet_id.as_bytes())) {
        Ok(())
    } else {
        Err(Refusal::not_found("Wallet not found"))
    }
}

fn find_invoice(app: &App, uuid: &str) -> Result<Object, Refusal> {
    let invoice = app.read(|connection| crypto::find(connection, uuid))?;
    invoice_fields(app, &invoice.ok_or_else(|| Refusal::not_found("Invoice not found"))?)
}

/// An invoice, in the order of the documents.
pub(crate) fn invoice_fields(app: &App, invoice: &CryptoInvoice) -> Result<Object, Refusal> {
    let parse = |text: &Option<String>| match text {
        Some(text) => Json::parse(text.as_bytes()).map_err(|error| Refusal::internal(&error)),
        None => Ok(Json::Null),
    };
    let data = match parse(&invoice.data)? {
        Json::Object(object) => object.without("url_pay"),
        _ => Object::new(),
    };
    let asset = Asset::find(&invoice.blockchain, &invoice.symbol);
    Ok(Object::new()
        .with("id", &invoice.uuid)
        .with("blockchain", &invoice.blockchain)
        .with("symbol", &invoice.symbol)
        .with("address", &invoice.address)
        .with("contract_address", asset.and_then(|asset| asset.contract_address))
        .with("active", invoice.active)
        .with("value", &invoice.value)
        .with("created", timestamp::to_the_second(invoice.created))
        .with("expiry", timestamp::to_the_second(invoice.expires))
        .with("status", &invoice.status)
        .with("confirmations", invoice.confirmations)
        .with("fiat_currency", parse(&invoice.fiat_currency)?)
        .with("txs", &invoice.transactions)
        .with("data", data.with("url_pay", page_url(app, invoice))))
}

/// Where the payer pays.
pub(crate) fn page_url(app: &App, invoice: &CryptoInvoice) -> String {
    format!("{}/pay/{}", app.url, invoice.uuid)
}

/// The wallet, its balances and rates as strings, in the order of the documents.
pub(crate) fn wallet_fields(app: &App) -> Result<Object, Refusal> {
    let mut total = Decimal::zero();
    let mut accounts = Vec::new();
    for asset in ASSETS {
        let units = app.read(|connection| crypto::balance(connection, asset.blockchain, asset.symbol))?;
        let amount = units.point_left(asset.decimal);
        let in_dollars = (&amount * &asset.rate()).rounded_down(DOLLAR.places);
        total = &total + &in_dollars;
        accounts.push(account_fields(asset, &amount, &in_dollars).into());
    }
    Ok(Object::new()
        .with("id", &app.options.wallet_id)
        .with("created", "2026-01-01 00:00:00")
        .with("type", "merchant")
        .with("name", "Sandbox wallet")
        .with("balance", total.to_string())
        .with("accounts", Json::List(accounts)))
}

fn account_fields(asset: &Asset, amount: &Decimal, in_dollars: &Decimal) -> Object {
    Object::new()
        .with("blockchain", asset.blockchain)
        .with("contract_address", asset.contract_address)
        .with("currency", asset.name)
        .with("symbol", asset.symbol)
        .with("decimal", asset.decimal.to_string())
        .with("decimal_balance", amount.to_string())
        .with("rate", asset.rate().to_string())
        .with("fiat_balance", in_dollars.to_string())
        .with("fiat_currency", DOLLAR.code)
        .with("active", asset.active)
}
