//! What may be told besides the body and the signature.

use alloc::vec::Vec;
use core::fmt;

/// What else is known about a callback that does not verify: more causes can be told with it.
///
/// ```
/// # use payseal::bitloga::{Bitloga, CallbackFields, Hints};
/// # use payseal::{Cause, Secret};
/// # let gateway = Bitloga::new("api-key", Secret::new("\"api-secret\"")?);
/// # let sender = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let signed = sender.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z1", 5, "125"))?;
/// # let secret_of_the_client = "\"api-secret\"";
/// let hints = Hints::new().secret(secret_of_the_client);
/// let diagnosis = gateway.diagnose_with(&signed.body, signed.signature(), &hints);
/// assert_eq!(diagnosis.cause, Cause::SecretWrapped);
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Hints<'a> {
    pub(super) secret: Option<&'a [u8]>,
    pub(super) headers: Vec<(&'a str, &'a str)>,
}

impl<'a> Hints<'a> {
    /// Nothing else is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The secret that the client was made with, exactly as it was read: clients keep none. It is not copied
    /// into the diagnosis.
    pub fn secret(mut self, secret: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.secret = Some(secret.as_ref());
        self
    }

    /// All headers of the request by name and value: the signature may have come in another one.
    ///
    /// ```
    /// # use payseal::bitloga::{Bitloga, CallbackFields, Hints};
    /// # use payseal::{Cause, Secret};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// # let signed = gateway.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z1", 5, "125"))?;
    /// let hints = Hints::new().headers([("HTTP_X_SIGNATURE", signed.signature())]);
    /// assert_eq!(gateway.diagnose_with(&signed.body, None, &hints).cause, Cause::SignatureInAnotherHeader);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn headers(mut self, headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.headers.extend(headers);
        self
    }
}

/// Shows nothing of what it holds.
impl fmt::Debug for Hints<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hints(…)")
    }
}
