//! The methods of a client: a class for each gateway, which the one written by hand extends.

use std::collections::BTreeSet;

use heck::ToLowerCamelCase as _;

use super::comment;
use super::parameters::set_name;
use crate::source::{Gateway, Method, Source};
use crate::words::{each, list};

pub(super) fn file(source: &Source, gateway: &Gateway) -> String {
    let Gateway { name, number, .. } = gateway;
    let answers: BTreeSet<_> = gateway.methods.iter().map(|method| method.answer).collect();
    let sets: BTreeSet<_> = gateway.methods.iter().filter_map(|method| set_name(source, gateway, method)).collect();
    let none = if sets.len() < gateway.methods.len() { ", none" } else { "" };
    let answer_names = list(&answers, ", ", |answer| (*answer).into());
    let readers = list(&answers, ", ", |answer| format!("read{answer}"));
    let set_types = list(&sets, ", ", String::clone);
    let set_names = list(&sets, ", ", |set| set.to_lower_camel_case()) + none;
    let positions = each(gateway.methods.iter().enumerate(), |(position, method)| {
        format!("export const {} = {position};\n", constant(method))
    });
    let methods = list(&gateway.methods, "\n", |method| self::method(method, set_name(source, gateway, method)));
    format!(
        r#"import type {{ Call }} from "../call.js";
import {{ Client }} from "../client.js";
import {{ withStackOf }} from "../errors.js";
import type {{ {answer_names} }} from "./answers.js";
import {{ {readers} }} from "./answers.js";
import type {{ {set_types} }} from "./parameters.js";
import {{ {set_names} }} from "./parameters.js";

/** The place of {name} in the core's list of gateways. */
export const GATEWAY = {number};

{positions}
/** The methods of {name}. */
export abstract class {name}Methods extends Client {{
{methods}}}

// The class must not name itself: what builds the package would give it another name.
function own(): {name}Methods {{
  return {name}Methods.prototype;
}}
"#
    )
}

fn constant(method: &Method) -> String {
    method.name.to_uppercase()
}

fn method(method: &Method, set: Option<String>) -> String {
    let Method { answer, parameters, .. } = method;
    let optional = if parameters.iter().any(|parameter| parameter.required) { "" } else { "?" };
    let (takes, given) = match set {
        Some(set) => (format!("parameters{optional}: {set}"), format!("parameters, {}", set.to_lower_camel_case())),
        None => (String::new(), "undefined, none".into()),
    };
    let comment = comment(&method.documentation, 2);
    let (name, constant) = (method.name.to_lower_camel_case(), constant(method));
    format!(
        "\
{comment}  {name}({takes}): Call<{answer}> {{
    try {{
      return this.call({constant}, {given}, read{answer});
    }} catch (error) {{
      throw withStackOf(own().{name}, error);
    }}
  }}
"
    )
}
