//! Parameters as JavaScript wrote them.

use payseal::binding::{Argument, Parameter, ParameterKind, invalid, key_from_states, within};
use payseal::signature::Key;

use crate::constants::{ABSENT, FALSE, FLOAT, GROUP, ILL_FORMED, LIST, LONG_TEXT, NUMBER, TEXT, TRUE};

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

    /// The kind of the next entry, and its number: the length of its text, or of a list.
    fn next(&mut self) -> (u32, usize) {
        let kind = self.table.next().copied().unwrap_or(ABSENT);
        (kind, self.table.next().copied().unwrap_or(0) as usize)
    }

    /// The next text, of so many code units.
    fn take(&mut self, length: usize) -> &'a str {
        let bytes = if self.is_ascii { length } else { bytes_of(self.text, length) };
        let (text, rest) = self.text.split_at_checked(bytes).unwrap_or_default();
        self.text = rest;
        text
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
        let (kind, length) = self.next();
        let text = self.take(length);
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

/// The arguments that the next entries are for some parameters. What is in a group or a list comes after its own entry.
pub(crate) fn arguments<'a>(
    entries: &mut Entries<'a>,
    parameters: &[Parameter],
) -> payseal::Result<Vec<Option<Argument<'a>>>> {
    let mut arguments = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        arguments.push(argument(entries, parameter.kind, &|| parameter.name.into())?);
    }
    Ok(arguments)
}

/// The argument that the next entry is for a parameter, or an element of a list, of that name.
fn argument<'a>(
    entries: &mut Entries<'a>,
    parameter: ParameterKind,
    name: &dyn Fn() -> String,
) -> payseal::Result<Option<Argument<'a>>> {
    let refuse = |rule: &'static str| Err(invalid(name(), rule));
    let (kind, number) = entries.next();
    Ok(Some(match (kind, parameter, parameter.element()) {
        (ABSENT, ..) => return Ok(None),
        (TEXT, ..) => Argument::Text(entries.take(number)),
        (NUMBER, ..) => Argument::Number(entries.take(number)),
        (FLOAT, ..) => Argument::Float(entries.take(number)),
        (TRUE | FALSE, ..) => Argument::Boolean(kind == TRUE),
        (GROUP, ParameterKind::Group(schema), _) => {
            Argument::Group(arguments(entries, schema.parameters).map_err(|error| within(error, &name()))?)
        }
        (LIST, _, Some(element)) => Argument::List(elements(entries, number, element, name)?),
        (ILL_FORMED, ..) => return refuse("has half a surrogate pair in it, which no encoding can send"),
        (LONG_TEXT, ..) => return refuse("is far too long"),
        _ => misfit(parameter),
    }))
}

/// The elements of a list. There are no more than entries, whatever its length says.
fn elements<'a>(
    entries: &mut Entries<'a>,
    length: usize,
    kind: ParameterKind,
    list: &dyn Fn() -> String,
) -> payseal::Result<Vec<Argument<'a>>> {
    let mut elements = Vec::new();
    for number in 0..length.min(entries.table.len() / 2) {
        let element = argument(entries, kind, &|| format!("{}[{number}]", list()))?;
        elements.push(element.unwrap_or_else(|| misfit(kind)));
    }
    Ok(elements)
}

/// What a parameter never takes, so that the core refuses it in its own words: a value of another type, and nothing
/// within a list.
fn misfit<'a>(parameter: ParameterKind) -> Argument<'a> {
    match parameter {
        ParameterKind::Group(_) => Argument::Text(""),
        _ => Argument::Group(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use payseal::binding::{API_FOR_CRYPTO, Argument, ParameterKind};

    use super::{Entries, GROUP, LIST, TEXT, TRUE, argument, arguments};

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

    #[test]
    fn a_list_is_no_longer_than_what_is_written() {
        let table = [LIST, u32::MAX, TEXT, 1, TRUE, 0];
        let element = ParameterKind::Texts(9);
        let Ok(Some(Argument::List(elements))) = argument(&mut Entries::new(&table, "a"), element, &String::new) else {
            panic!("no list");
        };
        assert!(matches!(elements[..], [Argument::Text("a"), Argument::Boolean(true)]));
    }
}
