//! Bitloga codes.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{decimal::Decimal, refusal::Refusal, timestamp::Timestamp};

/// A code that carries money to whoever applies it.
pub(crate) struct Code {
    pub(crate) id: i64,
    /// Such as `wf9g-amrf-2o9t-831u`.
    pub(crate) text: String,
    pub(crate) amount: Decimal,
    pub(crate) currency: String,
    pub(crate) password: Option<String>,
    pub(crate) desc: Option<String>,
    /// `Active`, `Redeemed` or `Disabled`.
    pub(crate) status: String,
    pub(crate) created: Timestamp,
    pub(crate) applied: Option<Timestamp>,
}

/// Keeps a new code; its `id` is chosen here.
pub(crate) fn insert(connection: &Connection, code: &Code) -> Result<(), Refusal> {
    connection.execute(
        "INSERT INTO codes (code, amount, currency, password, description, status, created, applied)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            code.text,
            code.amount,
            code.currency,
            code.password,
            code.desc,
            code.status,
            code.created,
            code.applied
        ],
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, text: &str) -> Result<Option<Code>, Refusal> {
    Ok(connection.query_row("SELECT * FROM codes WHERE code = ?", [text], from_row).optional()?)
}

/// All codes, the oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Code>, Refusal> {
    let mut statement = connection.prepare("SELECT * FROM codes ORDER BY id")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

pub(crate) fn settle(
    connection: &Connection,
    id: i64,
    status: &str,
    applied: Option<Timestamp>,
) -> Result<(), Refusal> {
    connection.execute("UPDATE codes SET status = ?, applied = ? WHERE id = ?", params![status, applied, id])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Code> {
    Ok(Code {
        id: row.get("id")?,
        text: row.get("code")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        password: row.get("password")?,
        desc: row.get("description")?,
        status: row.get("status")?,
        created: row.get("created")?,
        applied: row.get("applied")?,
    })
}
