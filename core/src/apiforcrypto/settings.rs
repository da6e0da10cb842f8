//! A client: what it was made with, and the addresses and keys that follow from it.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::call::check_base_url;
use crate::error::{Error, Result};
use crate::json::DEFAULT_MAX_BODY;
use crate::schema::{SecretText, is_absolute_http, require, without_password};
use crate::signature::{Key, Secret};

/// Where the gateway answers.
pub const BASE_URL: &str = "https://api.apiforcrypto.com/api/v1/";

/// Where an invoice is asked for, by default. The gateway has not published the address; the other
/// plausible one is `{base_url}wallets/{wallet_id}/invoices/{uuid}`.
pub const INVOICE_URL: &str = "{base_url}invoices/{uuid}";

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
    pub(super) wallet_id: SecretText,
    pub(super) notification_key: Option<Key>,
    /// With a slash at its end.
    pub(super) base_url: String,
    pub(super) invoice_url: String,
    pub(super) max_body: usize,
}

impl ApiForCrypto {
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
    pub fn notification_secret(mut self, secret: &Secret) -> Self {
        self.notification_key = Some(Key::new(secret));
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
        self.base_url = with_slash(base_url.into());
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
    /// `invalid_input` where the wallet id is empty, or an address is not a URL.
    pub fn check(&self) -> Result<()> {
        check_path_segment("wallet_id", &self.wallet_id)?;
        check_base_url(&self.base_url)?;
        let url = self.filled_invoice_url("uuid");
        require(
            self.invoice_url.contains("{uuid}") && is_absolute_http(&url) && !url.contains('#'),
            "invoice_url",
            "must be an absolute http:// or https:// URL that contains {uuid}, without a fragment",
        )
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
        Ok(format!("{}wallets/{}{rest}", self.base_url, encoded(&self.wallet_id)))
    }

    pub(super) fn url_of_invoice(&self, uuid: &str) -> Result<String> {
        self.check()?;
        check_path_segment("uuid", uuid)?;
        Ok(self.filled_invoice_url(uuid))
    }

    fn filled_invoice_url(&self, uuid: &str) -> String {
        // The base URL comes last: whatever is in it stays.
        let url = self.invoice_url.replace("{uuid}", &encoded(uuid)).replace("{wallet_id}", &encoded(&self.wallet_id));
        url.replace("{base_url}", &self.base_url)
    }
}

impl fmt::Debug for ApiForCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiForCrypto").field("base_url", &without_password(&self.base_url)).finish_non_exhaustive()
    }
}

/// An address with a slash at its end.
pub(super) fn with_slash(mut url: String) -> String {
    if !url.ends_with('/') {
        url.push('/');
    }
    url
}

/// A dot or two would lead elsewhere.
fn check_path_segment(name: &'static str, text: &str) -> Result<()> {
    require(!text.trim().is_empty() && !matches!(text, "." | ".."), name, "must not be empty or dots")
}

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
