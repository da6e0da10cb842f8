//! Writes the documents whose Rust is tested, as rustdoc reads them: with a title, as in ```` ```rust [Rust] ````, it would
//! not take a block for Rust.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Pages that `test_start.py` follows: their blocks are files of a program with dependencies of its own.
const FOLLOWED: [&str; 1] = ["docs/start/rust.md"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut pages = vec![root.join("README.md")];
    find_pages(&root.join("docs"), &mut pages)?;
    // A new page has a line there. All of docs/ would be node_modules, too.
    println!("cargo::rerun-if-changed={}", root.join("docs/.vitepress/pages.mjs").display());

    let mut modules = String::new();
    for page in pages {
        println!("cargo::rerun-if-changed={}", page.display());
        let text = for_rustdoc(&fs::read_to_string(&page)?);
        let path = page.strip_prefix(&root)?;
        if text.contains("\n```rust\n") && !FOLLOWED.iter().any(|followed| Path::new(followed) == path) {
            let written = out.join(path);
            fs::create_dir_all(written.parent().unwrap_or(&out))?;
            fs::write(&written, text)?;
            let file = written.display();
            writeln!(modules, "#[cfg(doctest)] #[doc = include_str!(r#\"{file}\"#)] mod {} {{}}", name(path))?;
        }
    }
    fs::write(out.join("pages.rs"), modules)?;
    Ok(())
}

/// Adds the pages of a folder, and of the folders within it that are not a tool's.
fn find_pages(folder: &Path, pages: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "node_modules" && !name.starts_with('.') {
            find_pages(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    Ok(())
}

/// A page's text, line by line. Quotations are left out: other tests compare them.
fn for_rustdoc(text: &str) -> String {
    let line = |line: &str| match line.split_once(' ').map_or(line, |(first, _)| first) {
        "```rust" => "```rust\n".to_owned(),
        "```rust,ignore" => "```text\n".to_owned(),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// The name of a page's module.
fn name(page: &Path) -> String {
    page.to_string_lossy().to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "_")
}
