//! `details`, and the fields that answers and callbacks share.

use rusqlite::Connection;

use crate::{
    app::App,
    fields::Fields,
    json::Object,
    refusal::Refusal,
    store::{
        invoices::{self, Invoice},
        payouts::{self, Payout},
    },
};

/// What is known of an invoice or a withdrawal.
pub(super) fn details(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let uniqueid = fields.required_text("uniqueid")?;
    if let Some(invoice) = invoices::find(connection, uniqueid)? {
        return Ok(callback_fields(&invoice));
    }
    match payouts::find(connection, uniqueid)? {
        Some(payout) => Ok(payout_fields(&payout)),
        None => Err(Refusal::not_found("uniqueid is not known")),
    }
}

/// An invoice, in the order of the documented examples.
pub(crate) fn callback_fields(invoice: &Invoice) -> Object {
    Object::new()
        .with("to", &invoice.paysys)
        .with("amount", &invoice.amount)
        .with_some("purse", invoice.purse.as_ref())
        .with("type", "Invoice")
        .with("status", &invoice.status)
        .with_some("dtag", invoice.dtag.as_ref())
        .with_some("name", invoice.name.as_ref())
        .with_some("surname", invoice.surname.as_ref())
        .with("invoiceid", invoice.invoiceid)
        .with("uniqueid", &invoice.uniqueid)
}

/// A withdrawal, in the order of the documented examples.
pub(super) fn payout_fields(payout: &Payout) -> Object {
    Object::new()
        .with("from", &payout.currency)
        .with("to", &payout.paysys)
        .with("amount_from", &payout.amount_from)
        .with("amount_from_comis", &payout.amount_from_comis)
        .with("amount_to", &payout.amount_to)
        .with_some("purse", payout.purse.as_ref())
        .with("type", "Withdraw")
        .with("status", &payout.status)
        .with_some("dtag", payout.dtag.as_ref())
        .with_some("name", payout.name.as_ref())
        .with_some("surname", payout.surname.as_ref())
        .with("orderid", payout.orderid)
        .with("transid", &payout.transid)
        .with("uniqueid", &payout.uniqueid)
}
