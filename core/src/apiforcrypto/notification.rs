//! Notifications of changes of an invoice's status (docs/gateways/api-for-crypto.md#notifications).
//!
//! They are not signed: they echo the `secret_key` of the invoice. The exact schema of their body
//! is not published; assumed is the invoice object with `secret_key` at the top level or in `data`.

use alloc::borrow::Cow;
use core::ops::Deref;

use super::invoice::CryptoInvoice;
use crate::error::{Error, Proof, Result};
use crate::json::Document;
use crate::schema::{Answer, FromObject, ParsedObject, ResponseSchema, SecretText};

/// A verified notification: the invoice with its new status.
///
/// Whoever has seen one notification can replay it: act only when the status has changed, and
/// better on what [`super::ApiForCrypto::invoice`] then says.
#[derive(Debug, Clone, PartialEq, Eq)]
// Only verification makes a notification: it cannot be read back.
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[must_use]
#[non_exhaustive]
pub struct Notification {
    /// The invoice as notified.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub invoice: CryptoInvoice,
    /// Deduplication key: `id:status`. Within a part `:` is written `%3A` and `%` is written `%25`,
    /// so that different events never have equal keys.
    pub event_id: SecretText,
}

impl Deref for Notification {
    type Target = CryptoInvoice;

    fn deref(&self) -> &CryptoInvoice {
        &self.invoice
    }
}

impl Answer for Notification {
    const NAME: &'static str = "Notification";
    const SCHEMAS: &'static [&'static ResponseSchema] = &[&ResponseSchema {
        name: "Notification",
        documentation: crate::schema::documented(&["A verified notification: the invoice with its new status."]),
        fields: CryptoInvoice::SCHEMAS[0].fields,
        open_amounts: false,
        event_id: &["id", "status"],
        conventions: super::CONVENTIONS,
    }];
}

impl FromObject for Notification {
    fn from_object(message: &str, object: &mut ParsedObject) -> Result<Self> {
        // Verification adds the key.
        Ok(Self { invoice: CryptoInvoice::from_object(message, object)?, event_id: SecretText::from("") })
    }
}

/// Finds the one `secret_key` of a notification, at the top level or inside `data`.
///
/// # Errors
/// `signature_missing`; `signature_ambiguous` where there are two and they differ.
pub(super) fn carried_secret_key<'a>(document: &Document<'a>) -> Result<Cow<'a, str>> {
    let top = document.member(Document::ROOT, "secret_key");
    let nested = data(document).and_then(|data| document.member(data, "secret_key"));
    if top.is_some() && nested.is_some() && top != nested {
        return Err(Error::SignatureAmbiguous { proof: Proof::SecretKey });
    }
    match top.or(nested) {
        Some(secret_key) => Ok(secret_key),
        None => Err(Error::SignatureMissing { proof: Proof::SecretKey, place: "secret_key" }),
    }
}

/// Finds the `order_id` that the `secret_key` was derived from.
pub(super) fn order_id<'a>(document: &Document<'a>) -> Option<Cow<'a, str>> {
    document.member(data(document)?, "order_id")
}

/// `data`, an object or a list of one.
fn data(document: &Document<'_>) -> Option<usize> {
    let data = document.field(Document::ROOT, "data")?;
    if document.node(data).kind == crate::json::Kind::Array { document.children(data).next() } else { Some(data) }
}
