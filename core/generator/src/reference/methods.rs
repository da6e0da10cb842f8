//! The methods of a client.

use std::io;

use super::docs_rs;
use super::examples::Examples;
use super::markdown::{bullets, code, code_link, error, in_each_language, paragraphs, type_anchor};
use super::names::python_parameters;
use super::rules;
use super::types::{Types, parameters};
use crate::rust::Function;
use crate::source::{Callbacks, Feature, Method, ProofKind, RequestSchema, SuccessRule, documentation};
use crate::typescript;
use crate::words::list;

/// A method that makes a call.
pub(super) fn call(method: &Method, types: &mut Types<'_>, examples: &Examples<'_>) -> io::Result<String> {
    let rust = types.functions.find(types.gateway.name, method.name);
    let set = typescript::set_name(types.source, types.gateway, method);
    let answers = list(method.schemas, " | ", |schema| schema.name.into());
    let python = format!("{}({}) -> Call[{answers}]", method.name, python_parameters(method.parameters, ""));
    let head = head(
        method.name,
        &method.documentation,
        types,
        rust,
        &typescript::call_signature(method, set.clone()),
        &python,
    );
    let Parameters { table, groups } = parameters_of(method.request, method.name, set, types)?;
    let gives = format!("Gives a `Call` whose `parse` gives {}.\n\n", type_link(method.answer));
    let example = examples.call(method)?;
    let answer = types.answer(method.answer, method.schemas);
    Ok(format!("{head}{table}{gives}{}{example}{groups}{answer}", errors(method)))
}

/// Heading, words, and signatures in each language.
fn head(
    name: &str,
    documentation: &str,
    types: &Types<'_>,
    rust: Option<&Function>,
    javascript: &str,
    python: &str,
) -> String {
    let owner = types.gateway.name;
    let link = docs_rs(types.gateway, &format!("struct.{owner}.html#method.{name}"));
    let signatures = in_each_language(rust.map(|it| (it.signature.as_str(), link.as_str())), javascript, python);
    format!("### {name}\n\n{}{signatures}", paragraphs(documentation))
}

/// What a method takes.
#[derive(Default)]
struct Parameters {
    /// The table of parameters, how they are given, and the rules that are not in it.
    table: String,
    /// The groups among them, which have headings of their own.
    groups: String,
}

fn parameters_of(
    schema: &'static RequestSchema,
    method: &str,
    set: Option<String>,
    types: &mut Types<'_>,
) -> io::Result<Parameters> {
    if schema.parameters.is_empty() {
        return Ok(Parameters::default());
    }
    let rules = bullets(&rules::of(types.gateway, method, schema)?);
    let rules = if rules.is_empty() { rules } else { format!("What breaks one of these rules is refused:\n\n{rules}") };
    let mut made_by = types.made_by(schema.name);
    if schema.parameters.len() == 1 {
        made_by = made_by.replace("- Rust: ", "- Rust, the same as a struct: ");
    }
    let given = set.map(|set| format!("JavaScript takes one object, {}.\n\n", code(&set))).unwrap_or_default();
    let table = parameters(schema.parameters);
    let groups = types.groups(schema.parameters);
    Ok(Parameters { table: format!("{table}{given}{made_by}{rules}"), groups })
}

fn type_link(name: &str) -> String {
    code_link(name, &type_anchor(name))
}

/// The errors of making a call, and of reading its answer.
fn errors(method: &Method) -> String {
    let of_parse = match method.schemas[0].conventions.success {
        SuccessRule::Field(_) => vec!["rejected", "http_status", "malformed_body"],
        SuccessRule::Status => vec!["http_status", "malformed_body"],
    };
    let mut entries = vec![
        format!("Errors of the method: {}.", error("invalid_input")),
        format!(
            "Errors of `parse`: {}; in JavaScript and Python also {}.",
            list(of_parse, ", ", error),
            error("body_not_raw")
        ),
    ];
    if method.moves_money {
        entries.push("It moves money: none of its errors is `retryable`.".into());
    }
    bullets(&entries)
}

/// What goes through the pages of a list.
pub(super) fn pages(method: &Method, types: &Types<'_>, examples: &Examples<'_>) -> io::Result<String> {
    let (Some(paging), Some(set)) = (method.paging, typescript::set_name(types.source, types.gateway, method)) else {
        return Ok(String::new());
    };
    let rust = types.functions.find(types.gateway.name, paging.name);
    let result = if method.answer == "CodePage" { "CodePages".into() } else { format!("CodePages[{}]", method.answer) };
    let python = format!("{}({}) -> {result}", paging.name, python_parameters(method.parameters, ""));
    let javascript = typescript::pages_signature(paging.name, method, &set);
    let head = head(paging.name, &documentation(paging.documentation), types, rust, &javascript, &python);
    let same = format!(
        "It takes what [`{0}`](#{0}) takes, and gives a call for each page. Parse the answer to a call before you take the \
         next one: that is how the end is known.\n\n",
        method.name
    );
    let owner = rust.and_then(|rust| rust.signature.rsplit_once("-> ")).map_or("", |(_, result)| result);
    let owner = owner.split('<').next().unwrap_or_default();
    let functions = types.functions.of(owner).map(|it| format!("Rust: {}. {}", code(&it.signature), it.documentation));
    let functions = bullets(&functions.collect::<Vec<_>>());
    Ok(format!("{head}{same}{functions}{}", examples.pages(method)?))
}

