//! Code in lines, broken as the formatter of the repository breaks it.

use crate::words::length;

const WIDTH: usize = 120;

/// An expression, or a comma-separated list of them in brackets.
pub(super) enum Code {
    Plain(String),
    Brackets { before: String, items: Vec<Code>, after: String, breaks: Breaks },
}

/// How brackets that do not fit into a line are broken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// All items on one line where that fits: arguments and parameters.
    Once,
    /// Each item on a line of its own: a tuple.
    Everywhere,
}

impl Code {
    /// Arguments of a call, or parameters of a function.
    pub(super) fn call(before: impl Into<String>, items: Vec<Self>, after: impl Into<String>) -> Self {
        Self::Brackets { before: before.into(), items, after: after.into(), breaks: Breaks::Once }
    }

    pub(super) fn tuple(before: impl Into<String>, items: Vec<Self>) -> Self {
        let after = if items.len() == 1 { ",)" } else { ")" };
        Self::Brackets { before: before.into() + "(", items, after: after.into(), breaks: Breaks::Everywhere }
    }

    /// `return` with this.
    pub(super) fn returned(self) -> Self {
        match self {
            Self::Plain(text) => Self::Plain(format!("return {text}")),
            Self::Brackets { before, items, after, breaks } => {
                Self::Brackets { before: format!("return {before}"), items, after, breaks }
            }
        }
    }

    pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        texts.into_iter().map(|text| Self::Plain(quoted(text))).collect()
    }

    pub(super) fn names(names: impl IntoIterator<Item = String>) -> Vec<Self> {
        names.into_iter().map(Self::Plain).collect()
    }

    /// The code with its line end, indented by so many columns.
    pub(super) fn lines(&self, indent: usize) -> String {
        self.broken(indent, "")
    }

    fn flat(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Brackets { before, items, after, .. } => format!("{before}{}{after}", flat_list(items)),
        }
    }

    fn broken(&self, indent: usize, comma: &str) -> String {
        let start = " ".repeat(indent);
        let flat = self.flat() + comma;
        let fits = |text: &str, indent: usize| indent + length(text) <= WIDTH;
        match self {
            Self::Brackets { before, items, after, breaks } if !fits(&flat, indent) => {
                let inner = flat_list(items);
                let after = after.trim_start_matches(',');
                let items = if *breaks == Breaks::Once && fits(&inner, indent + 4) {
                    format!("{start}    {inner}\n")
                } else {
                    items.iter().map(|item| item.broken(indent + 4, ",")).collect()
                };
                format!("{start}{before}\n{items}{start}{after}{comma}\n")
            }
            _ => format!("{start}{flat}\n"),
        }
    }
}

fn flat_list(items: &[Code]) -> String {
    items.iter().map(Code::flat).collect::<Vec<_>>().join(", ")
}

/// A literal in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<Code> {
        Code::names((0..count).map(|number| format!("name_{number:04}")))
    }

    #[test]
    fn what_fits_is_on_one_line() {
        assert_eq!(Code::call("f(", names(2), ")").lines(4), "    f(name_0000, name_0001)\n");
        assert_eq!(Code::tuple("x = ", Code::texts(["a"])).lines(0), "x = (\"a\",)\n");
        assert_eq!(Code::tuple("", vec![]).lines(0), "()\n");
    }

    #[test]
    fn a_call_is_broken_once_and_a_tuple_everywhere() {
        let call = Code::call("some_function(", names(10), ")").lines(0);
        assert!(
            call.starts_with("some_function(\n    name_0000, name_0001, ") && call.ends_with("name_0009\n)\n"),
            "{call}"
        );
        let tuple = Code::tuple("some_name = ", names(10)).lines(0);
        assert!(tuple.starts_with("some_name = (\n    name_0000,\n    name_0001,\n"), "{tuple}");
        assert!(tuple.ends_with("    name_0009,\n)\n"), "{tuple}");
    }

    #[test]
    fn brackets_within_brackets_are_broken_where_they_must_be() {
        let call = Code::call("f(", vec![Code::Plain("a".into()), Code::tuple("", names(11))], ")").lines(0);
        assert!(call.starts_with("f(\n    a,\n    (\n        name_0000,\n"), "{call}");
        assert!(call.ends_with("        name_0010,\n    ),\n)\n"), "{call}");
    }

    #[test]
    fn literals_are_escaped() {
        assert_eq!(quoted(r#"a "b" \c"#), r#""a \"b\" \\c""#);
    }
}
