//! The strict reader and the deterministic writer every gateway shares.
//!
//! The reader goes over the text once: nothing is copied, numbers keep their digits. It is strict
//! where strictness protects money (one value, no duplicate keys, valid UTF-8, bounded depth and
//! length) and leaves tolerance to the layer above, [`crate::schema`].
//!
//! Why it is our own: a reader on `serde_json` that is as strict (`&RawValue` and one visitor) was built at commit
//! 3e95641 and measured. In Rust it took 1.19 times the time of this one for 115 bytes, 1.67 for 1 KiB and 1.54 for
//! 64 KiB, the module at opt-level 3 had 93,567 bytes compressed instead of 50,905, and it
//! refused `1e310` in a field that nobody reads. That reader is not kept; the rows of `make bench` with
//! `serde_json to a struct` compare with one that checks less. `serde_json` is what the fuzzer compares this one with.

mod document;
mod duplicates;
mod extra;
#[cfg(feature = "serde")]
mod interchange;
pub(crate) mod number;
mod reader;
mod span;
mod strings;
mod value;
mod writer;

pub(crate) use document::Document;
pub use extra::Extra;
pub(crate) use reader::{Kind, Read, Reader, SyntaxError};
pub use span::TextSpan;
pub(crate) use strings::{push_escaped, push_quoted, push_unit};
pub use value::Value;
pub(crate) use writer::ObjectWriter;

/// How deep arrays and objects may nest, the outermost being 1.
pub const MAX_DEPTH: usize = 64;

/// How long a body may be unless the client is told otherwise: 1 MiB.
pub const DEFAULT_MAX_BODY: usize = 1024 * 1024;
