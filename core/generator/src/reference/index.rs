//! The overview: every method, and what all gateways have in common.

use heck::ToUpperCamelCase as _;

use super::markdown::{code, code_link, error, table};
use super::names::MAX_TEXT;
use super::page_name;
use crate::source::{Gateway, Source};
use crate::words::{each, list};

const INTRODUCTION: &str = "\
# Reference

Every method, parameter, field and error, in the three languages side by side.

| | |
|---|---|
| a gateway | GATEWAYS |
| drivers, machines, senders, small helpers | [other](other.md) |
| the crate in full | [docs.rs/payseal](https://docs.rs/payseal/latest/payseal/) |

Names are the gateway's own. Methods are `like_this` in Rust and Python and `likeThis` in JavaScript; parameters and fields are
called in every language what the gateway calls them. Where a language has another use for a name it is told on the page:
Python says `password` for `pass` and `from_` for `from`, Rust `r#type` for `type`.

";

const COMMON: &str = "\
## Calls

A method of a client makes a call and sends nothing: a request that knows its answer. Send it unchanged, do not follow
redirects, and hand every answer to `parse`, whatever its status.

| | Rust | JavaScript | Python |
|---|---|---|---|
| the type | `Call<T>` | `Call<Answer>` | `Call[Answer]` |
| what to send | `request() -> &Request`, `into_request() -> Request` | the call itself, as `fetch(call.url, call)` takes it | the call itself, a `Request` |
| HTTP method | `method: &'static str` | `method: string` | `method: str` |
| address | `url: String` | `url: string` | `url: str` |
| headers | `headers: Vec<(&'static str, String)>` | `headers: Readonly<Record<string, string>>` | `headers: dict[str, str]` |
| the signed bytes | `body: Option<Vec<u8>>` | `body?: string` | `body: bytes \\| None` |
| read the answer | `parse(&self, status: u16, body: &[u8]) -> Result<T>` | `parse(status: number, body: Body): Answer` | `parse(status, body)` |

JavaScript's requests also have `redirect: \"manual\"`, which `fetch` needs. Nothing that a call has is printed by accident: keys
and signatures are not in `Debug`, `repr`, `console.log` or `JSON.stringify`.

## Forms of values

| form | Rust | JavaScript | Python | rules |
|---|---|---|---|---|
| text | `String` and what becomes one | `string` | `str` | not blank, no NUL, at most MAX_TEXT characters unless a table says more |
| amount | `Amount` | `AmountInput`: `string`, `number` or `bigint` | `Amount`: `Decimal`, `int` or `str` | above zero; digits stay as written; see [money](../money.md) |
| whole number | `i64` | `number \\| bigint` | `int` | |
| group | a struct | an object | a `dict` | |
| amount in an answer | `Amount` | `string` | `Decimal` | never a binary float |
| what is absent | `None` | no such member | `None` | lists are empty instead |

";

const ERRORS: &str = "\
What an error has:

| | Rust | JavaScript | Python |
|---|---|---|---|
| the stable code | `code()` | `code` | `code` |
| the mistake and the cure | `to_string()` | `message` | `message`, `str(error)` |
| the field at fault | `field()` | `field` | `field` |
| the HTTP status | `status()` | `status` | `status` |
| may the same request succeed later | `retryable()` | `retryable` | `retryable` |
| the gateway's own words | `reply()`, `reason` | `reason` | `reason` |
| what the gateway sent, for programs | `reply()`, `body` | `body` | `body` |
| what differs from what was expected | `Mismatch { differences, .. }` | `differences` | `differences` |
| the class | `family()` | `instanceof` | `except` |
";

pub(super) fn page(source: &Source, pages: &[(&Gateway, String)]) -> String {
    let names = list(pages, ", ", |(it, _)| format!("[{}]({}.md)", it.name, page_name(it)));
    let tables = each(pages, |(gateway, page)| methods(gateway, page));
    let introduction = INTRODUCTION.replace("GATEWAYS", &names);
    let common = COMMON.replace("MAX_TEXT", &MAX_TEXT.to_string());
    format!("{introduction}## Methods\n\n{tables}{common}{}{ERRORS}", errors(source))
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
    format!(
        "## Errors\n\nOne type in Rust, `payseal::Error`; five classes in JavaScript and Python, all of them a `PaysealError`. \
         Cause and cure of each are on the page of [errors](../errors.md).\n\n{}",
        table(["Code", "Rust", "JavaScript and Python"], &rows)
    )
}
