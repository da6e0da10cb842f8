//! The statuses of payouts, and which of them have taken money.

use std::fmt;

use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use crate::json::Json;

/// A status of a payout, in the word of the gateway's documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayoutStatus {
    Pending,
    Complete,
    Canceled,
    Error,
}

impl PayoutStatus {
    const ALL: [Self; 4] = [Self::Pending, Self::Complete, Self::Canceled, Self::Error];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Complete => "Complete",
            Self::Canceled => "Canceled",
            Self::Error => "Error",
        }
    }

    /// Whether the balance is short of the money while a payout has this status.
    pub(crate) fn has_debit(self) -> bool {
        matches!(self, Self::Pending | Self::Complete)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

impl fmt::Display for PayoutStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<PayoutStatus> for Json {
    fn from(status: PayoutStatus) -> Self {
        status.as_str().into()
    }
}

impl ToSql for PayoutStatus {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for PayoutStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::named(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}
