//! Balances, and every movement that led to them.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{currency::STARTING_BALANCES, decimal::Decimal, refusal::Refusal, timestamp};

/// One movement of money on a balance.
pub(crate) struct Entry {
    pub(crate) time: timestamp::Timestamp,
    pub(crate) currency: String,
    pub(crate) amount: Decimal,
    pub(crate) reason: String,
}

/// Puts the starting balances on the books.
pub(super) fn seed(connection: &Connection) -> rusqlite::Result<()> {
    for (position, (currency, amount)) in (0_i64..).zip(STARTING_BALANCES) {
        connection.execute("INSERT INTO balances VALUES (?, ?, ?)", params![currency, amount, position])?;
        record(connection, currency, amount, "starting balance")?;
    }
    Ok(())
}

pub(crate) fn balances(connection: &Connection) -> Result<Vec<(String, Decimal)>, Refusal> {
    let mut statement = connection.prepare("SELECT currency, amount FROM balances ORDER BY position")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn balance(connection: &Connection, currency: &str) -> Result<Option<Decimal>, Refusal> {
    let query = "SELECT amount FROM balances WHERE currency = ?";
    Ok(connection.query_row(query, [currency], |row| row.get(0)).optional()?)
}

pub(crate) fn entries(connection: &Connection) -> Result<Vec<Entry>, Refusal> {
    let mut statement = connection.prepare("SELECT time, currency, amount, reason FROM ledger ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Entry { time: row.get(0)?, currency: row.get(1)?, amount: row.get(2)?, reason: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes money from a balance, which must suffice.
pub(crate) fn debit(connection: &Connection, currency: &str, amount: &Decimal, reason: &str) -> Result<(), Refusal> {
    let held = held(connection, currency)?;
    if held < *amount {
        return Err(Refusal::bad_input(format!("insufficient balance: {held} {currency} held, {amount} needed")));
    }
    post(connection, currency, &held, &-amount, reason)
}

pub(crate) fn credit(connection: &Connection, currency: &str, amount: &Decimal, reason: &str) -> Result<(), Refusal> {
    let held = held(connection, currency)?;
    post(connection, currency, &held, amount, reason)
}

fn held(connection: &Connection, currency: &str) -> Result<Decimal, Refusal> {
    balance(connection, currency)?
        .ok_or_else(|| Refusal::bad_input(format!("there is no balance in the currency {currency:?}")))
}

fn post(
    connection: &Connection,
    currency: &str,
    held: &Decimal,
    change: &Decimal,
    reason: &str,
) -> Result<(), Refusal> {
    let update = "UPDATE balances SET amount = ? WHERE currency = ?";
    connection.execute(update, params![held + change, currency])?;
    Ok(record(connection, currency, &change.to_string(), reason)?)
}

fn record(connection: &Connection, currency: &str, amount: &str, reason: &str) -> rusqlite::Result<()> {
    let insert = "INSERT INTO ledger (time, currency, amount, reason) VALUES (?, ?, ?, ?)";
    connection.execute(insert, params![timestamp::now(), currency, amount, reason]).map(drop)
}
