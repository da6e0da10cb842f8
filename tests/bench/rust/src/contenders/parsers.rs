//! JSON as Rust programs read and write it today.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::macs::Mac;

pub trait Parse: Sized {
    fn parse(body: &[u8]) -> Option<Self>;

    /// A field as text, to be checked before the time counts.
    fn field(&self, name: &str) -> Option<String>;
}

/// The documented fields, each in a field of its own; the amount keeps its digits. What else the callback holds is
/// lost.
#[derive(Deserialize)]
pub struct Struct {
    to: String,
    amount: Box<RawValue>,
    purse: Option<String>,
    r#type: String,
    status: String,
    dtag: Option<String>,
    name: Option<String>,
    surname: Option<String>,
    invoiceid: Box<RawValue>,
    uniqueid: String,
}

impl Parse for Struct {
    fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    fn field(&self, name: &str) -> Option<String> {
        match name {
            "to" => Some(self.to.clone()),
            "amount" => Some(self.amount.get().into()),
            "purse" => self.purse.clone(),
            "type" => Some(self.r#type.clone()),
            "status" => Some(self.status.clone()),
            "dtag" => self.dtag.clone(),
            "name" => self.name.clone(),
            "surname" => self.surname.clone(),
            "invoiceid" => Some(self.invoiceid.get().into()),
            "uniqueid" => Some(self.uniqueid.clone()),
            _ => None,
        }
    }
}

/// What payseal's own reader gives, by serde_json: numbers keep their digits, unknown fields are kept as they came, and
/// no name may be there twice, however deep. It refuses `1e310`, of which it would have to make a number.
#[derive(Default)]
pub struct Strict {
    known: [Option<String>; 10],
    extra: Vec<(String, Box<RawValue>)>,
}

const KNOWN: [&str; 10] =
    ["to", "amount", "purse", "type", "status", "dtag", "name", "surname", "invoiceid", "uniqueid"];

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a callback")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Strict, A::Error> {
        let mut read = Strict::default();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value::<Box<RawValue>>()?;
            match KNOWN.iter().position(|known| *known == name) {
                Some(place) => {
                    if read.known[place].replace(text(&value).map_err(A::Error::custom)?).is_some() {
                        return Err(A::Error::custom("a name is there twice"));
                    }
                }
                None if read.extra.iter().any(|(other, _)| *other == name) => {
                    return Err(A::Error::custom("a name is there twice"));
                }
                None => {
                    serde_json::from_str::<DistinctNames>(value.get()).map_err(A::Error::custom)?;
                    read.extra.push((name, value));
                }
            }
        }
        Ok(read)
    }
}

/// A value in whose objects no name is there twice.
struct DistinctNames;

impl<'de> Deserialize<'de> for DistinctNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for DistinctNames {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            members.next_value::<Self>()?;
            if !names.insert(name) {
                return Err(A::Error::custom("a name is there twice"));
            }
        }
        Ok(self)
    }
}

/// The digits of a number, or the characters of a text.
fn text(value: &RawValue) -> serde_json::Result<String> {
    let json = value.get();
    if json.starts_with('"') {
        return serde_json::from_str(json);
    }
    serde_json::from_str::<IgnoredAny>(json)?;
    Ok(json.into())
}

impl Parse for Strict {
    fn parse(body: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(body).ok()?;
        // All that have to be there.
        [0, 1, 3, 4, 8, 9].iter().all(|place| read.known[*place].is_some()).then_some(read)
    }

    fn field(&self, name: &str) -> Option<String> {
        KNOWN.iter().position(|known| *known == name).and_then(|place| self.known[place].clone())
    }
}

/// Everything, in a tree of maps; the amount becomes a binary float.
pub struct Value(serde_json::Value);

impl Parse for Value {
    fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    fn field(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) if name == "amount" => Some(format!("{:.2}", number.as_f64()?)),
            other => Some(other.to_string()),
        }
    }
}

/// The documented invoice, compact.
pub const INVOICE: &str = concat!(
    r#"{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z123456789012","#,
    r#""paylist":"WMZ,WMR,WME","comis":"payer","desc":"Description"}"#
);

#[derive(Serialize)]
struct Invoice<'a> {
    action: &'a str,
    uniqueid: &'a str,
    paysys: &'a str,
    amount: Box<RawValue>,
    purse: &'a str,
    paylist: &'a str,
    comis: &'a str,
    desc: &'a str,
}

pub fn sign_invoice(mac: &impl Mac) -> (Vec<u8>, String) {
    let body = serde_json::to_vec(&Invoice {
        action: "invoice",
        uniqueid: "125",
        paysys: "WMZ",
        amount: RawValue::from_string("1.00".into()).unwrap_or_default(),
        purse: "Z123456789012",
        paylist: "WMZ,WMR,WME",
        comis: "payer",
        desc: "Description",
    })
    .unwrap_or_default();
    let signature = mac.sign(&body);
    (body, signature)
}
