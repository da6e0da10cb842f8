//! Unknown fields as JSON for `JSON.parse`, with their numbers as texts: it would round them.

use std::fmt::Write;

use payseal::{Extra, Value};

/// Writes unknown fields as one JSON object.
pub(crate) fn write(out: &mut String, extra: &Extra) {
    out.push('{');
    for (position, (name, value)) in extra.iter().enumerate() {
        write_member(out, position, name, value);
    }
    out.push('}');
}

fn write_member(out: &mut String, position: usize, name: &str, value: &Value) {
    separate(out, position);
    write_text(out, name);
    out.push(':');
    write_value(out, value);
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(true) => out.push_str("true"),
        Value::Boolean(false) => out.push_str("false"),
        Value::Number(digits) => write_text(out, digits),
        Value::Text(text) => write_text(out, text),
        Value::List(values) => {
            out.push('[');
            for (position, value) in values.iter().enumerate() {
                separate(out, position);
                write_value(out, value);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (position, (name, value)) in members.iter().enumerate() {
                write_member(out, position, name, value);
            }
            out.push('}');
        }
    }
}

fn separate(out: &mut String, position: usize) {
    if position > 0 {
        out.push(',');
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\x1f' => {
                // Writing into a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}
