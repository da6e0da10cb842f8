//! Memory that held secrets, overwritten.

use core::hint::black_box;

/// How much of the stack scheduling a key takes, with room to spare.
const STACK: usize = 8192;

/// Overwrites bytes that are about to be given back.
pub(crate) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // The compiler would leave out a write that it sees nobody read.
    black_box(bytes);
}

/// Overwrites what calls that have returned left on the stack.
#[inline(never)]
pub(crate) fn wipe_stack() {
    wipe(&mut [0; STACK]);
}

#[cfg(test)]
mod tests {
    use super::wipe;

    #[test]
    fn bytes_are_overwritten() {
        let mut bytes = [7; 100];
        wipe(&mut bytes);
        assert_eq!(bytes, [0; 100]);
    }
}
