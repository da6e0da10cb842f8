//! The types of answers and of groups of parameters: a table for each.

use std::collections::BTreeSet;

use super::docs_rs;
use super::markdown::{LANGUAGES, below_each_other, bullets, code, code_link, line, table, type_anchor, with_link};
use super::names::{field_cells, name_cell, parameter_cells};
use crate::rust::Functions;
use crate::source::{
    Field, FieldKind, Gateway, MAX_TEXT, Parameter, ParameterKind, RequestSchema, ResponseSchema, Source,
    documentation, expiring, groups, is_secret, status_of,
};
use crate::words::{each, list};

/// Writes the types of one page, each once: where it is first needed.
pub(super) struct Types<'a> {
    pub(super) source: &'a Source,
    pub(super) gateway: &'a Gateway,
    pub(super) functions: &'a Functions,
    written: BTreeSet<&'static str>,
}

impl<'a> Types<'a> {
    pub(super) fn new(source: &'a Source, gateway: &'a Gateway, functions: &'a Functions) -> Self {
        Self { source, gateway, functions, written: BTreeSet::new() }
    }

    /// The groups among parameters, each after those that it is in.
    pub(super) fn groups(&mut self, parameters: &'static [Parameter]) -> String {
        each(groups(parameters), |group| self.group(group))
    }

    fn group(&mut self, group: &'static RequestSchema) -> String {
        if !self.written.insert(group.name) {
            return String::new();
        }
        let head = self.head(group.name, "struct", &documentation(group.documentation));
        let python = format!("Python: `payseal.types.{}`, a `dict`.\n\n", group.name);
        let (table, made_by) = (parameters(group.parameters), self.made_by(group.name));
        format!("{head}{python}{table}{made_by}{}", self.groups(group.parameters))
    }

    /// How the parameters are given in Rust.
    pub(super) fn made_by(&self, name: &str) -> String {
        let made = self.functions.of(name);
        let made = made.map(|it| format!("Rust: {}. {}", code(&format!("{name}::{}", it.signature)), it.documentation));
        bullets(&made.collect::<Vec<_>>())
    }

    /// The types of an answer, and those within them.
    pub(super) fn answer(&mut self, name: &'static str, schemas: &'static [&'static ResponseSchema]) -> String {
        let union = if schemas.len() > 1 { self.union(name, schemas) } else { String::new() };
        union + &each(schemas, |schema| self.schema(schema))
    }

    fn schema(&mut self, schema: &'static ResponseSchema) -> String {
        if !self.written.insert(schema.name) {
            return String::new();
        }
        let mut text = self.head(schema.name, "struct", &documentation(schema.documentation));
        let same = self.written_with_the_same_fields(schema);
        let mut rows: Vec<_> = match same {
            Some(_) => Vec::new(),
            None => schema.fields.iter().map(|field| self.field(schema, field)).collect(),
        };
        if let Some(same) = same {
            // Rust has no inheritance of fields.
            let fields = list(schema.fields, ", ", |field| code(field.name));
            let words = format!(
                "It has the fields of {}: {fields}. In Rust they can be read from it, and are in its `invoice`.\n\n",
                code_link(same, &type_anchor(same))
            );
            text += &words;
        }
        if schema.open_amounts {
            let cells = [code("Amount"), code("string"), code("Decimal")];
            rows.push(["each currency".into(), below_each_other(&cells), "Its amount.".into()]);
        }
        rows.extend(self.added(schema));
        text += &table(["Field", LANGUAGES, ""], &rows);
        text += &self.functions_of(schema.name);
        let inner = schema.fields.iter().filter_map(|field| match field.kind {
            FieldKind::Group(schema) | FieldKind::List(schema) => Some(schema),
            _ => None,
        });
        text + &each(inner, |schema| self.schema(schema))
    }

    fn field(&self, schema: &ResponseSchema, field: &Field) -> [String; 3] {
        let types = below_each_other(&field_cells(self.source, schema, field));
        let hidden = if is_secret(field) { " Not shown to a person." } else { "" };
        [name_cell(field.name), types, line(&documentation(field.documentation)) + hidden]
    }

    /// What the library adds to the fields of the gateway.
    fn added(&self, schema: &ResponseSchema) -> Vec<[String; 3]> {
        let mut added = Vec::new();
        let mut add = |name: &str, cells: [&str; 3], words: &str| {
            added.push([name.into(), below_each_other(&cells.map(code)), words.into()]);
        };
        if let Some((status, choice)) = status_of(schema) {
            let (paid, is_final) = (format!("{status}.is_paid"), format!("{status}.is_final"));
            let cells = [&format!("{paid}()"), "isPaid: boolean", &*paid];
            add("paid", cells, "Whether the money has arrived.");
            if expiring(choice).is_empty() {
                let cells = [&format!("{is_final}()"), "isFinal: boolean", &*is_final];
                add("final", cells, "Whether nothing will change any more. An unknown status is not final.");
            } else {
                let words = "Whether nothing will change any more, by status and `active`.";
                add("final", ["is_final()", "isFinal: boolean", "is_final"], words);
            }
        }
        if !schema.event_id.is_empty() {
            let has_secret = schema.fields.iter().any(|it| is_secret(it) && schema.event_id.contains(&it.name));
            let rust = if has_secret { "SecretText" } else { "String" };
            let words =
                format!("Deduplication key of verified material, `{}`: act once for each.", schema.event_id.join(":"));
            add("`event_id`", [rust, "string", "str"], &words);
        }
        if self.source.is_signed(schema.name) {
            let words = "Which of the client's secrets, counted from 0, it was signed with.";
            add("`secret_index`", ["usize", "number", "int"], words);
        }
        let javascript = if schema.open_amounts { "" } else { "Extra | undefined" };
        let words = "Fields that the gateway's document does not name, as they came.";
        if javascript.is_empty() {
            let cells = [code("Extra"), "not kept".into(), code("Mapping[str, Any]")];
            added.push(["`extra`".into(), below_each_other(&cells), words.into()]);
        } else {
            add("`extra`", ["Extra", javascript, "Mapping[str, Any]"], words);
        }
        added
    }

    /// A type that was written already and has the very same fields, with the same words.
    fn written_with_the_same_fields(&self, schema: &ResponseSchema) -> Option<&'static str> {
        let fields = |schema: &ResponseSchema| {
            list(schema.fields, "\n", |field| field.name.to_owned() + &documentation(field.documentation))
        };
        let mut others = self.source.types.values().filter(|other| other.name != schema.name);
        others
            .find(|other| self.written.contains(other.name) && fields(other) == fields(schema))
            .map(|other| other.name)
    }

