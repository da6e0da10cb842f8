//! The client: addresses, the notification secret, and one function per method.

use alloc::string::String;
use core::fmt;

use super::notification::{Notification, carried_secret_key, order_id};
use super::wallet::GetWallet;
use super::{CreateInvoice, CryptoInvoice, GetInvoice, Wallet};
use crate::call::{Call, Method, Reading, Request, check_base_url};
use crate::error::{Error, Proof, Result};
use crate::json::{DEFAULT_MAX_BODY, Document};
use crate::machine::fingerprint;
use crate::message::{
    Answer, Gate, Inputs, Parameters, Parsed, SecretText, check_length, documented_name, is_absolute_http, read,
    read_answer, without_password,
};
use crate::signature::{Key, Secret};
use crate::text::{cut, is_blank, push_byte};

/// Where the gateway answers.
pub const BASE_URL: &str = "https://api.apiforcrypto.com/api/v1/";

/// Where an invoice is asked for, by default. The gateway has not published the address; the other
/// plausible one is `{base_url}wallets/{wallet_id}/invoices/{uuid}`.
pub const INVOICE_URL: &str = "{base_url}invoices/{uuid}";

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
    wallet_id: SecretText,
    notification_key: Option<Key>,
    base_url: String,
    invoice_url: String,
    max_body: usize,
}

/// The parameters of one method of the gateway.
pub(super) trait ApiForCryptoMethod: Parameters {
    /// Its name here.
    const NAME: &'static str;
    /// What comes back.
    type Answer: Answer;

    /// Checks the parameters and makes the request.
    fn request(client: &ApiForCrypto, inputs: Inputs<'_>) -> Result<Request>;
}

impl ApiForCrypto {
    /// The methods, as tables for bindings.
    #[doc(hidden)]
    pub const METHODS: &'static [Method<Self>] =
        &[Self::method::<CreateInvoice>(), Self::method::<GetInvoice>(), Self::method::<GetWallet>()];

    const fn method<P: ApiForCryptoMethod>() -> Method<Self> {
        Method {
            name: documented_name(P::NAME),
            documentation: P::TABLE.documentation,
            parameters: P::TABLE.parameters,
            answer: documented_name(<P::Answer as Answer>::NAME),
            shapes: <P::Answer as Answer>::SHAPES,
            build: P::request,
            read: |status, body, max_body| read_answer::<P::Answer>(Gate::Status, status, body, max_body),
        }
    }

    /// A client for one wallet.
    pub fn new(wallet_id: impl Into<String>) -> Self {
        Self {
            wallet_id: SecretText::from(wallet_id.into()),
            notification_key: None,
            base_url: BASE_URL.into(),
            invoice_url: INVOICE_URL.into(),
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
        self.notification_key = Some(key);
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
        self.base_url = base_url.into();
        if !self.base_url.ends_with('/') {
            self.base_url.push('/');
        }
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
        self.invoice_url = template.into();
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
    /// `invalid_input` where the wallet id is empty, or an address is no URL.
    pub fn check(&self) -> Result<()> {
        check_path_segment("wallet_id", &self.wallet_id)?;
        check_base_url(&self.base_url)?;
        match self.filled_invoice_url("uuid") {
            (url, true) if is_absolute_http(&url) && !url.contains('#') => Ok(()),
            _ => Err(Error::invalid(
                "invoice_url",
                "must be an absolute http:// or https:// URL that contains {uuid}, without a fragment",
            )),
        }
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
        self.call(&GetWallet)
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
        self.verify(body, secret_key)?.into_answer()
    }

    /// [`ApiForCrypto::verify_notification`] for bindings: leaves the texts where they stand.
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
    #[doc(hidden)]
    pub fn verify_within<'b>(&self, max_body: usize, body: &'b [u8], secret_key: Option<&str>) -> Result<Parsed<'b>> {
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
                // An invoice of this client always has an order id: this is none.
                _ => return Err(MISMATCH),
            },
        };
        if !equal_in_constant_time(&expected, &carried) {
            return Err(MISMATCH);
        }
        read::<Notification>(body, max_body)
    }

    /// A fingerprint of wallet and addresses: 32 hexadecimal digits that do not give the wallet away.
    pub(crate) fn account(&self) -> String {
        fingerprint(&[&self.wallet_id, &self.base_url, &self.invoice_url])
    }

    pub(super) fn derive_secret_key(&self, order_id: Option<&str>) -> Result<Option<SecretText>> {
        match (&self.notification_key, order_id) {
            (None, _) => Ok(None),
            (Some(key), Some(order_id)) => Ok(Some(key.sign(order_id.as_bytes()).to_hex().into())),
            (Some(_), None) => {
                Err(Error::invalid("data.order_id", "is required to derive a secret_key, unless that is given"))
            }
        }
    }

    pub(super) fn wallet_url(&self, rest: &str) -> Result<String> {
        self.check()?;
        let mut url = self.base_url.clone();
        url.push_str("wallets/");
        push_encoded(&mut url, &self.wallet_id);
        url.push_str(rest);
        Ok(url)
    }

    pub(super) fn invoice_url(&self, uuid: &str) -> Result<String> {
        self.check()?;
        check_path_segment("uuid", uuid)?;
        Ok(self.filled_invoice_url(uuid).0)
    }

    /// The address of an invoice, and whether its UUID stands in it.
    fn filled_invoice_url(&self, uuid: &str) -> (String, bool) {
        let mut url = String::new();
        let mut has_uuid = false;
        let mut rest = &*self.invoice_url;
        while let Some((plain, opened)) = cut(rest, |byte| byte == b'{') {
            url.push_str(plain);
            let (name, behind) = cut(opened, |byte| byte == b'}').unwrap_or(("", opened));
            rest = behind;
            match name {
                "base_url" => url.push_str(&self.base_url),
                "wallet_id" => push_encoded(&mut url, &self.wallet_id),
                "uuid" => {
                    push_encoded(&mut url, uuid);
                    has_uuid = true;
                }
                _ => {
                    url.push('{');
                    rest = opened;
                }
            }
        }
        url.push_str(rest);
        (url, has_uuid)
    }

    fn call<P: ApiForCryptoMethod>(&self, parameters: &P) -> Result<Call<P::Answer>> {
        let reading = Reading { gate: Gate::Status, max_body: self.max_body, moves_money: false };
        Ok(Call::new(parameters.with_inputs(|inputs| P::request(self, inputs))?, reading))
    }
}

/// Compares under an HMAC of one side: constant in time, whatever the lengths.
fn equal_in_constant_time(expected: &str, given: &str) -> bool {
    let key = Key::from_bytes(expected.as_bytes());
    key.is_of(given.as_bytes(), &key.sign(expected.as_bytes()))
}

/// A dot or two would lead elsewhere.
fn check_path_segment(name: &'static str, text: &str) -> Result<()> {
    if is_blank(text) || matches!(text, "." | "..") {
        return Err(Error::invalid(name, "must not be empty or dots"));
    }
    Ok(())
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
fn push_encoded(url: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            let mut digits = String::new();
            push_byte(&mut digits, byte);
            digits.make_ascii_uppercase();
            url.push('%');
            url.push_str(&digits);
        }
    }
}

impl fmt::Debug for ApiForCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiForCrypto").field("base_url", &without_password(&self.base_url)).finish_non_exhaustive()
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
