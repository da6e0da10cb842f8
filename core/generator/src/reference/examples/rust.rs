//! A program in Rust: parameters are made by the constructors and setters that the core's sources have.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{WIDTH, example_of, required};
use crate::reference::module;
use crate::rust::{Functions, rust_name};
use crate::source::{FieldKind, Gateway, Method, Parameter, ParameterKind, RequestSchema, SettingKind, group_of};
use crate::vectors::{Shown, What};
use crate::words::{each, list};

/// A program, as far as it is written: what it imports from the gateway's module, and from `payseal`.
pub(super) struct Program<'a> {
    gateway: &'a Gateway,
    functions: &'a Functions,
    of_module: BTreeSet<String>,
    of_root: BTreeSet<&'static str>,
}

/// An object that a constructor makes.
pub(super) struct Made {
    pub(super) expression: String,
    /// The parameters that it was given.
    pub(super) given: Vec<&'static str>,
}

impl<'a> Program<'a> {
    pub(super) fn new(gateway: &'a Gateway, functions: &'a Functions) -> Self {
        let of_module = BTreeSet::from([gateway.name.to_owned()]);
        Self { gateway, functions, of_module, of_root: BTreeSet::new() }
    }

    /// What a method takes: nothing, the only parameter, or all of them as a struct. Nothing if no constructor fits.
    pub(super) fn argument(&mut self, method: &Method, input: &Value) -> Option<String> {
        match method.parameters {
            [] => self.functions.find(self.gateway.name, method.name).map(|_| String::new()),
            [parameter] if parameter.required => Some(input[parameter.name].to_string()),
            [parameter] => Some(match &input[parameter.name] {
                Value::Null => "None".into(),
                value => format!("Some({value})"),
            }),
            parameters => {
                let made = self.made(method.request, input)?;
                Some(format!("&{}", self.completed(&made, parameters, input)))
            }
        }
    }

    /// An object made by the first constructor whose arguments are all in an input.
    pub(super) fn made(&mut self, schema: &RequestSchema, input: &Value) -> Option<Made> {
        let (name, functions) = (schema.name, self.functions);
        let find = |argument: &&str| schema.parameters.iter().find(|it| rust_name(it.name) == **argument);
        let mut constructors = functions.of(name).filter(|function| function.is_constructor());
        let (constructor, arguments) = constructors.find_map(|constructor| {
            let arguments: Option<Vec<_>> = constructor.arguments().iter().map(find).collect();
            let arguments = arguments.filter(|all| all.iter().all(|it| !input[it.name].is_null()))?;
            Some((constructor, arguments))
        })?;
        self.of_module.insert(name.into());
        let values = list(&arguments, ", ", |it| self.value(it, &input[it.name], false));
        let given = arguments.iter().map(|it| it.name).collect();
        Some(Made { expression: format!("{name}::{}({values})", constructor.name), given })
    }

    /// The object with the parameters that its constructor was not given.
    fn completed(&mut self, made: &Made, parameters: &[Parameter], input: &Value) -> String {
        let further = parameters.iter().filter(|it| !made.given.contains(&it.name) && !input[it.name].is_null());
        self.with(&made.expression, further, input)
    }

    /// An object with some parameters set, a line for each if they are many.
    pub(super) fn with<'p>(
        &mut self,
        object: &str,
        parameters: impl IntoIterator<Item = &'p Parameter>,
        input: &Value,
    ) -> String {
        let set = |it: &Parameter| format!(".{}({})", rust_name(it.name), self.value(it, &input[it.name], true));
        let setters: Vec<_> = parameters.into_iter().map(set).collect();
        let line = format!("{object}{}", setters.concat());
        // What is around it takes room, too.
        if line.len() < WIDTH - 30 {
            line
        } else {
            format!("{object}{}", each(setters, |setter| format!("\n    {setter}")))
        }
    }

    /// A value, where another type may be expected than the parameter's.
    fn value(&mut self, parameter: &Parameter, value: &Value, is_converted: bool) -> String {
        if let Some(group) = group_of(parameter.kind) {
            let made = self.made(group, value);
            return made.map_or_else(String::new, |made| self.completed(&made, group.parameters, value));
        }
        match (parameter.kind, value.as_str()) {
            (ParameterKind::Amount, _) if is_converted => {
                self.of_root.insert("Amount");
                format!("{value}.parse::<Amount>()?")
            }
            (ParameterKind::Amount, _) => format!("{value}.parse()?"),
            (ParameterKind::Integer, Some(digits)) => digits.into(),
            _ => value.to_string(),
        }
    }

    /// An object of a type, before anything is set.
    pub(super) fn empty(&mut self, schema: &RequestSchema) -> String {
        self.of_module.insert(schema.name.into());
        format!("{}::new()", schema.name)
    }

    /// All of it: imports, a client, and the statements.
    pub(super) fn text(mut self, statements: &str) -> String {
        let settings = list(required(self.gateway), ", ", |setting| match setting.kind {
            SettingKind::Secret | SettingKind::Secrets => {
                self.of_root.insert("Secret");
                format!("Secret::new({:?})?", example_of(setting))
            }
            SettingKind::Text | SettingKind::Size => format!("{:?}", example_of(setting)),
        });
        let of_module = imports(&format!("{}::", module(self.gateway)), self.of_module.iter().map(String::as_str));
        let of_root = imports("", self.of_root.iter().copied());
        let name = self.gateway.name;
        format!(
            "{of_module}{of_root}\nlet client = {name}::new({settings});\n{statements}# Ok::<(), payseal::Error>(())\n"
        )
    }
}

fn imports<'n>(path: &str, names: impl Iterator<Item = &'n str>) -> String {
    match &names.collect::<Vec<_>>()[..] {
        [] => String::new(),
        [name] => format!("use payseal::{path}{name};\n"),
        names => format!("use payseal::{path}{{{}}};\n", names.join(", ")),
    }
}

/// What is shown of `answer`; of several types a function tells the status.
pub(super) fn asserted(Shown { lists, what }: &Shown, is_union: bool) -> String {
    let lists = each(lists, |name| format!(".{}[0]", rust_name(name)));
    match what {
        What::IsPaid(status, is_paid) => {
            let call = if is_union { "()" } else { "" };
            format!("assert!({}answer{lists}.{status}{call}.is_paid());\n", if *is_paid { "" } else { "!" })
        }
        What::Amount(currency, amount) => format!("assert_eq!(answer{lists}[{currency:?}].to_string(), {amount:?});\n"),
        What::Field(field, value) => {
            let text = if matches!(field.kind, FieldKind::Amount) { ".to_string()" } else { "" };
            format!("assert_eq!(answer{lists}.{}{text}, {value:?});\n", rust_name(field.name))
        }
    }
}
