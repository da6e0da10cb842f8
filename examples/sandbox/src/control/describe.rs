//! How the control API shows what the sandbox keeps. Amounts are text.

use rusqlite::Connection;

use crate::{
    apiforcrypto,
    app::App,
    bitloga,
    exchange::Received,
    json::Object,
    refusal::Refusal,
    store::{
        codes::Code,
        crypto::CryptoInvoice,
        deliveries::{Attempt, Delivery},
        invoices::Invoice,
        ledger,
        payouts::Payout,
    },
    timestamp,
};

pub(super) fn balances_state(connection: &Connection) -> Result<Object, Refusal> {
    let balances = ledger::balances(connection)?;
    let balances =
        balances.iter().fold(Object::new(), |object, (currency, amount)| object.with(currency, amount.to_string()));
    Ok(Object::new().with("balances", balances))
}

pub(super) fn invoice_state(app: &App, invoice: &Invoice) -> Object {
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

pub(super) fn payout_state(payout: &Payout) -> Object {
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
        .with("status", payout.status)
        .with("created", timestamp::rfc3339(payout.created))
        .with("ends", payout.end.map(|end| timestamp::rfc3339(end.at)))
}

pub(super) fn code_state(code: &Code) -> Object {
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

pub(super) fn crypto_state(app: &App, invoice: &CryptoInvoice) -> Result<Object, Refusal> {
    let fields = apiforcrypto::invoice_fields(app, invoice)?;
    Ok(fields
        .without("value")
        .with("value", invoice.value.to_string())
        .with("paid", invoice.paid.to_string())
        .with("in_flight", invoice.in_flight.to_string())
        .with("confirmations_required", invoice.confirmations_required))
}

pub(super) fn entry_state(entry: &ledger::Entry) -> Object {
    Object::new()
        .with("time", timestamp::rfc3339(entry.time))
        .with("currency", &entry.currency)
        .with("amount", entry.amount.to_string())
        .with("reason", &entry.reason)
}

pub(super) fn pending_state(delivery: &Delivery) -> Object {
    Object::new()
        .with("delivery", delivery.id)
        .with("kind", &delivery.kind)
        .with("subject", &delivery.subject)
        .with("url", &delivery.url)
        .with("attempts", delivery.attempts)
        .with("next_attempt", delivery.next_at.map(timestamp::rfc3339))
}

/// One attempt: the fields of before, and everything that was sent and answered.
pub(super) fn attempt_state(attempt: &Attempt) -> Object {
    let Attempt { delivery, exchange, .. } = attempt;
    let (received, error) = (exchange.outcome.as_ref().ok(), exchange.outcome.as_ref().err());
    Object::new()
        .with("delivery", delivery.id)
        .with("kind", &delivery.kind)
        .with("subject", &delivery.subject)
        .with("url", &delivery.url)
        .with("body", &delivery.body)
        .with("signature", delivery.signature.as_ref())
        .with("attempt", attempt.number)
        .with("status", received.map(|received| i64::from(received.status)))
        .with("error", error)
        .with("time", timestamp::rfc3339(attempt.time))
        .with("request", Object::new().with("method", "POST").with("headers", exchange.headers.clone()))
        .with("response", received.map(response_state))
        .with("duration_ms", exchange.duration_ms)
        .with("next", attempt.next_at.map(timestamp::rfc3339))
}

fn response_state(received: &Received) -> Object {
    Object::new().with("headers", received.headers.clone()).with("body", &received.body).with("cut", received.is_cut)
}
