//! The client: addresses, the notification secret, and one function per method.

use alloc::string::String;
use core::fmt;

use super::method::ApiForCryptoMethod;
use super::notification::{Notification, carried_secret_key, order_id};
use super::settings::{BASE_URL, INVOICE_URL, Settings, with_slash};
use super::wallet::GetWallet;
use super::{CreateInvoice, CryptoInvoice, GetInvoice, Wallet};
use crate::call::{Call, Reading};
use crate::error::{Error, Proof, Result};
use crate::json::{DEFAULT_MAX_BODY, Document};
use crate::schema::{Parsed, SecretText, check_length, read, without_password};
use crate::signature::{Key, Secret};

/// A notification carries another `secret_key` than that of its invoice.
const MISMATCH: Error = Error::SignatureMismatch { proof: Proof::SecretKey };

/// A client of Api for Crypto: makes calls, verifies notifications.
///
/// ```
/// use payseal::apiforcrypto::{ApiForCrypto, CreateInvoice};
///
/// let gateway = ApiForCrypto::new("wallet-id");
/// let invoice = CreateInvoice::new("ethereum", "USDT", "1000000".parse()?, 30, 2);
/// let call = gateway.create_invoice(&invoice)?;
/// assert_eq!(call.request().url, "https://api.apiforcrypto.com/api/v1/wallets/wallet-id/invoices");
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiForCrypto {
    pub(super) settings: Settings,
    pub(super) max_body: usize,
}

impl ApiForCrypto {
    /// A client for one wallet.
    pub fn new(wallet_id: impl Into<String>) -> Self {
        Self {
            settings: Settings {
                wallet_id: SecretText::from(wallet_id.into()),
                notification_key: None,
                base_url: BASE_URL.into(),
                invoice_url: INVOICE_URL.into(),
            },
            max_body: DEFAULT_MAX_BODY,
        }
    }

    /// Derives every invoice's `secret_key` from its `data.order_id`: HMAC-SHA512 under this
    /// secret, in hexadecimal. Notifications are then verified with nothing stored.
    ///
    /// ```
    /// # use payseal::{Secret, apiforcrypto::*};
    /// let gateway = ApiForCrypto::new("wallet-id").notification_secret(&Secret::new("one of your own")?);
    /// let invoice = CreateInvoice::new("tron", "USDT", "1000000".parse()?, 30, 2);
    /// let call = gateway.create_invoice(&invoice.data(UserData::new().order_id("125")))?;
    /// // later, wherever the notification arrives: gateway.verify_notification(body, None)
    /// # Ok::<(), payseal::Error>(())
    /// ```
    #[must_use]
    pub fn notification_secret(self, secret: &Secret) -> Self {
        self.notification_key(Key::new(secret))
    }

    /// The same with a key that is scheduled already, for bindings.
    #[doc(hidden)]
    #[must_use]
    pub fn notification_key(mut self, key: Key) -> Self {
        self.settings.notification_key = Some(key);
        self
    }

    /// Talks to another address, such as a sandbox; with or without a slash at its end.
    ///
    /// ```
    /// # use payseal::ApiForCrypto;
    /// let gateway = ApiForCrypto::new("wallet-id").base_url("http://127.0.0.1:8787/api/v1");
    /// assert_eq!(gateway.wallet()?.request().url, "http://127.0.0.1:8787/api/v1/wallets/wallet-id");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = with_slash(base_url.into());
        self
    }

    /// Asks for invoices at another address, with `{base_url}`, `{wallet_id}` and `{uuid}` filled
    /// in: see [`INVOICE_URL`].
    ///
    /// ```
    /// # use payseal::ApiForCrypto;
    /// let gateway = ApiForCrypto::new("wallet-id").with_invoice_url("{base_url}wallets/{wallet_id}/invoices/{uuid}");
    /// assert!(gateway.invoice("0d9f2c7e")?.request().url.ends_with("/wallets/wallet-id/invoices/0d9f2c7e"));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    #[must_use]
    pub fn with_invoice_url(mut self, template: impl Into<String>) -> Self {
        self.settings.invoice_url = template.into();
        self
    }

    /// Reads bodies up to this many bytes (1 MiB unless told otherwise).
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Checks what the client was made with; every call does, too.
    ///
    /// # Errors
    /// `invalid_input` where the wallet id is empty, or an address is not a URL.
    pub fn check(&self) -> Result<()> {
        self.settings.check()
    }

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
        let parsed = self.verify(body, secret_key)?;
        let event_id = parsed.event_id().into();
        Ok(Notification { event_id, ..parsed.into_answer()? })
    }

    /// [`ApiForCrypto::verify_notification`] for tests of the schemas: leaves the texts where they are.
    ///
    /// # Errors
    /// As [`ApiForCrypto::verify_notification`].
    #[doc(hidden)]
    pub fn verify<'b>(&self, body: &'b [u8], secret_key: Option<&str>) -> Result<Parsed<'b>> {
        self.verify_within(self.max_body, body, secret_key)
    }

    /// [`ApiForCrypto::verify`] with another limit of the body's length.
    ///
    /// # Errors
    /// As [`ApiForCrypto::verify_notification`].
    pub(super) fn verify_within<'b>(
        &self,
        max_body: usize,
        body: &'b [u8],
        secret_key: Option<&str>,
    ) -> Result<Parsed<'b>> {
        if let Some(secret_key) = secret_key {
            Secret::new(secret_key)?;
        } else if self.settings.notification_key.is_none() {
            return Err(Error::InvalidSecret {
                rule: "is missing: give secret_key, or the client a notification secret",
            });
        }
        check_length(body, max_body)?;
        let document = Document::read(body)?;
        let carried = carried_secret_key(&document)?;
        let expected = match secret_key {
            Some(secret_key) => SecretText::from(secret_key),
            None => match self.settings.derive_secret_key(order_id(&document).as_deref()) {
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

    pub(super) fn body_limit(&self) -> usize {
        self.max_body
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    fn call<P: ApiForCryptoMethod>(&self, parameters: &P) -> Result<Call<P::Answer>> {
        let reading = Reading { max_body: self.max_body, moves_money: false };
        Ok(Call::new(parameters.with_arguments(|arguments| P::request(&self.settings, arguments))?, reading))
    }
}

/// Compares under an HMAC of one side: constant in time, whatever the lengths.
fn equal_in_constant_time(expected: &str, given: &str) -> bool {
    let key = Key::from_bytes(expected.as_bytes());
    key.is_of(given.as_bytes(), &key.sign(expected.as_bytes()))
}

impl fmt::Debug for ApiForCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiForCrypto")
            .field("base_url", &without_password(&self.settings.base_url))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_needs_no_slash_at_its_end() {
        for base_url in ["http://127.0.0.1/api/v1", "http://127.0.0.1/api/v1/"] {
            let gateway = ApiForCrypto::new("wallet").base_url(base_url);
            assert_eq!(gateway.wallet().unwrap().request().url, "http://127.0.0.1/api/v1/wallets/wallet");
            assert_eq!(gateway.invoice("1").unwrap().request().url, "http://127.0.0.1/api/v1/invoices/1");
        }
    }
}
