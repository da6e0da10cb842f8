//! Writes what follows from the core's tables: files of both packages, the pages of the reference and the forms of the
//! playground; with `--check`, says which are out of date; with `--into`, writes them to another folder, as tests want
//! them.
//!
//! `source` reads the tables. Each language is a folder that turns them into files, and so is the reference, which asks the
//! languages what things are called: to add one, add a folder, and its files to [`generated`].

mod files;
mod playground;
mod python;
mod reference;
mod rust;
mod source;
mod typescript;
mod vectors;
mod words;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use files::{Generated, repository};
use source::Source;

const COMMAND: &str = "cargo run -q -p payseal-generator";

fn main() -> ExitCode {
    run().unwrap_or_else(|error| failure(&error.to_string()))
}

fn run() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files = generated(&Source::read())?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => files.iter().try_for_each(|file| file.write(&repository()))?,
        ["--into", folder] => files.iter().try_for_each(|file| file.write(Path::new(folder)))?,
        ["--check"] => {
            let current = |file: &&Generated| file.is_current(&repository());
            let stale: Vec<_> = files.iter().filter(|file| !current(file)).map(Generated::place).collect();
            if !stale.is_empty() {
                return Ok(failure(&format!("{}\nout of date: run `{COMMAND}`", stale.join("\n"))));
            }
        }
        _ => return Ok(failure(&format!("usage: {COMMAND} [-- --check | --into FOLDER]"))),
    }
    Ok(ExitCode::SUCCESS)
}

fn generated(source: &Source) -> io::Result<Vec<Generated>> {
    let mut files = typescript::files(source);
    files.extend(python::files(source)?);
    files.extend(reference::files(source)?);
    files.extend(playground::files(source)?);
    Ok(files)
}

fn failure(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::FAILURE
}
