//! The types of answers, and the functions that build their objects.

use super::{comment, member};
use crate::source::{
    Choice, Field, FieldKind, Known, ResponseSchema, Source, documentation, expiring, is_always_there, is_status,
    status_of, values,
};
use crate::words::{each, list};

const IMPORTS: &str = r#"import { addExtra, amounts, boolean, integer, list, text, texts, written } from "../output.js";
import { hide } from "../shown.js";
import type { Extra, Reading } from "../output.js";

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
"#;

pub(super) fn file(source: &Source) -> String {
    let mut parts = vec![IMPORTS.to_owned()];
    parts.extend(source.choices.values().map(|choice| choice_type(choice)));
    parts.extend(source.choices.values().filter(|choice| is_status(choice)).map(|choice| status_functions(choice)));
    parts.extend(source.types.values().map(|schema| interface(source, schema)));
    parts.extend(source.unions.iter().map(|(name, schemas)| union_type(name, schemas)));
    parts.extend(source.types.values().map(|schema| reader(source, schema)));
    parts.extend(source.unions.iter().map(|(name, schemas)| union_reader(name, schemas)));
    parts.join("\n")
}

/// The names of all types.
pub(super) fn names(source: &Source) -> Vec<String> {
    let names = source.types.keys().chain(source.unions.keys()).chain(source.choices.keys());
    names.chain(&["OtherType"]).map(ToString::to_string).collect()
}

fn choice_type(choice: &Choice) -> String {
    let known = each(choice.known, |known| format!("\n  | \"{}\"", known.value));
    let meanings = each(choice.known, |known| format!(" `{}`: {}", known.value, documentation(known.documentation)));
    let comment = comment(&format!("{}{meanings} Other values may come.", documentation(choice.documentation)), 0);
    format!("{comment}export type {} ={known}\n  | (string & {{}});\n", choice.name)
}

fn status_functions(choice: &Choice) -> String {
    let is_one_of = |values: Vec<&str>| list(values, " || ", |value| format!("status === \"{value}\""));
    let is_paid = is_one_of(values(choice, Known::is_paid));
    let mut is_final = is_one_of(values(choice, Known::is_final));
    let mut active = "";
    let expiring = expiring(choice);
    if !expiring.is_empty() {
        active = ", active?: boolean";
        is_final = format!("{is_final} || (active === false && ({}))", is_one_of(expiring));
    }
    let name = choice.name;
    format!(
        "\
function isPaid{name}(status: string): boolean {{
  return {is_paid};
}}

function isFinal{name}(status: string{active}): boolean {{
  return {is_final};
}}
"
    )
}

/// What is said of members that are secrets of the merchant's.
const HIDDEN: &str =
    " `console.log` does not show it; it is there for programs and for `JSON.stringify`, so that you can store it.";

fn type_of_kind(field: &Field) -> String {
    match field.kind {
        FieldKind::Text | FieldKind::Amount => "string".into(),
        FieldKind::Boolean => "boolean".into(),
        FieldKind::Integer => "number".into(),
        FieldKind::Texts => "readonly string[]".into(),
        FieldKind::List(schema) => format!("readonly {}[]", schema.name),
        FieldKind::Group(schema) => schema.name.into(),
        FieldKind::Choice(choice) => choice.name.into(),
    }
}

/// The type of a field: in a union `type` has one of its own.
pub(crate) fn field_type(source: &Source, schema: &ResponseSchema, field: &Field) -> String {
    let own = if field.name == "type" { discriminant(source, schema.name) } else { None };
    own.unwrap_or_else(|| type_of_kind(field))
}

fn interface(source: &Source, schema: &ResponseSchema) -> String {
    let name = schema.name;
    let comment = comment(&documentation(schema.documentation), 0);
    if schema.open_amounts {
        return format!("{comment}export interface {name} {{\n  readonly [currency: string]: string;\n}}\n");
    }
    let fields = each(schema.fields, |field| {
        let optional = if is_always_there(field) { "" } else { "?" };
        let typed = format!("{}{optional}: {}", field.name, field_type(source, schema, field));
        member(&(documentation(field.documentation) + if field.secret { HIDDEN } else { "" }), &typed)
    });
    let added = each(added_members(source, schema), |(documentation, typed)| member(documentation, typed));
    format!("{comment}export interface {name} {{\n{fields}{added}}}\n")
}

/// What the package adds to the fields of the gateway.
fn added_members(source: &Source, schema: &ResponseSchema) -> Vec<(&'static str, &'static str)> {
    let mut added = Vec::new();
    if let Some((_, choice)) = status_of(schema) {
        added.push(("Whether the status says that the money has arrived.", "isPaid: boolean"));
        let is_final = if expiring(choice).is_empty() {
            "Whether the status says that nothing will change any more. Unknown ones do not."
        } else {
            "Whether nothing will change any more: it is paid, or no longer active and no payment is under way."
        };
        added.push((is_final, "isFinal: boolean"));
    }
    added.push(("Fields that the gateway's document does not name, with their numbers as texts.", "extra?: Extra"));
    if !schema.event_id.is_empty() {
        added.push(("Deduplication key made of the message itself: act once for each.", "event_id: string"));
    }
    if source.is_signed(schema.name) {
        let index = "Which of the secrets, counted from 0, the callback was signed with.";
        added.push((index, "secret_index: number"));
    }
    added
}

