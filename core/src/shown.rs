//! Texts of others as messages show them: on one line, without what hides or moves, and not too long.

use alloc::string::String;
use core::fmt;

use crate::json::{push_escaped, push_quoted, push_unit};

/// The most characters of a text that a message shows.
const MOST: usize = 200;

/// What says that there is more.
const MORE: char = '…';

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

/// The beginning of a text, with a mark if there is more.
pub(crate) fn push_short(out: &mut String, text: &str) {
    let (beginning, is_cut) = cut_short(text);
    out.push_str(beginning);
    if is_cut {
        out.push(MORE);
    }
}

/// The beginning of a text in quotes, with a mark after them if there is more.
pub(crate) fn push_short_quoted(out: &mut String, text: &str) {
    let (beginning, is_cut) = cut_short(text);
    push_quoted(out, beginning);
    if is_cut {
        out.push(MORE);
    }
}

/// A text that came from elsewhere, visible and short.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::new();
    push_short(&mut out, text);
    visible(out)
}

/// A text whose `Debug` is short: `Debug` of text escapes already.
pub(crate) struct Short<'a>(pub(crate) &'a str);

impl fmt::Debug for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (beginning, is_cut) = cut_short(self.0);
        beginning.fmt(f)?;
        if is_cut { fmt::Write::write_char(f, MORE) } else { Ok(()) }
    }
}

/// The beginning of a text, and whether there is more.
fn cut_short(text: &str) -> (&str, bool) {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), true),
        None => (text, false),
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
