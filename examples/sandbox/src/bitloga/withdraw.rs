//! `withdraw`.

use rusqlite::Connection;

use super::{details::payout_fields, invoice::Recipient, settlement};
use crate::{
    app::App,
    behaviour::{Plan, Repeats},
    currency::Currency,
    fields::{Fields, invalid},
    json::Object,
    payment_system::PaymentSystem,
    payout_status::PayoutStatus,
    random,
    refusal::Refusal,
    store::{
        invoices,
        ledger::{self, Reason},
        payouts::{self, Payout},
        plans,
    },
    timestamp,
};

/// A payout to a purse that starts so stays pending until the control API settles it.
const PENDING_PURSE: &str = "pending";

/// Pays out from a balance.
pub(super) fn withdraw(app: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let uniqueid = fields.required_text("uniqueid")?;
    if let Some(original) = original(app, connection, uniqueid)? {
        return Ok(payout_fields(&original).without("type"));
    }
    let payout = read(fields, uniqueid)?;
    let plan = plan(app, connection, &payout)?;
    let payout = carry_out(connection, payout, plan)?;
    Ok(payout_fields(&payout).without("type"))
}

/// What a repeat is answered with, where it is. Invoices and payouts share their identifiers: `details` knows both by
/// `uniqueid` alone.
fn original(app: &App, connection: &Connection, uniqueid: &str) -> Result<Option<Payout>, Refusal> {
    if invoices::find(connection, uniqueid)?.is_some() {
        return Err(Refusal::used_before());
    }
    let earlier = payouts::with_uniqueid(connection, uniqueid)?.into_iter().next();
    match app.standing.now().repeats {
        Repeats::Refuse if earlier.is_some() => Err(Refusal::used_before()),
        Repeats::Refuse | Repeats::Replay => Ok(earlier),
        Repeats::Pay => Ok(None),
    }
}

fn read(fields: Fields<'_>, uniqueid: &str) -> Result<Payout, Refusal> {
    let code = fields.required_text("currency")?;
    let currency = Currency::find(code).ok_or_else(|| invalid("currency", "names no known currency"))?;
    let target = PaymentSystem::named("paysys", fields.required_text("paysys")?)?;
    let recipient = Recipient::read(fields, &target)?;
    let amount_to = fields.required_amount("amount")?;
    let exchanged = target.currency.convert(&amount_to, currency);
    let amount_from = target.with_direction_fee(&exchanged).rounded_up(currency.places);
    let amount_from_comis = target.with_commission(&amount_from).rounded_up(currency.places);
    Ok(Payout {
        // Given by the store.
        orderid: 0,
        uniqueid: uniqueid.to_owned(),
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
        status: PayoutStatus::Pending,
        created: timestamp::now(),
        end: None,
    })
}

fn plan(app: &App, connection: &Connection, payout: &Payout) -> Result<Plan, Refusal> {
    if let Some(plan) = plans::find(connection, &payout.uniqueid)? {
        return Ok(plan);
    }
    let is_held = payout.purse.as_deref().is_some_and(|purse| purse.starts_with(PENDING_PURSE));
    Ok(if is_held { Plan::HELD } else { app.standing.now().plan() })
}

fn carry_out(connection: &Connection, payout: Payout, plan: Plan) -> Result<Payout, Refusal> {
    let ends_at_once = plan.pending_ms == Some(0);
    let status = if ends_at_once && plan.end.has_debit() { plan.end } else { PayoutStatus::Pending };
    let end = plan.end_after(payout.created).filter(|_| !ends_at_once);
    let payout = payouts::insert(connection, Payout { status, end, ..payout })?;
    let reason = Reason::of_payout(payout.orderid, format!("withdrawal {}", payout.uniqueid));
    ledger::debit(connection, &payout.currency, &payout.amount_from_comis, &reason)?;
    if !ends_at_once || status == plan.end {
        return Ok(payout);
    }
    settlement::settle(connection, &payout, plan.end, None)?;
    Ok(Payout { status: plan.end, ..payout })
}
