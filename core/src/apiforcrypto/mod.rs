//! Api for Crypto: crypto invoices, and notifications that echo a secret (docs/gateways/api-for-crypto.md).
//!
//! Nothing is signed: the wallet id and an invoice's UUID are all it takes to use them, so both
//! are left out of `Debug`.

mod client;
mod invoice;
mod notification;
mod test_notification;
mod wallet;

pub use client::{ApiForCrypto, BASE_URL, INVOICE_URL};
pub use invoice::{
    CreateInvoice, CryptoInvoice, CryptoInvoiceStatus, FiatCurrency, FiatPrice, GetInvoice, InvoiceData, UserData,
};
pub use notification::Notification;
pub use test_notification::{NotificationFields, TestNotification};
pub use wallet::{Account, Wallet};
