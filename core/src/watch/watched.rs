//! What a gateway is asked about an invoice, and what its answer says: each gateway has its part in its folder.

use alloc::string::String;

use crate::call::Request;
use crate::error::Result;
use crate::gateway::Client;
use crate::machine::{LooseAnswer, shortened};
use crate::schema::{Conventions, Outcome};

/// A gateway whose invoices can be waited for: [`crate::Bitloga`] or [`crate::ApiForCrypto`].
pub trait Watched: sealed::Watched {}

/// What the gateway has said of the invoice.
#[derive(Debug)]
pub struct Sighting {
    /// Its status, in its own letters.
    pub status: String,
    /// What that says of the money.
    pub outcome: Outcome,
}

/// What a verified callback says of the invoice it is about. It may be secret, so it has no `Debug`.
#[derive(Clone, Copy)]
pub struct Observed<'a> {
    /// Its identifier.
    pub invoice: &'a str,
    /// What it is, at a gateway that has more than invoices.
    pub kind: Option<&'a str>,
    /// Its status.
    pub status: &'a str,
    /// Whether it is active, where the gateway says so.
    pub active: Option<bool>,
}

pub(crate) mod sealed {
    use super::{Client, Request, Result, Sighting, String};

    pub trait Watched: Client {
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

impl Sighting {
    /// A status with what it says of the money; nothing that a document names leaves that open.
    pub(crate) fn new(status: &str, outcome: Option<Outcome>) -> Self {
        Self { status: shortened(status), outcome: outcome.unwrap_or(Outcome::Open) }
    }
}

/// What `see` finds in an answer, and the gateway's reason where it gave one.
pub(crate) fn read(
    status: u16,
    body: &[u8],
    conventions: &'static Conventions,
    see: impl FnOnce(&LooseAnswer<'_>) -> Option<Sighting>,
) -> (Option<Sighting>, Option<String>) {
    let Some(answer) = LooseAnswer::read(body, conventions) else { return (None, None) };
    let sighting = if (200..300).contains(&status) { see(&answer) } else { None };
    (sighting, answer.reason())
}
