//! Bitloga invoices.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::{
    decimal::Decimal,
    refusal::Refusal,
    store::history::{self, Transaction},
    timestamp::{self, Timestamp},
};

/// An invoice that was created, in the words of the gateway's documentation.
#[derive(Clone)]
pub(crate) struct Invoice {
    pub(crate) invoiceid: i64,
    pub(crate) uniqueid: String,
    /// The unguessable part of the URL of its payment page.
    pub(crate) page: String,
    pub(crate) paysys: String,
    pub(crate) amount: Decimal,
    pub(crate) pay_amount: Option<Decimal>,
    pub(crate) purse: Option<String>,
    pub(crate) paylist: Option<String>,
    pub(crate) comis: String,
    pub(crate) dtag: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) surname: Option<String>,
    pub(crate) desc: Option<String>,
    pub(crate) callbackurl: Option<String>,
    pub(crate) successurl: Option<String>,
    pub(crate) failurl: Option<String>,
    /// `Created`, `Payed` or `Canceled`.
    pub(crate) status: String,
    pub(crate) created: Timestamp,
    /// When it pays itself.
    pub(crate) pay_at: Option<Timestamp>,
}

/// Keeps a new invoice; its `invoiceid` is chosen here.
pub(crate) fn insert(connection: &Connection, invoice: &Invoice) -> Result<(), Refusal> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO invoices (uniqueid, page, paysys, amount, pay_amount, purse, paylist, comis, dtag, email, name,
            surname, description, callbackurl, successurl, failurl, status, created, pay_at)
         VALUES (:uniqueid, :page, :paysys, :amount, :pay_amount, :purse, :paylist, :comis, :dtag, :email, :name,
            :surname, :description, :callbackurl, :successurl, :failurl, :status, :created, :pay_at)",
    )?;
    statement.execute(named_params! {
        ":uniqueid": invoice.uniqueid,
        ":page": invoice.page,
        ":paysys": invoice.paysys,
        ":amount": invoice.amount,
        ":pay_amount": invoice.pay_amount,
        ":purse": invoice.purse,
        ":paylist": invoice.paylist,
        ":comis": invoice.comis,
        ":dtag": invoice.dtag,
        ":email": invoice.email,
        ":name": invoice.name,
        ":surname": invoice.surname,
        ":description": invoice.desc,
        ":callbackurl": invoice.callbackurl,
        ":successurl": invoice.successurl,
        ":failurl": invoice.failurl,
        ":status": invoice.status,
        ":created": invoice.created,
        ":pay_at": invoice.pay_at,
    })?;
    let transaction = Transaction::Invoice(connection.last_insert_rowid());
    history::record(connection, transaction, invoice.created, &invoice.status)
}

pub(crate) fn find(connection: &Connection, uniqueid: &str) -> Result<Option<Invoice>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT * FROM invoices WHERE uniqueid = ?")?;
    Ok(statement.query_row([uniqueid], from_row).optional()?)
}

pub(crate) fn find_by_page(connection: &Connection, page: &str) -> Result<Option<Invoice>, Refusal> {
    Ok(connection.query_row("SELECT * FROM invoices WHERE page = ?", [page], from_row).optional()?)
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Invoice>, Refusal> {
    let mut statement = connection.prepare("SELECT * FROM invoices ORDER BY invoiceid")?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

/// The invoices whose time to pay themselves has come.
pub(crate) fn to_pay(connection: &Connection, now: Timestamp) -> Result<Vec<Invoice>, Refusal> {
    let mut statement = connection.prepare_cached("SELECT * FROM invoices WHERE pay_at <= ? ORDER BY invoiceid")?;
    Ok(statement.query_map([now], from_row)?.collect::<Result<_, _>>()?)
}

/// When the next invoice will pay itself.
pub(crate) fn next_moment(connection: &Connection) -> Result<Option<Timestamp>, Refusal> {
    let query = "SELECT min(pay_at) FROM invoices WHERE pay_at IS NOT NULL";
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
}

/// The last word on an invoice; it will not pay itself any more.
pub(crate) fn settle(connection: &Connection, invoiceid: i64, status: &str) -> Result<(), Refusal> {
    let update = "UPDATE invoices SET status = ?, pay_at = NULL WHERE invoiceid = ?";
    connection.execute(update, params![status, invoiceid])?;
    history::record(connection, Transaction::Invoice(invoiceid), timestamp::now(), status)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Invoice> {
    Ok(Invoice {
        invoiceid: row.get("invoiceid")?,
        uniqueid: row.get("uniqueid")?,
        page: row.get("page")?,
        paysys: row.get("paysys")?,
        amount: row.get("amount")?,
        pay_amount: row.get("pay_amount")?,
        purse: row.get("purse")?,
        paylist: row.get("paylist")?,
        comis: row.get("comis")?,
        dtag: row.get("dtag")?,
        email: row.get("email")?,
        name: row.get("name")?,
        surname: row.get("surname")?,
        desc: row.get("description")?,
        callbackurl: row.get("callbackurl")?,
        successurl: row.get("successurl")?,
        failurl: row.get("failurl")?,
        status: row.get("status")?,
        created: row.get("created")?,
        pay_at: row.get("pay_at")?,
    })
}
