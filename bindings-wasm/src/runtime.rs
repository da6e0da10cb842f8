//! What the standard library would bring, at a twentieth of its size: memory, and an end to panics.

use core::alloc::{GlobalAlloc, Layout};
use core::hint::black_box;
use core::panic::PanicInfo;

use rlsf::SmallGlobalTlsf;

#[global_allocator]
static ALLOCATOR: Wiping = Wiping(SmallGlobalTlsf::new());

/// Overwrites memory that is given back: texts with secrets in them move as they grow, and leave copies.
struct Wiping(SmallGlobalTlsf);

// SAFETY: all memory is that of the allocator within, which gets back what it gave, with the same layout.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that it asks for.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back memory of this layout, which nobody else uses any more.
        unsafe {
            black_box(memory).write_bytes(0, layout.size());
            self.0.dealloc(memory, layout);
        }
    }
}

/// JavaScript sees a trap, and starts the module anew. Nobody would read the message.
#[panic_handler]
fn trap(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
