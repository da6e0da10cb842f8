//! What the package exports of the generated types.

use super::{answers, parameters};
use crate::source::{Gateway, Source};
use crate::words::each;

pub(super) fn file(source: &Source) -> String {
    let export = |mut names: Vec<String>, from| {
        names.sort();
        format!("export type {{\n{}}} from \"./{from}.js\";\n", each(names, |name| format!("  {name},\n")))
    };
    let options = each(&source.gateways, |Gateway { name, .. }| {
        format!("export type {{ {name}Options }} from \"./{name}.js\";\n")
    });
    export(answers::names(source), "answers") + &export(parameters::names(source), "parameters") + &options
}
