//! The codes of errors, and the header of a signature.

use crate::source::{Gateway, Source};
use crate::words::each;

pub(super) fn file(source: &Source) -> String {
    let codes = each(&source.errors, |(code, family)| format!("  [\"{code}\", \"{family}\"],\n"));
    let union = each(&source.errors, |(code, _)| format!("\n  | \"{code}\""));
    let signature_header = each(source.gateways.iter().filter_map(Gateway::callbacks), |callbacks| {
        format!("export const signatureHeader = \"{}\";\n", callbacks.signature_header)
    });
    format!(
        "\
/** Every code with its class, in the order of the core. */
export const codes = [
{codes}] as const;

/** The stable name of what went wrong. */
export type CoreErrorCode ={union};

/** The header that carries the signature of a callback. */
{signature_header}"
    )
}
