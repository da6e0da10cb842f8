//! The numbers of the boundary.

use payseal_wasm::CONSTANTS;

use super::comment;
use crate::words::list;

pub(super) fn file() -> String {
    list(CONSTANTS, "\n", |(name, value, documentation)| {
        format!("{}export const {name} = {value};\n", comment(documentation.trim(), 0))
    })
}
