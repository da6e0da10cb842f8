//! What the playground of the documentation site makes its forms of, and the names it writes code with.

use std::io;

use heck::ToLowerCamelCase as _;
use serde_json::{Value, json};

use crate::files::Generated;
use crate::python::python_name;
use crate::source::{Gateway, MAX_TEXT, Method, Parameter, ParameterKind, Setting, SettingKind, Source, documentation};
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
    // The size of a body changes no request.
    let settings = gateway.settings.iter().filter(|setting| setting.kind != SettingKind::Size);
    Ok(json!({
        "name": gateway.name,
        "settings": settings.map(setting).collect::<Vec<_>>(),
        "methods": gateway.methods.iter().map(|one| method(one, &vectors)).collect::<Vec<_>>(),
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

fn method(method: &Method, vectors: &Vectors) -> Value {
    json!({
        "name": method.name,
        "javascript": method.name.to_lower_camel_case(),
        "documentation": method.documentation,
        "parameters": parameters(method.parameters),
        "example": example(method, vectors),
    })
}

fn parameters(parameters: &[Parameter]) -> Vec<Value> {
    let mut entries = Vec::new();
    for parameter in parameters {
        let (kind, members, is_long) = match parameter.kind {
            ParameterKind::Text(most) => ("text", None, most > MAX_TEXT),
            ParameterKind::Url => ("text", None, false),
            ParameterKind::Amount => ("amount", None, false),
            ParameterKind::Integer => ("integer", None, false),
            ParameterKind::Group(group) => ("group", Some(group.parameters), false),
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
            "members": members.map(self::parameters).unwrap_or_default(),
        }));
    }
    entries
}

/// The input of the gateway's document, or else of the first vector.
fn example(method: &Method, vectors: &Vectors) -> Value {
    let is_documented = |call: &&Value| call["name"].as_str().is_some_and(|name| name.contains("as documented"));
    let documented = vectors.calls(method).find(is_documented);
    documented.or_else(|| vectors.calls(method).next()).map_or_else(|| json!({}), |call| call["input"].clone())
}
