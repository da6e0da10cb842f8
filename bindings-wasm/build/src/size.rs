//! Reports the size of the module, as it is and as servers send it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Prints the raw, gzip and brotli sizes of `file`, which node computes with its own zlib.
pub(crate) fn report(file: &Path) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("sizes.mjs");
    let status = Command::new("node").arg(script).arg(file).status().context("cannot run node")?;
    if !status.success() {
        bail!("cannot measure {}", file.display());
    }
    Ok(())
}
