//! JSON that keeps the digits of its numbers and the order of its fields.

use std::{fmt::Write, str};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{decimal::Decimal, php_json};

const MAXIMUM_DEPTH: usize = 64;

/// One JSON value. A number is its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// The fields of an object, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object(Vec<(String, Json)>);

/// How JSON is written down.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Style {
    Plain,
    Php,
    /// With a space after commas and colons, as Python writes it.
    Spaced,
}

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// With the field if there is a value for it; absent otherwise.
    #[must_use]
    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// With another value in the place of the old one, or at the end.
    #[must_use]
    pub(crate) fn replaced(mut self, name: &str, value: Json) -> Self {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
        self
    }

    #[must_use]
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }
}

impl Json {
    /// Reads exactly one value. Duplicate keys and absurd nesting are refused: whoever sends them is mistaken.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(bytes).map_err(|_| "the body is not UTF-8".to_owned())?;
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| format!("the body is not JSON: {error}"))?;
        Self::from_raw(raw.get(), MAXIMUM_DEPTH).map_err(|error| format!("the body is not JSON: {error}"))
    }

    fn from_raw(text: &str, depth: usize) -> Result<Self, serde_json::Error> {
        let depth = depth.checked_sub(1).ok_or_else(|| serde_json::Error::custom("nested too deeply"))?;
        match text.as_bytes().first() {
            Some(b'{') => {
                let entries = serde_json::from_str::<Entries<'_>>(text)?.0;
                let fields = entries.into_iter().map(|(name, raw)| Ok((name, Self::from_raw(raw.get(), depth)?)));
                Ok(Self::Object(Object(fields.collect::<Result<_, serde_json::Error>>()?)))
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Ok(Self::List(items.into_iter().map(|raw| Self::from_raw(raw.get(), depth)).collect::<Result<_, _>>()?))
            }
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Bool),
            Some(b'n') => Ok(Self::Null),
            _ => Ok(Self::Number(text.to_owned())),
        }
    }

    /// Compact, fields in order.
    pub(crate) fn write(&self, style: Style) -> String {
        let mut output = String::new();
        self.write_to(&mut output, style);
        output
    }

    fn write_to(&self, output: &mut String, style: Style) {
        match (self, style) {
            (Self::Null, _) => output.push_str("null"),
            (Self::Bool(value), _) => output.push_str(if *value { "true" } else { "false" }),
            (Self::Number(text), Style::Plain | Style::Spaced) => output.push_str(text),
            (Self::Number(text), Style::Php) => output.push_str(&php_json::number(text)),
            (Self::Text(text), _) => write_text(output, text, style),
            (Self::List(items), _) => write_sequence(output, ['[', ']'], items, style, |output, item| {
                item.write_to(output, style);
            }),
            (Self::Object(object), _) => {
                write_sequence(output, ['{', '}'], &object.0, style, |output, (name, value)| {
                    write_text(output, name, style);
                    output.push_str(if style == Style::Spaced { ": " } else { ":" });
                    value.write_to(output, style);
                });
            }
        }
    }
}

fn write_sequence<T>(
    output: &mut String,
    [open, close]: [char; 2],
    items: &[T],
    style: Style,
    write: impl Fn(&mut String, &T),
) {
    output.push(open);
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            output.push_str(if style == Style::Spaced { ", " } else { "," });
        }
        write(output, item);
    }
    output.push(close);
}

fn write_text(output: &mut String, text: &str, style: Style) {
    output.push('"');
    for character in text.chars() {
        match character {
            '"' => output.push_str("\\\""),
            '\\' => output.push_str("\\\\"),
            '\n' => output.push_str("\\n"),
            '\r' => output.push_str("\\r"),
            '\t' => output.push_str("\\t"),
            '\u{8}' => output.push_str("\\b"),
            '\u{c}' => output.push_str("\\f"),
            control if control < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(output, "\\u{:04x}", u32::from(control));
            }
            other if style == Style::Php => php_json::push_character(output, other),
            other => output.push(other),
        }
    }
    output.push('"');
}

/// The entries of an object, values unread.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = std::collections::HashSet::new();
        let mut entries = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("duplicate key {name:?}")));
            }
            entries.push((name, value));
        }
        Ok(Entries(entries))
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<&Decimal> for Json {
    fn from(value: &Decimal) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::List(items)
    }
}

/// A list of whatever can be a value.
impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// What is not there is written as `null`; to leave it out, see [`Object::with_some`].
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_written_again() {
        let text = r#"{"amount":1.00,"tiny":5e-7,"list":[1,"a\"b",null,true],"nested":{"text":"Zürich 😀"}}"#;
        assert_eq!(Json::parse(text.as_bytes()).unwrap().write(Style::Plain), text);
    }

    #[test]
    fn refusals_name_the_cause() {
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        for (body, cause) in [
            (&b"{\"a\":1,\"a\":2}"[..], "duplicate"),
            (b"{} {}", "trailing"),
            (b"", "EOF"),
            (b"\xff", "UTF-8"),
            (b"\xef\xbb\xbf{}", "JSON"),
            (deep.as_bytes(), "deeply"),
        ] {
            let error = Json::parse(body).unwrap_err();
            assert!(error.contains(cause), "{error}");
        }
    }
}
