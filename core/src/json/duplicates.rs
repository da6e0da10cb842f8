//! Whether an object has the same key twice: two parsers that disagree on which of two equal keys
//! counts are a classic way past a check.

use alloc::borrow::Cow;
use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

/// Up to so many hashes are held against each other where they stand; more are sorted.
const FEW: usize = 16;

/// Whether two of the keys are equal. Hashes nearly always tell that none are; where they do not,
/// because somebody made keys that collide or because there are equal ones, sorting decides.
pub(super) fn has_duplicates<'a>(keys: impl Iterator<Item = Cow<'a, str>> + Clone) -> bool {
    hashes_repeat(keys.clone().map(|key| hash(&key))) && repeats(keys.collect())
}

fn hashes_repeat(mut hashes: impl Iterator<Item = u64>) -> bool {
    let mut few = [0; FEW];
    let mut count = 0;
    for (place, hash) in few.iter_mut().zip(&mut hashes) {
        *place = hash;
        count += 1;
    }
    if count < FEW {
        let few = &few[..count];
        return few.iter().enumerate().any(|(number, hash)| few[..number].contains(hash));
    }
    repeats(few.into_iter().chain(hashes).collect())
}

/// Sorts by heap, a tenth of the code of the other sorts.
fn repeats<T: Ord>(values: Vec<T>) -> bool {
    let values = BinaryHeap::from(values).into_sorted_vec();
    values.windows(2).any(|pair| pair[0] == pair[1])
}

/// Eight bytes at a time; short keys of the same length never collide.
fn hash(key: &str) -> u64 {
    let (words, rest) = key.as_bytes().as_chunks();
    let last = rest.iter().fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte));
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.chain([last]).fold(0, |hash: u64, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95))
}
