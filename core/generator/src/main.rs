//! Writes the files of both packages that follow from the core's tables; with `--check`, says which are out of date.
//!
//! `source` reads the tables. Each language is a folder that turns them into files, with nothing else in common than
//! `words`: to add one, add a folder, and its files to [`generated`].

mod files;
mod python;
mod source;
mod typescript;
mod words;

use std::process::ExitCode;

use files::Generated;
use source::Source;

const COMMAND: &str = "cargo run -q -p payseal-generator";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files = generated(&Source::read());
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => write(&files),
        ["--check"] => check(&files),
        _ => failure(&format!("usage: {COMMAND} [-- --check]")),
    }
}

fn generated(source: &Source) -> Vec<Generated> {
    let mut files = typescript::files(source);
    files.extend(python::files(source));
    files
}

fn write(files: &[Generated]) -> ExitCode {
    for file in files {
        if let Err(error) = file.write() {
            return failure(&format!("{}: {error}", file.place()));
        }
    }
    ExitCode::SUCCESS
}

fn check(files: &[Generated]) -> ExitCode {
    let stale = words::each(files.iter().filter(|file| !file.is_current()), |file| file.place() + "\n");
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    failure(&format!("{stale}out of date: run `{COMMAND}`"))
}

fn failure(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::FAILURE
}
