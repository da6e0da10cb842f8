//! The page of one gateway.

use std::{fs, io};

use super::examples::Examples;
use super::markdown::{LANGUAGES, below_each_other, bullets, code, error, in_each_language, line, paragraphs, table};
use super::names::setting_cells;
use super::types::Types;
use super::{choices, docs_rs, methods, module, page_name};
use crate::files::repository;
use crate::rust::Functions;
use crate::source::{Gateway, Setting, Source, documentation};
use crate::words::list;

/// # Errors
/// Where the vectors, or the sources of the gateway, cannot be read.
pub(super) fn page(source: &Source, gateway: &Gateway) -> io::Result<String> {
    let functions = Functions::read(&module(gateway))?;
    let examples = Examples::read(gateway, &functions)?;
    let mut types = Types::new(source, gateway, &functions);
    let mut page = head(gateway);
    page += &client(gateway, &functions);
    page += "## Methods\n\n";
    for method in &gateway.methods {
        page += &methods::call(method, &mut types, &examples)?;
        page += &methods::pages(method, &types, &examples)?;
    }
    page += &methods::callbacks(&mut types, &examples)?;
    page += &choices::section(source, gateway);
    page += &only_here(gateway)?;
    let more = also_in_rust(gateway, &functions, &page);
    Ok(page + &more)
}

fn head(gateway: &Gateway) -> String {
    let Gateway { name, documentation, .. } = gateway;
    let (page, module) = (page_name(gateway), module(gateway));
    let mut links = vec![format!("in Rust: [`payseal::{module}`]({})", docs_rs(gateway, ""))];
    if repository().join(format!("docs/gateways/{page}.md")).exists() {
        links.insert(
            0,
            format!("what is known of the gateway, and what nobody has published: [its page](../gateways/{page}.md)"),
        );
    }
    links.push("what all gateways have in common, and the forms of values: [overview](index.md)".into());
    format!("# {name}\n\n{}{}", paragraphs(documentation), bullets(&links))
}

/// How a client is made.
fn client(gateway: &Gateway, functions: &Functions) -> String {
    let Gateway { name, settings, .. } = gateway;
    let by_position = |setting: &&Setting| setting.required || setting.secret;
    let end = |setting: &Setting| if setting.required { "" } else { "=None" };
    let declared = |it: &Setting| format!("{}{}", it.name, end(it));
    let positional = settings.iter().filter(by_position).map(declared);
    let by_name = settings.iter().filter(|setting| !by_position(setting)).map(declared);
    let python = list(positional.chain(["*".to_owned()]).chain(by_name), ", ", |text| text);
    let new = functions.find(name, "new").map(|new| format!("{name}::{}", new.signature));
    let rust = docs_rs(gateway, &format!("struct.{name}.html"));
    let new = new.as_deref().map(|new| (new, rust.as_str()));
    let signatures =
        in_each_language(new, &format!("new {name}(options: {name}Options)"), &format!("{name}({python})"));
    let rows: Vec<_> = settings
        .iter()
        .map(|setting| {
            let names = below_each_other(&setting_cells(name, setting, functions));
            let required = if setting.required { " Required." } else { "" };
            let default = setting.default.map(|default| format!(" Default: {}.", code(default))).unwrap_or_default();
            [names, line(&documentation(setting.documentation)) + required + &default]
        })
        .collect();
    let table = table([LANGUAGES, ""], &rows);
    format!(
        "## The client\n\n{signatures}{table}- Errors: {} where a setting is not what it has to be, {} where a \
         secret is missing, empty or wrapped in white space. In Rust the first is told by `check`, and by \
         every call.\n\n",
        error("invalid_input"),
        error("invalid_secret")
    )
}

/// What only this gateway has, as somebody wrote it.
fn only_here(gateway: &Gateway) -> io::Result<String> {
    match fs::read_to_string(
        repository().join(format!("core/generator/src/reference/templates/{}.template", gateway.name)),
    ) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => Ok(read?.trim_end().to_owned() + "\n\n"),
    }
}

/// What the client in Rust can do that the page has not said yet.
fn also_in_rust(gateway: &Gateway, functions: &Functions, page: &str) -> String {
    let is_new =
        |name: &str| !page.contains(&format!("`{name}")) && !page.contains(&format!("`{}::{name}", gateway.name));
    let more = functions.of(gateway.name).filter(|function| is_new(&function.name));
    let more: Vec<_> = more.map(|it| format!("{}: {}", code(&it.signature), it.documentation)).collect();
    if more.is_empty() { String::new() } else { format!("## More in Rust\n\n{}", bullets(&more)) }
}
