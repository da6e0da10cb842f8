//! HMAC-SHA512 (RFC 2104, FIPS 180-4) over the compression function of `sha2`.
//!
//! The crate `hmac` is built for every hash and for messages that come in pieces. Here a message is
//! there at once: what is left of it and its padding are compressed together, which vector
//! instructions do for little more than one block, and the state of a key is two hashes.

use alloc::boxed::Box;

use sha2::block_api::compress512;
use zeroize::Zeroize;

/// The length of a hash.
pub(super) const BYTES: usize = 64;

const BLOCK: usize = 128;
/// The end of the last block tells the length of the message, in bits.
const LENGTH: usize = 16;

const INNER_PADDING: u8 = 0x36;
const OUTER_PADDING: u8 = 0x5c;

pub(crate) type State = [u64; 8];

/// The state before the first block (FIPS 180-4, section 5.3.5).
const INITIAL: State = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// A scheduled key: the states of the inner and the outer hash after the block that the key makes, wiped when dropped.
/// It is made where it stays: every move would leave a copy in memory.
#[derive(Clone)]
pub(super) struct Hmac(Box<[State; 2]>);

impl Hmac {
    /// Schedules a key of any length.
    pub(super) fn new(key: &[u8]) -> Self {
        let mut hmac = Self(Box::new([INITIAL; 2]));
        if key.len() > BLOCK {
            let mut hash = finish::<true>(INITIAL, key, 0);
            hmac.schedule(&hash);
            hash.zeroize();
        } else {
            hmac.schedule(key);
        }
        hmac
    }

    /// Schedules a key that is no longer than a block.
    fn schedule(&mut self, key: &[u8]) {
        for (state, padding) in self.0.iter_mut().zip([INNER_PADDING, OUTER_PADDING]) {
            let mut block = [[padding; BLOCK]];
            for (byte, key) in block.as_flattened_mut().iter_mut().zip(key) {
                *byte ^= key;
            }
            compress512(state, &block);
            block.zeroize();
        }
    }

    /// The states of both hashes.
    pub(super) fn states(&self) -> [State; 2] {
        *self.0
    }

    /// The key whose states these are.
    pub(super) fn from_states(states: &[State; 2]) -> Self {
        let mut hmac = Self(Box::new([INITIAL; 2]));
        hmac.0.copy_from_slice(states);
        hmac
    }

    /// The code of a message.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; BYTES] {
        let [inner, outer] = *self.0;
        finish::<false>(outer, &finish::<false>(inner, message, BLOCK), BLOCK)
    }
}

impl Drop for Hmac {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The hash of a message.
pub(crate) fn sha512(message: &[u8]) -> [u8; BYTES] {
    finish::<false>(INITIAL, message, 0)
}

/// The hash of a message, by a state that so many bytes before it have led to. Of a secret message no copy is
/// left.
fn finish<const IS_SECRET: bool>(mut state: State, message: &[u8], before: usize) -> [u8; BYTES] {
    let (blocks, rest) = message.as_chunks();
    compress512(&mut state, blocks);

    let mut last = [[0; BLOCK]; 2];
    let count = if rest.len() < BLOCK - LENGTH { 1 } else { 2 };
    let (last, _) = last.split_at_mut(count);
    let padded = last.as_flattened_mut();
    padded[..rest.len()].copy_from_slice(rest);
    padded[rest.len()] = 0x80;
    let bits = 8 * (before + message.len()) as u128;
    padded[count * BLOCK - LENGTH..].copy_from_slice(&bits.to_be_bytes());
    compress512(&mut state, last);

    if IS_SECRET {
        last.as_flattened_mut().zeroize();
    }

    let mut hash = [0; BYTES];
    for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use hmac::{KeyInit, Mac};

    use super::*;

    /// Keys and messages of every length around one and two blocks, against the crate `hmac`.
    #[test]
    fn agrees_with_another_implementation() {
        let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(3 * BLOCK).collect();
        let lengths = (0..8).chain(BLOCK - 20..BLOCK + 4).chain(2 * BLOCK - 20..2 * BLOCK + 4);
        let pairs = lengths.clone().flat_map(|key| lengths.clone().map(move |message| (key, message)));
        for (key, message) in pairs {
            let (key, message) = (&bytes[..key], &bytes[3..][..message]);
            let mut other = hmac::Hmac::<sha2::Sha512>::new_from_slice(key).unwrap();
            other.update(message);
            assert_eq!(Hmac::new(key).sign(message)[..], other.finalize().into_bytes()[..]);
        }
    }
}
