//! Parameters as JavaScript wrote them.

use payseal::binding::{Argument, Parameter, ParameterKind, invalid, key_from_states, within};
use payseal::signature::Key;

use crate::constants::{ABSENT, FLOAT, GROUP, ILL_FORMED, LONG_TEXT, NUMBER, TEXT};

/// Entries of the table in order, each with its text.
pub(crate) struct Entries<'a> {
    table: std::slice::Iter<'a, u32>,
    text: &'a str,
    is_ascii: bool,
}

impl<'a> Entries<'a> {
    pub(crate) fn new(table: &'a [u32], text: &'a str) -> Self {
        Self { table: table.iter(), text, is_ascii: text.is_ascii() }
    }

    /// The kind and the text of the next entry.
    fn next(&mut self) -> (u32, &'a str) {
        let kind = self.table.next().copied().unwrap_or(ABSENT);
        let length = self.table.next().copied().unwrap_or(0) as usize;
        let bytes = if self.is_ascii { length } else { bytes_of(self.text, length) };
        let (text, rest) = self.text.split_at_checked(bytes).unwrap_or_default();
        self.text = rest;
        (kind, text)
    }

    /// The scheduled key that the next numbers of the table are: low words first.
    pub(crate) fn key(&mut self) -> Key {
        let mut word = || u64::from(self.table.next().copied().unwrap_or(0));
        key_from_states(&std::array::from_fn(|_| std::array::from_fn(|_| word() | word() << 32)))
    }

    /// The length of the next entry, whose bytes are elsewhere.
    pub(crate) fn length(&mut self) -> u32 {
        self.table.nth(1).copied().unwrap_or(0)
    }

    /// The text of the next entry; `None` where it is absent.
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let (kind, text) = self.next();
        (kind != ABSENT).then_some(text)
    }
}

/// How many bytes the first code units of a text take.
fn bytes_of(text: &str, length: usize) -> usize {
    let mut counted = 0;
    for (byte, character) in text.char_indices() {
        if counted >= length {
            return byte;
        }
        counted += character.len_utf16();
    }
    text.len()
}

/// The arguments that the next entries are for some parameters, each group's after its own.
pub(crate) fn arguments<'a>(
    entries: &mut Entries<'a>,
    parameters: &[Parameter],
) -> payseal::Result<Vec<Option<Argument<'a>>>> {
    let mut arguments = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        let (kind, text) = entries.next();
        arguments.push(match (parameter.kind, kind) {
            (ParameterKind::Group(schema), GROUP) => {
                let members =
                    self::arguments(entries, schema.parameters).map_err(|error| within(error, parameter.name))?;
                Some(Argument::Group(members))
            }
            _ => plain(kind, text, parameter)?,
        });
    }
    Ok(arguments)
}

fn plain<'a>(kind: u32, text: &'a str, parameter: &Parameter) -> payseal::Result<Option<Argument<'a>>> {
    let refuse = |rule: &'static str| Err(invalid(parameter.name, rule));
    match kind {
        ABSENT => Ok(None),
        TEXT => Ok(Some(Argument::Text(text))),
        NUMBER => Ok(Some(Argument::Number(text))),
        FLOAT => Ok(Some(Argument::Float(text))),
        ILL_FORMED => refuse("has half a surrogate pair in it, which no encoding can send"),
        LONG_TEXT => refuse("is far too long"),
        // A value of another type: the core refuses, by its own words, a kind that the parameter never takes.
        _ => Ok(Some(match parameter.kind {
            ParameterKind::Group(..) => Argument::Text(""),
            _ => Argument::Group(Vec::new()),
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::{Entries, GROUP, TEXT, arguments};
    use payseal::binding::API_FOR_CRYPTO;

    #[test]
    fn texts_are_split_by_code_units() {
        let mut entries = Entries::new(&[TEXT, 3, 0, 0, TEXT, 2], "a😀Жb");
        assert_eq!(entries.text(), Some("a😀"));
        assert_eq!(entries.text(), None);
        assert_eq!(entries.text(), Some("Жb"));
        assert_eq!(entries.text(), None);
    }

    #[test]
    fn garbage_in_the_table_does_not_panic() {
        let mut entries = Entries::new(&[GROUP, u32::MAX, 99, 99, TEXT], "Ж");
        let method = &API_FOR_CRYPTO.methods[0];
        assert!(arguments(&mut entries, method.request.parameters).is_ok());
    }
}
