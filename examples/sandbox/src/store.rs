//! The state, in `SQLite`: in memory, or in a file that survives a restart. One code path for both.

pub(crate) mod codes;
pub(crate) mod crypto;
pub(crate) mod deliveries;
pub(crate) mod history;
pub(crate) mod invoices;
pub(crate) mod ledger;
pub(crate) mod payouts;
pub(crate) mod plans;

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, TransactionBehavior};

use crate::refusal::Refusal;

const SCHEMA_VERSION: i64 = 3;
const SCHEMA: &str = include_str!("store/schema.sql");

/// One connection, used by one piece of work at a time. Each takes microseconds, so async code may wait for it.
pub(crate) struct Store(Mutex<Connection>);

impl Store {
    /// Opens the file, or memory, and gives it the schema and the starting balances if it is new.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, String> {
        let connection = match file {
            Some(path) => Connection::open(path),
            None => Connection::open_in_memory(),
        };
        let connection = connection.map_err(|error| error.to_string())?;
        prepare(&connection).map_err(|error| error.to_string())?;
        match schema_version(&connection).map_err(|error| error.to_string())? {
            0 => begin_anew(&connection).map_err(|error| error.to_string())?,
            SCHEMA_VERSION => {}
            other => return Err(format!("it has schema version {other}, this sandbox knows {SCHEMA_VERSION}")),
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// Does all of the work or, if it is refused, nothing.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // Two sandboxes on one file would both deliver what is due. The one before may take a moment to end.
    connection.busy_timeout(Duration::from_millis(500))?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A killed process loses nothing; only a power cut might, and this is a sandbox.
    connection.pragma_update(None, "synchronous", "NORMAL")
}

fn schema_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn begin_anew(connection: &Connection) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(SCHEMA)?;
    ledger::seed(&transaction)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

/// Forgets everything, and restores the starting balances.
pub(crate) fn reset(connection: &Connection) -> Result<(), Refusal> {
    let tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    for table in tables {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    // The sequences of identifiers stay where they are: a late answer about an old row must not hit a new one.
    Ok(ledger::seed(connection)?)
}
