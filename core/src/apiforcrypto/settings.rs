//! What a client was made with, and the addresses and keys that follow from it.

use alloc::string::String;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::call::check_base_url;
use crate::error::{Error, Result};
use crate::machine::fingerprint;
use crate::schema::{SecretText, is_absolute_http};
use crate::signature::Key;

/// Where the gateway answers.
pub const BASE_URL: &str = "https://api.apiforcrypto.com/api/v1/";

/// Where an invoice is asked for, by default. The gateway has not published the address; the other
/// plausible one is `{base_url}wallets/{wallet_id}/invoices/{uuid}`.
pub const INVOICE_URL: &str = "{base_url}invoices/{uuid}";

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) wallet_id: SecretText,
    pub(super) notification_key: Option<Key>,
    /// With a slash at its end.
    pub(super) base_url: String,
    pub(super) invoice_url: String,
}

/// An address with a slash at its end.
pub(super) fn with_slash(mut url: String) -> String {
    if !url.ends_with('/') {
        url.push('/');
    }
    url
}

impl Settings {
    /// # Errors
    /// `invalid_input` where the wallet id is empty, or an address is not a URL.
    pub(super) fn check(&self) -> Result<()> {
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

    /// A fingerprint of wallet and addresses: 32 hexadecimal digits that do not give the wallet away.
    pub(super) fn account(&self) -> String {
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

    /// The address of an invoice, and whether its UUID is in it.
    fn filled_invoice_url(&self, uuid: &str) -> (String, bool) {
        let mut url = String::new();
        let mut has_uuid = false;
        let mut rest = &*self.invoice_url;
        while let Some((plain, opened)) = rest.split_once('{') {
            url.push_str(plain);
            let (name, after) = opened.split_once('}').unwrap_or(("", opened));
            rest = after;
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
}

/// A dot or two would lead elsewhere.
fn check_path_segment(name: &'static str, text: &str) -> Result<()> {
    if text.trim().is_empty() || matches!(text, "." | "..") {
        return Err(Error::invalid(name, "must not be empty or dots"));
    }
    Ok(())
}

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn push_encoded(url: &mut String, text: &str) {
    url.extend(utf8_percent_encode(text, RESERVED));
}
