//! The rules that concern several parameters or the range of one. They are code in the core: what it says of the inputs that
//! every language has to refuse tells them.

use std::io;

use payseal::Error;
use serde_json::Value;

use super::markdown::code;
use crate::source::{Argument, Gateway, NamedArguments, Parameter, ParameterKind, RequestSchema, groups};
use crate::vectors::bad_inputs;

/// The rules of a method, or of what is signed or expected, each with the parameter that its error names.
///
/// # Errors
/// Where the vectors cannot be read.
pub(super) fn of(gateway: &Gateway, method: &str, schema: &RequestSchema) -> io::Result<Vec<String>> {
    let inputs = bad_inputs()?;
    let is_of_method = |input: &&Value| {
        input["gateway"] == gateway.name.to_lowercase() && input["operation"] == "call" && input["method"] == method
    };
    let mut rules = Vec::new();
    let inputs = inputs.as_array().into_iter().flatten().filter(is_of_method).map(|input| &input["input"]);
    for input in inputs.chain([&Value::Null]) {
        add_violated(schema, input, "", &mut rules);
    }
    Ok(rules)
}

fn add_violated(schema: &RequestSchema, input: &Value, within: &str, rules: &mut Vec<String>) {
    if let Err(Error::InvalidInput { field, rule, .. }) = (schema.rules)(NamedArguments::new(&arguments(schema, input)))
    {
        let rule = format!("{} {rule}", code(&format!("{within}{field}")));
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    for parameter in schema.parameters {
        for group in groups(std::slice::from_ref(parameter)) {
            add_violated(group, &input[parameter.name], &format!("{within}{}.", parameter.name), rules);
        }
    }
}

/// What of an input can be an argument at all.
fn arguments<'a>(schema: &RequestSchema, input: &'a Value) -> Vec<Option<Argument<'a>>> {
    schema.parameters.iter().map(|parameter| argument(parameter, &input[parameter.name])).collect()
}

fn argument<'a>(parameter: &Parameter, value: &'a Value) -> Option<Argument<'a>> {
    match (parameter.kind, value) {
        (ParameterKind::Group(group), Value::Object(_)) => Some(Argument::Group(arguments(group, value))),
        (ParameterKind::Amount | ParameterKind::Integer, Value::String(digits)) => Some(Argument::Number(digits)),
        (ParameterKind::Integer, Value::Number(number)) => number.as_i64().map(Argument::Integer),
        (ParameterKind::Text(_) | ParameterKind::Url, Value::String(text)) => Some(Argument::Text(text)),
        (ParameterKind::Boolean, Value::Bool(boolean)) => Some(Argument::Boolean(*boolean)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn rules_are_those_of_the_core() {
        let source = Source::read();
        let bitloga = source.gateways.iter().find(|gateway| gateway.name == "Bitloga").unwrap();
        let rules_of = |name: &str| of(bitloga, name, bitloga.method(name).unwrap().request).unwrap();
        let status = "`status` must be Active, Redeemed or Disabled";
        let rules = rules_of("list_codes");
        assert!(rules.iter().any(|rule| rule == status), "{rules:?}");
        assert_eq!(rules.len(), 3);
        assert_eq!(rules_of("withdraw"), [""; 0]);
        let expected = bitloga.callback.expected.unwrap();
        let rules = of(bitloga, "expect", expected).unwrap();
        assert_eq!(rules, ["`uniqueid` or another expected field is required"]);
    }

    #[test]
    fn a_rule_of_a_group_names_the_group() {
        let source = Source::read();
        let crypto = source.gateways.iter().find(|gateway| gateway.name == "ApiForCrypto").unwrap();
        let rules = of(crypto, "create_invoice", crypto.method("create_invoice").unwrap().request).unwrap();
        let rule = "`fiatCurrency.value` must be a whole number, without fraction or exponent";
        assert!(rules.iter().any(|found| found == rule), "{rules:?}");
    }
}
