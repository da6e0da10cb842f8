//! What becomes of payouts once they have begun.

use rusqlite::Connection;

use crate::{
    payout_status::PayoutStatus,
    refusal::Refusal,
    store::{
        ledger::{self, Reason},
        payouts::{self, End, Payout},
    },
};

/// Gives a payout another status, and moves the money as far as the new status asks for it.
pub(crate) fn settle(
    connection: &Connection,
    payout: &Payout,
    status: PayoutStatus,
    end: Option<End>,
) -> Result<(), Refusal> {
    if payout.status == status {
        return Err(Refusal::conflict(format!("the payout is {status} already")));
    }
    payouts::set_status(connection, payout.orderid, status, end)?;
    match (payout.status.has_debit(), status.has_debit()) {
        (true, false) => {
            ledger::credit(connection, &payout.currency, &payout.amount_from_comis, &reason(payout, status))
        }
        (false, true) => {
            ledger::debit(connection, &payout.currency, &payout.amount_from_comis, &reason(payout, status))
        }
        _ => Ok(()),
    }
}

/// Turns a final status around.
pub(crate) fn reverse(connection: &Connection, payout: &Payout) -> Result<(), Refusal> {
    let status = match payout.status {
        PayoutStatus::Complete => PayoutStatus::Canceled,
        PayoutStatus::Canceled | PayoutStatus::Error => PayoutStatus::Complete,
        PayoutStatus::Pending => return Err(Refusal::conflict("the payout is Pending: there is nothing to reverse")),
    };
    settle(connection, payout, status, None)
}

fn reason(payout: &Payout, status: PayoutStatus) -> Reason {
    let what = match status {
        PayoutStatus::Pending => "taken up again",
        PayoutStatus::Complete => "carried out after all",
        PayoutStatus::Canceled => "canceled",
        PayoutStatus::Error => "failed",
    };
    Reason::of_payout(payout.orderid, format!("withdrawal {} {what}", payout.uniqueid))
}
