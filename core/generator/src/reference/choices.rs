//! Texts with known values: statuses, and others.

use std::collections::BTreeMap;

use super::docs_rs;
use super::markdown::{code, line, table, with_link};
use super::names::variant;
use crate::source::{
    Choice, FieldKind, Gateway, Known, Parameter, ParameterKind, RequestSchema, ResponseSchema, Source, documentation,
    is_status,
};
use crate::words::each;

/// Those of one gateway, with a heading before them.
pub(super) fn section(source: &Source, gateway: &Gateway) -> String {
    let choices = choices_of(gateway);
    if choices.is_empty() {
        return String::new();
    }
    let choices = each(choices.values(), |choice| table_of(source, gateway, choice));
    format!(
        "## Statuses and other values\n\nOther values may come: each is kept as it came, and is neither paid nor \
         final.\n\n{choices}"
    )
}

fn choices_of(gateway: &Gateway) -> BTreeMap<&'static str, &'static Choice> {
    let mut choices = BTreeMap::new();
    let mut add = |choice: &'static Choice| {
        choices.insert(choice.name, choice);
    };
    let callback = gateway.callback.schemas.iter();
    for schema in gateway.methods.iter().flat_map(|method| method.schemas).chain(callback) {
        each_field_choice(schema, &mut add);
    }
    for schema in gateway.methods.iter().map(|method| method.request).chain(gateway.further_parameters()) {
        each_parameter_choice(schema, &mut add);
    }
    choices
}

fn each_field_choice(schema: &ResponseSchema, add: &mut impl FnMut(&'static Choice)) {
    for field in schema.fields {
        match field.kind {
            FieldKind::Choice(choice) => add(choice),
            FieldKind::Group(schema) | FieldKind::List(schema) => each_field_choice(schema, add),
            _ => {}
        }
    }
}

fn each_parameter_choice(schema: &RequestSchema, add: &mut impl FnMut(&'static Choice)) {
    for Parameter { choice, kind, .. } in schema.parameters {
        if let Some(choice) = choice {
            add(choice);
        }
        if let ParameterKind::Group(group) | ParameterKind::List(group) = kind {
            each_parameter_choice(group, add);
        }
    }
}

fn table_of(source: &Source, gateway: &Gateway, choice: &Choice) -> String {
    let name = choice.name;
    // What only parameters take is a text in the other languages.
    let is_type = source.choices.contains_key(name);
    let rows: Vec<_> = choice
        .known
        .iter()
        .map(|known| {
            let python = format!("{name}.{}", known.value.to_uppercase());
            let python = if is_type { code(&python) } else { code(&format!("{:?}", known.value)) };
            let rust = code(&format!("{name}::{}", variant(known.value)));
            [
                code(&format!("{:?}", known.value)),
                rust,
                python,
                says(known).into(),
                line(&documentation(known.documentation)),
            ]
        })
        .collect();
    let rust = docs_rs(gateway, &format!("enum.{name}.html"));
    let others = others(choice, is_type);
    let words = with_link(&documentation(choice.documentation), &rust);
    let table = if is_status(choice) {
        table(["Value", "Rust", "Python", "Says", ""], &rows)
    } else {
        let rows: Vec<_> =
            rows.into_iter().map(|[value, rust, python, _, words]| [value, rust, python, words]).collect();
        table(["Value", "Rust", "Python", ""], &rows)
    };
    format!("### Type {name}\n\n{words}\n\n{table}{others}\n\n")
}

/// What the status says of the money.
fn says(known: &Known) -> &'static str {
    if known.is_paid() {
        "paid, final"
    } else if known.is_final() {
        "not paid, final"
    } else if known.is_final_if_inactive() {
        "open; with `active` false not paid, final"
    } else {
        "open"
    }
}

/// How each language has values, and those that are not known.
fn others(choice: &Choice, is_type: bool) -> String {
    let name = choice.name;
    let status = if is_status(choice) { ", `is_paid()` and `is_final()`" } else { "" };
    let rust = format!("Rust: an enumeration; any other value is `{name}::Other(text)`; it has `as_str()`{status}.");
    if !is_type {
        return format!("{rust} JavaScript and Python: a text.");
    }
    let status = if is_status(choice) { ", with `is_paid` and `is_final`" } else { "" };
    format!("{rust} JavaScript: `{name}` is a text. Python: `{name}` is a `str`{status}.")
}
