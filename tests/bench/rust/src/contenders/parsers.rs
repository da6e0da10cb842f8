//! JSON as Rust programs read and write it today.

use serde::{Deserialize, Serialize};
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
