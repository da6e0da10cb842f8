//! Waiting for an invoice: what `details` is asked, and what its answer says. Read is only what settles it: `success`,
//! `uniqueid`, `type` and `status`.

use alloc::string::String;

use super::{Bitloga, CONVENTIONS, Callback, TransactionStatus, TransactionType};
use crate::call::{Call, Request};
use crate::error::Result;
use crate::watch::{Observed, Sighting, Watch, WatchPolicy, Watched, read, sealed};

impl Watched for Bitloga {}

impl sealed::Watched for Bitloga {
    fn question(&self, invoice: &str) -> Result<Request> {
        self.details(invoice).map(Call::into_request)
    }

    fn sighting(status: u16, body: &[u8], invoice: &str) -> (Option<Sighting>, Option<String>) {
        read(status, body, CONVENTIONS, |answer| {
            let uniqueid = answer.text("uniqueid").filter(|uniqueid| Self::is_same(uniqueid, invoice));
            uniqueid.filter(|_| answer.success() == Some(true))?;
            Self::seen(answer.text("type").as_deref(), &answer.text("status")?, None)
        })
    }

    fn is_same(left: &str, right: &str) -> bool {
        left.trim() == right.trim()
    }

    fn seen(kind: Option<&str>, status: &str, _: Option<bool>) -> Option<Sighting> {
        // A payout, or something else that no document names, pays no invoice.
        if kind.is_some_and(|kind| TransactionType::in_any_case(kind) != TransactionType::Invoice) {
            return None;
        }
        Some(Sighting::new(status, TransactionStatus::in_any_case(status).outcome()))
    }
}

impl Watch<Bitloga> {
    /// Waits for an invoice of Bitloga, by its `uniqueid`.
    ///
    /// # Errors
    /// `invalid_input` where that cannot be one.
    pub fn invoice(gateway: &Bitloga, uniqueid: impl Into<String>) -> Result<Self> {
        Self::with_policy(gateway, uniqueid, WatchPolicy::new())
    }

    /// Hands in a verified callback: one that says that the invoice is paid ends the watch with its
    /// next step. Returns whether it is about this invoice.
    pub fn on_callback(&mut self, callback: &Callback) -> bool {
        self.observe(Observed {
            invoice: &callback.uniqueid,
            kind: Some(callback.r#type.as_str()),
            status: callback.status.as_str(),
            active: None,
        })
    }
}
