//! Bitloga withdrawals.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::{decimal::Decimal, refusal::Refusal, timestamp::Timestamp};

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
    /// `Complete`, `Pending` or `Error`.
    pub(crate) status: String,
    pub(crate) created: Timestamp,
}

/// Keeps a new payout and gives it its `orderid`.
pub(crate) fn insert(connection: &Connection, payout: Payout) -> Result<Payout, Refusal> {
    connection.execute(
        "INSERT INTO payouts (uniqueid, transid, currency, paysys, amount_from, amount_from_comis, amount_to, purse,
            dtag, name, surname, status, created)
         VALUES (:uniqueid, :transid, :currency, :paysys, :amount_from, :amount_from_comis, :amount_to, :purse,
            :dtag, :name, :surname, :status, :created)",
        named_params! {
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
        },
    )?;
    Ok(Payout { orderid: connection.last_insert_rowid(), ..payout })
}

pub(crate) fn find(connection: &Connection, uniqueid: &str) -> Result<Option<Payout>, Refusal> {
    Ok(connection.query_row("SELECT * FROM payouts WHERE uniqueid = ?", [uniqueid], from_row).optional()?)
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Payout>, Refusal> {
    let mut statement = connection.prepare("SELECT * FROM payouts ORDER BY orderid")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

pub(crate) fn set_status(connection: &Connection, orderid: i64, status: &str) -> Result<(), Refusal> {
    connection.execute("UPDATE payouts SET status = ? WHERE orderid = ?", params![status, orderid])?;
    Ok(())
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
    })
}
