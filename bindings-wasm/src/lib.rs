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
//! Why this boundary is our own: others were built at commit 3e95641, at opt-level 3, and measured on a callback of
//! 115 bytes against `createHmac` and `JSON.parse`. `serde-wasm-bindgen` took 1.66 times the platform's time, objects
//! of `js-sys` 2.2 times, one JSON string each way 0.75 to 0.85; this one 0.42. `make bench` has no row for the others.

#![allow(unreachable_pub, reason = "exports to JavaScript have to be `pub`")]

mod api_for_crypto;
mod bitloga;
mod body;
mod buffers;
mod client_cache;
mod constants;
mod inputs;
mod machines;
mod numbers;
mod operations;
mod output;
mod utf16;
mod wipe;

#[doc(hidden)]
pub use constants::CONSTANTS;
