//! Types and statuses of transactions and codes.

use crate::schema::macros::{choice, status};

choice! {
    /// Transaction type.
    pub enum TransactionType {
        /// A payout from the balance.
        Withdraw = "Withdraw",
        /// A billed invoice.
        Invoice = "Invoice",
    }
}

status! {
    /// Transaction status.
    pub enum TransactionStatus {
        /// The invoice has been paid.
        Payed = "Payed" => Paid,
        /// The transaction was created.
        Created = "Created" => Open,
        /// The transaction is under way.
        Pending = "Pending" => Open,
        /// The transaction is completed.
        Complete = "Complete" => Paid,
        /// The transaction was canceled.
        Canceled = "Canceled" => Closed,
        /// The transaction failed.
        Error = "Error" => Closed,
    }
}

choice! {
    /// Code status.
    pub enum CodeStatus {
        /// The code can be applied.
        Active = "Active",
        /// The code was applied.
        Redeemed = "Redeemed",
        /// The code cannot be applied any more.
        Disabled = "Disabled",
    }
}
