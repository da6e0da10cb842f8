//! A program in JavaScript.

use heck::ToLowerCamelCase as _;
use serde_json::Value;

use super::{WIDTH, example_of, required};
use crate::source::{Gateway, Method, Parameter, ParameterKind, group_of};
use crate::vectors::{Shown, What};
use crate::words::{each, list};

/// All of it: imports, a client, and the statements.
pub(super) fn text(gateway: &Gateway, function: Option<&str>, statements: &str) -> String {
    let settings =
        list(required(gateway), ", ", |it| format!("{}: {:?}", it.name.to_lower_camel_case(), example_of(it)));
    let (name, further) = (gateway.name, function.map(|it| format!(", {it}")).unwrap_or_default());
    format!(
        "import {{ {name}{further} }} from \"payseal\";\n\nconst client = new {name}({{ {settings} }});\n{statements}"
    )
}

/// A statement around an object, of which each member has a line if one line is too short for all.
pub(super) fn statement(before: &str, members: &[String], after: &str) -> String {
    let line = format!("{before}{}{after}\n", object(members));
    if line.len() <= WIDTH || members.is_empty() {
        return line;
    }
    format!("{before}{{\n{}}}{after}\n", each(members, |member| format!("  {member},\n")))
}

/// An object in one line; nothing if it would be empty.
pub(super) fn object(members: &[String]) -> String {
    if members.is_empty() { String::new() } else { format!("{{ {} }}", members.join(", ")) }
}

/// The members of what a method takes.
pub(super) fn input(method: &Method, input: &Value) -> Vec<String> {
    members(method.parameters, input)
}

pub(super) fn members<'p>(parameters: impl IntoIterator<Item = &'p Parameter>, input: &Value) -> Vec<String> {
    let given = parameters.into_iter().filter(|parameter| !input[parameter.name].is_null());
    given.map(|it| format!("{}: {}", it.name, value(it, &input[it.name]))).collect()
}

fn value(parameter: &Parameter, value: &Value) -> String {
    match (group_of(parameter.kind), parameter.kind, value.as_str()) {
        (Some(group), ..) => object(&members(group.parameters, value)),
        (_, ParameterKind::Integer, Some(digits)) => digits.into(),
        _ => value.to_string(),
    }
}

/// How an answer is read.
pub(super) fn read(Shown { lists, what }: &Shown) -> String {
    let lists = each(lists, |name| format!(".{name}[0]"));
    match what {
        What::IsPaid(..) => format!("{lists}.isPaid"),
        What::Amount(currency, _) => format!("{lists}[{currency:?}]"),
        What::Field(field, _) => format!("{lists}.{}", field.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_have_lines_of_their_own_if_one_is_too_short() {
        let members = ["a: 1".to_owned(), "b: { c: 2 }".to_owned()];
        assert_eq!(statement("f(", &members, ");"), "f({ a: 1, b: { c: 2 } });\n");
        assert_eq!(statement("f(", &[], ");"), "f();\n");
        let before = "f".repeat(WIDTH);
        assert_eq!(statement(&before, &members, ");"), format!("{before}{{\n  a: 1,\n  b: {{ c: 2 }},\n}});\n"));
    }
}
