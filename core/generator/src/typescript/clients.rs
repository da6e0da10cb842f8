//! The clients: what they are made of, and a class for each gateway, which one written by hand may extend.

use std::collections::BTreeSet;

use heck::ToLowerCamelCase as _;

use super::parameters::set_name;
use super::{comment, member};
use crate::source::{
    Callback, FieldKind, Gateway, Method, Paging, ProofKind, Setting, SettingKind, Source, documentation, have_secret,
};
use crate::words::{each, list};

pub(super) fn file(source: &Source, gateway: &Gateway) -> String {
    let Gateway { name, .. } = gateway;
    let (options, description) = (options(gateway), description(gateway));
    let (imports, header) = (imports(source, gateway), signature_header(gateway.callback));
    let methods = each(gateway.methods.iter().enumerate(), |(number, method)| {
        let set = set_name(source, gateway, method).map_or("none".into(), |set| set.to_lower_camel_case());
        let (name, answer) = (method.name.to_lower_camel_case(), method.answer);
        let has_secrets = have_secret(method.parameters);
        format!("  {name}: {{ number: {number}, parameters: {set}, read: read{answer}, hasSecrets: {has_secrets} }},\n")
    });
    let mut members: Vec<_> =
        gateway.methods.iter().map(|method| call(method, set_name(source, gateway, method))).collect();
    members.extend(gateway.methods.iter().filter_map(|method| pages(method, &set_name(source, gateway, method)?)));
    members.push(verify(gateway.callback));
    let (comment, members) = (comment(&gateway.documentation, 0), members.join("\n"));
    format!(
        "\
{imports}
/** What a client of {name} is made of. */
export interface {name}Options {{
{options}}}

const gateway: Gateway<{name}Options> = {{
{description}}};

{header}const methods = {{
{methods}}};

{comment}export class {name}Client extends Client {{
  constructor(options: {name}Options) {{
    super(gateway, options, new.target);
  }}

{members}}}

// The class must not name itself: what builds the package would give it another name.
function own(): {name}Client {{
  return {name}Client.prototype;
}}
"
    )
}

fn imports(source: &Source, gateway: &Gateway) -> String {
    let mut answers: BTreeSet<_> = gateway.methods.iter().map(|method| method.answer).collect();
    answers.insert(gateway.callback.answer);
    let sets: BTreeSet<_> = gateway.methods.iter().filter_map(|method| set_name(source, gateway, method)).collect();
    let none = if sets.len() < gateway.methods.len() { ", none" } else { "" };
    let answer_names = list(&answers, ", ", |answer| (*answer).into());
    let readers = list(&answers, ", ", |answer| format!("read{answer}"));
    let set_types = list(&sets, ", ", String::clone);
    let set_names = list(&sets, ", ", |set| set.to_lower_camel_case()) + none;
    let (verify, source) = match gateway.callback.proof {
        ProofKind::Signature(_) => ("verifySigned", "import type { SignatureSource } from \"../source.js\";\n"),
        ProofKind::SecretKey => ("verifyKeyed", ""),
    };
    let has_pages = gateway.methods.iter().any(|method| method.paging.is_some());
    let pages = if has_pages { "import { pagesOf } from \"../pages.js\";\n" } else { "" };
    let has_secrets = gateway.settings.iter().any(is_secrets);
    let secret = if has_secrets { ", Secret" } else { "" };
    format!(
        r#"import type {{ Body }} from "../body.js";
import type {{ Call }} from "../call.js";
import {{ {verify} }} from "../callbacks.js";
import {{ Client }} from "../client.js";
import type {{ Gateway{secret} }} from "../client.js";
import {{ Failure, withStackOf }} from "../errors.js";
{pages}{source}import type {{ {answer_names} }} from "./answers.js";
import {{ {readers} }} from "./answers.js";
import type {{ {set_types} }} from "./parameters.js";
import {{ {set_names} }} from "./parameters.js";
"#
    )
}

fn options(gateway: &Gateway) -> String {
    each(gateway.settings, |setting| {
        let takes = setting_type(setting.kind);
        let (optional, undefinable) = if setting.required { ("", "") } else { ("?", " | undefined") };
        let typed = format!("{}{optional}: {takes}{undefinable}", setting.name.to_lower_camel_case());
        member(&documentation(setting.documentation), &typed)
    })
}

pub(crate) fn setting_type(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::Text => "string",
        SettingKind::Secret => "Secret",
        SettingKind::Secrets => "Secret | readonly Secret[]",
        SettingKind::Size => "number",
    }
}

