//! The floor under every verification: the SHA-512 blocks that cannot be avoided.

use sha2::block_api::compress512;

const BLOCK: usize = 128;
/// The byte behind the message, and its length.
const PADDING: usize = 17;

/// The blocks HMAC-SHA512 has to process for a message with a scheduled key: the message with its padding, and one
/// for the outer hash.
pub fn of_message(message: &[u8]) -> Vec<[u8; BLOCK]> {
    let count = (message.len() + PADDING).div_ceil(BLOCK) + 1;
    let mut blocks = vec![[0; BLOCK]; count];
    for (block, part) in blocks.iter_mut().zip(message.chunks(BLOCK)) {
        block[..part.len()].copy_from_slice(part);
    }
    blocks
}

/// Processes them, with the very build of `sha2` that payseal uses. The last depends on the others, as in HMAC.
pub fn compress(blocks: &[[u8; BLOCK]]) -> [u64; 8] {
    let mut state = [0x6a09_e667_f3bc_c908; 8];
    let (outer, inner) = blocks.split_last().unwrap_or((&[0; BLOCK], &[]));
    compress512(&mut state, inner);
    compress512(&mut state, &[*outer]);
    state
}
