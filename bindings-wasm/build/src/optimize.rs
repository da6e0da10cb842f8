//! Optimises the module.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Rewrites `module` with wasm-opt, taken from the npm package `binaryen`.
///
/// What the module may use is read from its section `target_features`, which is of no use afterwards. Low memory is
/// the end of the stack, which holds no constant. Optimising for size (`-Oz`) would save a kilobyte, nothing of it
/// compressed, and take a twentieth more time.
pub(crate) fn optimize(module: &Path, package: &Path) -> Result<()> {
    let program = package.join("node_modules").join("binaryen").join("bin").join("wasm-opt");
    if !program.exists() {
        bail!("{} is missing: run `make setup`, or `npm ci` in bindings-wasm", program.display());
    }
    let status = Command::new("node")
        .arg(program)
        .args(["-O3", "--converge", "--low-memory-unused", "--strip-target-features"])
        .arg(module)
        .arg("--output")
        .arg(module)
        .status()
        .context("cannot run node")?;
    if !status.success() {
        bail!("wasm-opt failed on {}", module.display());
    }
    Ok(())
}
