//! What the body may have been before something on its way changed it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Document, Kind};
use crate::text::push_unit;

/// Numbers tried with another fraction; a callback has two.
const MOST_NUMBERS: usize = 16;

/// The body without what editors and terminals put around texts, or with it.
pub(super) fn wrapped(body: &[u8]) -> Vec<Vec<u8>> {
    let plain = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii();
    let with = |end: &[u8]| [plain, end].concat();
    [with(b""), with(b"\n"), with(b"\r\n")].into()
}

/// The same JSON as other writers would write it.
pub(super) fn rewritten(body: &[u8]) -> Box<dyn Iterator<Item = String> + '_> {
    let Ok(document) = Document::read(body) else { return Box::new(core::iter::empty()) };
    let numbers = document.numbers().take(MOST_NUMBERS).collect::<Vec<_>>();
    let styles = [(false, false), (true, true), (true, false), (false, true)];
    Box::new(styles.into_iter().flat_map(move |(slashes, unicode)| {
        let plain = Style { slashes, unicode, number: None };
        // `1.00` that became `1`, or the reverse, cannot be undone but by trying.
        let fractions = numbers.clone().into_iter().flat_map(move |number| {
            ["", ".0", ".00"].map(|fraction| Style { number: Some((number, fraction)), ..plain })
        });
        let written: Vec<_> = core::iter::once(plain)
            .chain(fractions)
            .map(|style| {
                let mut out = String::with_capacity(document.text.len());
                style.write(&document, Document::ROOT, &mut out);
                out
            })
            .collect();
        written
    }))
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
                    out.push_str(node.span.raw(document.text).split('.').next().unwrap_or(""));
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
