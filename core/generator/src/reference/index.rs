//! The overview: every method, and what all gateways have in common.

use heck::ToUpperCamelCase as _;

use super::markdown::{code, code_link, error, table};
use super::page_name;
use crate::source::{Gateway, MAX_TEXT, Source};
use crate::words::{each, list};

const PAGE: &str = include_str!("templates/index.template");

pub(super) fn page(source: &Source, pages: &[(&Gateway, String)]) -> String {
    let names = list(pages, ", ", |(it, _)| format!("[{}]({}.md)", it.name, page_name(it)));
    let methods = each(pages, |(gateway, page)| methods(gateway, page));
    PAGE.replace("GATEWAYS", &names)
        .replace("METHODS\n", &methods)
        .replace("MAX_TEXT", &MAX_TEXT.to_string())
        .replace("ERRORS\n", &errors(source))
}

/// Every method that has a heading on a gateway's page, and what it gives.
fn methods(gateway: &Gateway, page: &str) -> String {
    let place = format!("{}.md", page_name(gateway));
    let sections = page.split("\n### ").skip(1).filter(|section| !section.starts_with("Type "));
    let rows: Vec<_> = sections
        .map(|section| {
            let name = section.lines().next().unwrap_or_default();
            let signature = |language: &str| {
                let line = section.lines().find_map(|line| line.strip_prefix(&format!("- {language}: `")));
                line.and_then(|line| line.split('`').next()).unwrap_or_default()
            };
            let javascript = signature("JavaScript").split('(').next().unwrap_or_default();
            let gives = signature("Python").rsplit_once("-> ").map_or("", |(_, result)| result);
            [code_link(name, &format!("{place}#{name}")), code(javascript), code(name), code(gives)]
        })
        .collect();
    format!("### {}\n\n{}", gateway.name, table(["Rust", "JavaScript", "Python", "Gives, as Python calls it"], &rows))
}

/// Every code, what it is called in Rust, and its class.
fn errors(source: &Source) -> String {
    let rows: Vec<_> = source
        .errors
        .iter()
        .map(|(name, class)| [error(name), code(&format!("Error::{}", name.to_upper_camel_case())), code(class)])
        .collect();
    table(["Code", "Rust", "JavaScript and Python"], &rows)
}