/// What verifies callbacks, what they say, and what makes one for a test.
pub(super) fn callbacks(types: &mut Types<'_>, examples: &Examples<'_>) -> io::Result<String> {
    let callback = types.gateway.callback;
    let rust = types.functions.find(types.gateway.name, callback.verify);
    let (takes, codes) = match callback.proof {
        ProofKind::Signature(_) => (
            "source",
            ["signature_missing", "signature_ambiguous", "signature_malformed", "signature_mismatch", "malformed_body"]
                .as_slice(),
        ),
        ProofKind::SecretKey => (
            "secret_key=None",
            ["invalid_secret", "signature_missing", "signature_ambiguous", "signature_mismatch", "malformed_body"]
                .as_slice(),
        ),
    };
    let javascript = typescript::verify_signature(callback);
    let python = format!("{}(body, {takes}) -> {}", callback.verify, callback.answer);
    let head = head(callback.verify, &documentation(callback.documentation), types, rust, &javascript, &python);
    let source = match callback.proof {
        ProofKind::Signature(header) => format!(
            "- `body`: the body exactly as received, text or bytes.\n- `source`: the signature, or whatever holds the headers: it \
             is in `{header}`. See [headers](other.md#bodies-secrets-and-headers).\n\n"
        ),
        ProofKind::SecretKey => {
            "- `body`: the body exactly as received, text or bytes.\n- the secret key that the invoice was \
             created with; it may be left out where the client derives them.\n\n"
                .into()
        }
    };
    let errors = format!(
        "- Errors: {}; in JavaScript and Python also {}.\n\n",
        list(codes, ", ", |code| error(code)),
        error("body_not_raw")
    );
    let example = examples.callback()?;
    let answer = types.answer(callback.answer, callback.schemas);
    let made: Vec<_> = types.gateway.features.iter().collect();
    let mut features = String::new();
    for feature in made {
        features += &feature_section(feature, types)?;
    }
    Ok(format!("## Callbacks\n\n{head}{source}{errors}{example}{answer}{features}"))
}

/// What a client does for callbacks besides verifying them.
fn feature_section(feature: &Feature, types: &mut Types<'_>) -> io::Result<String> {
    match feature {
        Feature::Callbacks(Callbacks { answer, fields, expected }) => {
            let javascript = format!("expect{answer}(callback: {answer}, expected: {}): void", expected.name);
            let left_out: Vec<_> = expected.parameters.iter().map(|it| format!("{}=…", it.name)).collect();
            let python = format!("expect(*, {}) -> None", left_out.join(", "));
            let rust = types.functions.find(answer, "expect");
            let words = rust.map(|it| it.documentation.clone()).unwrap_or_default();
            let link = docs_rs(types.gateway, &format!("struct.{answer}.html#method.expect"));
            let rust = rust.map(|it| (it.signature.as_str(), link.as_str()));
            let signatures = in_each_language(rust, &javascript, &python);
            let Parameters { table, groups } = parameters_of(expected, "expect", Some(expected.name.into()), types)?;
            let errors = format!(
                "- Errors: {}, which names every field that differs; {} where nothing is expected or a field is \
                 given without a value.\n\n",
                error("mismatch"),
                error("invalid_input")
            );
            let expect = format!(
                "### expect\n\n{}What is left out is not compared. Amounts compare by value. In Rust and Python it is a method of \
                 {}, in JavaScript a function.\n\n{signatures}{table}{errors}{groups}",
                paragraphs(&words),
                type_link(answer)
            );
            let javascript = format!("signCallback(fields: {}, options?: SignOptions): SignedCallback", fields.name);
            let sign = made("sign_callback", &javascript, "extra=None", "SignedCallback", fields, types)?;
            Ok(expect + &sign)
        }
        Feature::Notifications(fields) => {
            let javascript = format!("testNotification(fields: {}): TestNotification", fields.name);
            made("test_notification", &javascript, "", "TestNotification", fields, types)
        }
        Feature::Pages(_) | Feature::Payouts(_) => Ok(String::new()),
    }
}

/// What makes a callback for a test.
fn made(
    name: &str,
    javascript: &str,
    further: &str,
    result: &str,
    fields: &'static RequestSchema,
    types: &mut Types<'_>,
) -> io::Result<String> {
    let rust = types.functions.find(types.gateway.name, name);
    let words = rust.map(|it| it.documentation.clone()).unwrap_or_default();
    let python = format!("{name}({}) -> {result}", python_parameters(fields.parameters, further));
    let head = head(name, &words, types, rust, javascript, &python);
    let Parameters { table, groups } = parameters_of(fields, name, Some(fields.name.into()), types)?;
    let further = if further.is_empty() {
        String::new()
    } else {
        "`extra` are fields that no document names, after those it does; in JavaScript in `SignOptions`, in Rust by \
         `sign_callback_with`.\n\n"
            .into()
    };
    let errors = format!("- Errors: {}.\n\n", error("invalid_input"));
    let of_client = format!("It is of the client {}.\n\n", code(types.gateway.name));
    let result = format!("Gives a `{result}`: `body` to post, and `headers` to post it with.\n\n");
    Ok(format!(
        "{head}{of_client}{table}{further}{result}{}{errors}{groups}",
        rust_functions(types, result_name(javascript))
    ))
}

/// The functions of a type in Rust.
fn rust_functions(types: &Types<'_>, owner: &str) -> String {
    let functions = types
        .functions
        .of(owner)
        .map(|it| format!("Rust: {}. {}", code(&format!("{owner}::{}", it.signature)), it.documentation));
    bullets(&functions.collect::<Vec<_>>())
}

fn result_name(javascript: &str) -> &str {
    javascript.rsplit(": ").next().unwrap_or_default()
}
