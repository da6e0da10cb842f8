//! What each gateway is asked about an invoice, and what its answer says. Read is only what
//! settles it: the identifier, `type`, `status` and `active`.

use alloc::string::String;

use crate::apiforcrypto::{ApiForCrypto, CryptoInvoiceStatus};
use crate::bitloga::{Bitloga, BitlogaMethod, GetDetails, TransactionStatus, TransactionType};
use crate::call::Request;
use crate::error::Result;
use crate::json::{DEFAULT_MAX_BODY, Document};
use crate::machine::shortened;
use crate::message::{Given, Parameters, boolean, check_length, reason, success};

/// A gateway whose invoices can be waited for: [`Bitloga`] or [`ApiForCrypto`].
pub trait Watched: sealed::Watched {}

impl Watched for Bitloga {}
impl Watched for ApiForCrypto {}

/// What is known of an invoice's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceState {
    Open,
    Closed,
    Paid,
}

/// What the gateway has said of the invoice.
#[derive(Debug)]
pub struct Sighting {
    pub state: InvoiceState,
    /// In its own letters.
    pub status: String,
}

pub(super) mod sealed {
    use super::{Request, Result, Sighting, String};

    pub trait Watched {
        /// Which account the client is of.
        fn fingerprint(&self) -> String;

        /// The request that asks for the invoice.
        ///
        /// # Errors
        /// `invalid_input`.
        fn question(&self, invoice: &str) -> Result<Request>;

        /// What an answer to it says of the invoice, and the gateway's reason where it gave one.
        fn sighting(status: u16, body: &[u8], invoice: &str) -> (Option<Sighting>, Option<String>);

        /// Whether two identifiers are of the same invoice. Gateways trim what they store.
        fn is_same(left: &str, right: &str) -> bool;

        /// What type, status and `active` of an invoice say; nothing if it is not an invoice.
        fn seen(kind: Option<&str>, status: &str, active: Option<bool>) -> Option<Sighting>;
    }
}

impl sealed::Watched for Bitloga {
    fn fingerprint(&self) -> String {
        self.account()
    }

    fn question(&self, invoice: &str) -> Result<Request> {
        self.request(GetDetails::ACTION, GetDetails::TABLE, &[Some(Given::Text(invoice))])
    }

    fn sighting(status: u16, body: &[u8], invoice: &str) -> (Option<Sighting>, Option<String>) {
        read(status, body, |answer| {
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
        let known = TransactionStatus::in_any_case(status);
        let state = match (known.is_paid(), known.is_final()) {
            (true, _) => InvoiceState::Paid,
            (false, true) => InvoiceState::Closed,
            (false, false) => InvoiceState::Open,
        };
        Some(Sighting { state, status: shortened(status) })
    }
}

impl sealed::Watched for ApiForCrypto {
    fn fingerprint(&self) -> String {
        self.account()
    }

    fn question(&self, invoice: &str) -> Result<Request> {
        self.invoice(invoice).map(crate::Call::into_request)
    }

    fn sighting(status: u16, body: &[u8], invoice: &str) -> (Option<Sighting>, Option<String>) {
        read(status, body, |answer| {
            answer.text("id").filter(|id| Self::is_same(id, invoice))?;
            Self::seen(None, &answer.text("status")?, answer.boolean("active"))
        })
    }

    /// The letters of a UUID have no case.
    fn is_same(left: &str, right: &str) -> bool {
        left.trim().eq_ignore_ascii_case(right.trim())
    }

    fn seen(_: Option<&str>, status: &str, active: Option<bool>) -> Option<Sighting> {
        let known = CryptoInvoiceStatus::in_any_case(status);
        let state = match (known.is_paid(), known.is_final_if(active)) {
            (true, _) => InvoiceState::Paid,
            (false, true) => InvoiceState::Closed,
            (false, false) => InvoiceState::Open,
        };
        Some(Sighting { state, status: shortened(status) })
    }
}

fn read(
    status: u16,
    body: &[u8],
    sighting: impl FnOnce(&Answer<'_>) -> Option<Sighting>,
) -> (Option<Sighting>, Option<String>) {
    let Some(answer) = Answer::read(body) else { return (None, None) };
    let seen = if (200..300).contains(&status) { sighting(&answer) } else { None };
    (seen, reason(&answer.document, answer.object))
}

/// An answer that is one object, or a list of one.
struct Answer<'a> {
    document: Document<'a>,
    object: usize,
}

impl<'a> Answer<'a> {
    fn read(body: &'a [u8]) -> Option<Self> {
        check_length(body, DEFAULT_MAX_BODY).ok()?;
        let document = Document::read(body).ok()?;
        let object = document.only_object()?;
        Some(Self { document, object })
    }

    fn text(&self, name: &str) -> Option<String> {
        Some(self.document.member(self.object, name)?.into_owned())
    }

    fn boolean(&self, name: &str) -> Option<bool> {
        let node = self.document.node(self.document.field(self.object, name)?);
        boolean(self.document.text, node.kind, node.span)
    }

    fn success(&self) -> Option<bool> {
        success(&self.document, self.object)
    }
}
