//! What is to become of payouts that have not been asked for yet.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{behaviour::Plan, refusal::Refusal};

/// Keeps the plan for the payouts of a `uniqueid`, in place of an earlier one.
pub(crate) fn set(connection: &Connection, uniqueid: &str, plan: Plan) -> Result<(), Refusal> {
    let replace = "INSERT OR REPLACE INTO plans (uniqueid, pending_ms, end_status) VALUES (?, ?, ?)";
    connection.execute(replace, params![uniqueid, plan.pending_ms, plan.end])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, uniqueid: &str) -> Result<Option<Plan>, Refusal> {
    let query = "SELECT pending_ms, end_status FROM plans WHERE uniqueid = ?";
    let mut statement = connection.prepare_cached(query)?;
    let plan = statement.query_row([uniqueid], |row| Ok(Plan { pending_ms: row.get(0)?, end: row.get(1)? }));
    Ok(plan.optional()?)
}
