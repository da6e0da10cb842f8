//! Bitloga withdrawals.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::{
    decimal::Decimal,
    payout_status::PayoutStatus,
    refusal::Refusal,
    store::history::{self, Transaction},
    timestamp::{self, Timestamp},
};

/// A withdrawal that was carried out or is pending, in the words of the gateway's documentation.
pub(crate) struct Payout {
    pub(crate) orderid: i64,
    pub(crate) uniqueid: String,
    pub(crate) transid: String,
    pub(crate) currency: String,
    pub(crate) paysys: String,
    pub(crate) amount_from: Decimal,
    pub(crate) amount_from_comis: Decimal,
    pub(crate) amount_to: Decimal,
    pub(crate) purse: Option<String>,
    pub(crate) dtag: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) surname: Option<String>,
    pub(crate) status: PayoutStatus,
    pub(crate) created: Timestamp,
    /// What it becomes by itself, unless it is settled before.
    pub(crate) end: Option<End>,
}

/// What a payout becomes, and when.
#[derive(Clone, Copy)]
pub(crate) struct End {
    pub(crate) status: PayoutStatus,
    pub(crate) at: Timestamp,
}

/// Keeps a new payout and gives it its `orderid`.
pub(crate) fn insert(connection: &Connection, payout: Payout) -> Result<Payout, Refusal> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO payouts (uniqueid, transid, currency, paysys, amount_from, amount_from_comis, amount_to, purse,
            dtag, name, surname, status, created, end_status, ends_at)
         VALUES (:uniqueid, :transid, :currency, :paysys, :amount_from, :amount_from_comis, :amount_to, :purse,
            :dtag, :name, :surname, :status, :created, :end_status, :ends_at)",
    )?;
    statement.execute(named_params! {
        ":uniqueid": payout.uniqueid,
        ":transid": payout.transid,
        ":currency": payout.currency,
        ":paysys": payout.paysys,
        ":amount_from": payout.amount_from,
        ":amount_from_comis": payout.amount_from_comis,
        ":amount_to": payout.amount_to,
        ":purse": payout.purse,
        ":dtag": payout.dtag,
        ":name": payout.name,
        ":surname": payout.surname,
        ":status": payout.status,
        ":created": payout.created,
        ":end_status": payout.end.map(|end| end.status),
        ":ends_at": payout.end.map(|end| end.at),
    })?;
    let orderid = connection.last_insert_rowid();
    history::record(connection, Transaction::Payout(orderid), payout.created, payout.status.as_str())?;
    Ok(Payout { orderid, ..payout })
}

/// The newest of the payouts that have this `uniqueid`.
pub(crate) fn find(connection: &Connection, uniqueid: &str) -> Result<Option<Payout>, Refusal> {
    let query = "SELECT * FROM payouts WHERE uniqueid = ? ORDER BY orderid DESC LIMIT 1";
    Ok(connection.prepare_cached(query)?.query_row([uniqueid], from_row).optional()?)
}

/// The payouts that have this `uniqueid`, the oldest first.
pub(crate) fn with_uniqueid(connection: &Connection, uniqueid: &str) -> Result<Vec<Payout>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT * FROM payouts WHERE uniqueid = ? ORDER BY orderid")?;
    Ok(statement.query_map([uniqueid], from_row)?.collect::<Result<_, _>>()?)
}

/// The payouts whose time to end has come.
pub(crate) fn to_end(connection: &Connection, now: Timestamp) -> Result<Vec<Payout>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT * FROM payouts WHERE ends_at <= ? ORDER BY ends_at")?;
    Ok(statement.query_map([now], from_row)?.collect::<Result<_, _>>()?)
}

/// When the next payout will end.
pub(crate) fn next_moment(connection: &Connection) -> Result<Option<Timestamp>, Refusal> {
    let query = "SELECT min(ends_at) FROM payouts WHERE ends_at IS NOT NULL";
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Payout>, Refusal> {
    let mut statement = connection.prepare("SELECT * FROM payouts ORDER BY orderid")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

/// Gives a payout another status, and what it becomes by itself from there.
pub(crate) fn set_status(
    connection: &Connection,
    orderid: i64,
    status: PayoutStatus,
    end: Option<End>,
) -> Result<(), Refusal> {
    let update = "UPDATE payouts SET status = ?, end_status = ?, ends_at = ? WHERE orderid = ?";
    let values = params![status, end.map(|end| end.status), end.map(|end| end.at), orderid];
    connection.prepare_cached(update)?.execute(values)?;
    history::record(connection, Transaction::Payout(orderid), timestamp::now(), status.as_str())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Payout> {
    Ok(Payout {
        orderid: row.get("orderid")?,
        uniqueid: row.get("uniqueid")?,
        transid: row.get("transid")?,
        currency: row.get("currency")?,
        paysys: row.get("paysys")?,
        amount_from: row.get("amount_from")?,
        amount_from_comis: row.get("amount_from_comis")?,
        amount_to: row.get("amount_to")?,
        purse: row.get("purse")?,
        dtag: row.get("dtag")?,
        name: row.get("name")?,
        surname: row.get("surname")?,
        status: row.get("status")?,
        created: row.get("created")?,
        end: match (row.get("end_status")?, row.get("ends_at")?) {
            (Some(status), Some(at)) => Some(End { status, at }),
            _ => None,
        },
    })
}
