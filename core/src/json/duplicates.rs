//! Whether an object has the same key twice: two parsers that disagree on which of two equal keys
//! counts are a classic way past a check.

use alloc::collections::BinaryHeap;
use alloc::vec;

use super::TextSpan;

/// Up to so many keys are compared with each other: that is faster than hashing them.
const FEW: usize = 6;

/// How many places a hash may have to try before it is taken for one that comes twice.
const TRIES: usize = 32;

/// Whether two of the keys read the same. A table of hashes nearly always tells that none do.
/// Where it does not, because there are equal keys or because somebody made keys that collide,
/// sorting decides.
pub(super) fn has_duplicates(keys: &[TextSpan], text: &str) -> bool {
    match keys.len() {
        0..=FEW => (1..keys.len()).any(|at| keys[..at].iter().any(|key| key.reads_as(keys[at], text))),
        count => hashes_repeat(keys, text, &mut vec![0; (2 * count).next_power_of_two()]) && keys_repeat(keys, text),
    }
}

/// Enters halves of the hashes into a table, in which 0 is an empty place and whose length is a power
/// of two.
#[allow(clippy::cast_possible_truncation, reason = "the other half says where")]
fn hashes_repeat(keys: &[TextSpan], text: &str, table: &mut [u32]) -> bool {
    let mask = table.len() - 1;
    let shift = u64::BITS - mask.count_ones();
    keys.iter().any(|key| {
        let hash = hash(&key.read(text));
        // The highest bits of a product are mixed best.
        let first = usize::try_from(hash >> shift).unwrap_or(0);
        let hash = (hash as u32).max(1);
        for place in first..first + TRIES {
            match &mut table[place & mask] {
                empty @ 0 => {
                    *empty = hash;
                    return false;
                }
                taken if *taken == hash => return true,
                _ => {}
            }
        }
        true
    })
}

fn keys_repeat(keys: &[TextSpan], text: &str) -> bool {
    let keys: BinaryHeap<_> = keys.iter().map(|key| key.read(text)).collect();
    keys.into_sorted_vec().windows(2).any(|pair| pair[0] == pair[1])
}

/// Eight bytes at a time.
fn hash(key: &str) -> u64 {
    let (words, rest) = key.as_bytes().as_chunks();
    let last = rest.iter().fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte));
    let hash = words.iter().fold(0, |hash, word| mixed(hash ^ u64::from_le_bytes(*word)));
    mixed(hash ^ last)
}

fn mixed(word: u64) -> u64 {
    let product = word.wrapping_mul(0x517c_c1b7_2722_0a95);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::*;

    /// Keys written one after the other, and where they are.
    fn joined(keys: impl Iterator<Item = usize>) -> (String, Vec<TextSpan>) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for key in keys {
            let start = text.len();
            text.push_str(&key.to_string());
            spans.push(TextSpan::new(start, text.len()));
        }
        (text, spans)
    }

    /// With and without what decides where hashes cannot tell.
    #[test]
    fn the_only_pair_is_found() {
        for count in [2, 3, FEW, FEW + 1, 16, 64, 999] {
            // In an order of its own: 577 has no factor in common with any count.
            let scattered = (0..count).map(|number| number * 577 % count);
            let (text, spans) = joined(scattered.clone());
            assert!(!keys_repeat(&spans, &text) && !has_duplicates(&spans, &text), "{count}");
            let (text, spans) = joined(scattered.chain([count / 2]));
            assert!(keys_repeat(&spans, &text) && has_duplicates(&spans, &text), "{count}");
        }
    }

    #[test]
    fn an_escaped_key_is_the_key_that_it_reads_as() {
        for more in [0, FEW - 2, FEW - 1, 20] {
            let others: Vec<_> = (0..more).map(|number| alloc::format!(",\"{number}\":0")).collect();
            let others = others.concat();
            for (first, second, is_same) in
                [("b", r"\u0062", true), (r"\u0062", "b", true), (r"\n", r"\u000a", true), (r"\u0062", "a", false)]
            {
                let body = alloc::format!(r#"{{"x":{{"{first}":0{others},"{second}":0}}}}"#);
                let result = crate::json::Document::read(body.as_bytes());
                assert_eq!(result.is_err(), is_same, "{body}");
            }
        }
    }
}
