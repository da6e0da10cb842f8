//! What the playground of the documentation site makes its forms of, and the names it writes code with.

use std::io;

use heck::ToLowerCamelCase as _;
use serde_json::{Value, json};

use crate::files::Generated;
use crate::python::python_name;
use crate::rust::{Function, Functions, rust_name};
use crate::source::{
    Gateway, MAX_TEXT, Method, Parameter, ParameterKind, RequestSchema, Setting, SettingKind, Source, documentation,
    group_of,
};
use crate::vectors::Vectors;

const FOLDER: &str = "docs/.vitepress/theme/playground";

/// # Errors
/// Where the vectors cannot be read.
pub(crate) fn files(source: &Source) -> io::Result<Vec<Generated>> {
    let gateways = source.gateways.iter().map(gateway).collect::<io::Result<Vec<_>>>()?;
    let text = serde_json::to_string_pretty(&gateways)? + "\n";
    Ok(vec![Generated::new(FOLDER, "methods.json", text)])
}

fn gateway(gateway: &Gateway) -> io::Result<Value> {
    let vectors = Vectors::read(gateway)?;
    let functions = Functions::read(&gateway.name.to_lowercase())?;
    // The size of a body changes no request.
    let settings = gateway.settings.iter().filter(|setting| setting.kind != SettingKind::Size);
    Ok(json!({
        "name": gateway.name,
        "settings": settings.map(setting).collect::<Vec<_>>(),
        "methods": gateway.methods.iter().map(|one| method(one, &vectors, &functions)).collect::<Vec<_>>(),
    }))
}

fn setting(setting: &Setting) -> Value {
    json!({
        "name": setting.name,
        "javascript": setting.name.to_lower_camel_case(),
        "documentation": documentation(setting.documentation),
        "required": setting.required,
        "secret": setting.secret,
        "default": setting.default,
    })
}

fn method(method: &Method, vectors: &Vectors, functions: &Functions) -> Value {
    // One that takes less takes it without a struct around it.
    let rust = (method.parameters.len() > 1).then(|| rust_type(method.request, functions));
    json!({
        "name": method.name,
        "javascript": method.name.to_lower_camel_case(),
        "documentation": method.documentation,
        "rust": rust,
        "parameters": parameters(method.parameters, functions),
        "example": example(method, vectors),
    })
}

fn parameters(parameters: &[Parameter], functions: &Functions) -> Vec<Value> {
    let mut entries = Vec::new();
    for parameter in parameters {
        let (kind, group, is_long) = match parameter.kind {
            ParameterKind::Text(most) => ("text", None, most > MAX_TEXT),
            ParameterKind::Url => ("text", None, false),
            ParameterKind::Amount => ("amount", None, false),
            ParameterKind::Integer => ("integer", None, false),
            ParameterKind::Group(group) => ("group", Some(group), false),
            // No gateway has one of these, and the form has no place for them.
            ParameterKind::Boolean | ParameterKind::Texts(_) | ParameterKind::List(_) => continue,
        };
        entries.push(json!({
            "name": parameter.name,
            "python": python_name(parameter.name),
            "documentation": documentation(parameter.documentation),
            "kind": kind,
            "long": is_long,
            "required": parameter.required,
            "secret": parameter.secret,
            "rust": group.map(|group| rust_type(group, functions)),
            "members": group.map(|group| self::parameters(group.parameters, functions)).unwrap_or_default(),
        }));
    }
    entries
}

/// The type that holds parameters in Rust, and the parameters that each of its constructors takes.
fn rust_type(schema: &RequestSchema, functions: &Functions) -> Value {
    let constructors = functions.of(schema.name).filter(|function| function.is_constructor());
    let constructors = constructors.map(|one| json!({ "name": one.name, "takes": taken(one, schema) }));
    json!({ "type": schema.name, "constructors": constructors.collect::<Vec<_>>() })
}

/// The parameters that a constructor takes. One that takes a group may call it as it likes.
fn taken(constructor: &Function, schema: &RequestSchema) -> Vec<&'static str> {
    let arguments = constructor.typed_arguments().into_iter();
    let of_schema = arguments.filter_map(|(name, kind)| {
        let is_it = |it: &&Parameter| rust_name(it.name) == name || group_of(it.kind).is_some_and(|it| it.name == kind);
        schema.parameters.iter().find(is_it)
    });
    of_schema.map(|parameter| parameter.name).collect()
}

/// The input of the gateway's document, or else of the first vector.
fn example(method: &Method, vectors: &Vectors) -> Value {
    let is_documented = |call: &&Value| call["name"].as_str().is_some_and(|name| name.contains("as documented"));
    let documented = vectors.calls(method).find(is_documented);
    documented.or_else(|| vectors.calls(method).next()).map_or_else(|| json!({}), |call| call["input"].clone())
}
