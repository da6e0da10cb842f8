//! Variants of a body held against its signature, no more of them than there is time for.

use crate::signature::{Keys, Signature};

/// How many bytes may be hashed, or a share of that written. A callback never comes near.
const WORK: usize = 48 << 20;

/// How many bytes can be hashed in the time that it takes to write one.
const WRITING: usize = 8;

/// What a body may have been, tried until one variant matches or the time is up.
pub(super) struct Trials<'a> {
    keys: &'a Keys,
    signature: &'a Signature,
    work_left: usize,
}

impl<'a> Trials<'a> {
    pub(super) fn new(keys: &'a Keys, signature: &'a Signature) -> Self {
        Self { keys, signature, work_left: WORK }
    }

    /// Whether the signature is of these bytes.
    pub(super) fn matches(&mut self, body: &[u8]) -> bool {
        self.spend(body.len().saturating_mul(self.keys.len())) && self.keys.verify(body, self.signature).is_ok()
    }

    /// Whether there is time to write a variant of about that many bytes.
    pub(super) fn may_write(&mut self, bytes: usize) -> bool {
        self.spend(bytes.saturating_mul(WRITING))
    }

    /// After the first variant for which there is not enough time, no other is tried.
    fn spend(&mut self, work: usize) -> bool {
        let left = self.work_left.checked_sub(work);
        self.work_left = left.unwrap_or(0);
        left.is_some()
    }
}
