//! Prints the public items of a crate, one a line, from what `rustdoc --output-format json` wrote.
//!
//! Exits with 2 if a compiler wrote it whose format is newer than what is known here.

use std::error::Error;
use std::process::ExitCode;

use public_api::Builder;

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("name the file that rustdoc wrote");
        return ExitCode::FAILURE;
    };
    match print(&file) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(file: &str) -> Result<ExitCode, Box<dyn Error>> {
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let format = written["format_version"].as_u64().ok_or("has no format_version")?;
    if format > u64::from(rustdoc_types::FORMAT_VERSION) {
        eprintln!(
            "rustdoc wrote format {format}; take a later public-api than the one for {}",
            rustdoc_types::FORMAT_VERSION
        );
        return Ok(ExitCode::from(2));
    }
    // What the compiler derives or gives to every type says nothing about what we promise.
    let api = Builder::from_rustdoc_json(file)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()?;
    for item in api.items() {
        println!("{item}");
    }
    Ok(ExitCode::SUCCESS)
}
