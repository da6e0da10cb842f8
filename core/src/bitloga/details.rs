//! `details`: what became of a transaction.

use alloc::string::String;

use super::method::BitlogaMethod;
use super::status::{TransactionStatus, TransactionType};
use crate::amount::Amount;
use crate::error::Result;
use crate::json::Document;
use crate::schema::macros::{answer, parameters};
use crate::schema::{Answer, FromObject, ParsedObject, ResponseSchema, Rules};

parameters! {
    /// The state of an invoice or a payout.
    pub struct GetDetails {
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
}

impl GetDetails {
    /// The transaction with this identifier.
    pub fn new(uniqueid: impl Into<String>) -> Self {
        Self { uniqueid: uniqueid.into() }
    }
}

impl Rules for GetDetails {}

impl BitlogaMethod for GetDetails {
    const NAME: &'static str = "details";
    const ACTION: &'static str = "details";
    type Answer = Details;
}

/// A transaction: a payout or an invoice, by its `type`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
#[non_exhaustive]
pub enum Details {
    /// A payout.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "by_type::withdraw"))]
    Withdraw(WithdrawDetails),
    /// An invoice.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "by_type::invoice"))]
    Invoice(InvoiceDetails),
    /// A type of transaction the gateway's document does not name.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "by_type::other"))]
    Other(OtherDetails),
}

/// Its `type` decides what a transaction is read back as, as it did when it was received.
#[cfg(feature = "serde")]
mod by_type {
    use serde::de::{Deserialize, Deserializer, Error};

    use super::{InvoiceDetails, OtherDetails, TransactionType, WithdrawDetails};

    pub(super) fn withdraw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<WithdrawDetails, D::Error> {
        let details = WithdrawDetails::deserialize(deserializer)?;
        if details.r#type == TransactionType::Withdraw { Ok(details) } else { Err(of_another_type()) }
    }

    pub(super) fn invoice<'de, D: Deserializer<'de>>(deserializer: D) -> Result<InvoiceDetails, D::Error> {
        let details = InvoiceDetails::deserialize(deserializer)?;
        if details.r#type == TransactionType::Invoice { Ok(details) } else { Err(of_another_type()) }
    }

    pub(super) fn other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OtherDetails, D::Error> {
        let details = OtherDetails::deserialize(deserializer)?;
        if matches!(details.r#type, TransactionType::Other(_)) { Ok(details) } else { Err(of_another_type()) }
    }

    fn of_another_type<E: Error>() -> E {
        E::custom("a transaction of another type")
    }
}

impl Details {
    /// Transaction status.
    pub fn status(&self) -> &TransactionStatus {
        match self {
            Self::Withdraw(details) => &details.status,
            Self::Invoice(details) => &details.status,
            Self::Other(details) => &details.status,
        }
    }

    /// Your identifier of the transaction.
    pub fn uniqueid(&self) -> &str {
        match self {
            Self::Withdraw(details) => &details.uniqueid,
            Self::Invoice(details) => &details.uniqueid,
            Self::Other(details) => &details.uniqueid,
        }
    }
}

impl Answer for Details {
    const NAME: &'static str = "Details";
    const SCHEMAS: &'static [&'static ResponseSchema] =
        &[WithdrawDetails::SCHEMAS[0], InvoiceDetails::SCHEMAS[0], OtherDetails::SCHEMAS[0]];
}

impl FromObject for Details {
    fn schema_for(message: &[u8]) -> &'static ResponseSchema {
        let document = Document::read(message).ok();
        let kind = document.as_ref().and_then(|document| document.member(Document::ROOT, "type"));
        match kind.as_deref() {
            Some("Withdraw") => WithdrawDetails::SCHEMAS[0],
            Some("Invoice") => InvoiceDetails::SCHEMAS[0],
            _ => OtherDetails::SCHEMAS[0],
        }
    }

    fn from_object(message: &str, object: &mut ParsedObject) -> Result<Self> {
        // By name: schemas are constants, and the same constant may be at several addresses.
        match object.schema.name {
            WithdrawDetails::NAME => WithdrawDetails::from_object(message, object).map(Self::Withdraw),
            InvoiceDetails::NAME => InvoiceDetails::from_object(message, object).map(Self::Invoice),
            _ => OtherDetails::from_object(message, object).map(Self::Other),
        }
    }
}

answer! {
    /// The state of a payout.
    pub struct WithdrawDetails {
        /// Currency from which the payment was made.
        pub from: String,
        /// The payment system to which the funds were transferred.
        pub to: String,
        /// The amount of payment in the currency of the balance, without the service commission.
        pub amount_from: Amount,
        /// The amount of payment in the balance currency, including the service commission. This
        /// amount was debited from the balance.
        pub amount_from_comis: Amount,
        /// The amount of payment sent to the specified account.
        pub amount_to: Amount,
        /// The account to which the funds are sent.
        pub purse: Option<String>,
        /// Transaction type: `Withdraw`.
        pub r#type: TransactionType,
        /// Transaction status.
        pub status: TransactionStatus,
        /// Destination Tag or Memo.
        pub dtag: Option<String>,
        /// User's first name.
        pub name: Option<String>,
        /// User's last name.
        pub surname: Option<String>,
        /// Internal transaction identifier, as in the list of transactions in the user panel.
        pub orderid: String,
        /// Unique transaction identifier in the gateway's system.
        pub transid: Option<String>,
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
}

answer! {
    /// The state of an invoice.
    pub struct InvoiceDetails {
        /// The payment system to which the funds were transferred.
        pub to: String,
        /// Invoice amount.
        pub amount: Amount,
        /// The account to which the funds are sent.
        pub purse: Option<String>,
        /// Transaction type: `Invoice`.
        pub r#type: TransactionType,
        /// Transaction status.
        pub status: TransactionStatus,
        /// Destination Tag or Memo.
        pub dtag: Option<String>,
        /// User's first name.
        pub name: Option<String>,
        /// User's last name.
        pub surname: Option<String>,
        /// Internal identifier of the invoice, as in the invoice list in the user panel.
        pub invoiceid: String,
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
}

answer! {
    /// The state of a transaction of a type the gateway's document does not name: what every type
    /// has, and all else in `extra`.
    pub struct OtherDetails {
        /// Transaction type.
        pub r#type: TransactionType,
        /// Transaction status.
        pub status: TransactionStatus,
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
}
