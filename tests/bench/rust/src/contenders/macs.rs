//! HMAC-SHA512 as Rust programs compute it today.

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha512;

#[cfg(feature = "openssl")]
pub use self::with_openssl::OpenSsl;

use super::SECRET;

type Bytes = [u8; 64];

pub trait Mac {
    /// Whether the hexadecimal signature is of these bytes, compared in constant time.
    fn verify(&self, body: &[u8], signature: &str) -> bool;

    /// The signature in hexadecimal digits.
    fn sign(&self, body: &[u8]) -> String;
}

fn decoded(signature: &str) -> Option<Bytes> {
    let mut bytes = [0; 64];
    hex::decode_to_slice(signature, &mut bytes).ok()?;
    Some(bytes)
}

/// The crates payseal itself stands on, used with care.
pub struct RustCrypto(Hmac<Sha512>);

impl RustCrypto {
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn new() -> Self {
        Self(Hmac::new_from_slice(SECRET.as_bytes()).expect("any length"))
    }
}

impl Mac for RustCrypto {
    fn verify(&self, body: &[u8], signature: &str) -> bool {
        let Some(bytes) = decoded(signature) else { return false };
        self.0.clone().chain_update(body).verify_slice(&bytes).is_ok()
    }

    fn sign(&self, body: &[u8]) -> String {
        hex::encode(self.0.clone().chain_update(body).finalize().into_bytes())
    }
}

/// The same as most people write it: the key is scheduled for every message.
pub struct RustCryptoUncached;

impl Mac for RustCryptoUncached {
    fn verify(&self, body: &[u8], signature: &str) -> bool {
        RustCrypto::new().verify(body, signature)
    }

    fn sign(&self, body: &[u8]) -> String {
        RustCrypto::new().sign(body)
    }
}

macro_rules! ring_alike {
    ($Name:ident, $library:ident) => {
        pub struct $Name($library::hmac::Key);

        impl $Name {
            pub fn new() -> Self {
                Self($library::hmac::Key::new($library::hmac::HMAC_SHA512, SECRET.as_bytes()))
            }
        }

        impl Mac for $Name {
            fn verify(&self, body: &[u8], signature: &str) -> bool {
                let Some(bytes) = decoded(signature) else { return false };
                $library::hmac::verify(&self.0, body, &bytes).is_ok()
            }

            fn sign(&self, body: &[u8]) -> String {
                hex::encode($library::hmac::sign(&self.0, body))
            }
        }
    };
}
ring_alike!(Ring, ring);
ring_alike!(AwsLc, aws_lc_rs);

#[cfg(feature = "openssl")]
mod with_openssl {
    use openssl::hash::MessageDigest;
    use openssl::pkey::{PKey, Private};
    use openssl::sign::Signer;

    use super::{Bytes, Mac, decoded};
    use crate::contenders::SECRET;

    /// The system's OpenSSL, which cannot keep a scheduled key by this interface.
    pub struct OpenSsl(PKey<Private>);

    impl OpenSsl {
        /// # Panics
        /// Where OpenSSL is out of memory.
        pub fn new() -> Self {
            Self(PKey::hmac(SECRET.as_bytes()).expect("memory"))
        }

        fn bytes(&self, body: &[u8]) -> Option<Bytes> {
            let mut bytes = [0; 64];
            let mut signer = Signer::new(MessageDigest::sha512(), &self.0).ok()?;
            signer.sign_oneshot(&mut bytes, body).ok()?;
            Some(bytes)
        }
    }

    impl Mac for OpenSsl {
        fn verify(&self, body: &[u8], signature: &str) -> bool {
            match (decoded(signature), self.bytes(body)) {
                (Some(given), Some(computed)) => openssl::memcmp::eq(&given, &computed),
                _ => false,
            }
        }

        fn sign(&self, body: &[u8]) -> String {
            hex::encode(self.bytes(body).unwrap_or([0; 64]))
        }
    }
}
