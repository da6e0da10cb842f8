//! Names, lists and lines of text.

/// `create_invoice` as `createInvoice`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    words.next().unwrap_or_default().to_owned() + &each(words, capitalised)
}

/// `create_invoice` as `CreateInvoice`.
pub(crate) fn pascal_case(name: &str) -> String {
    capitalised(&camel_case(name))
}

pub(crate) fn capitalised(name: &str) -> String {
    with_first(name, |first| first.to_uppercase().collect())
}

pub(crate) fn uncapitalised(name: &str) -> String {
    with_first(name, |first| first.to_lowercase().collect())
}

fn with_first(name: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = name.chars();
    letters.next().map(change).unwrap_or_default() + letters.as_str()
}

/// The texts of all, one after the other.
pub(crate) fn each<T>(items: impl IntoIterator<Item = T>, text: impl FnMut(T) -> String) -> String {
    items.into_iter().map(text).collect()
}

/// The texts of all with something between them.
pub(crate) fn list<T>(items: impl IntoIterator<Item = T>, between: &str, text: impl FnMut(T) -> String) -> String {
    items.into_iter().map(text).collect::<Vec<_>>().join(between)
}

/// Text in lines of at most so many characters; a longer word has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The lines of a text with white space before each that is not empty.
pub(crate) fn indented(text: &str, columns: usize) -> String {
    let indent = " ".repeat(columns);
    each(text.split_inclusive('\n'), |line| if line == "\n" { line.into() } else { format!("{indent}{line}") })
}

/// How many characters wide a text is.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case_word_by_word() {
        assert_eq!(camel_case("create_invoice"), "createInvoice");
        assert_eq!(camel_case("fiatCurrency"), "fiatCurrency");
        assert_eq!(pascal_case("list_codes"), "ListCodes");
        assert_eq!(uncapitalised("ApiForCrypto"), "apiForCrypto");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrap("incomprehensible", 6), ["incomprehensible"]);
        assert_eq!(wrap("größer als zwei", 10), ["größer als", "zwei"]);
        assert_eq!(wrap("", 6), [""]);
    }

    #[test]
    fn empty_lines_are_not_indented() {
        assert_eq!(indented("one\n\ntwo\n", 4), "    one\n\n    two\n");
        assert_eq!(indented("one", 2), "  one");
    }
}
