//! Secrets, HMAC-SHA512, and verification in constant time.
//!
//! Both gateways use HMAC-SHA512; Bitloga signs with it ("Signature": `hex(HMAC_SHA512(jsondata),
//! key=api_secret)`), and this library derives stateless notification secrets with it.

mod hmac;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

pub(crate) use self::hmac::{State, sha512};

use self::hmac::{BYTES, Hmac};
use crate::error::{Error, Proof, Result};

/// What says that a signature is of something else.
const MISMATCH: Error = Error::SignatureMismatch { proof: Proof::Signature };

/// What says that a client needs a secret.
pub(crate) const NO_SECRET: Error = Error::InvalidSecret { rule: "is missing: give at least one" };

/// The most secrets that one client takes: more are a mistake, and every one costs time for every callback.
const MOST_SECRETS: usize = 16;

/// `Debug` that shows the name of a type, and nothing that it holds.
macro_rules! debug_by_name {
    ($($Type:ident $(<$lifetime:lifetime>)?),*) => {$(
        impl fmt::Debug for $Type $(<$lifetime>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($Type), "(…)"))
            }
        }
    )*};
}
debug_by_name!(Secret, Key, Signature, Source<'_>);

/// A shared secret, on its way to becoming a [`Key`]. Never printed, and wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes a secret as the gateway shows it.
    ///
    /// ```
    /// use payseal::Secret;
    /// assert!(Secret::new("api-secret").is_ok());
    /// assert_eq!(Secret::new(" pasted ").unwrap_err().code(), "invalid_secret");
    /// ```
    ///
    /// # Errors
    /// `invalid_secret` where it is empty, or begins or ends with white space: nobody chooses
    /// such a secret, but a copied line or an unset variable looks like that.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self> {
        let secret = secret.as_ref();
        if secret.is_empty() {
            return Err(Error::InvalidSecret { rule: "is empty: is the variable that holds it set?" });
        }
        if secret.trim_ascii().len() != secret.len() {
            return Err(Error::InvalidSecret { rule: "begins or ends with white space: trim it where it is read" });
        }
        Ok(Self(Zeroizing::new(secret.to_vec())))
    }
}

/// The key state of HMAC-SHA512 for one secret: scheduled once, used for every message, wiped when dropped.
///
/// ```
/// # use payseal::{Secret, signature::Key};
/// let key = Key::new(&Secret::new("api-secret")?);
/// let signature = key.sign(b"message");
/// key.verify(b"message", &signature)?;
/// assert_eq!(key.verify(b"massage", &signature).unwrap_err().code(), "signature_mismatch");
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone)]
pub struct Key(Hmac);

impl Key {
    /// Schedules the key.
    pub fn new(secret: &Secret) -> Self {
        Self::from_bytes(&secret.0)
    }

    pub(crate) fn from_bytes(secret: &[u8]) -> Self {
        Self(Hmac::new(secret))
    }

    /// The state of the scheduled key. Whoever has it can sign, but does not know the secret.
    pub(crate) fn states(&self) -> [State; 2] {
        self.0.states()
    }

    /// The key whose states these are.
    pub(crate) fn from_states(states: &[State; 2]) -> Self {
        Self(Hmac::from_states(states))
    }

    /// Signs the exact bytes given.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message))
    }

    /// Verifies that the signature is of these bytes, in constant time.
    ///
    /// # Errors
    /// `signature_mismatch` where it is of other bytes, or made with another key.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<()> {
        if self.is_of(message, signature) { Ok(()) } else { Err(MISMATCH) }
    }

    /// [`Key::verify`] without an error.
    pub(crate) fn is_of(&self, message: &[u8], signature: &Signature) -> bool {
        is_same(&self.0.sign(message), &signature.0)
    }
}

/// Whether hashes are the same, in constant time. Only whole words of the shorter one are looked at.
#[inline]
pub(crate) fn is_same(left: &[u8], right: &[u8]) -> bool {
    // All bytes are looked at wherever the first difference is, and the compiler cannot see
    // that nothing but zero matters.
    let words = left.as_chunks().0.iter().zip(right.as_chunks().0);
    let difference = words.fold(0, |all, (left, right)| all | u64::from_ne_bytes(*left) ^ u64::from_ne_bytes(*right));
    core::hint::black_box(difference) == 0
}

