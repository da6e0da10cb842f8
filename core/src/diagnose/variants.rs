//! What the body may have been before something on its way changed it.

use alloc::string::String;

use crate::json::{Document, Kind};
use crate::text::{cut, push_unit};

/// Numbers tried with another fraction; a callback has two.
const MOST_NUMBERS: usize = 16;

/// Whether the body without what editors and terminals put around texts, or with it, is what `matches` looks for.
pub(super) fn any_wrapped(body: &[u8], matches: &dyn Fn(&[u8]) -> bool) -> bool {
    let mut variant = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii().to_vec();
    ["", "\n", "\r\n"].iter().any(|end| {
        let plain = variant.len();
        variant.extend(end.as_bytes());
        let found = matches(&variant);
        variant.truncate(plain);
        found
    })
}

/// Whether the same JSON, as other writers would write it, is what `matches` looks for.
pub(super) fn any_rewritten(body: &[u8], matches: &dyn Fn(&[u8]) -> bool) -> bool {
    let Ok(document) = Document::read(body) else { return false };
    let mut out = String::new();
    let mut writes = |style: Style| {
        out.clear();
        style.write(&document, Document::ROOT, &mut out);
        matches(out.as_bytes())
    };
    for (slashes, unicode) in [(false, false), (true, true), (true, false), (false, true)] {
        if writes(Style { slashes, unicode, number: None }) {
            return true;
        }
        // `1.00` that became `1`, or the reverse, cannot be undone but by trying.
        for number in document.numbers().take(MOST_NUMBERS) {
            for fraction in ["", ".0", ".00"] {
                if writes(Style { slashes, unicode, number: Some((number, fraction)) }) {
                    return true;
                }
            }
        }
    }
    false
}

#[derive(Clone, Copy)]
struct Style {
    /// `/` as `\/`, as PHP does.
    slashes: bool,
    /// Beyond ASCII as `\uXXXX`, as PHP and Python do.
    unicode: bool,
    /// A number to write with another fraction.
    number: Option<(usize, &'static str)>,
}

impl Style {
    fn write(self, document: &Document<'_>, number: usize, out: &mut String) {
        let node = document.node(number);
        match node.kind {
            Kind::Text => self.write_text(&node.span.read(document.text), out),
            Kind::Array => {
                out.push('[');
                for (position, child) in document.children(number).enumerate() {
                    out.push_str(if position == 0 { "" } else { "," });
                    self.write(document, child, out);
                }
                out.push(']');
            }
            Kind::Object => {
                out.push('{');
                for (position, member) in document.children(number).enumerate() {
                    out.push_str(if position == 0 { "" } else { "," });
                    self.write_text(&document.node(member).key.read(document.text), out);
                    out.push(':');
                    self.write(document, member, out);
                }
                out.push('}');
            }
            Kind::Number => match self.number {
                Some((other, fraction)) if other == number => {
                    let digits = node.span.raw(document.text);
                    out.push_str(cut(digits, |byte| byte == b'.').map_or(digits, |(whole, _)| whole));
                    out.push_str(fraction);
                }
                _ => out.push_str(node.span.raw(document.text)),
            },
            Kind::Null | Kind::True | Kind::False => out.push_str(node.span.raw(document.text)),
        }
    }

    fn write_text(self, text: &str, out: &mut String) {
        out.push('"');
        for character in text.chars() {
            match character {
                '/' if self.slashes => out.push_str("\\/"),
                character if self.unicode && !character.is_ascii() => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        out.push_str("\\u");
                        push_unit(out, *unit);
                    }
                }
                character => crate::json::push_escaped(out, character),
            }
        }
        out.push('"');
    }
}
