//! Compiles the crate `payseal-wasm`.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

const CRATE: &str = "payseal-wasm";
const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";

/// Runs cargo, with some arguments more, and returns the path of the compiled module.
pub(crate) fn compile(package: &Path, arguments: &[&OsStr]) -> Result<PathBuf> {
    let output = Command::new(cargo())
        .current_dir(package)
        .args(["build", "--package", CRATE, "--lib", "--target", TARGET, "--profile", PROFILE])
        .args(arguments)
        .arg("--message-format=json-render-diagnostics")
        .env("CARGO_ENCODED_RUSTFLAGS", compiler_flags(package)?)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo could not build `{CRATE}` for {TARGET}");
    }
    let messages = String::from_utf8(output.stdout).context("cargo printed something that is not text")?;
    module_named_in(&messages).with_context(|| format!("cargo named no module of `{CRATE}`; is it a cdylib?"))
}

/// The cargo that runs this program, so that both use the same toolchain.
fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Flags for this build alone, joined as `CARGO_ENCODED_RUSTFLAGS` wants them.
///
/// SIMD makes SHA-512 about twice as fast. The remapped prefixes keep the folders of the building machine out of where
/// panics say they are from, so that the module is the same wherever it is built.
fn compiler_flags(package: &Path) -> Result<OsString> {
    let workspace = package.parent().context("the npm package has no parent folder")?;
    let mut flags = OsString::from("-Ctarget-feature=+simd128");
    let mut remap = |folder: &Path, name: &str| {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(folder);
        flags.push(format!("={name}"));
    };
    remap(workspace, "payseal");
    for registry in registries()? {
        remap(&registry, "cargo");
    }
    remap(&standard_library()?, "rust");
    Ok(flags)
}

/// Where cargo keeps the sources of dependencies: a folder for each registry.
fn registries() -> Result<Vec<PathBuf>> {
    let explicit = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = explicit.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.context("there is no home folder")?.join("registry").join("src");
    let Ok(entries) = fs::read_dir(sources) else { return Ok(Vec::new()) };
    let folders: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    // Tests have registries of their own there, at a new address each time: naming them would build everything anew.
    let is_of_tests = |folder: &PathBuf| folder.to_string_lossy().contains("127.0.0.1-");
    Ok(folders.into_iter().filter(|folder| !is_of_tests(folder)).collect())
}

/// Where the sources of the standard library are, if they are installed.
fn standard_library() -> Result<PathBuf> {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).args(["--print", "sysroot"]).output().context("cannot run rustc")?;
    let sysroot = String::from_utf8(output.stdout).context("the sysroot is not text")?;
    Ok(Path::new(sysroot.trim()).join("lib").join("rustlib").join("src").join("rust"))
}

/// The `.wasm` file among cargo's messages, one JSON object a line.
fn module_named_in(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter_map(|message| module_among(&message["filenames"]))
        .next_back()
}

fn module_among(file_names: &Value) -> Option<PathBuf> {
    let names = file_names.as_array()?.iter().filter_map(Value::as_str);
    names.map(PathBuf::from).find(|name| name.extension().is_some_and(|extension| extension == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::module_named_in;
    use std::path::Path;

    #[test]
    fn finds_the_module_among_other_messages() {
        let messages = r#"
{"reason":"compiler-artifact","filenames":["/t/libpayseal.rlib","/t/libpayseal.rmeta"]}
{"reason":"compiler-artifact","filenames":["/t/payseal_wasm.d","/t/payseal_wasm.wasm"]}
{"reason":"build-finished","success":true}"#;
        assert_eq!(module_named_in(messages).as_deref(), Some(Path::new("/t/payseal_wasm.wasm")));
    }

    #[test]
    fn a_build_without_a_module_names_none() {
        let messages = r#"{"reason":"compiler-artifact","filenames":["/t/libpayseal_wasm.rlib"]}"#;
        assert_eq!(module_named_in(messages), None);
    }
}
