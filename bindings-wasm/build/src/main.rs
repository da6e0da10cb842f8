//! Builds the WebAssembly module of the npm package and the JavaScript glue around it into `bindings-wasm/dist/wasm`.
//!
//! Four steps, a module each: [`compile`] the crate, generate the [`glue`], [`optimize`] the module, report its [`size`].
//! Run it with `cargo run -p payseal-wasm-build`; it needs the target `wasm32-unknown-unknown` and the node packages of
//! `bindings-wasm`, both of which `make setup` provides.
//!
//! With `--features FEATURES --into FOLDER` it builds a module for tests: another one, elsewhere, and not optimized.

mod compile;
mod freshness;
mod glue;
mod optimize;
mod size;

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<()> {
    let package = package_folder()?;
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => build_package(&package),
        ["--features", features, "--into", folder] => build_for_tests(&package, features, &absolute(folder)?),
        _ => bail!("usage: cargo run -p payseal-wasm-build [-- --features FEATURES --into FOLDER]"),
    }
}

fn build_package(package: &Path) -> Result<()> {
    let output = package.join("dist").join("wasm");
    let module = glue::module_in(&output);

    let compiled = compile::compile(package, &[])?;
    if freshness::is_newer(&module, &[&compiled, &std::env::current_exe()?]) {
        println!("{} is up to date", output.display());
    } else {
        build_into(&output, &compiled, package)?;
    }
    size::report(&module)
}

/// Builds another module. Cargo has one place for modules of the same name, so this one has a place of its own.
fn build_for_tests(package: &Path, features: &str, output: &Path) -> Result<()> {
    let target = output.with_extension("cargo");
    let arguments = ["--features".as_ref(), features.as_ref(), "--target-dir".as_ref(), target.as_os_str()];
    glue::generate(read(&compile::compile(package, &arguments)?)?, output)
}

/// The folder of the npm package: the one that holds this program's own folder.
fn package_folder() -> Result<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = own.parent().context("the build program has left `bindings-wasm`")?;
    Ok(package.to_path_buf())
}

/// Fills `output`, which appears whole or not at all: a failed step must not leave a half-made module to be packed.
fn build_into(output: &Path, compiled: &Path, package: &Path) -> Result<()> {
    let partial = output.with_extension("partial");
    remove_folder(&partial)?;

    glue::generate(read(compiled)?, &partial)?;
    optimize::optimize(&glue::module_in(&partial), package)?;

    remove_folder(output)?;
    fs::rename(&partial, output).with_context(|| format!("cannot move the result to {}", output.display()))
}

fn read(module: &Path) -> Result<Vec<u8>> {
    fs::read(module).with_context(|| format!("cannot read {}", module.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
