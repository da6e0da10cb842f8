//! What the strict reader must make of a text, by way of `serde_json`: the same values, and none
//! where an object has the same key twice or where nesting passes the limit.

use std::fmt;

use payseal::{ApiForCrypto, MAX_DEPTH, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Reads a body whose `x` no document names; any object will do that has the `id` of a wallet.
fn strict(body: &[u8]) -> payseal::Result<Option<Value>> {
    let wallet = ApiForCrypto::new("w").wallet().unwrap().parse(200, body)?;
    Ok(wallet.extra.get("x").cloned())
}

/// Holds what the strict reader makes of a body against what it must make of it.
pub(crate) fn hold_against_oracle(body: &[u8]) {
    match (read(body), strict(body)) {
        (Some(Value::Object(members)), read) => {
            // Only an unharmed frame is a wallet: what else its reading says is not for here.
            if let [(id, Value::Text(_)), (x, value)] = &members[..]
                && (id.as_str(), x.as_str()) == ("id", "x")
            {
                assert_eq!(read.unwrap().as_ref(), Some(value));
            }
        }
        (Some(_), read) => assert_eq!(read.unwrap_err().code(), "malformed_body"),
        (None, read) => {
            let error = read.unwrap_err();
            assert_eq!((error.code(), error.field()), ("malformed_body", None));
        }
    }
}

/// Reads one JSON value.
pub(crate) fn read(body: &[u8]) -> Option<Value> {
    let raw: &RawValue = serde_json::from_str(std::str::from_utf8(body).ok()?).ok()?;
    value(raw, 0)
}

/// `serde_json` goes through raw values without a limit to their depth, and keeps the digits of
/// numbers only in them: they are taken apart level by level.
fn value(raw: &RawValue, depth: usize) -> Option<Value> {
    let text = raw.get();
    let depth = if text.starts_with(['[', '{']) { depth + 1 } else { depth };
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match text.as_bytes()[0] {
        b'n' => Value::Null,
        b't' | b'f' => Value::Boolean(serde_json::from_str(text).ok()?),
        b'"' => Value::Text(serde_json::from_str(text).ok()?),
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Value::List(elements.into_iter().map(|element| value(element, depth)).collect::<Option<_>>()?)
        }
        b'{' => {
            let Entries(entries) = serde_json::from_str(text).ok()?;
            let distinct: std::collections::HashSet<_> = entries.iter().map(|(key, _)| key).collect();
            if distinct.len() < entries.len() {
                return None;
            }
            let entry = |(key, raw)| Some((key, value(raw, depth)?));
            Value::Object(entries.into_iter().map(entry).collect::<Option<_>>()?)
        }
        _ => Value::Number(text.into()),
    })
}

/// The members of an object, in order, all of them.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Members)
    }
}
