//! Creating an invoice.

use std::time::Duration;

use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    apiforcrypto::asset::Asset,
    app::App,
    currency::{Currency, DOLLAR},
    decimal::Decimal,
    fields::{Fields, invalid, missing},
    json::{Json, Object, Style},
    random,
    refusal::Refusal,
    store::crypto::{self, CryptoInvoice},
    timestamp,
};

/// Creates an invoice that waits for its payment.
pub(super) fn create(app: &App, connection: &Connection, fields: Fields<'_>) -> Result<CryptoInvoice, Refusal> {
    let invoice = read(app, fields)?;
    crypto::insert(connection, &invoice)?;
    Ok(invoice)
}

fn read(app: &App, fields: Fields<'_>) -> Result<CryptoInvoice, Refusal> {
    let asset = Asset::find(fields.required_text("blockchain")?, fields.required_text("symbol")?)
        .filter(|asset| asset.active)
        .ok_or_else(|| Refusal::forbidden("Currency is not active"))?;
    let fiat_currency = fields.object("fiatCurrency")?;
    let minutes = fields.integer_within("expiry", 15..=40)?.ok_or_else(|| missing("expiry"))?;
    let confirmations = fields.integer_within("confirmations", 1..=1000)?;
    let created = timestamp::now();
    // How long an address rests: here every invoice has an address of its own, so there is nothing to do for it.
    fields.integer_within("pause", 0..=i64::MAX)?;
    Ok(CryptoInvoice {
        uuid: Uuid::new_v4().to_string(),
        blockchain: asset.blockchain.to_owned(),
        symbol: asset.symbol.to_owned(),
        address: format!("{}{}", asset.address_prefix, random::hexadecimal(20)?),
        value: value(fields, fiat_currency, asset)?,
        fiat_currency: fiat_currency.map(|object| Json::from(object.clone()).write(Style::Plain)),
        secret_key: fields.owned("secret_key")?,
        data: data(fields)?,
        created,
        expires: timestamp::after(created, Duration::from_secs(60 * minutes.unsigned_abs())),
        active: true,
        status: "NOT_PAID".to_owned(),
        confirmations_required: confirmations.ok_or_else(|| missing("confirmations"))?,
        confirmations: 0,
        transactions: String::new(),
        paid: Decimal::zero(),
        in_flight: Decimal::zero(),
        next_block_at: None,
        pay_at: app.options.auto_pay.map(|pause| timestamp::after(created, pause)),
    })
}

/// The price in the smallest unit: given as such, or converted from a fiat currency.
fn value(fields: Fields<'_>, fiat_currency: Option<&Object>, asset: &Asset) -> Result<Decimal, Refusal> {
    let fiat = fiat_currency.map(Fields);
    let fiat_value = match fiat {
        Some(fiat) => fiat.amount("value").map_err(|refusal| within("fiatCurrency", &refusal))?,
        None => None,
    };
    match (fields.units("value")?, fiat, fiat_value) {
        (Some(_), _, Some(_)) => Err(Refusal::bad_input("give value or fiatCurrency.value, not both")),
        (Some(value), _, None) => Ok(value),
        (None, Some(fiat), Some(amount)) => {
            converted(fiat, &amount, asset).map_err(|refusal| within("fiatCurrency", &refusal))
        }
        (None, _, _) => Err(Refusal::bad_input("value or fiatCurrency with its value is required")),
    }
}

fn converted(fiat: Fields<'_>, amount: &Decimal, asset: &Asset) -> Result<Decimal, Refusal> {
    let code = fiat.required_text("currency")?;
    let currency = Currency::find(code).filter(|currency| currency.is_fiat());
    let currency = currency.ok_or_else(|| invalid("currency", "names no known fiat currency"))?;
    let percent = fiat.integer_within("percent", -99..=1000)?.unwrap_or(0);
    let price = amount * &Decimal::new(100 + percent, 2);
    let coins = currency.convert(&price, &DOLLAR).divided_by(&asset.rate());
    Ok(coins.point_right(asset.decimal).rounded_up(0))
}

/// The block of user information, as it was sent.
fn data(fields: Fields<'_>) -> Result<Option<String>, Refusal> {
    let Some(object) = fields.object("data")? else { return Ok(None) };
    let data = Fields(object);
    let check = || {
        for name in ["order_id", "title", "description", "user_data"] {
            data.text(name)?;
        }
        for name in ["url_callback", "url_success", "url_failed"] {
            data.web_address(name)?;
        }
        Ok(())
    };
    check().map_err(|refusal: Refusal| within("data", &refusal))?;
    Ok(Some(Json::from(object.clone()).write(Style::Plain)))
}

fn within(name: &str, refusal: &Refusal) -> Refusal {
    Refusal::new(refusal.status, format!("{name}.{}", refusal.message))
}
