//! The pretended blockchains: payments that are seen, included in a block, and confirmed by more blocks.

use rusqlite::Connection;

use super::invoice_fields;
use crate::{
    app::App,
    decimal::Decimal,
    delivery,
    fields::Fields,
    json::Json,
    random,
    refusal::Refusal,
    store::{
        crypto::{self, CryptoInvoice},
        deliveries::Message,
    },
    timestamp,
};

/// Pays what is still owed, or about half of it. Blocks will confirm it.
pub(crate) fn pay(
    app: &App,
    connection: &Connection,
    invoice: &mut CryptoInvoice,
    partial: bool,
) -> Result<(), Refusal> {
    must_be_payable(invoice)?;
    let owed = &invoice.value - &invoice.paid;
    let half = (&owed * &Decimal::new(5, 1)).rounded_down(0);
    if partial && !half.is_positive() {
        return Err(Refusal::conflict("what is owed cannot be divided"));
    }
    invoice.in_flight = if partial { half } else { owed };
    let hash = random::hexadecimal(32)?;
    invoice.transactions = match invoice.transactions.as_str() {
        "" => hash,
        earlier => format!("{earlier},{hash}"),
    };
    invoice.confirmations = 0;
    invoice.pay_at = None;
    invoice.next_block_at = Some(timestamp::after(timestamp::now(), app.options.block_time));
    change_status(app, connection, invoice, "IN_MEMPOOL")
}

/// A block was found: it includes the payment, or confirms it once more.
pub(crate) fn next_block(app: &App, connection: &Connection, invoice: &mut CryptoInvoice) -> Result<(), Refusal> {
    invoice.confirmations += 1;
    if invoice.status == "IN_MEMPOOL" {
        invoice.next_block_at = Some(timestamp::after(timestamp::now(), app.options.block_time));
        return change_status(app, connection, invoice, "IN_BLOCK");
    }
    if invoice.confirmations < invoice.confirmations_required {
        invoice.next_block_at = Some(timestamp::after(timestamp::now(), app.options.block_time));
        return crypto::update(connection, invoice);
    }
    confirm(app, connection, invoice)
}

/// The payment has all the confirmations it needed.
fn confirm(app: &App, connection: &Connection, invoice: &mut CryptoInvoice) -> Result<(), Refusal> {
    crypto::credit(connection, &invoice.blockchain, &invoice.symbol, &invoice.in_flight)?;
    invoice.paid = &invoice.paid + &invoice.in_flight;
    invoice.in_flight = Decimal::zero();
    invoice.next_block_at = None;
    let is_paid = invoice.paid >= invoice.value;
    invoice.active &= !is_paid;
    change_status(app, connection, invoice, if is_paid { "PAID" } else { "PARTIALLY_PAID" })
}

/// Ends the time to pay. The status stays what it is, so there is nothing to notify of.
pub(crate) fn expire(connection: &Connection, invoice: &mut CryptoInvoice) -> Result<(), Refusal> {
    must_be_payable(invoice)?;
    invoice.active = false;
    invoice.pay_at = None;
    crypto::update(connection, invoice)
}

/// Sends the notification of the present status once more, with attempts of its own.
pub(crate) fn resend(app: &App, connection: &Connection, invoice: &CryptoInvoice) -> Result<(), Refusal> {
    if notify(app, connection, invoice)? {
        Ok(())
    } else {
        Err(Refusal::conflict("the invoice has no data.url_callback"))
    }
}

fn must_be_payable(invoice: &CryptoInvoice) -> Result<(), Refusal> {
    if !invoice.active {
        return Err(Refusal::conflict(format!("the invoice is not active any more, its status is {}", invoice.status)));
    }
    if invoice.next_block_at.is_some() {
        return Err(Refusal::conflict(format!("a payment is under way, its status is {}", invoice.status)));
    }
    Ok(())
}

fn change_status(app: &App, connection: &Connection, invoice: &mut CryptoInvoice, status: &str) -> Result<(), Refusal> {
    status.clone_into(&mut invoice.status);
    crypto::update(connection, invoice)?;
    notify(app, connection, invoice).map(drop)
}

/// Tells the user's server, if there is one to tell. Notifications are not signed: they carry the secret key.
fn notify(app: &App, connection: &Connection, invoice: &CryptoInvoice) -> Result<bool, Refusal> {
    let object = invoice_fields(app, invoice)?;
    let data = Fields(&object).object("data")?;
    let Some(url) = data.map(|data| Fields(data).web_address("url_callback")).transpose()?.flatten() else {
        return Ok(false);
    };
    let body = app.gateway_json(&Json::Object(object.with_some("secret_key", invoice.secret_key.as_ref())));
    let (kind, subject) = ("notification", invoice.uuid.as_str());
    delivery::enqueue(app, connection, &Message { kind, subject, url: &url, body: &body, signature: None })?;
    Ok(true)
}
