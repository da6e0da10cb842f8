//! Every status an invoice or a payout has had.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{refusal::Refusal, timestamp::Timestamp};

/// Which transaction: the two kinds are numbered separately.
#[derive(Clone, Copy)]
pub(crate) enum Transaction {
    /// By its `invoiceid`.
    Invoice(i64),
    /// By its `orderid`.
    Payout(i64),
}

impl Transaction {
    fn key(self) -> (&'static str, i64) {
        match self {
            Self::Invoice(number) => ("Invoice", number),
            Self::Payout(number) => ("Withdraw", number),
        }
    }
}

/// Notes that a transaction has a status from now on.
pub(crate) fn record(
    connection: &Connection,
    transaction: Transaction,
    time: Timestamp,
    status: &str,
) -> Result<(), Refusal> {
    let (kind, number) = transaction.key();
    let insert = "INSERT INTO history (type, number, time, status) VALUES (?, ?, ?, ?)";
    connection.prepare_cached(insert)?.execute(params![kind, number, time, status])?;
    Ok(())
}

/// The status a transaction had at a moment; none if there was no such transaction yet.
pub(crate) fn status_at(
    connection: &Connection,
    transaction: Transaction,
    moment: Timestamp,
) -> Result<Option<String>, Refusal> {
    let (kind, number) = transaction.key();
    let query = "SELECT status FROM history WHERE type = ? AND number = ? AND time <= ? ORDER BY id DESC LIMIT 1";
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.query_row(params![kind, number, moment], |row| row.get(0)).optional()?)
}

/// Every status of a transaction with the moment it began, the oldest first.
pub(crate) fn of(connection: &Connection, transaction: Transaction) -> Result<Vec<(Timestamp, String)>, Refusal> {
    let (kind, number) = transaction.key();
    let query = "SELECT time, status FROM history WHERE type = ? AND number = ? ORDER BY id";
    let mut statement = connection.prepare_cached(query)?;
    let rows = statement.query_map(params![kind, number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
