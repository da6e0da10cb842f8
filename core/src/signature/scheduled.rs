//! Scheduled keys as numbers, for a binding whose memory may be lost: it keeps them in place of the secrets.

use alloc::vec::Vec;

use super::hmac::Hmac;
use super::{Key, Keys, MOST_SECRETS, NO_SECRET};
use crate::error::{Error, Result};

impl Key {
    /// The scheduled key. Whoever has it can sign, but does not know the secret.
    #[doc(hidden)]
    #[must_use]
    pub fn to_words(&self) -> [u64; 16] {
        self.0.words()
    }

    /// The key that [`Key::to_words`] gave.
    #[doc(hidden)]
    #[must_use]
    pub fn from_words(words: &[u64; 16]) -> Self {
        Self(Hmac::from_words(words))
    }
}

impl Keys {
    /// Keys that are scheduled already, the current one first.
    ///
    /// # Errors
    /// `invalid_secret` where there is none, or more than 16.
    #[doc(hidden)]
    pub fn scheduled(keys: impl IntoIterator<Item = Key>) -> Result<Self> {
        let mut keys = keys.into_iter();
        let Some(signing) = keys.next() else {
            return Err(NO_SECRET);
        };
        let mut scheduled = Self { signing, older: Vec::new() };
        for older in keys {
            if scheduled.len() == MOST_SECRETS {
                return Err(Error::InvalidSecret { rule: "is one of too many: give at most 16" });
            }
            scheduled.older.push(older);
        }
        Ok(scheduled)
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Keys};
    use crate::Secret;

    #[test]
    fn a_key_comes_back_from_its_words() {
        for length in [1, 127, 128, 129, 1000] {
            let key = Key::new(&Secret::new("k".repeat(length)).unwrap());
            let again = Key::from_words(&key.to_words());
            assert_eq!(again.sign(b"message").to_hex(), key.sign(b"message").to_hex());
        }
    }

    #[test]
    fn keys_keep_their_order() {
        let [new, old] = ["new", "old"].map(|secret| Key::new(&Secret::new(secret).unwrap()));
        let keys = Keys::scheduled([new.clone(), old.clone()]).unwrap();
        assert_eq!(keys.verify(b"message", &new.sign(b"message")).unwrap(), 0);
        assert_eq!(keys.verify(b"message", &old.sign(b"message")).unwrap(), 1);
        assert!(Keys::scheduled([]).is_err());
    }
}
