//! What a client does: one function per method, and notifications.

use super::method::ApiForCryptoMethod;
use super::notification::{Notification, carried_secret_key, order_id};
use super::settings::ApiForCrypto;
use super::wallet::GetWallet;
use super::{CreateInvoice, CryptoInvoice, GetInvoice, Wallet};
use crate::call::{Call, Reading};
use crate::error::{Error, Proof, Result};
use crate::json::Document;
use crate::schema::{Parsed, SecretText, check_length, read};
use crate::signature::{Key, Secret};

/// A notification carries another `secret_key` than that of its invoice.
const MISMATCH: Error = Error::SignatureMismatch { proof: Proof::SecretKey };

impl ApiForCrypto {
    /// Creates an invoice. (docs/gateways/api-for-crypto.md#create_invoice)
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// # let gateway = ApiForCrypto::new("wallet-id");
    /// let price = FiatCurrency::new("USD", "10".parse()?).percent(5);
    /// let call = gateway.create_invoice(&CreateInvoice::in_fiat("tron", "USDT", price, 30, 2))?;
    /// # let body = br#"{"id":"0d9f2c7e","blockchain":"tron","symbol":"USDT","address":"TQWv7b8J","value":10500000,
    /// #     "status":"NOT_PAID","data":{"order_id":"125"}}"#;
    /// let invoice = call.parse(200, body)?;
    /// assert_eq!((invoice.status, invoice.value.to_string()), (CryptoInvoiceStatus::NotPaid, "10500000".into()));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`, here and for every method: a parameter breaks a rule of the document. With
    /// a notification secret, either `secret_key` or `data.order_id` is required.
    pub fn create_invoice(&self, invoice: &CreateInvoice) -> Result<Call<CryptoInvoice>> {
        self.call(invoice)
    }

    /// An invoice by its UUID. (docs/gateways/api-for-crypto.md#invoice)
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// # let gateway = ApiForCrypto::new("wallet-id");
    /// let call = gateway.invoice("0d9f2c7e")?;
    /// # let body = br#"{"id":"0d9f2c7e","blockchain":"tron","symbol":"USDT","address":"TQWv7b8J","value":10500000,
    /// #     "status":"NOT_PAID","data":{"order_id":"125"}}"#;
    /// assert!(!call.parse(200, body)?.status.is_paid());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn invoice(&self, uuid: &str) -> Result<Call<CryptoInvoice>> {
        self.call(&GetInvoice::new(uuid))
    }

    /// The wallet and its accounts. (docs/gateways/api-for-crypto.md#wallet)
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// # let gateway = ApiForCrypto::new("wallet-id");
    /// let call = gateway.wallet()?;
    /// let wallet = call.parse(200, br#"{"id":"wallet-id","balance":"1.50","accounts":[]}"#)?;
    /// assert_eq!(wallet.balance, Some("1.5".parse()?));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn wallet(&self) -> Result<Call<Wallet>> {
        self.call(&GetWallet {})
    }

    /// Verifies that a notification carries the invoice's `secret_key`, then reads it.
    ///
    /// `secret_key` is the one the invoice was created with; leave it out if the client derives
    /// them from a notification secret.
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// # let gateway = ApiForCrypto::new("wallet-id");
    /// # let body = br#"{"id":"0d9f2c7e","blockchain":"tron","symbol":"USDT","address":"TQWv7b8J","value":10500000,
    /// #     "status":"PAID","secret_key":"of this invoice"}"#;
    /// let notification = gateway.verify_notification(body, Some("of this invoice"))?;
    /// assert!(notification.status.is_paid());
    /// assert_eq!(notification.event_id, "0d9f2c7e:PAID");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_secret` where there is none to compare with; `signature_missing`,
    /// `signature_ambiguous`, `signature_mismatch`, all of the `secret_key`; `malformed_body`.
    pub fn verify_notification(&self, body: &[u8], secret_key: Option<&str>) -> Result<Notification> {
        let parsed = self.verify_within(self.max_body, body, secret_key)?;
        let event_id = parsed.event_id().into();
        Ok(Notification { event_id, ..parsed.into_answer()? })
    }

    /// [`ApiForCrypto::verify_notification`] with another limit of the body's length. Leaves the texts where they are.
    pub(super) fn verify_within<'b>(
        &self,
        max_body: usize,
        body: &'b [u8],
        secret_key: Option<&str>,
    ) -> Result<Parsed<'b>> {
        if let Some(secret_key) = secret_key {
            Secret::new(secret_key)?;
        } else if self.notification_key.is_none() {
            return Err(Error::InvalidSecret {
                rule: "is missing: give secret_key, or the client a notification secret",
            });
        }
        check_length(body, max_body)?;
        let document = Document::read(body)?;
        let carried = carried_secret_key(&document)?;
        let expected = match secret_key {
            Some(secret_key) => SecretText::from(secret_key),
            None => match self.derive_secret_key(order_id(&document).as_deref()) {
                Ok(Some(derived)) => derived,
                // An invoice of this client always has an order id: this is not one.
                _ => return Err(MISMATCH),
            },
        };
        if !equal_in_constant_time(&expected, &carried) {
            return Err(MISMATCH);
        }
        read::<Notification>(body, max_body)
    }

    fn call<P: ApiForCryptoMethod>(&self, parameters: &P) -> Result<Call<P::Answer>> {
        let reading = Reading { max_body: self.max_body, moves_money: false };
        Ok(Call::new(parameters.with_arguments(|arguments| P::request(self, arguments))?, reading))
    }
}

/// Compares under an HMAC of one side: constant in time, whatever the lengths.
fn equal_in_constant_time(expected: &str, given: &str) -> bool {
    let key = Key::from_bytes(expected.as_bytes());
    key.is_of(given.as_bytes(), &key.sign(expected.as_bytes()))
}
