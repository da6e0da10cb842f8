//! What the strict reader must make of a text, by way of `serde_json`: the same values, and none
//! where an object has the same key twice or where nesting passes the limit.

use std::fmt;

use payseal::apiforcrypto::{Account, Wallet};
use payseal::binding::ResponseSchema;
use payseal::{Answer, ApiForCrypto, Extra, MAX_DEPTH, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Holds what the strict reader makes of a body against what it must make of it. A wallet is read
/// for its accounts, and what it is not read for is kept as it came.
pub(crate) fn hold_against_oracle(body: &[u8]) {
    let read_as_wallet = ApiForCrypto::new("w").wallet().unwrap().parse(200, body);
    match (read(body), read_as_wallet) {
        (Some(Value::Object(members)), Ok(wallet)) => {
            assert_kept(&wallet.extra, &members, Wallet::SCHEMAS[0]);
            for (account, members) in wallet.accounts.iter().zip(accounts(&members)) {
                assert_kept(&account.extra, members, Account::SCHEMAS[0]);
            }
        }
        // A JSON object that is refused is refused for one of its fields.
        (Some(Value::Object(_)), Err(error)) => assert!(error.field().is_some(), "{error}"),
        (_, read) => {
            let error = read.unwrap_err();
            assert_eq!((error.code(), error.field()), ("malformed_body", None));
        }
    }
}

/// The members of each account: a list of objects, or one object.
fn accounts(wallet: &[(String, Value)]) -> Vec<&[(String, Value)]> {
    match wallet.iter().find(|(name, _)| name == "accounts") {
        Some((_, Value::List(accounts))) => accounts.iter().filter_map(members).collect(),
        Some((_, account)) => members(account).into_iter().collect(),
        None => Vec::new(),
    }
}

fn members(value: &Value) -> Option<&[(String, Value)]> {
    if let Value::Object(members) = value { Some(members) } else { None }
}

/// Every member that the schema does not name is kept, in the order they came.
fn assert_kept(extra: &Extra, members: &[(String, Value)], schema: &ResponseSchema) {
    let unknown =
        |name: &str| !["success", "secret_key"].contains(&name) && schema.fields.iter().all(|field| field.name != name);
    let expected: Vec<_> =
        members.iter().map(|(name, value)| (name.as_str(), value)).filter(|(name, _)| unknown(name)).collect();
    assert_eq!(extra.iter().collect::<Vec<_>>(), expected);
    assert_eq!(extra.is_empty(), expected.is_empty());
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
