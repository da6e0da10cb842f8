//! The same JSON as other programs write it: what a body may have been before one on its way parsed it.

use alloc::string::String;

use super::trials::Trials;
use crate::json::{Document, Value, push_unit};

/// Numbers tried with another fraction; a callback has two.
const MOST_NUMBERS: usize = 16;

/// `1.00` that became `1`, or the reverse, cannot be undone but by trying.
const FRACTIONS: [&str; 3] = ["", ".0", ".00"];

/// How programs escape `/`, and what is beyond ASCII.
const STYLES: [(bool, bool); 4] = [(false, false), (true, true), (true, false), (false, true)];

/// Whether the same JSON, as other programs would write it, matches.
pub(super) fn is_rewritten(body: &[u8], signature: &[u8], trials: &mut Trials<'_>) -> bool {
    let Ok(document) = Document::read(body) else { return false };
    let value = Value::read(&document, Document::ROOT);
    let mut out = String::new();
    for attempt in 0..=FRACTIONS.len() * document.numbers().min(MOST_NUMBERS) {
        // The first one leaves the numbers as they are.
        let number = attempt.checked_sub(1).map(|at| (at / FRACTIONS.len(), FRACTIONS[at % FRACTIONS.len()]));
        for (slashes, unicode) in STYLES {
            if !trials.may_write(body.len()) {
                return false;
            }
            out.clear();
            Style { slashes, unicode, number }.write(&value, &mut out);
            if trials.matches(out.as_bytes(), signature) {
                return true;
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
    fn write(self, value: &Value, out: &mut String) {
        let mut numbers = 0..;
        value.write_with(out, &mut |out, text| self.write_text(text, out), &mut |out, digits| match (
            self.number,
            numbers.next(),
        ) {
            (Some((other, fraction)), Some(number)) if other == number => {
                out.push_str(digits.split_once('.').map_or(digits, |(whole, _)| whole));
                out.push_str(fraction);
            }
            _ => out.push_str(digits),
        });
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
