//! Generates the JavaScript around the compiled module.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// The stem of every generated file: `payseal.js`, `payseal.d.ts`, `payseal_bg.wasm`.
const STEM: &str = "payseal";

/// The path of the module among the generated files in `folder`.
pub(crate) fn module_in(folder: &Path) -> PathBuf {
    folder.join(format!("{STEM}_bg.wasm"))
}

/// Writes the module without its binding sections, the glue and the types into `folder`.
///
/// The target `web` is the one whose glue takes a module or bytes and can start synchronously. Without its default
/// path the glue has no `import.meta.url`, which `require` and several bundlers refuse.
pub(crate) fn generate(module: Vec<u8>, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(STEM, module)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(folder).context("wasm-bindgen could not generate the glue")
}
