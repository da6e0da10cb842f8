//! What the package exports of the generated types.

use super::{answers, parameters};
use crate::source::Source;
use crate::words::each;

pub(super) fn file(source: &Source) -> String {
    let export = |mut names: Vec<String>, from| {
        names.sort();
        format!("export type {{\n{}}} from \"./{from}.js\";\n", each(names, |name| format!("  {name},\n")))
    };
    export(answers::names(source), "answers") + &export(parameters::names(source), "parameters")
}
