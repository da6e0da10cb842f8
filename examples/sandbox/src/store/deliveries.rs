//! Callbacks and notifications on their way, and every attempt that was made.

use rusqlite::{Connection, Row, params};

use crate::{
    refusal::Refusal,
    timestamp::{self, Timestamp},
};

/// Something to be told to a user's server.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) id: i64,
    /// `callback` or `notification`.
    pub(crate) kind: String,
    /// The `uniqueid` or UUID of the invoice it is about.
    pub(crate) subject: String,
    pub(crate) url: String,
    pub(crate) body: String,
    pub(crate) signature: Option<String>,
    pub(crate) attempts: i64,
    /// When it will be tried next, unless it was delivered or given up.
    pub(crate) next_at: Option<Timestamp>,
}

/// One attempt to deliver, and what came of it.
pub(crate) struct Attempt {
    pub(crate) delivery: Delivery,
    pub(crate) number: i64,
    pub(crate) time: Timestamp,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<String>,
}

/// Puts something on its way, to be tried at once.
pub(crate) fn insert(
    connection: &Connection,
    kind: &str,
    subject: &str,
    url: &str,
    body: &str,
    signature: Option<&str>,
) -> Result<(), Refusal> {
    connection.execute(
        "INSERT INTO deliveries (kind, subject, url, body, signature, attempts, next_at)
         VALUES (?, ?, ?, ?, ?, 0, ?)",
        params![kind, subject, url, body, signature, timestamp::now()],
    )?;
    Ok(())
}

/// What is due, the longest waiting first.
pub(crate) fn due(connection: &Connection, now: Timestamp) -> Result<Vec<Delivery>, Refusal> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM deliveries WHERE next_at <= ? ORDER BY next_at, id")?;
    Ok(statement.query_map([now], from_row)?.collect::<Result<_, _>>()?)
}

/// When the next one that is not due yet will be.
pub(crate) fn next_moment(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT min(next_at) FROM deliveries WHERE next_at > ?")?;
    Ok(statement.query_row([now], |row| row.get(0))?)
}

/// Notes what came of an attempt, and when the next one is to be made, if any.
pub(crate) fn record(connection: &Connection, attempt: &Attempt, next_at: Option<Timestamp>) -> Result<(), Refusal> {
    let id = attempt.delivery.id;
    let update = "UPDATE deliveries SET attempts = ?, next_at = ? WHERE id = ?";
    if connection.execute(update, params![attempt.number, next_at, id])? == 0 {
        // The sandbox was reset while the attempt was under way.
        return Ok(());
    }
    connection.execute(
        "INSERT INTO attempts (delivery, number, time, status, error) VALUES (?, ?, ?, ?, ?)",
        params![id, attempt.number, attempt.time, attempt.status, attempt.error],
    )?;
    Ok(())
}

/// Every attempt, in the order they were made.
pub(crate) fn attempts(connection: &Connection) -> Result<Vec<Attempt>, Refusal> {
    let mut statement = connection.prepare(
        "SELECT deliveries.*, attempts.number, attempts.time, attempts.status, attempts.error
         FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery ORDER BY attempts.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Attempt {
            delivery: from_row(row)?,
            number: row.get("number")?,
            time: row.get("time")?,
            status: row.get("status")?,
            error: row.get("error")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is still to be delivered.
pub(crate) fn pending(connection: &Connection) -> Result<Vec<Delivery>, Refusal> {
    due(connection, Timestamp::MAX)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        url: row.get("url")?,
        body: row.get("body")?,
        signature: row.get("signature")?,
        attempts: row.get("attempts")?,
        next_at: row.get("next_at")?,
    })
}
