//! The WebAssembly module of the npm package `payseal`: plain functions over numbers.
//!
//! Everything else crosses the boundary through memory, so that one operation is one crossing and
//! leaves nothing that JavaScript would have to free:
//!
//! - JavaScript writes texts into the [`buffers::Buffers::input`] with `TextEncoder.encodeInto`, and what
//!   they are into a table of numbers beside it.
//! - Every operation answers with the address of the [`output::OutputBuffer`]: a table of numbers, mostly places in
//!   a text that JavaScript slices. That text is the caller's own body wherever possible.
//! - Clients are in [`client_cache::ClientCache`], which never grows: one whose place was taken by another was
//!   evicted, and is opened again by JavaScript, which keeps its settings and its scheduled keys, never its secrets.
//!
//! Why this boundary is our own: with `serde-wasm-bindgen` in its place, verifying and parsing takes 2.0 times as long
//! for a callback of 115 bytes and 3.1 times for 1 KiB; with objects of `js-sys` 3.4 and 4.2 times. `make bench` has a
//! row for each ("instead of our boundary").

#![allow(unreachable_pub, reason = "exports to JavaScript have to be `pub`")]

mod api_for_crypto;
mod bitloga;
mod body;
mod buffers;
mod client_cache;
mod constants;
mod inputs;
mod machines;
mod operations;
mod output;
mod utf16;
mod wipe;

#[doc(hidden)]
pub use constants::CONSTANTS;
