//! Whether an output can be kept.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Whether `output` exists and was written after every one of `inputs`.
pub(crate) fn is_newer(output: &Path, inputs: &[&Path]) -> bool {
    let Some(written) = modified(output) else {
        return false;
    };
    inputs.iter().all(|input| modified(input).is_some_and(|changed| changed < written))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}
