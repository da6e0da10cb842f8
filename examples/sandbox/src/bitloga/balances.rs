//! `balances`.

use rusqlite::Connection;

use crate::{
    app::App,
    fields::{Fields, invalid},
    json::Object,
    refusal::Refusal,
    store::ledger,
};

/// All balances, or the one asked for.
pub(super) fn balances(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    if let Some(currency) = fields.text("currency")? {
        let amount = ledger::balance(connection, currency)?;
        let amount = amount.ok_or_else(|| invalid("currency", "names no currency with a balance"))?;
        return Ok(Object::new().with(currency, &amount));
    }
    let balances = ledger::balances(connection)?;
    Ok(balances.iter().fold(Object::new(), |object, (currency, amount)| object.with(currency, amount)))
}
