//! Callbacks and notifications on their way, and every attempt that was made.

use rusqlite::{Connection, Row, named_params, params};

use crate::{
    exchange::{Exchange, Received},
    json::{Json, Style},
    refusal::Refusal,
    timestamp::Timestamp,
};

/// Something to be told to a user's server.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) id: i64,
    /// `callback`, `notification` or `trigger`.
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

/// What is to be told, and where.
#[derive(Clone, Copy)]
pub(crate) struct Message<'a> {
    /// `callback`, `notification` or `trigger`.
    pub(crate) kind: &'a str,
    /// The `uniqueid` or UUID of the invoice it is about.
    pub(crate) subject: &'a str,
    pub(crate) url: &'a str,
    pub(crate) body: &'a str,
    pub(crate) signature: Option<&'a str>,
}

/// One attempt to deliver, and what came of it.
pub(crate) struct Attempt {
    pub(crate) delivery: Delivery,
    pub(crate) number: i64,
    pub(crate) time: Timestamp,
    pub(crate) exchange: Exchange,
    /// When the next one was to be made.
    pub(crate) next_at: Option<Timestamp>,
}

/// Puts something on its way, to be tried at this moment, or keeps it as something that will not be tried by itself.
pub(crate) fn insert(connection: &Connection, message: &Message<'_>, at: Option<Timestamp>) -> Result<i64, Refusal> {
    let Message { kind, subject, url, body, signature } = *message;
    connection.execute(
        "INSERT INTO deliveries (kind, subject, url, body, signature, attempts, next_at)
         VALUES (?, ?, ?, ?, ?, 0, ?)",
        params![kind, subject, url, body, signature, at],
    )?;
    Ok(connection.last_insert_rowid())
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
pub(crate) fn record(connection: &Connection, attempt: &Attempt) -> Result<(), Refusal> {
    let id = attempt.delivery.id;
    let update = "UPDATE deliveries SET attempts = ?, next_at = ? WHERE id = ?";
    if connection.execute(update, params![attempt.number, attempt.next_at, id])? == 0 {
        // The sandbox was reset while the attempt was under way.
        return Ok(());
    }
    let Exchange { headers, duration_ms, outcome } = &attempt.exchange;
    let (received, error) = (outcome.as_ref().ok(), outcome.as_ref().err());
    connection.execute(
        "INSERT INTO attempts (delivery, number, time, duration_ms, request_headers, status, response_headers,
            response_body, response_is_cut, error, next_at)
         VALUES (:delivery, :number, :time, :duration_ms, :request_headers, :status, :response_headers,
            :response_body, :response_is_cut, :error, :next_at)",
        named_params! {
            ":delivery": id,
            ":number": attempt.number,
            ":time": attempt.time,
            ":duration_ms": duration_ms,
            ":request_headers": headers.write(Style::Plain),
            ":status": received.map(|received| received.status),
            ":response_headers": received.map(|received| received.headers.write(Style::Plain)),
            ":response_body": received.map(|received| &received.body),
            ":response_is_cut": received.map(|received| received.is_cut),
            ":error": error,
            ":next_at": attempt.next_at,
        },
    )?;
    Ok(())
}

/// Every attempt, in the order they were made.
pub(crate) fn attempts(connection: &Connection) -> Result<Vec<Attempt>, Refusal> {
    let mut statement = connection.prepare(
        "SELECT deliveries.*, attempts.number, attempts.time, attempts.duration_ms, attempts.request_headers,
            attempts.status, attempts.response_headers, attempts.response_body, attempts.response_is_cut,
            attempts.error, attempts.next_at AS next_attempt_at
         FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery ORDER BY attempts.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Attempt {
            delivery: from_row(row)?,
            number: row.get("number")?,
            time: row.get("time")?,
            exchange: exchange_from_row(row)?,
            next_at: row.get("next_attempt_at")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn exchange_from_row(row: &Row<'_>) -> rusqlite::Result<Exchange> {
    let outcome = match row.get("status")? {
        Some(status) => Ok(Received {
            status,
            headers: headers(&row.get::<_, String>("response_headers")?),
            body: row.get("response_body")?,
            is_cut: row.get("response_is_cut")?,
        }),
        None => Err(row.get("error")?),
    };
    let headers = headers(&row.get::<_, String>("request_headers")?);
    Ok(Exchange { headers, duration_ms: row.get("duration_ms")?, outcome })
}

fn headers(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap_or(Json::Null)
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
