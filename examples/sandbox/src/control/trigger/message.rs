//! What a trigger sends: a callback or a notification as the gateways would, or with a fault that a shop must notice.

use clap::ValueEnum;

use crate::{
    app::App,
    behaviour::choice,
    fields::{Fields, invalid},
    json::{Json, Object, Style},
    refusal::Refusal,
    signature::Signer,
};

/// Signs what must not be accepted.
const WRONG_SECRET: &str = "not the secret";

/// Which gateway it comes from.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Of Bitloga: signed.
    #[default]
    Callback,
    /// Of Api for Crypto: it carries a secret key.
    Notification,
}

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fault {
    WrongSignature,
    NoSignature,
    /// Signed, and then written differently.
    ReSerialised,
    Twice,
}

/// What is to be sent.
pub(super) struct Triggered {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) signature: Option<String>,
    pub(super) copies: usize,
}

/// Reads `{"kind":"callback","fields":{"uniqueid":"125"},"fault":"twice"}`, or an exact `body` in place of the fields.
pub(super) fn read(app: &App, fields: Fields<'_>) -> Result<Triggered, Refusal> {
    let kind = choice::<Kind>(fields, "kind")?.unwrap_or_default();
    let fault = choice::<Fault>(fields, "fault")?;
    let copies = if fault == Some(Fault::Twice) { 2 } else { 1 };
    let (json, body) = content(app, fields, kind, fault)?;
    let subject = subject(json.as_ref());
    let sent = match (fault, json) {
        (Some(Fault::ReSerialised), Some(json)) => respelled(&json, &body),
        (Some(Fault::ReSerialised), None) => return Err(invalid("body", "must be JSON to be written differently")),
        _ => body.clone(),
    };
    let signature = match (kind, fault) {
        (Kind::Notification, _) | (_, Some(Fault::NoSignature)) => None,
        (Kind::Callback, Some(Fault::WrongSignature)) => Some(sign(WRONG_SECRET, &body)?),
        (Kind::Callback, _) => Some(match fields.text("secret")? {
            Some(secret) => sign(secret, &body)?,
            None => app.signer.sign(body.as_bytes()),
        }),
    };
    Ok(Triggered { subject, body: sent, signature, copies })
}

/// The JSON, if it is any, and its text.
fn content(app: &App, fields: Fields<'_>, kind: Kind, fault: Option<Fault>) -> Result<(Option<Json>, String), Refusal> {
    if let Some(body) = fields.owned("body")? {
        if fields.value("fields").is_some() {
            return Err(invalid("body", "and fields exclude each other"));
        }
        return Ok((Json::parse(body.as_bytes()).ok(), body));
    }
    let given = fields.object("fields")?;
    let mut object = match kind {
        Kind::Callback => callback(),
        Kind::Notification => notification(app),
    };
    for (name, value) in given.into_iter().flat_map(Object::iter) {
        object = if *value == Json::Null { object.without(name) } else { object.replaced(name, value.clone()) };
    }
    if kind == Kind::Notification {
        object = with_secret_key(object, fields.text("secret")?, fault);
    }
    let json = Json::from(object);
    let text = app.gateway_json(&json);
    Ok((Some(json), text))
}

/// A notification is not signed: what proves it is its secret key.
fn with_secret_key(object: Object, secret: Option<&str>, fault: Option<Fault>) -> Object {
    match (fault, secret) {
        (Some(Fault::NoSignature), _) => object.without("secret_key"),
        (Some(Fault::WrongSignature), _) => object.replaced("secret_key", WRONG_SECRET.into()),
        (_, Some(secret)) => object.replaced("secret_key", secret.into()),
        (_, None) => object,
    }
}

/// A paid invoice, in the order of the documents.
fn callback() -> Object {
    Object::new()
        .with("to", "USD")
        .with("amount", Json::Number("10.00".to_owned()))
        .with("type", "Invoice")
        .with("status", "Payed")
        .with("invoiceid", 1)
        .with("uniqueid", "order-1")
}

/// A paid invoice of ten dollars in USDT, in the order of the documents.
fn notification(app: &App) -> Object {
    let id = "00000000-0000-4000-8000-000000000001";
    Object::new()
        .with("id", id)
        .with("blockchain", "tron")
        .with("symbol", "USDT")
        .with("address", "T0000000000000000000000000000000000000001")
        .with("contract_address", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t")
        .with("active", false)
        .with("value", 10_000_000)
        .with("created", "2026-01-01 12:00:00")
        .with("expiry", "2026-01-01 12:15:00")
        .with("status", "PAID")
        .with("confirmations", 1)
        .with("fiat_currency", Json::Null)
        .with("txs", "0000000000000000000000000000000000000000000000000000000000000001")
        .with("data", Object::new().with("order_id", "order-1").with("url_pay", format!("{}/pay/{id}", app.url)))
}

fn subject(json: Option<&Json>) -> String {
    let text = |name| json.and_then(|json| Fields::of(json).ok()?.owned(name).ok()?);
    text("uniqueid").or_else(|| text("id")).unwrap_or_default()
}

/// The same JSON in other bytes.
fn respelled(json: &Json, body: &str) -> String {
    let spaced = json.write(Style::Spaced);
    if spaced == body { json.write(Style::Plain) } else { spaced }
}

fn sign(secret: &str, body: &str) -> Result<String, Refusal> {
    let signer = Signer::new(secret).map_err(|error| Refusal::internal(&error))?;
    Ok(signer.sign(body.as_bytes()))
}