/// How a client is opened.
fn description(gateway: &Gateway) -> String {
    let name = |setting: &Setting| format!("\"{}\"", setting.name.to_lower_camel_case());
    let texts = gateway.settings.iter().filter(|setting| setting.kind == SettingKind::Text);
    let secrets = gateway.settings.iter().find(|setting| is_secrets(setting)).map(|setting| {
        let (is_list, is_required) = (setting.kind == SettingKind::Secrets, setting.required);
        format!("  secrets: {{ name: {}, isList: {is_list}, isRequired: {is_required} }},\n", name(setting))
    });
    let (number, texts) = (gateway.number, list(texts, ", ", name));
    format!("  number: {number},\n  settings: [{texts}],\n{}", secrets.unwrap_or_default())
}

fn is_secrets(setting: &Setting) -> bool {
    matches!(setting.kind, SettingKind::Secret | SettingKind::Secrets)
}

/// A method that makes a call.
fn call(method: &Method, set: Option<String>) -> String {
    let given = if set.is_some() { "parameters" } else { "undefined" };
    let (name, signature) = (method.name.to_lower_camel_case(), call_signature(method, set));
    let call = format!("return this.call(methods.{name}, {given})");
    comment(&method.documentation, 2) + &function(&name, &signature, &call)
}

/// How a method that makes a call is declared.
pub(crate) fn call_signature(method: &Method, set: Option<String>) -> String {
    let optional = if method.parameters.iter().any(|parameter| parameter.required) { "" } else { "?" };
    let takes = set.map(|set| format!("parameters{optional}: {set}")).unwrap_or_default();
    format!("{}({takes}): Call<{}>", method.name.to_lower_camel_case(), method.answer)
}

/// How what goes through pages is declared.
pub(crate) fn pages_signature(name: &str, method: &Method, set: &str) -> String {
    format!("{}(filter?: {set}): Generator<Call<{}>, void, void>", name.to_lower_camel_case(), method.answer)
}

/// What goes through the pages of a list: the only list in its answers.
fn pages(method: &Method, set: &str) -> Option<String> {
    let Paging { name, documentation: lines, .. } = method.paging?;
    let signature = format!("*{}", pages_signature(name, method, set));
    let entries = method.schemas[0].fields.iter().find(|field| matches!(field.kind, FieldKind::List(_)))?.name;
    let (name, method) = (name.to_lower_camel_case(), method.name.to_lower_camel_case());
    let documentation = documentation(lines)
        + "  Every call has to be sent, and its answer parsed with the call's own `parse`, before the next one is asked for.";
    let pages =
        format!("yield* pagesOf(this.handle, methods.{method}, filter, \"{name}\", ({{ {entries} }}) => {entries})");
    let example = [
        "```js",
        &format!("for (const call of client.{name}()) {{"),
        "  const response = await fetch(call.url, call);",
        &format!(
            "  for (const entry of call.parse(response.status, await response.text()).{entries}) console.log(entry);"
        ),
        "}",
        "```",
    ];
    Some(with_example(&comment(&documentation, 2), &example) + &function(&name, &signature, &pages))
}

/// A comment with an example at its end.
fn with_example(comment: &str, lines: &[&str]) -> String {
    let lines = each(lines, |line| format!("   * {line}\n"));
    comment.trim_end_matches("   */\n").to_owned() + "   *\n" + &lines + "   */\n"
}

/// The header of the signature, in small letters.
fn signature_header(callback: &Callback) -> String {
    let ProofKind::Signature(header) = callback.proof else { return String::new() };
    let documentation = comment("The header that carries the signature of a callback.", 0);
    format!("{documentation}export const signatureHeader = \"{}\";\n\n", header.to_lowercase())
}

/// What verifies callbacks.
fn verify(callback: &Callback) -> String {
    let (name, answer) = (callback.verify.to_lower_camel_case(), callback.answer);
    let verified = match callback.proof {
        ProofKind::Signature(_) => format!("verifySigned(this.handle, body, source, signatureHeader, read{answer})"),
        ProofKind::SecretKey => format!("verifyKeyed(this.handle, body, secretKey, read{answer})"),
    };
    let expected = callback.expected.map(|_| format!(" `expect{answer}` does.")).unwrap_or_default();
    let documentation = documentation(callback.documentation) + &expected;
    let (comment, signature) = (comment(&documentation, 2), verify_signature(callback));
    format!(
        "\
{comment}  {signature} {{
    const verified = {verified};
    if (verified instanceof Failure) throw withStackOf(own().{name}, verified.error);
    return verified;
  }}
"
    )
}

/// How what verifies callbacks is declared.
pub(crate) fn verify_signature(callback: &Callback) -> String {
    let takes = match callback.proof {
        ProofKind::Signature(_) => "source: SignatureSource",
        ProofKind::SecretKey => "secretKey?: string",
    };
    format!("{}(body: Body, {takes}): {}", callback.verify.to_lower_camel_case(), callback.answer)
}

/// A function whose errors have the stack of its caller.
fn function(name: &str, signature: &str, statement: &str) -> String {
    format!(
        "  {signature} {{
    try {{
      {statement};
    }} catch (error) {{
      throw withStackOf(own().{name}, error);
    }}
  }}
"
    )
}
