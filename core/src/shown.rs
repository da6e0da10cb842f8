//! Texts of others as messages show them: on one line, without what hides or moves, and not too long.

use alloc::string::{String, ToString as _};
use core::fmt;

use crate::json::{push_escaped, push_quoted, push_unit};

/// The most characters of a text that a message shows.
const MOST: usize = 200;

/// A text with everything in it that a terminal or a log would not show as it is escaped, as in JSON.
pub(crate) fn visible(text: String) -> String {
    if text.bytes().all(|byte| matches!(byte, 0x20..0x7f)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character < ' ' {
            push_escaped(&mut out, character);
        } else if is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                push_unit(&mut out, *unit);
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// The beginning of a text in quotes, with a mark after them if there is more.
pub(crate) fn short_quoted(text: &str) -> String {
    let (beginning, more) = cut_short(text);
    let mut out = String::new();
    push_quoted(&mut out, beginning);
    out.push_str(more);
    out
}

/// A text that came from elsewhere, visible and short.
pub(crate) fn shown(text: &str) -> String {
    visible(Short(text).to_string())
}

/// The beginning of a text, with a mark if there is more.
pub(crate) struct Short<'a>(pub(crate) &'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (beginning, more) = cut_short(self.0);
        write!(f, "{beginning}{more}")
    }
}

/// In quotes and escaped, as `Debug` of text is.
impl fmt::Debug for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (beginning, more) = cut_short(self.0);
        write!(f, "{beginning:?}{more}")
    }
}

/// The beginning of a text, and the mark that there is more, if there is.
fn cut_short(text: &str) -> (&str, &'static str) {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), "…"),
        None => (text, ""),
    }
}

/// Controls, separators of lines, and what Unicode has to turn, join or hide characters.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}
