//! `withdraw`, and what becomes of payouts.

use rusqlite::Connection;

use super::{details::payout_fields, invoice::Recipient, unused_uniqueid};
use crate::{
    app::App,
    currency::Currency,
    fields::{Fields, invalid},
    json::Object,
    payment_system::PaymentSystem,
    random,
    refusal::Refusal,
    store::{
        ledger,
        payouts::{self, Payout},
    },
    timestamp,
};

/// A payout to a purse that starts so stays pending until the control API settles it.
const PENDING_PURSE: &str = "pending";

/// Pays out from a balance.
pub(super) fn withdraw(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let payout = read(connection, fields)?;
    let reason = format!("withdrawal {}", payout.uniqueid);
    ledger::debit(connection, &payout.currency, &payout.amount_from_comis, &reason)?;
    let payout = payouts::insert(connection, payout)?;
    Ok(payout_fields(&payout).without("type"))
}

fn read(connection: &Connection, fields: Fields<'_>) -> Result<Payout, Refusal> {
    let uniqueid = unused_uniqueid(connection, fields)?;
    let code = fields.required_text("currency")?;
    let currency = Currency::find(code).ok_or_else(|| invalid("currency", "names no known currency"))?;
    let target = PaymentSystem::named("paysys", fields.required_text("paysys")?)?;
    let recipient = Recipient::read(fields, &target)?;
    let amount_to = fields.required_amount("amount")?;
    let exchanged = target.currency.convert(&amount_to, currency);
    let amount_from = target.with_direction_fee(&exchanged).rounded_up(currency.places);
    let amount_from_comis = target.with_commission(&amount_from).rounded_up(currency.places);
    let is_pending = recipient.purse.as_deref().is_some_and(|purse| purse.starts_with(PENDING_PURSE));
    Ok(Payout {
        // Given by the store.
        orderid: 0,
        uniqueid,
        transid: random::hexadecimal(16)?,
        currency: currency.code.to_owned(),
        paysys: target.code,
        amount_from,
        amount_from_comis,
        amount_to,
        purse: recipient.purse,
        dtag: fields.owned("dtag")?,
        name: recipient.name,
        surname: recipient.surname,
        status: if is_pending { "Pending" } else { "Complete" }.to_owned(),
        created: timestamp::now(),
    })
}

/// Completes a payout that was pending.
pub(crate) fn complete(connection: &Connection, payout: &Payout) -> Result<(), Refusal> {
    match payout.status.as_str() {
        "Pending" => payouts::set_status(connection, payout.orderid, "Complete"),
        status => Err(Refusal::conflict(format!("the payout is {status} already"))),
    }
}

/// Lets a payout fail, and returns the money to the balance.
pub(crate) fn fail(connection: &Connection, payout: &Payout) -> Result<(), Refusal> {
    if payout.status == "Error" {
        return Err(Refusal::conflict("the payout is Error already"));
    }
    payouts::set_status(connection, payout.orderid, "Error")?;
    let reason = format!("withdrawal {} failed", payout.uniqueid);
    ledger::credit(connection, &payout.currency, &payout.amount_from_comis, &reason)
}
