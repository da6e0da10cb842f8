//! What types are called in each language.

use heck::{ToLowerCamelCase as _, ToUpperCamelCase as _};

use super::markdown::{code, code_link, type_anchor};
use crate::rust::{Functions, rust_name};
use crate::source::{
    Field, FieldKind, MAX_TEXT, Parameter, ParameterKind, ResponseSchema, Setting, SettingKind, Source,
    is_always_there, is_list,
};
use crate::words::list;
use crate::{python, typescript};

/// Name and type of a parameter or field in each language, as cells of a table.
pub(super) fn parameter_cells(parameter: &Parameter) -> [String; 3] {
    let rust = rust_parameter(parameter);
    let rust = linked(&rust, parameter_type_name(parameter));
    [rust, code(&typescript::parameter_type(parameter)), python_cell(parameter.name, &python::type_of(parameter, ""))]
}

pub(super) fn field_cells(source: &Source, schema: &ResponseSchema, field: &Field) -> [String; 3] {
    let rust = linked(&rust_field(field), field_type_name(field));
    let javascript = typescript::field_type(source, schema, field);
    let optional = if is_always_there(field) { "" } else { " | undefined" };
    [rust, code(&format!("{javascript}{optional}")), python_cell(field.name, &python::field_type(field))]
}

fn linked(text: &str, type_name: Option<&str>) -> String {
    type_name.map_or_else(|| code(text), |name| code_link(text, &type_anchor(name)))
}

/// The type in Python, with the name where that is another one.
fn python_cell(name: &str, type_name: &str) -> String {
    let python_name = python::python_name(name);
    if python_name == name { code(type_name) } else { code(&format!("{python_name}: {type_name}")) }
}

/// The type that a parameter is of, where it has a section of its own.
fn parameter_type_name(parameter: &Parameter) -> Option<&'static str> {
    match parameter.kind {
        ParameterKind::Group(group) | ParameterKind::List(group) => Some(group.name),
        _ => parameter.choice.map(|choice| choice.name),
    }
}

fn field_type_name(field: &Field) -> Option<&'static str> {
    match field.kind {
        FieldKind::Group(schema) | FieldKind::List(schema) => Some(schema.name),
        FieldKind::Choice(choice) => Some(choice.name),
        _ => None,
    }
}

pub(super) fn rust_parameter(parameter: &Parameter) -> String {
    let one = match parameter.kind {
        ParameterKind::Texts(_) => return "Vec<String>".into(),
        ParameterKind::List(group) => return format!("Vec<{}>", group.name),
        ParameterKind::Text(_) if parameter.secret => "SecretText",
        ParameterKind::Text(most) if most > MAX_TEXT => "LongText",
        ParameterKind::Text(_) => parameter.choice.map_or("String", |choice| choice.name),
        ParameterKind::Url => "Url",
        ParameterKind::Amount => "Amount",
        ParameterKind::Integer => "i64",
        ParameterKind::Boolean => "bool",
        ParameterKind::Group(group) => group.name,
    };
    if parameter.required { one.into() } else { format!("Option<{one}>") }
}

pub(super) fn rust_field(field: &Field) -> String {
    let one = match field.kind {
        FieldKind::Text if field.secret => "SecretText",
        FieldKind::Text => "String",
        FieldKind::Amount => "Amount",
        FieldKind::Integer => "u64",
        FieldKind::Boolean => "bool",
        FieldKind::Choice(choice) => choice.name,
        FieldKind::Group(schema) => schema.name,
        FieldKind::Texts => return "Vec<String>".into(),
        FieldKind::List(schema) => return format!("Vec<{}>", schema.name),
    };
    if is_always_there(field) && !is_list(field) { one.into() } else { format!("Option<{one}>") }
}

/// The variant of an enumeration in Rust.
pub(super) fn variant(value: &str) -> String {
    value.to_upper_camel_case()
}

/// Name and type of a setting in each language.
pub(super) fn setting_cells(client: &str, setting: &Setting, functions: &Functions) -> [String; 3] {
    let has_name = |name: &str| name == setting.name || name.strip_prefix("with_") == Some(setting.name);
    let setter = functions.of(client).find(|function| function.is_setter() && has_name(&function.name));
    let rust = match setter {
        Some(setter) => code(&setter.signature.replace("mut self, ", "").replace(" -> Self", "")),
        None if functions.find(client, "new").is_some() => "of `new`".into(),
        None => String::new(),
    };
    let (javascript, python) = (typescript::setting_type(setting.kind), python_setting(setting.kind));
    let javascript = format!("{}: {javascript}", setting.name.to_lower_camel_case());
    [rust, code(&javascript), code(&format!("{}: {python}", setting.name))]
}

