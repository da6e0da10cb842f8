//! Callbacks: the gateway says that an invoice was paid (docs/gateways/bitloga.md#callbacks).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::method::SIGNATURE_HEADER;
use super::status::{TransactionStatus, TransactionType};
use crate::amount::Amount;
use crate::error::{Difference, Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::schema::macros::{message, parameters};
use crate::schema::{Argument, Arguments, NamedArguments, ParameterKind, Parameters, Rules, require};

message! {
    // Only verification makes a callback: it cannot be read back.
    [#[must_use]]
    /// A verified notification that an invoice was paid.
    ///
    /// The signature carries no time and no nonce: a replay verifies too. Act once per `event_id`,
    /// hold it against what you expect, and ask `details` before paying anything out.
    #[event_id(r#type, invoiceid, status)]
    pub struct Callback {
        /// The payment system to which the funds were transferred.
        pub to: String,
        /// Invoice amount.
        pub amount: Amount,
        /// The account to which the funds are sent.
        pub purse: Option<String>,
        /// Transaction type. `Invoice` is a billed invoice.
        pub r#type: TransactionType,
        /// Transaction status. `Payed`: the invoice has been paid.
        pub status: TransactionStatus,
        /// Destination Tag or Memo. Passed only if specified when creating the invoice.
        pub dtag: Option<String>,
        /// User's first name. Passed only if it was specified when creating the invoice.
        pub name: Option<String>,
        /// User's last name. Passed only if it was specified when creating the invoice.
        pub surname: Option<String>,
        /// Identifier of the invoice, as in the list of invoices in the user panel.
        pub invoiceid: String,
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
    also {
        /// Deduplication key made of signed material: `type:invoiceid:status`. Within a part `:` is
        /// written `%3A` and `%` is written `%25`, so that different events never have equal keys.
        pub event_id: String,
        /// Which of the client's secrets, counted from 0, the callback was signed with.
        pub secret_index: usize,
    }
}

impl Callback {
    /// Holds a genuine callback against what you expect: a callback for the wrong amount or the
    /// wrong account is the classic hole in shops.
    ///
    /// # Errors
    /// `mismatch`, naming every field that differs; `invalid_input` where nothing is expected.
    pub fn expect(&self, expected: &Expected) -> Result<()> {
        let actual = Expected {
            uniqueid: Some(self.uniqueid.clone()),
            amount: Some(self.amount.clone()),
            to: Some(self.to.clone()),
            purse: self.purse.clone(),
        };
        expected.with_arguments(|expected| actual.with_arguments(|actual| compare(expected, actual)))
    }
}

parameters! {
    /// What a callback is expected to say. Amounts compare by value. Only what is set is compared: no setter
    /// takes an `Option`, so that a variable without a value cannot silently switch a comparison off.
    #[derive(Default)]
    pub struct Expected {
        /// Your identifier of the invoice.
        #[setter(value)]
        pub uniqueid: Option<String>,
        /// Invoice amount.
        #[setter(value)]
        pub amount: Option<Amount>,
        /// The payment system.
        #[setter(value)]
        pub to: Option<String>,
        /// The account.
        #[setter(value)]
        pub purse: Option<String>,
    }
}

impl Expected {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Rules for Expected {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        require(!arguments.is_empty(), "uniqueid", "or another expected field is required")
    }
}

/// [`Callback::expect`] for callers in other languages: what is expected and what came, both by
/// the parameters of [`Expected`]. What is absent from `expected` is not compared: refuse a key that was given
/// without a value before.
///
/// # Errors
/// As [`Callback::expect`].
pub fn compare(expected: Arguments<'_>, actual: Arguments<'_>) -> Result<()> {
    Expected::SCHEMA.check(expected)?;
    let mut differences = Vec::new();
    for (position, parameter) in Expected::SCHEMA.parameters.iter().enumerate() {
        let Some(expected) = text(expected, position) else { continue };
        let actual = text(actual, position);
        let equal = match (parameter.kind, actual) {
            (ParameterKind::Amount, Some(actual)) => Amount::are_equal_texts(expected, actual),
            _ => actual == Some(expected),
        };
        if !equal {
            let actual = actual.map(Into::into);
            differences.push(Difference { field: parameter.name, expected: expected.into(), actual });
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(Error::Mismatch { differences }) }
}

fn text(arguments: Arguments<'_>, position: usize) -> Option<&str> {
    arguments.get(position)?.as_ref()?.text()
}

parameters! {
    /// A callback to sign, for your own tests.
    pub struct CallbackFields {
        /// The payment system to which the funds were transferred.
        pub to: String,
        /// Invoice amount.
        pub amount: Amount,
        /// The account to which the funds are sent.
        pub purse: Option<String>,
        /// Transaction type: `Invoice` unless given.
        pub r#type: Option<TransactionType>,
        /// Transaction status: `Payed` unless given.
        pub status: Option<TransactionStatus>,
        /// Destination Tag or Memo.
        pub dtag: Option<String>,
        /// User's first name.
        pub name: Option<String>,
        /// User's last name.
        pub surname: Option<String>,
        /// Numeric identifier of the invoice.
        pub invoiceid: i64,
        /// Your identifier of the invoice.
        pub uniqueid: String,
    }
}

impl CallbackFields {
    /// A paid invoice.
    pub fn new(
        to: impl Into<String>,
        amount: Amount,
        purse: impl Into<String>,
        invoiceid: i64,
        uniqueid: impl Into<String>,
    ) -> Self {
        Self { to: to.into(), amount, purse: Some(purse.into()), invoiceid, uniqueid: uniqueid.into(), ..Self::unset() }
    }

    /// The body. `extra` writes what no document names, after what they do.
    pub(super) fn to_json(arguments: Arguments<'_>, extra: impl FnOnce(&mut ObjectWriter)) -> Result<String> {
        Self::SCHEMA.check(arguments)?;
        let defaults = [
            (Self::FIELDS.r#type, Some(Argument::Text("Invoice"))),
            (Self::FIELDS.status, Some(Argument::Text("Payed"))),
        ];
        let mut object = ObjectWriter::new();
        Self::SCHEMA.write_with(arguments, &defaults, &mut object);
        extra(&mut object);
        let body = object.finish();
        let rule = "must be values of JSON, no deeper than 64, under names of their own";
        if Document::read(body.as_bytes()).is_ok() { Ok(body) } else { Err(Error::invalid("extra", rule)) }
    }
}

impl Rules for CallbackFields {}

/// A callback as the gateway would send it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedCallback {
    /// The bytes to post.
    pub body: Vec<u8>,
    /// Names and values of the headers.
    pub headers: Vec<(&'static str, String)>,
}

impl SignedCallback {
    /// The signature, which is also among the headers.
    pub fn signature(&self) -> &str {
        self.headers.iter().find(|(name, _)| *name == SIGNATURE_HEADER).map_or("", |(_, signature)| signature)
    }
}

impl fmt::Debug for SignedCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedCallback").finish_non_exhaustive()
    }
}
