//! The strict reader and the deterministic writer every gateway shares.
//!
//! The reader goes over the text once: nothing is copied, numbers keep their digits. It is strict
//! where strictness protects money (one value, no duplicate keys, valid UTF-8, bounded depth and
//! length) and leaves tolerance to the layer above, [`crate::schema`].

mod document;
mod duplicates;
mod extra;
#[cfg(feature = "serde")]
mod interchange;
mod lazy;
mod members;
pub(crate) mod number;
mod reader;
mod span;
mod strings;
mod value;
mod writer;

pub(crate) use document::Document;
pub use extra::Extra;
pub use members::Members;
pub(crate) use reader::{Kind, Read, Reader, SyntaxError};
pub(crate) use span::Span;
pub(crate) use strings::{push_escaped, push_quoted};
pub use value::Value;
pub use writer::ObjectWriter;

/// How deep arrays and objects may nest, the outermost being 1.
pub const MAX_DEPTH: usize = 64;

/// How long a body may be unless the client is told otherwise: 1 MiB.
pub const DEFAULT_MAX_BODY: usize = 1024 * 1024;