fn python_setting(kind: SettingKind) -> String {
    match kind {
        // A list or a tuple: the annotation tells each of them apart.
        SettingKind::Secrets => "Secret | list[Secret] | tuple[Secret, ...]".into(),
        kind => python::setting_type(kind).replace("payseal.types.", ""),
    }
}

/// Parameters as Python declares them, without their types.
pub(super) fn python_parameters(parameters: &[Parameter], further: &str) -> String {
    let (required, optional): (Vec<_>, Vec<_>) = parameters.iter().partition(|parameter| parameter.required);
    let by_name = if parameters.len() < 2 { None } else { Some("*".to_owned()) };
    let required = required.iter().map(|it| python::python_name(it.name).to_owned());
    let optional = optional.iter().map(|it| format!("{}=None", python::python_name(it.name)));
    let further = Some(further.to_owned()).filter(|further| !further.is_empty());
    list(by_name.into_iter().chain(required).chain(optional).chain(further), ", ", |text| text)
}

/// A parameter or field as the gateway calls it, and as Rust has to write it.
pub(super) fn name_cell(name: &str) -> String {
    let rust = rust_name(name);
    if rust == name { code(name) } else { format!("{} (Rust: {})", code(name), code(&rust)) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::*;
    use crate::files::repository;
    use crate::reference::module;
    use crate::source::{Gateway, RequestSchema, groups};

    /// The types of all public fields of the crate, by their paths, without the paths of types.
    fn public_fields() -> BTreeMap<String, String> {
        let listed = fs::read_to_string(repository().join("core/public-api.txt")).unwrap();
        let fields = listed.lines().filter_map(|line| line.strip_prefix("pub payseal::")?.split_once(": "));
        fields.map(|(path, kind)| (path.into(), without_paths(kind))).collect()
    }

    fn without_paths(kind: &str) -> String {
        let parts = kind.split_inclusive(['<', '>', ' ', ',']);
        parts.map(|part| part.rsplit("::").next().unwrap_or_default()).collect()
    }

    fn add_groups(schema: &'static RequestSchema, all: &mut Vec<&'static RequestSchema>) {
        all.push(schema);
        groups(schema.parameters).for_each(|group| add_groups(group, all));
    }

    fn request_schemas(gateway: &Gateway) -> Vec<&'static RequestSchema> {
        let mut all = Vec::new();
        let methods = gateway.methods.iter().map(|method| method.request).filter(|it| !it.parameters.is_empty());
        methods.chain(gateway.further_parameters()).for_each(|schema| add_groups(schema, &mut all));
        all
    }

    /// The type of a public field of a gateway's type.
    fn public_field(public: &BTreeMap<String, String>, gateway: &Gateway, owner: &str, name: &str) -> String {
        let path = format!("{}::{owner}::{name}", module(gateway));
        public.get(&path).unwrap_or_else(|| panic!("{path} is not public")).clone()
    }

    /// The gateways that are not of tests only.
    fn gateways(source: &Source) -> impl Iterator<Item = &Gateway> {
        source.gateways.iter().filter(|gateway| repository().join("core/src").join(module(gateway)).exists())
    }

    #[test]
    fn the_types_of_parameters_are_those_of_the_crate() {
        let (source, public) = (Source::read(), public_fields());
        for gateway in gateways(&source) {
            for schema in request_schemas(gateway) {
                for parameter in schema.parameters {
                    let kind = public_field(&public, gateway, schema.name, parameter.name);
                    assert_eq!(rust_parameter(parameter), kind, "{}::{}", schema.name, parameter.name);
                }
            }
        }
    }

    #[test]
    fn the_types_of_fields_are_those_of_the_crate() {
        let (source, public) = (Source::read(), public_fields());
        for gateway in gateways(&source) {
            let methods = gateway.methods.iter().flat_map(|method| method.schemas);
            for schema in methods.chain(gateway.callback.schemas) {
                // A notification has those of its invoice, and gives them out as its own.
                let held = public.get(&format!("{}::{}::invoice", module(gateway), schema.name));
                let owner = held.filter(|held| source.types.contains_key(held.as_str())).map_or(schema.name, |it| it);
                for field in schema.fields {
                    let kind = public_field(&public, gateway, owner, field.name);
                    assert_eq!(rust_field(field), kind, "{owner}::{}", field.name);
                }
            }
        }
    }
}
