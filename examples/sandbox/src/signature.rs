//! HMAC-SHA512 as Bitloga uses it: over the exact bytes of a body, written in hexadecimal.
//!
//! Deliberately not the core's implementation: the sandbox is the other side of the wire, and two independent
//! implementations that agree prove more than one that agrees with itself.

use hmac::{Hmac, KeyInit, Mac, digest::InvalidLength};
use sha2::Sha512;

/// Signs and verifies with one secret.
pub(crate) struct Signer(Hmac<Sha512>);

impl Signer {
    pub(crate) fn new(secret: &str) -> Result<Self, InvalidLength> {
        Hmac::new_from_slice(secret.as_bytes()).map(Self)
    }

    pub(crate) fn sign(&self, body: &[u8]) -> String {
        hex::encode(self.0.clone().chain_update(body).finalize().into_bytes())
    }

    /// Compares in constant time; hexadecimal digits may be of either case.
    pub(crate) fn verify(&self, body: &[u8], signature: &str) -> bool {
        hex::decode(signature).is_ok_and(|bytes| self.0.clone().chain_update(body).verify_slice(&bytes).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 2 of RFC 4231.
    const SIGNATURE: &str = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
                             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";

    #[test]
    fn agrees_with_the_rfc() {
        let signer = Signer::new("Jefe").unwrap();
        let body = b"what do ya want for nothing?";
        assert_eq!(signer.sign(body), SIGNATURE);
        assert!(signer.verify(body, SIGNATURE));
        assert!(signer.verify(body, &SIGNATURE.to_uppercase()));
    }

    #[test]
    fn refuses_everything_else() {
        let signer = Signer::new("Jefe").unwrap();
        let body = b"what do ya want for nothing?";
        assert!(!signer.verify(b"what do ya want for nothing!", SIGNATURE));
        for signature in ["", "zz", &SIGNATURE[..126], &format!("{SIGNATURE}00"), &format!("{SIGNATURE} ")] {
            assert!(!signer.verify(body, signature), "{signature:?}");
        }
    }
}