/// The keys of one client: the first one signs, any of them verifies.
///
/// Secrets are rotated by giving the new one first and the old one after it, until the gateway
/// no longer uses the old one.
///
/// ```
/// # use payseal::{Secret, signature::{Key, Keys}};
/// let old = Key::new(&Secret::new("old")?).sign(b"message");
/// let keys = Keys::new([Secret::new("new")?, Secret::new("old")?])?;
/// assert_eq!(keys.verify(b"message", &old)?, 1);
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Keys {
    signing: Key,
    older: Vec<Key>,
}

impl Keys {
    /// Schedules the keys of several secrets, at most 16, the current one first.
    ///
    /// # Errors
    /// `invalid_secret` where there is none, or more than 16.
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Result<Self> {
        Self::from_keys(secrets.into_iter().map(|secret| Key::new(&secret)))
    }

    /// [`Keys::new`] of keys that are scheduled already.
    pub(crate) fn from_keys(keys: impl IntoIterator<Item = Key>) -> Result<Self> {
        let mut keys = keys.into_iter();
        let signing = keys.next().ok_or(NO_SECRET)?;
        let older: Vec<_> = keys.take(MOST_SECRETS).collect();
        if older.len() == MOST_SECRETS {
            return Err(Error::InvalidSecret { rule: "is one of too many: give at most 16" });
        }
        Ok(Self { signing, older })
    }

    /// The current one.
    pub(crate) fn into_current(self) -> Key {
        self.signing
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        1 + self.older.len()
    }

    /// Each of them, the current one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Key> {
        core::iter::once(&self.signing).chain(&self.older)
    }

    /// Signs with the current secret.
    pub fn sign(&self, message: &[u8]) -> Signature {
        self.signing.sign(message)
    }

    /// Which secret, counted from 0, the signature was made with.
    ///
    /// # Errors
    /// `signature_mismatch` where it was made with none of them, or of other bytes.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<usize> {
        match self.iter().position(|key| key.is_of(message, signature)) {
            Some(number) => Ok(number),
            None => Err(MISMATCH),
        }
    }
}

impl From<Secret> for Keys {
    fn from(secret: Secret) -> Self {
        Self { signing: Key::new(&secret), older: Vec::new() }
    }
}

/// An HMAC-SHA512 signature. Displays as 128 lower-case hexadecimal digits; `Debug` hides it.
// Aligned, so that it is copied by words.
///
/// ```
/// # use payseal::signature::Signature;
/// assert_eq!(Signature::from_hex(&"0A".repeat(64))?.to_hex(), "0a".repeat(64));
/// assert!(Signature::from_hex("0a").is_err());
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, Copy)]
#[repr(align(8))]
pub struct Signature([u8; BYTES]);

impl Signature {
    /// Reads exactly 128 hexadecimal digits of either case: no prefix, no white space, nothing after them.
    ///
    /// # Errors
    /// `signature_malformed` for anything else.
    pub fn from_hex(text: &str) -> Result<Self> {
        Self::from_digits(text.as_bytes()).ok_or(Error::SignatureMalformed)
    }

    fn from_digits(digits: &[u8]) -> Option<Self> {
        // The length first: the crate would take the prefix `0x`, too.
        let digits = <&[u8; 2 * BYTES]>::try_from(digits).ok()?;
        let mut signature = Self([0; BYTES]);
        const_hex::decode_to_slice(digits, &mut signature.0).ok()?;
        Some(signature)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The signature as sent: 128 lower-case hexadecimal digits.
    pub fn to_hex(&self) -> String {
        const_hex::encode(self.0)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// Where a callback's signature comes from: the signature itself, or the values of its header.
///
/// ```
/// # use payseal::{Secret, bitloga::*, signature::Source};
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let signed = gateway.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z1", 5, "125"))?;
/// let headers = [("content-type", "application/json"), ("x-signature", signed.headers[1].1.as_str())];
/// let signatures = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
/// let source = Source::HeaderValues(signatures.map(|(_, value)| *value).collect());
/// gateway.verify_callback(&signed.body, source)?;
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone)]
pub enum Source<'a> {
    /// The signature, already taken out of the headers.
    Signature(&'a str),
    /// Every value the request carries for the signature's header, in any number.
    HeaderValues(Vec<&'a str>),
}

impl<'a> Source<'a> {
    /// The values of the signature's header as any framework has them: texts or bytes.
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*, signature::Source};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// # let signed = gateway.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z1", 5, "125"))?;
    /// # let headers = [signed.signature().as_bytes().to_vec()];
    /// // actix, http 0.2, lambda_http: request.headers().get_all(SIGNATURE_HEADER)
    /// let callback = gateway.verify_callback(&signed.body, Source::from_header_values(&headers))?;
    /// # assert_eq!(callback.uniqueid, "125");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn from_header_values<V: AsRef<[u8]> + ?Sized + 'a>(values: impl IntoIterator<Item = &'a V>) -> Self {
        // A value that is not text cannot be a signature, and stays that way.
        let text = |value: &'a V| core::str::from_utf8(value.as_ref()).unwrap_or("\u{fffd}");
        Self::HeaderValues(values.into_iter().map(text).collect())
    }

