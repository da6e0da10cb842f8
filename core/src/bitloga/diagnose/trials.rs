//! Variants of a body held against its signature, no more of them than there is time for.

use crate::signature::{Key, Keys, is_same};

/// How many bytes may be hashed, or a share of that written. A callback never comes near.
const WORK: usize = 48 << 20;

/// How many bytes can be hashed in the time that it takes to write one.
const WRITING: usize = 8;

/// How much of a signature is enough to tell it by. Nobody guesses so much, and what comes after it is not looked at
/// then, so that it cannot be guessed bit by bit.
pub(super) const BEGINNING: usize = 32;

/// What a body may have been, tried until one variant matches or the time is up. Signatures are whole, or their
/// beginning.
pub(super) struct Trials<'a> {
    keys: &'a Keys,
    work_left: usize,
    /// Which secret the signature was made with, once it is known.
    pub(super) secret_index: Option<usize>,
}

// What many places call is compiled once: inlined, it would make the module of the npm package larger.
impl<'a> Trials<'a> {
    pub(super) fn new(keys: &'a Keys) -> Self {
        Self { keys, work_left: WORK, secret_index: None }
    }

    /// Whether the signature is of these bytes.
    #[inline(never)]
    pub(super) fn matches(&mut self, body: &[u8], signature: &[u8]) -> bool {
        if self.may_hash(body.len().saturating_mul(self.keys.len())) {
            self.secret_index = self.keys.iter().position(|key| is_of(key, body, signature));
        }
        self.secret_index.is_some()
    }

    /// Whether the signature was made of these bytes with another key.
    #[inline(never)]
    pub(super) fn matches_key(&mut self, key: &[u8], body: &[u8], signature: &[u8]) -> bool {
        self.may_hash(body.len()) && is_of(&Key::from_bytes(key), body, signature)
    }

    /// Whether there is time to write a variant of about that many bytes.
    pub(super) fn may_write(&mut self, bytes: usize) -> bool {
        self.may_hash(bytes.saturating_mul(WRITING))
    }

    /// Whether there is time to hash so many bytes. After the first variant for which there is not enough, no other
    /// is tried.
    pub(super) fn may_hash(&mut self, bytes: usize) -> bool {
        let left = self.work_left.checked_sub(bytes);
        self.work_left = left.unwrap_or(0);
        left.is_some()
    }
}

#[inline(never)]
fn is_of(key: &Key, body: &[u8], signature: &[u8]) -> bool {
    signature.len() >= BEGINNING && is_same(key.sign(body).as_bytes(), signature)
}
