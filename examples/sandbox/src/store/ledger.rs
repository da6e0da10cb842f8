//! Balances, and every movement that led to them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{currency::STARTING_BALANCES, decimal::Decimal, refusal::Refusal, timestamp};

/// One movement of money on a balance.
pub(crate) struct Entry {
    pub(crate) time: timestamp::Timestamp,
    pub(crate) currency: String,
    pub(crate) amount: Decimal,
    pub(crate) reason: String,
    /// The `orderid` of the payout it belongs to.
    pub(crate) payout: Option<i64>,
}

/// Why money moves.
pub(crate) struct Reason {
    text: String,
    payout: Option<i64>,
}

impl Reason {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), payout: None }
    }

    /// On behalf of the payout with this `orderid`.
    pub(crate) fn of_payout(orderid: i64, text: impl Into<String>) -> Self {
        Self { text: text.into(), payout: Some(orderid) }
    }
}

/// Puts the starting balances on the books.
pub(super) fn seed(connection: &Connection) -> rusqlite::Result<()> {
    for (position, (currency, amount)) in (0_i64..).zip(STARTING_BALANCES) {
        connection.execute("INSERT INTO balances VALUES (?, ?, ?)", params![currency, amount, position])?;
        record(connection, currency, amount, &Reason::new("starting balance"))?;
    }
    Ok(())
}

pub(crate) fn balances(connection: &Connection) -> Result<Vec<(String, Decimal)>, Refusal> {
    let mut statement = connection.prepare("SELECT currency, amount FROM balances ORDER BY position")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn balance(connection: &Connection, currency: &str) -> Result<Option<Decimal>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT amount FROM balances WHERE currency = ?")?;
    Ok(statement.query_row([currency], |row| row.get(0)).optional()?)
}

pub(crate) fn entries(connection: &Connection) -> Result<Vec<Entry>, Refusal> {
    let mut statement = connection.prepare("SELECT * FROM ledger ORDER BY id")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

/// Every movement on behalf of the payouts of a `uniqueid`.
pub(crate) fn of_payouts(connection: &Connection, uniqueid: &str) -> Result<Vec<Entry>, Refusal> {
    let query = "SELECT ledger.* FROM payouts JOIN ledger ON ledger.payout = payouts.orderid
         WHERE payouts.uniqueid = ? ORDER BY ledger.id";
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.query_map([uniqueid], from_row)?.collect::<Result<_, _>>()?)
}

/// Every movement on behalf of any payout.
pub(crate) fn of_all_payouts(connection: &Connection) -> Result<Vec<Entry>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT * FROM ledger WHERE payout IS NOT NULL ORDER BY id")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        time: row.get("time")?,
        currency: row.get("currency")?,
        amount: row.get("amount")?,
        reason: row.get("reason")?,
        payout: row.get("payout")?,
    })
}

/// Takes money from a balance, which must suffice.
pub(crate) fn debit(connection: &Connection, currency: &str, amount: &Decimal, reason: &Reason) -> Result<(), Refusal> {
    let held = held(connection, currency)?;
    if held < *amount {
        return Err(Refusal::bad_input(format!("insufficient balance: {held} {currency} held, {amount} needed")));
    }
    post(connection, currency, &held, &-amount, reason)
}

pub(crate) fn credit(
    connection: &Connection,
    currency: &str,
    amount: &Decimal,
    reason: &Reason,
) -> Result<(), Refusal> {
    let held = held(connection, currency)?;
    post(connection, currency, &held, amount, reason)
}

/// Makes a balance what it is told to be, by one movement.
pub(crate) fn set(connection: &Connection, currency: &str, amount: &Decimal, reason: &Reason) -> Result<(), Refusal> {
    let held = held(connection, currency)?;
    post(connection, currency, &held, &(amount - &held), reason)
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
    reason: &Reason,
) -> Result<(), Refusal> {
    let update = "UPDATE balances SET amount = ? WHERE currency = ?";
    connection.prepare_cached(update)?.execute(params![held + change, currency])?;
    Ok(record(connection, currency, &change.to_string(), reason)?)
}

fn record(connection: &Connection, currency: &str, amount: &str, reason: &Reason) -> rusqlite::Result<()> {
    let insert = "INSERT INTO ledger (time, currency, amount, reason, payout) VALUES (?, ?, ?, ?, ?)";
    let values = params![timestamp::now(), currency, amount, reason.text, reason.payout];
    connection.prepare_cached(insert)?.execute(values).map(drop)
}
