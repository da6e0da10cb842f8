//! Memory that held secrets, overwritten.

#[cfg(target_family = "wasm")]
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: Wiping = Wiping;

/// The allocator of the standard library, which overwrites memory that is given back: texts with secrets in them move
/// as they grow, and would leave copies.
#[cfg(target_family = "wasm")]
struct Wiping;

// SAFETY: all memory is that of the system's allocator, which gets back what it gave, with the same layout.
#[cfg(target_family = "wasm")]
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that it asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back memory of this layout, which nobody else uses any more.
        unsafe {
            black_box(memory).write_bytes(0, layout.size());
            System.dealloc(memory, layout);
        }
    }
}

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
