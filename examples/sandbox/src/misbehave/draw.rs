//! Random numbers that depend on nothing but what they are drawn for.

use sha2::{Digest, Sha512};

use super::Asked;

/// The numbers drawn for one request: the same for the same seed, action, `uniqueid` and count, whatever else happens
/// at the same time.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn of(seed: u32, asked: &Asked<'_>, count: u64) -> Self {
        let digest = Sha512::new()
            .chain_update(seed.to_be_bytes())
            .chain_update(asked.action)
            .chain_update([0])
            .chain_update(asked.uniqueid.unwrap_or_default())
            .chain_update(count.to_be_bytes())
            .finalize();
        Self(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// From zero up to, but not including, the limit. (The limits here are so small that the bias does not matter.)
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