/// In a union each type has a `type` of its own, so that a test of it tells them apart: the first word of its name.
fn discriminant(source: &Source, name: &str) -> Option<String> {
    let (union, schemas) = source.union_of(name)?;
    let is_last = schemas.last().is_some_and(|last| last.name == name);
    Some(if is_last { "OtherType".into() } else { format!("\"{}\"", name.strip_suffix(union).unwrap_or(name)) })
}

fn union_type(name: &str, schemas: &[&ResponseSchema]) -> String {
    let other = comment(
        "A `type` that the gateway's document does not name: some other text. It exists as a type only, and is an \
         enumeration because no other type of texts lets a test of `type` tell the others apart.",
        0,
    );
    let schemas = list(schemas, " | ", |schema| schema.name.into());
    format!(
        "\
{other}export declare enum OtherType {{
  Unnamed = \"\",
}}

/** One of these, by its `type`. */
export type {name} = {schemas};
"
    )
}

/// What reads a field, from its place among the numbers that say where it is.
fn value(schema: &ResponseSchema, field: &Field, at: &str) -> String {
    let value = match field.kind {
        FieldKind::Text | FieldKind::Amount | FieldKind::Choice(_) => format!("text(reading, {at})"),
        FieldKind::Boolean => format!("boolean(reading, {at})"),
        FieldKind::Integer => format!("integer(reading, {at})"),
        FieldKind::Texts => format!("texts(reading, {at})"),
        FieldKind::List(schema) => format!("list(reading, {at}, read{})", schema.name),
        FieldKind::Group(schema) => format!("read{}(reading, reading.numbers[{at} + 1]!)", schema.name),
    };
    if field.name == "type" { format!("{value} as NonNullable<{}[\"type\"]>", schema.name) } else { value }
}

/// Objects are built in the order of the gateway's document: as a literal up to the first optional field, which is the
/// fastest, and the rest member by member.
fn reader(source: &Source, schema: &ResponseSchema) -> String {
    let name = schema.name;
    let end = 2 * schema.fields.len();
    let head = format!("export function read{name}(reading: Reading, at: number): {name} {{\n");
    if schema.open_amounts {
        return format!("{head}  return amounts(reading, at + {});\n}}\n", end + 2);
    }
    let first_optional = schema.fields.iter().position(|field| !is_always_there(field)).unwrap_or(schema.fields.len());
    let mut members = Vec::new();
    let mut lines = Vec::new();
    for (position, field) in schema.fields.iter().enumerate() {
        let at = if position == 0 { "at".into() } else { format!("at + {}", 2 * position) };
        let (name, value) = (field.name, value(schema, field, &at));
        let check = if is_always_there(field) { String::new() } else { format!("if (reading.numbers[{at}] !== 0) ") };
        if position < first_optional {
            members.push(format!("    {name}: {value},\n"));
        } else {
            lines.push(format!("  {check}result.{name} = {value};\n"));
        }
    }
    if let Some((status, choice)) = status_of(schema) {
        let name = choice.name;
        let active = if expiring(choice).is_empty() { "" } else { ", result.active" };
        lines.push(format!("  result.isPaid = isPaid{name}(result.{status});\n"));
        lines.push(format!("  result.isFinal = isFinal{name}(result.{status}{active});\n"));
    }
    lines.push(format!("  if (reading.numbers[at + {}] !== 0) addExtra(result, reading, at + {end});\n", end + 1));
    if !schema.event_id.is_empty() {
        lines.push(format!("  result.event_id = written(reading, at + {});\n", end + 2));
    }
    if source.is_signed(name) {
        lines.push("  result.secret_index = reading.numbers[3]!;\n".into());
    }
    let secrets = list(schema.fields.iter().filter(|field| field.secret), ", ", |field| format!("\"{}\"", field.name));
    if !secrets.is_empty() {
        lines.push(format!("  hide(result, [{secrets}]);\n"));
    }
    let literal = if members.is_empty() { "{}".into() } else { format!("{{\n{}  }}", members.concat()) };
    let lines = lines.concat();
    format!(
        "\
{head}  const result = {literal} as Writable<{name}>;
{lines}  return result;
}}
"
    )
}

fn union_reader(name: &str, schemas: &[&ResponseSchema]) -> String {
    let readers = list(schemas, ", ", |schema| format!("read{}", schema.name));
    format!(
        "\
const shapesOf{name} = [{readers}] as const;

export function read{name}(reading: Reading, at: number): {name} {{
  return shapesOf{name}[reading.shape]!(reading, at);
}}
"
    )
}
