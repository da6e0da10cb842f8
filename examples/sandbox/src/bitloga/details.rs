//! `details`, and the fields that answers and callbacks share.

use std::time::Duration;

use rusqlite::Connection;

use crate::{
    fields::Fields,
    json::Object,
    payout_status::PayoutStatus,
    refusal::Refusal,
    store::{
        history::{self, Transaction},
        invoices::{self, Invoice},
        payouts::{self, Payout},
    },
    timestamp,
};

/// What is known of an invoice or a withdrawal, as the world was some time ago. Where repeats pay again, it is the
/// newest withdrawal.
pub(super) fn details(connection: &Connection, fields: Fields<'_>, lag: Duration) -> Result<Object, Refusal> {
    let uniqueid = fields.required_text("uniqueid")?;
    let found = if lag.is_zero() { latest(connection, uniqueid)? } else { earlier(connection, uniqueid, lag)? };
    found.ok_or_else(Refusal::not_known)
}

fn latest(connection: &Connection, uniqueid: &str) -> Result<Option<Object>, Refusal> {
    if let Some(invoice) = invoices::find(connection, uniqueid)? {
        return Ok(Some(callback_fields(&invoice)));
    }
    Ok(payouts::find(connection, uniqueid)?.as_ref().map(payout_fields))
}

fn earlier(connection: &Connection, uniqueid: &str, lag: Duration) -> Result<Option<Object>, Refusal> {
    let moment = timestamp::before(timestamp::now(), lag);
    let status_then = |transaction| history::status_at(connection, transaction, moment);
    if let Some(invoice) = invoices::find(connection, uniqueid)? {
        let status = status_then(Transaction::Invoice(invoice.invoiceid))?;
        return Ok(status.map(|status| callback_fields(&Invoice { status, ..invoice })));
    }
    for payout in payouts::with_uniqueid(connection, uniqueid)?.into_iter().rev() {
        let status = status_then(Transaction::Payout(payout.orderid))?;
        if let Some(status) = status.as_deref().and_then(PayoutStatus::named) {
            return Ok(Some(payout_fields(&Payout { status, ..payout })));
        }
    }
    Ok(None)
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
        .with("status", payout.status)
        .with_some("dtag", payout.dtag.as_ref())
        .with_some("name", payout.name.as_ref())
        .with_some("surname", payout.surname.as_ref())
        .with("orderid", payout.orderid)
        .with("transid", &payout.transid)
        .with("uniqueid", &payout.uniqueid)
}