    /// The one signature meant. Header values may be repeated or joined by commas, as HTTP
    /// allows; equal ones are one.
    ///
    /// # Errors
    /// `signature_missing`, `signature_ambiguous` where two differ, `signature_malformed`.
    pub(crate) fn resolve(&self, header: &'static str) -> Result<Signature> {
        // The usual header: one value that is a signature, and so no list of several.
        if let Self::HeaderValues(values) = self
            && let [value] = values[..]
            && let Some(signature) = Signature::from_digits(value.as_bytes())
        {
            return Ok(signature);
        }
        let digits = self.single()?;
        if digits.is_empty() {
            return Err(Error::SignatureMissing { proof: Proof::Signature, place: header });
        }
        Signature::from_hex(digits)
    }

    /// A signature with something around it, for diagnosis.
    pub(crate) fn unwrapped(&self) -> Option<Signature> {
        let digits = self.single().ok()?.trim_matches(|character: char| !character.is_ascii_hexdigit());
        let (prefix, digits) = digits.split_at_checked(digits.len().checked_sub(2 * BYTES)?)?;
        let ends = !prefix.ends_with(|character: char| character.is_ascii_alphanumeric());
        if ends { Signature::from_hex(digits).ok() } else { None }
    }

    /// The value all of them agree on, or nothing where there is none.
    pub(crate) fn single(&self) -> Result<&str> {
        let values = match self {
            Self::Signature(text) => return Ok(text),
            Self::HeaderValues(values) => values,
        };
        let mut single = "";
        for value in values {
            for part in value.split(',').map(|part| part.trim_matches([' ', '\t'])) {
                if single.is_empty() {
                    single = part;
                } else if !part.is_empty() && !part.eq_ignore_ascii_case(single) {
                    return Err(Error::SignatureAmbiguous { proof: Proof::Signature });
                }
            }
        }
        Ok(single)
    }
}

impl<'a> From<&'a str> for Source<'a> {
    fn from(signature: &'a str) -> Self {
        Self::Signature(signature)
    }
}

impl<'a> From<&'a String> for Source<'a> {
    fn from(signature: &'a String) -> Self {
        Self::Signature(signature)
    }
}

impl<'a> From<Option<&'a str>> for Source<'a> {
    fn from(signature: Option<&'a str>) -> Self {
        Self::Signature(signature.unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Keys};
    use crate::Secret;

    #[test]
    fn a_key_comes_back_from_its_states() {
        for length in [1, 127, 128, 129, 1000] {
            let key = Key::new(&Secret::new("k".repeat(length)).unwrap());
            let again = Key::from_states(&key.states());
            assert_eq!(again.sign(b"message").to_hex(), key.sign(b"message").to_hex());
        }
    }

    #[test]
    fn keys_keep_their_order() {
        let [new, old] = ["new", "old"].map(|secret| Key::new(&Secret::new(secret).unwrap()));
        let keys = Keys::from_keys([new.clone(), old.clone()]).unwrap();
        assert_eq!(keys.verify(b"message", &new.sign(b"message")).unwrap(), 0);
        assert_eq!(keys.verify(b"message", &old.sign(b"message")).unwrap(), 1);
        assert!(Keys::from_keys([]).is_err());
    }
}
