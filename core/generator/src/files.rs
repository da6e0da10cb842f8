//! Generated files: their places in the repository and their texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file that follows from the core's tables.
pub(crate) struct Generated {
    /// Its place in the repository.
    place: String,
    text: String,
}

impl Generated {
    /// A file in a folder of the repository.
    pub(crate) fn new(folder: &str, name: &str, text: String) -> Self {
        Self { place: format!("{folder}/{name}"), text }
    }

    /// Writes the file below `root`, which is the repository or has its folders.
    pub(crate) fn write(&self, root: &Path) -> io::Result<()> {
        if self.is_current(root) {
            return Ok(());
        }
        let path = root.join(&self.place);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, &self.text)
    }

    /// Whether the file below `root` is as it is to be.
    pub(crate) fn is_current(&self, root: &Path) -> bool {
        fs::read(root.join(&self.place)).is_ok_and(|bytes| bytes == self.text.as_bytes())
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }
}
