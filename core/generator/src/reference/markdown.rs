//! Pieces of a page.

use crate::words::{each, list};

pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A link with code for its words.
pub(super) fn code_link(text: &str, target: &str) -> String {
    format!("[`{text}`]({target})")
}

/// A table with a blank line after it; nothing without rows.
pub(super) fn table<const COLUMNS: usize>(head: [&str; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let row = |cells: &[String]| format!("| {} |\n", list(cells, " | ", |cell| cell.trim().replace('|', "\\|")));
    format!("| {} |\n|{}\n{}\n", head.join(" | "), "---|".repeat(COLUMNS), each(rows, |cells| row(cells)))
}

/// The head of a column that has all languages, one below the other: side by side they would leave no room for words.
pub(super) const LANGUAGES: &str = "Rust, JavaScript, Python";

/// A cell of that column.
pub(super) fn below_each_other(cells: &[String; 3]) -> String {
    cells.join("<br>")
}

/// A list with a blank line after it; nothing without entries.
pub(super) fn bullets(entries: &[String]) -> String {
    if entries.is_empty() { String::new() } else { each(entries, |entry| format!("- {entry}\n")) + "\n" }
}

/// What the core says of something, in paragraphs.
pub(super) fn paragraphs(documentation: &str) -> String {
    each(documentation.split("  ").filter(|paragraph| !paragraph.is_empty()), |paragraph| format!("{paragraph}\n\n"))
}

/// The words with a link to what docs.rs has of it.
pub(super) fn with_link(documentation: &str, docs_rs: &str) -> String {
    format!("{} ([docs.rs]({docs_rs}))", paragraphs(documentation).trim_end())
}

/// The same in one line.
pub(super) fn line(documentation: &str) -> String {
    documentation.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The anchor of a type's heading.
pub(super) fn type_anchor(name: &str) -> String {
    format!("#type-{}", name.to_lowercase())
}

/// A link to the page of errors.
pub(super) fn error(code: &str) -> String {
    code_link(code, &format!("../errors.md#{code}"))
}

/// The same in three languages, each as code; what Rust has is documented at an address.
pub(super) fn in_each_language(rust: Option<(&str, &str)>, javascript: &str, python: &str) -> String {
    let rust = rust.map(|(rust, docs_rs)| format!("Rust: {} ([docs.rs]({docs_rs}))", code(rust)));
    let others = [format!("JavaScript: {}", code(javascript)), format!("Python: {}", code(python))];
    bullets(&rust.into_iter().chain(others).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_have_a_bar_in_it() {
        let table = table(["a", "b"], &[[code("str | None"), "words ".into()]]);
        assert_eq!(table, "| a | b |\n|---|---|\n| `str \\| None` | words |\n\n");
    }

    #[test]
    fn two_blanks_are_between_paragraphs() {
        assert_eq!(paragraphs("One.  Two."), "One.\n\nTwo.\n\n");
        assert_eq!(line("One.  Two."), "One. Two.");
    }
}
