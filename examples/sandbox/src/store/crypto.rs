//! Invoices and balances of Api for Crypto.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::{decimal::Decimal, refusal::Refusal, timestamp::Timestamp};

/// A crypto invoice. Amounts are integers of the smallest unit.
pub(crate) struct CryptoInvoice {
    pub(crate) uuid: String,
    pub(crate) blockchain: String,
    pub(crate) symbol: String,
    pub(crate) address: String,
    pub(crate) value: Decimal,
    /// The `fiatCurrency` of the request, as JSON text.
    pub(crate) fiat_currency: Option<String>,
    pub(crate) secret_key: Option<String>,
    /// The `data` of the request, as JSON text.
    pub(crate) data: Option<String>,
    pub(crate) created: Timestamp,
    pub(crate) expires: Timestamp,
    pub(crate) active: bool,
    pub(crate) status: String,
    pub(crate) confirmations_required: i64,
    pub(crate) confirmations: i64,
    /// Hashes of the transactions that paid, separated by commas.
    pub(crate) transactions: String,
    /// What has arrived with all the confirmations it needed.
    pub(crate) paid: Decimal,
    /// What is on its way, seen but not yet confirmed.
    pub(crate) in_flight: Decimal,
    /// When the next block confirms what is on its way.
    pub(crate) next_block_at: Option<Timestamp>,
    /// When it pays itself.
    pub(crate) pay_at: Option<Timestamp>,
}

/// Keeps a new invoice.
pub(crate) fn insert(connection: &Connection, invoice: &CryptoInvoice) -> Result<(), Refusal> {
    connection.execute(
        "INSERT INTO crypto_invoices (uuid, blockchain, symbol, address, value, fiat_currency, secret_key, data,
            created, expires, active, status, confirmations_required, confirmations, transactions, paid, in_flight,
            next_block_at, pay_at)
         VALUES (:uuid, :blockchain, :symbol, :address, :value, :fiat_currency, :secret_key, :data,
            :created, :expires, :active, :status, :confirmations_required, :confirmations, :transactions, :paid,
            :in_flight, :next_block_at, :pay_at)",
        named_params! {
            ":uuid": invoice.uuid,
            ":blockchain": invoice.blockchain,
            ":symbol": invoice.symbol,
            ":address": invoice.address,
            ":value": invoice.value,
            ":fiat_currency": invoice.fiat_currency,
            ":secret_key": invoice.secret_key,
            ":data": invoice.data,
            ":created": invoice.created,
            ":expires": invoice.expires,
            ":active": invoice.active,
            ":status": invoice.status,
            ":confirmations_required": invoice.confirmations_required,
            ":confirmations": invoice.confirmations,
            ":transactions": invoice.transactions,
            ":paid": invoice.paid,
            ":in_flight": invoice.in_flight,
            ":next_block_at": invoice.next_block_at,
            ":pay_at": invoice.pay_at,
        },
    )?;
    Ok(())
}

/// Keeps what payments, blocks and time have changed.
pub(crate) fn update(connection: &Connection, invoice: &CryptoInvoice) -> Result<(), Refusal> {
    connection.execute(
        "UPDATE crypto_invoices SET active = :active, status = :status, confirmations = :confirmations,
            transactions = :transactions, paid = :paid, in_flight = :in_flight, next_block_at = :next_block_at,
            pay_at = :pay_at
         WHERE uuid = :uuid",
        named_params! {
            ":uuid": invoice.uuid,
            ":active": invoice.active,
            ":status": invoice.status,
            ":confirmations": invoice.confirmations,
            ":transactions": invoice.transactions,
            ":paid": invoice.paid,
            ":in_flight": invoice.in_flight,
            ":next_block_at": invoice.next_block_at,
            ":pay_at": invoice.pay_at,
        },
    )?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, uuid: &str) -> Result<Option<CryptoInvoice>, Refusal> {
    Ok(connection.query_row("SELECT * FROM crypto_invoices WHERE uuid = ?", [uuid], from_row).optional()?)
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<CryptoInvoice>, Refusal> {
    select(connection, "SELECT * FROM crypto_invoices WHERE created <= :now ORDER BY sequence", Timestamp::MAX)
}

pub(crate) fn to_pay(connection: &Connection, now: Timestamp) -> Result<Vec<CryptoInvoice>, Refusal> {
    select(connection, "SELECT * FROM crypto_invoices WHERE pay_at <= :now ORDER BY sequence", now)
}

pub(crate) fn to_confirm(connection: &Connection, now: Timestamp) -> Result<Vec<CryptoInvoice>, Refusal> {
    select(connection, "SELECT * FROM crypto_invoices WHERE next_block_at <= :now ORDER BY sequence", now)
}

/// Invoices whose time is over. One with a payment on its way waits for that to be confirmed.
pub(crate) fn to_expire(connection: &Connection, now: Timestamp) -> Result<Vec<CryptoInvoice>, Refusal> {
    let query = "SELECT * FROM crypto_invoices WHERE active AND expires <= :now AND next_block_at IS NULL";
    select(connection, query, now)
}

/// When the next of them pays itself, is confirmed or expires.
pub(crate) fn next_moment(connection: &Connection) -> Result<Option<Timestamp>, Refusal> {
    let query = "SELECT min(moment) FROM (
            SELECT min(pay_at) AS moment FROM crypto_invoices WHERE pay_at IS NOT NULL
            UNION ALL SELECT min(next_block_at) FROM crypto_invoices WHERE next_block_at IS NOT NULL
            UNION ALL SELECT min(expires) FROM crypto_invoices WHERE active AND next_block_at IS NULL)";
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
}

/// What the wallet holds of one asset, in the smallest unit.
pub(crate) fn balance(connection: &Connection, blockchain: &str, symbol: &str) -> Result<Decimal, Refusal> {
    let query = "SELECT amount FROM crypto_balances WHERE blockchain = ? AND symbol = ?";
    let amount = connection.query_row(query, [blockchain, symbol], |row| row.get(0)).optional()?;
    Ok(amount.unwrap_or_else(Decimal::zero))
}

pub(crate) fn credit(connection: &Connection, blockchain: &str, symbol: &str, amount: &Decimal) -> Result<(), Refusal> {
    let held = balance(connection, blockchain, symbol)?;
    let replace = "INSERT OR REPLACE INTO crypto_balances VALUES (?, ?, ?)";
    connection.execute(replace, params![blockchain, symbol, &held + amount])?;
    Ok(())
}

fn select(connection: &Connection, query: &str, now: Timestamp) -> Result<Vec<CryptoInvoice>, Refusal> {
    let mut statement = connection.prepare_cached(query)?;
    Ok(statement.query_map(named_params! { ":now": now }, from_row)?.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CryptoInvoice> {
    Ok(CryptoInvoice {
        uuid: row.get("uuid")?,
        blockchain: row.get("blockchain")?,
        symbol: row.get("symbol")?,
        address: row.get("address")?,
        value: row.get("value")?,
        fiat_currency: row.get("fiat_currency")?,
        secret_key: row.get("secret_key")?,
        data: row.get("data")?,
        created: row.get("created")?,
        expires: row.get("expires")?,
        active: row.get("active")?,
        status: row.get("status")?,
        confirmations_required: row.get("confirmations_required")?,
        confirmations: row.get("confirmations")?,
        transactions: row.get("transactions")?,
        paid: row.get("paid")?,
        in_flight: row.get("in_flight")?,
        next_block_at: row.get("next_block_at")?,
        pay_at: row.get("pay_at")?,
    })
}
