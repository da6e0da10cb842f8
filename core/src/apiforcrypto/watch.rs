//! Waiting for an invoice: what the gateway is asked, and what its answer says. Read is only what settles it: `id`,
//! `status` and `active`.

use alloc::string::String;

use super::{ApiForCrypto, CONVENTIONS, CryptoInvoiceStatus, Notification};
use crate::call::{Call, Request};
use crate::error::Result;
use crate::watch::{Observed, Sighting, Watch, WatchPolicy, Watched, read, sealed};

impl Watched for ApiForCrypto {}

impl sealed::Watched for ApiForCrypto {
    fn question(&self, invoice: &str) -> Result<Request> {
        self.invoice(invoice).map(Call::into_request)
    }

    fn sighting(status: u16, body: &[u8], invoice: &str) -> (Option<Sighting>, Option<String>) {
        read(status, body, CONVENTIONS, |answer| {
            answer.text("id").filter(|id| Self::is_same(id, invoice))?;
            Self::seen(None, &answer.text("status")?, answer.boolean("active"))
        })
    }

    /// The letters of a UUID have no case.
    fn is_same(left: &str, right: &str) -> bool {
        left.trim().eq_ignore_ascii_case(right.trim())
    }

    fn seen(_: Option<&str>, status: &str, active: Option<bool>) -> Option<Sighting> {
        Some(Sighting::new(status, CryptoInvoiceStatus::in_any_case(status).outcome_if(active)))
    }
}

impl Watch<ApiForCrypto> {
    /// Waits for an invoice of Api for Crypto, by its UUID.
    ///
    /// # Errors
    /// `invalid_input` where that cannot be one.
    pub fn crypto_invoice(gateway: &ApiForCrypto, uuid: impl Into<String>) -> Result<Self> {
        Self::with_policy(gateway, uuid, WatchPolicy::new())
    }

    /// Hands in a verified notification: one that says that the invoice is paid ends the watch with
    /// its next step. Returns whether it is about this invoice.
    pub fn on_notification(&mut self, notification: &Notification) -> bool {
        self.observe(Observed {
            invoice: &notification.id,
            kind: None,
            status: notification.status.as_str(),
            active: notification.active,
        })
    }
}
