//! The codes of errors.

use crate::source::Source;
use crate::words::each;

pub(super) fn file(source: &Source) -> String {
    let codes = each(&source.errors, |(code, family)| format!("  [\"{code}\", \"{family}\"],\n"));
    let union = each(&source.errors, |(code, _)| format!("\n  | \"{code}\""));
    format!(
        "\
/** Every code with its class, in the order of the core. */
export const codes = [
{codes}] as const;

/** The stable name of what went wrong. */
export type CoreErrorCode ={union};
"
    )
}
