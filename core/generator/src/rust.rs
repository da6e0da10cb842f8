//! What the Rust types of a gateway can do, read from their sources: constructors, setters of clients and functions are
//! written by hand there, and follow from no table.

use std::path::Path;
use std::{fs, io};

use crate::files::repository;

/// The functions in one folder of the core.
pub(crate) struct Functions(Vec<Function>);

/// One public function of a type.
pub(crate) struct Function {
    /// The type that it belongs to.
    pub(crate) owner: String,
    pub(crate) name: String,
    /// As it is declared, from the name on.
    pub(crate) signature: String,
    /// The first paragraph of its documentation.
    pub(crate) documentation: String,
}

impl Functions {
    /// Those of a gateway: none for one that has no folder in the core.
    ///
    /// # Errors
    /// Where a source cannot be read.
    pub(crate) fn read(module: &str) -> io::Result<Self> {
        let mut functions = Vec::new();
        let folder = repository().join("core/src").join(module);
        if folder.is_dir() {
            add_folder(&folder, &mut functions)?;
        }
        Ok(Self(functions))
    }

    /// Those of a type, in the order of the sources.
    pub(crate) fn of<'a>(&'a self, owner: &'a str) -> impl Iterator<Item = &'a Function> {
        self.0.iter().filter(move |function| function.owner == owner)
    }

    pub(crate) fn find(&self, owner: &str, name: &str) -> Option<&Function> {
        self.0.iter().find(|function| function.owner == owner && function.name == name)
    }
}

impl Function {
    /// Whether it makes an object of its type of something else.
    pub(crate) fn is_constructor(&self) -> bool {
        self.signature.ends_with("-> Self") && !self.takes_self()
    }

    /// Whether it changes an object that is being made.
    pub(crate) fn is_setter(&self) -> bool {
        self.signature.ends_with("-> Self") && self.signature.contains("(mut self")
    }

    fn takes_self(&self) -> bool {
        ["(self", "(&self", "(&mut self", "(mut self"].iter().any(|start| self.signature.contains(start))
    }

    /// The names of its arguments.
    pub(crate) fn arguments(&self) -> Vec<&str> {
        self.typed_arguments().into_iter().map(|(name, _)| name).collect()
    }

    /// The names and types of its arguments.
    pub(crate) fn typed_arguments(&self) -> Vec<(&str, &str)> {
        let arguments = self.signature.split_once('(').map_or("", |(_, rest)| rest);
        let arguments = arguments.rsplit_once(") ->").map_or(arguments, |(arguments, _)| arguments);
        let named = arguments.split(", ").filter_map(|argument| argument.split_once(": "));
        named.filter(|(name, _)| !name.contains('>')).collect()
    }
}

/// A name as Rust writes it.
pub(crate) fn rust_name(name: &str) -> String {
    if matches!(name, "as" | "fn" | "in" | "match" | "move" | "ref" | "type" | "use" | "where") {
        format!("r#{name}")
    } else {
        name.into()
    }
}

fn add_folder(folder: &Path, functions: &mut Vec<Function>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add_folder(&path, functions)?;
        } else {
            functions.extend(functions_in(&fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The public functions of a source that is formatted: what is in an `impl` is indented by four blanks.
fn functions_in(text: &str) -> Vec<Function> {
    let mut functions = Vec::new();
    let (mut owner, mut documentation) = (None, Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with(' ') && !line.is_empty() {
            owner = owner_of(line);
        }
        if let Some(words) = line.strip_prefix("    ///") {
            documentation.push(words.trim());
        } else if let (Some(owner), Some(declared)) = (owner, declared(line)) {
            let mut signature = declared.to_owned();
            while !signature.ends_with(" {") {
                let Some(more) = lines.next() else { break };
                signature = joined(&signature, more.trim());
            }
            functions.push(function(owner, signature.trim_end_matches(" {"), &documentation));
            documentation.clear();
        } else if !line.starts_with("    #[") {
            documentation.clear();
        }
    }
    functions
}

/// The type whose own functions begin with this line.
fn owner_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("impl")?;
    let rest = if rest.starts_with('<') { rest.split_once("> ")?.1 } else { rest.trim_start() };
    let name = rest.strip_suffix(" {").filter(|name| !name.contains(" for "))?;
    Some(name.split('<').next().unwrap_or(name))
}

fn declared(line: &str) -> Option<&str> {
    let declared = line.strip_prefix("    pub ")?;
    declared.strip_prefix("const fn ").or_else(|| declared.strip_prefix("fn "))
}

/// Lines that were one before the formatter broke it.
fn joined(left: &str, right: &str) -> String {
    if left.ends_with('(') {
        format!("{left}{right}")
    } else if right.starts_with(')') {
        format!("{}{right}", left.trim_end_matches(','))
    } else {
        format!("{left} {right}")
    }
}

fn function(owner: &str, signature: &str, documentation: &[&str]) -> Function {
    let first = documentation.split(|line| line.is_empty()).next().unwrap_or_default().join(" ");
    let end = signature.find(['(', '<']).unwrap_or(signature.len());
    Function {
        owner: owner.into(),
        name: signature[..end].into(),
        signature: signature.into(),
        documentation: without_links(&first),
    }
}

/// The words without links that only rustdoc resolves, and without those to documents of the repository.
fn without_links(text: &str) -> String {
    let text = text.replace("[`", "`").replace("`]", "`");
    match text.split_once(" (docs/") {
        Some((before, rest)) => format!("{before}{}", rest.split_once(')').map_or("", |(_, after)| after)),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
impl<'a> Invoice<'a> {
    /// Makes [`Invoice`]. (docs/payouts.md#policy)
    ///
    /// More of it.
    #[must_use]
    pub fn new(
        r#type: impl Into<String>,
        amount: Amount,
    ) -> Self {
        Self {}
    }

    fn hidden(&self) {}

    pub(crate) fn also_hidden(&self) {}

    /// Sets it.
    pub fn purse(mut self, purse: &str) -> Self {
        self
    }
}

impl Clone for Invoice {
    pub fn clone(&self) -> Self {}
}
";

    #[test]
    fn public_functions_are_found_with_their_first_words() {
        let functions = functions_in(SOURCE);
        let names: Vec<_> = functions.iter().map(|it| (it.owner.as_str(), it.signature.as_str())).collect();
        let new = "new(r#type: impl Into<String>, amount: Amount) -> Self";
        assert_eq!(names, [("Invoice", new), ("Invoice", "purse(mut self, purse: &str) -> Self")]);
        assert_eq!(functions[0].documentation, "Makes `Invoice`.");
        assert_eq!(functions[0].arguments(), ["r#type", "amount"]);
        assert!(functions[0].is_constructor() && !functions[1].is_constructor());
        assert!(functions[1].is_setter() && !functions[0].is_setter());
    }

    #[test]
    fn a_gateway_without_a_folder_has_none() {
        assert_eq!(Functions::read("nowhere").unwrap().of("Bitloga").count(), 0);
        assert!(Functions::read("bitloga").unwrap().find("Bitloga", "create_invoice").is_some());
    }
}
