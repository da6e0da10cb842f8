//! Notifications as the gateway would send them, to test an endpoint with.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::invoice::{CryptoInvoiceStatus, UserData};
use super::settings::ApiForCrypto;
use crate::amount::Amount;
use crate::call::content_type;
use crate::error::Result;
use crate::json::ObjectWriter;
use crate::schema::macros::parameters;
use crate::schema::{Argument, Arguments, NamedArguments, Parameters, Rules, SecretText, require};

parameters! {
    /// A notification to make, for your own tests.
    pub struct NotificationFields {
        /// Unique number of the invoice.
        pub id: SecretText,
        /// Blockchain.
        pub blockchain: String,
        /// Cryptocurrency or token symbol.
        pub symbol: String,
        /// Address for paying the invoice.
        pub address: String,
        /// The amount for payment in the smallest unit.
        pub value: Amount,
        /// Invoice status: `PAID` unless given.
        pub status: Option<CryptoInvoiceStatus>,
        /// Number of transaction confirmations on the network.
        pub confirmations: Option<i64>,
        /// User information, as it was sent with the invoice.
        pub data: Option<UserData>,
        /// The secret of the invoice. Derived from `data.order_id` if the client has a notification secret
        /// and this is not given.
        pub secret_key: Option<SecretText>,
    }
}

impl NotificationFields {
    /// A paid invoice.
    pub fn new(
        id: impl Into<SecretText>,
        blockchain: impl Into<String>,
        symbol: impl Into<String>,
        address: impl Into<String>,
        value: Amount,
    ) -> Self {
        Self {
            id: id.into(),
            blockchain: blockchain.into(),
            symbol: symbol.into(),
            address: address.into(),
            value,
            ..Self::unset()
        }
    }
}

impl Rules for NotificationFields {}

/// A notification as the gateway would send it.
#[derive(Clone, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct TestNotification {
    /// The bytes to post.
    pub body: Vec<u8>,
    /// Names and values of the headers.
    pub headers: Vec<(&'static str, String)>,
}

impl fmt::Debug for TestNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestNotification").finish_non_exhaustive()
    }
}

impl ApiForCrypto {
    /// Makes a notification as the gateway would send it, so that you can test your endpoint.
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// let gateway = ApiForCrypto::new("wallet-id");
    /// let paid = NotificationFields::new("0d9f2c7e", "tron", "USDT", "TQWv7b8J", "10500000".parse()?);
    /// let notification = gateway.test_notification(&paid.secret_key("of this invoice"))?;
    /// // post notification.body with notification.headers to your endpoint
    /// assert!(gateway.verify_notification(&notification.body, Some("of this invoice"))?.status.is_paid());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`. Without a notification secret `secret_key` is required, with one either that or
    /// `data.order_id`.
    pub fn test_notification(&self, fields: &NotificationFields) -> Result<TestNotification> {
        fields.with_arguments(|arguments| self.notification_of(arguments))
    }

    pub(crate) fn notification_of(&self, arguments: Arguments<'_>) -> Result<TestNotification> {
        let schema = NotificationFields::SCHEMA;
        schema.check(arguments)?;
        let (named, fields) = (NamedArguments::new(arguments), NotificationFields::FIELDS);
        let order_id = named.group(fields.data).and_then(|data| data.text(UserData::FIELDS.order_id));
        let derived = if named.has(fields.secret_key) { None } else { self.derive_secret_key(order_id)? };
        let has_key = named.has(fields.secret_key) || derived.is_some();
        require(has_key, "secret_key", "is required, unless the client has a notification secret")?;
        let completed = [
            (fields.status, Some(Argument::Text("PAID"))),
            (fields.secret_key, derived.as_deref().map(Argument::Text)),
        ];
        let mut object = ObjectWriter::new();
        schema.write_with(arguments, &completed, &mut object);
        Ok(TestNotification { body: object.finish().into_bytes(), headers: vec![content_type()] })
    }
}
