//! The types of parameters, and their names and values.

use heck::{ToLowerCamelCase as _, ToUpperCamelCase as _};

use super::{comment, member};
use crate::source::{
    Gateway, Method, Parameter, ParameterKind, RequestSchema, Source, documentation, group_of, groups,
};
use crate::words::{each, list};

/// Parameters that are one object: of a method, of a group, or of a function that makes no call.
struct Set {
    name: String,
    /// What takes them.
    owner: String,
    parameters: &'static [Parameter],
}

const AMOUNT: &str = "\
/** An amount: its digits, or a `number` of at most 15 significant digits. */
export type AmountInput = string | number | bigint;
";

/// Of methods without parameters.
const NONE: &str = "export const none: ParameterSet<object> = { names: [] };\n";

pub(super) fn file(source: &Source) -> String {
    let mut sets = sets(source);
    let types = list(&sets, "\n", interface);
    // A set names the sets of its groups, which have to be there before.
    sets.sort_by_key(|set| depth(set.parameters));
    let constants = list(&sets, "\n", constant);
    format!(
        r#"import type {{ ParameterSet }} from "../inputs.js";

{AMOUNT}
{types}
{NONE}
{constants}"#
    )
}

/// The names of all types.
pub(super) fn names(source: &Source) -> Vec<String> {
    sets(source).into_iter().map(|set| set.name).chain(["AmountInput".into()]).collect()
}

/// The name of the type of a method's parameters, if it has any: with that of the gateway where another has the method.
pub(crate) fn set_name(source: &Source, gateway: &Gateway, method: &Method) -> Option<String> {
    if method.parameters.is_empty() {
        return None;
    }
    let has_it = |gateway: &&Gateway| gateway.methods.iter().any(|other| other.name == method.name);
    let prefix = if source.gateways.iter().filter(has_it).count() > 1 { gateway.name } else { "" };
    Some(format!("{prefix}{}Parameters", method.name.to_upper_camel_case()))
}

fn sets(source: &Source) -> Vec<Set> {
    let mut sets = Vec::new();
    for gateway in &source.gateways {
        for method in &gateway.methods {
            let Some(name) = set_name(source, gateway, method) else { continue };
            let owner = method.name.to_lower_camel_case();
            sets.push(Set { name, owner: owner.clone(), parameters: method.parameters });
            add_groups(method.parameters, &owner, &mut sets);
        }
    }
    let further = source.gateways.iter().flat_map(Gateway::further_parameters);
    sets.extend(further.map(|schema| set_of(schema, schema.name.into())));
    sets
}

/// Adds a set for each group, and for those within it.
fn add_groups(parameters: &'static [Parameter], owner: &str, sets: &mut Vec<Set>) {
    for group in groups(parameters) {
        sets.push(set_of(group, owner.into()));
        add_groups(group.parameters, owner, sets);
    }
}

/// How many groups are within one another.
fn depth(parameters: &[Parameter]) -> usize {
    groups(parameters).map(|group| 1 + depth(group.parameters)).max().unwrap_or(0)
}

fn set_of(schema: &'static RequestSchema, owner: String) -> Set {
    Set { name: schema.name.into(), owner, parameters: schema.parameters }
}

pub(crate) fn parameter_type(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterKind::Text(_) | ParameterKind::Url => "string".into(),
        ParameterKind::Amount => "AmountInput".into(),
        ParameterKind::Integer => "number | bigint".into(),
        ParameterKind::Boolean => "boolean".into(),
        ParameterKind::Texts(_) => "readonly string[]".into(),
        ParameterKind::Group(group) => group.name.into(),
        ParameterKind::List(group) => format!("readonly {}[]", group.name),
    }
}

fn interface(set: &Set) -> String {
    let members = each(set.parameters, |parameter| {
        let (optional, undefinable) = if parameter.required { ("", "") } else { ("?", " | undefined") };
        let typed = format!("{}{optional}: {}{undefinable}", parameter.name, parameter_type(parameter));
        member(&documentation(parameter.documentation), &typed)
    });
    let comment = comment(&format!("Parameters of `{}`.", set.owner), 0);
    format!("{comment}export interface {} {{\n{members}}}\n", set.name)
}

fn constant(set: &Set) -> String {
    let names = each(set.parameters, |parameter| format!("    \"{}\",\n", parameter.name));
    let nested = each(set.parameters.iter().enumerate(), |(position, parameter)| nested(position, parameter.kind));
    let nested = if nested.is_empty() { nested } else { format!("  nested: [\n{nested}  ],\n") };
    let Set { name, .. } = set;
    format!(
        "\
export const {}: ParameterSet<{name}> = {{
  names: [
{names}  ],
{nested}}};
",
        name.to_lower_camel_case()
    )
}

/// A parameter that holds others.
fn nested(position: usize, kind: ParameterKind) -> String {
    let set = group_of(kind).map(|group| format!(", set: {}", group.name.to_lower_camel_case()));
    let is_list = kind.element().is_some();
    if set.is_none() && !is_list {
        return String::new();
    }
    format!("    {{ position: {position}, isList: {is_list}{} }},\n", set.unwrap_or_default())
}
