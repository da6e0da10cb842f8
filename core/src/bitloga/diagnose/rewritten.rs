//! The same JSON as other programs write it: what a body may have been before one on its way parsed it.

use alloc::string::String;

use super::trials::Trials;
use crate::json::{Document, Kind, push_unit};

/// Numbers tried with another fraction; a callback has two.
const MOST_NUMBERS: usize = 16;

/// How programs escape `/`, and what is beyond ASCII.
const STYLES: [(bool, bool); 4] = [(false, false), (true, true), (true, false), (false, true)];

/// Whether the same JSON, as other programs would write it, matches.
pub(super) fn is_rewritten(body: &[u8], trials: &mut Trials<'_>) -> bool {
    let Ok(document) = Document::read(body) else { return false };
    let mut out = String::new();
    let mut matches = |style: Style| {
        out.clear();
        if !trials.may_write(body.len()) {
            return false;
        }
        style.write(&document, Document::ROOT, &mut out);
        trials.matches(out.as_bytes())
    };
    let mut in_any_style = |number| {
        let mut styles = STYLES.iter();
        styles.any(|&(slashes, unicode)| matches(Style { slashes, unicode, number }))
    };
    // `1.00` that became `1`, or the reverse, cannot be undone but by trying.
    let numbers = document.numbers().take(MOST_NUMBERS);
    let mut fractions = numbers.flat_map(|number| ["", ".0", ".00"].map(|fraction| Some((number, fraction))));
    in_any_style(None) || fractions.any(in_any_style)
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
                    out.push_str(digits.split_once('.').map_or(digits, |(whole, _)| whole));
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
                        push_unit(out, *unit);
                    }
                }
                character => crate::json::push_escaped(out, character),
            }
        }
        out.push('"');
    }
}
