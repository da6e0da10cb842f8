//! Api for Crypto: crypto invoices, and notifications that echo a secret (docs/gateways/api-for-crypto.md).
//!
//! Nothing is signed: the wallet id and an invoice's UUID are all it takes to use them, so both
//! are left out of `Debug`.

mod client;
mod gateway;
mod invoice;
mod method;
mod notification;
mod settings;
mod test_notification;
mod wallet;
mod watch;

use crate::schema::{Conventions, SuccessRule};

pub(crate) use gateway::GATEWAY;
pub use invoice::{
    CreateInvoice, CryptoInvoice, CryptoInvoiceStatus, FiatCurrency, FiatPrice, GetInvoice, InvoiceData, UserData,
};
pub use notification::Notification;
pub use settings::{ApiForCrypto, BASE_URL, INVOICE_URL};
pub use test_notification::{NotificationFields, TestNotification};
pub use wallet::{Account, Wallet};

/// How the gateway writes its messages.
pub(crate) const CONVENTIONS: &Conventions = &Conventions {
    success: SuccessRule::Status,
    reasons: &["error", "message", "msg", "errors"],
    withheld: &["success", "secret_key"],
};
