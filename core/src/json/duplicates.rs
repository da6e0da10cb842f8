//! Whether an object has the same key twice: two parsers that disagree on which of two equal keys
//! counts are a classic way past a check.

use alloc::collections::BinaryHeap;
use alloc::string::String;
use alloc::vec;

use super::Span;

/// The hashes of up to so many keys need no memory of their own.
const FEW: usize = 16;

/// How many places a hash may have to try before it is taken for one that comes twice.
const TRIES: usize = 32;

/// Whether two of the keys read the same. A table of hashes nearly always tells that none do.
/// Where it does not, because there are equal keys or because somebody made keys that collide,
/// sorting decides.
pub(super) fn has_duplicates(keys: &[Span], text: &str) -> bool {
    match keys.len() {
        0 | 1 => false,
        2..=FEW => hashes_repeat(keys, text, &mut [0; 2 * FEW]) && keys_repeat(keys, text),
        count => hashes_repeat(keys, text, &mut vec![0; (2 * count).next_power_of_two()]) && keys_repeat(keys, text),
    }
}

/// Enters the hashes into a table, in which 0 is an empty place and whose length is a power of two.
fn hashes_repeat(keys: &[Span], text: &str, table: &mut [u64]) -> bool {
    let mask = table.len() - 1;
    let shift = u64::BITS - mask.count_ones();
    let mut unescaped = String::new();
    keys.iter().any(|key| {
        let hash = hash(key.read_into(text, &mut unescaped)).max(1);
        // The highest bits of a product are mixed best.
        let first = usize::try_from(hash >> shift).unwrap_or(0);
        let mut places = (first..first + TRIES).map(|place| place & mask);
        let place = places.find(|&place| table[place] == 0 || table[place] == hash);
        place.is_none_or(|place| core::mem::replace(&mut table[place], hash) == hash)
    })
}

/// Sorts by heap, a tenth of the code of the other sorts.
fn keys_repeat(keys: &[Span], text: &str) -> bool {
    let keys: BinaryHeap<_> = keys.iter().map(|key| key.read(text)).collect();
    keys.into_sorted_vec().windows(2).any(|pair| pair[0] == pair[1])
}

/// Eight bytes at a time; short keys of the same length never collide.
fn hash(key: &str) -> u64 {
    let (words, rest) = key.as_bytes().as_chunks();
    let last = rest.iter().fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte));
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.chain([last]).fold(0, |hash: u64, word| {
        let product = (hash ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        product ^ product >> 32
    })
}
