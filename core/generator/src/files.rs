//! Generated files: their places in the repository and their texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file that follows from the core's tables.
pub(crate) struct Generated {
    path: PathBuf,
    text: String,
}

impl Generated {
    /// A file in a folder of the repository.
    pub(crate) fn new(folder: &str, name: &str, text: String) -> Self {
        Self { path: repository().join(folder).join(name), text }
    }

    pub(crate) fn write(&self) -> io::Result<()> {
        if self.is_current() { Ok(()) } else { fs::write(&self.path, &self.text) }
    }

    /// Whether the repository has the file as it is to be.
    pub(crate) fn is_current(&self) -> bool {
        fs::read(&self.path).is_ok_and(|bytes| bytes == self.text.as_bytes())
    }

    /// The file's place in the repository.
    pub(crate) fn place(&self) -> String {
        let path = self.path.to_string_lossy();
        path.rsplit_once("/../../").map_or(path.as_ref(), |(_, place)| place).into()
    }
}
