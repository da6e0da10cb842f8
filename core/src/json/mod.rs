//! The strict reader and the deterministic writer every gateway shares.
//!
//! The reader goes over the text once: nothing is copied, numbers keep their digits. It is strict
//! where strictness protects money (one value, no duplicate keys, valid UTF-8, bounded depth and
//! length) and leaves tolerance to the layer above, [`crate::schema`].
//!
//! Why it is our own: with a reader on `serde_json` that refuses the same and keeps the same, verifying and parsing takes
//! 1.3 times as long for 115 bytes and 2.2 times for 1 KiB: `make bench` has a row for it ("instead of our reader"). The
//! npm package's module would be 40 kB larger, compressed (measured at commit 3e95641), and `1e310` would be refused in a
//! field that nobody reads. `serde_json` is what the fuzzer compares this one with.

mod document;
mod duplicates;
mod extra;
#[cfg(feature = "serde")]
mod interchange;
pub(crate) mod number;
mod quoted;
mod reader;
mod span;
mod strings;
mod value;
mod writer;

pub(crate) use document::Document;
pub use extra::Extra;
pub use quoted::push_quoting_numbers;
pub(crate) use reader::{INCOMPLETE, Kind, Read, Reader, SyntaxError};
pub use span::TextSpan;
pub(crate) use strings::{push_escaped, push_quoted, push_unit};
pub use value::Value;
pub(crate) use writer::ObjectWriter;

/// How deep arrays and objects may nest, the outermost being 1.
pub const MAX_DEPTH: usize = 64;

/// How long a body may be unless the client is told otherwise: 1 MiB.
pub const DEFAULT_MAX_BODY: usize = 1024 * 1024;
