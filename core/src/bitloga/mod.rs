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
pub mod payout;
mod status;
mod withdraw;

pub use balances::{Balances, GetBalances};
pub use callback::{Callback, CallbackFields, Expected, SignedCallback, compare};
pub(crate) use client::BitlogaMethod;
pub use client::{BASE_URL, Bitloga, SIGNATURE_HEADER};
pub use codes::{AppliedCode, ApplyCode, Code, CodePage, CodePages, CreateCode, CreatedCode, ListCodes};
pub use create_invoice::{Comis, CreateInvoice, Invoice, Requisites, RequisitesType};
pub use details::{Details, GetDetails, InvoiceDetails, OtherDetails, WithdrawDetails};
pub use status::{CodeStatus, TransactionStatus, TransactionType};
pub use withdraw::{Withdraw, Withdrawal};
