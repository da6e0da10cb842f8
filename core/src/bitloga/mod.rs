//! Bitloga: the merchant API, signed with hex HMAC-SHA512 (docs/gateways/bitloga.md).
//!
//! Every call is a `POST` of one JSON object whose `action` selects the method, with the headers
//! `X-APIKEY` and `X-SIGNATURE`. Callbacks come signed in the same way.

mod balances;
mod callback;
mod client;
mod codes;
mod create_invoice;
mod details;
mod diagnose;
mod gateway;
mod method;
mod pages;
pub mod payout;
mod status;
mod watch;
mod withdraw;

use crate::schema::{Conventions, SuccessRule};

pub use balances::{Balances, GetBalances};
pub use callback::{Callback, CallbackFields, Expected, SignedCallback, compare};
pub use client::Bitloga;
pub use codes::{AppliedCode, ApplyCode, Code, CodePage, CreateCode, CreatedCode, ListCodes};
pub use create_invoice::{Comis, CreateInvoice, Invoice, Requisites, RequisitesType};
pub use details::{Details, GetDetails, InvoiceDetails, OtherDetails, WithdrawDetails};
pub use diagnose::{Cause, Diagnosis, Hints};
pub(crate) use gateway::GATEWAY;
pub use method::{BASE_URL, SIGNATURE_HEADER};
pub use pages::CodePages;
pub use status::{CodeStatus, TransactionStatus, TransactionType};
pub use withdraw::{Withdraw, Withdrawal};

/// How the gateway writes its messages. Where it puts a reason is not published.
pub(crate) const CONVENTIONS: &Conventions = &Conventions {
    success: SuccessRule::Field("success"),
    reasons: &["error", "message", "msg", "errors"],
    withheld: &["success", "secret_key"],
};