    fn union(&mut self, name: &'static str, schemas: &[&ResponseSchema]) -> String {
        if !self.written.insert(name) {
            return String::new();
        }
        let rows: Vec<_> = schemas
            .iter()
            .map(|schema| {
                let variant = schema.name.strip_suffix(name).unwrap_or(schema.name);
                let of = schema.fields.iter().find(|field| field.name == "type");
                let discriminant =
                    of.map_or_else(String::new, |field| field_cells(self.source, schema, field)[1].clone());
                let javascript = format!("{} with `type` {discriminant}", code(schema.name));
                [code(&format!("{name}::{variant}({})", schema.name)), javascript, code(schema.name)]
            })
            .collect();
        let words = "One of several types. Rust has an enumeration, JavaScript a union that `type` tells apart, Python a base class.";
        let head = self.head(name, "enum", words);
        head + &table(["Rust", "JavaScript", "Python"], &rows) + &self.functions_of(name)
    }

    /// What a type can do in Rust besides having fields.
    fn functions_of(&self, name: &str) -> String {
        let functions = self.functions.of(name).filter(|function| !function.is_constructor());
        bullets(&functions.map(|it| format!("Rust: {}. {}", code(&it.signature), it.documentation)).collect::<Vec<_>>())
    }

    fn head(&self, name: &str, item: &str, words: &str) -> String {
        let rust = docs_rs(self.gateway, &format!("{item}.{name}.html"));
        format!("#### Type {name}\n\n{}\n\n", with_link(words, &rust))
    }
}

/// The table of parameters.
pub(super) fn parameters(parameters: &[Parameter]) -> String {
    let rows: Vec<_> = parameters
        .iter()
        .map(|parameter| {
            let types = below_each_other(&parameter_cells(parameter));
            let required = if parameter.required { ", required" } else { "" };
            let words = line(&documentation(parameter.documentation)) + limits(parameter).as_str();
            [name_cell(parameter.name) + required, types, words]
        })
        .collect();
    table(["Parameter", LANGUAGES, ""], &rows)
}

/// What a kind demands beyond the rules that hold for all of its kind.
fn limits(parameter: &Parameter) -> String {
    let mut limits = match parameter.kind {
        ParameterKind::Text(most) | ParameterKind::Texts(most) if most > MAX_TEXT => {
            format!(" At most {most} characters.")
        }
        ParameterKind::Url => " An absolute `http://` or `https://` URL.".into(),
        _ => String::new(),
    };
    if parameter.secret {
        limits += " Not shown to a person.";
    }
    limits
}
