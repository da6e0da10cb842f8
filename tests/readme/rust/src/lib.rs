//! The Rust of the README and of the site's pages, as doc tests. `build.rs` finds the pages.

include!(concat!(env!("OUT_DIR"), "/pages.rs"));
