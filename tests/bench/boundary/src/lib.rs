//! The core with the boundaries that most packages have: objects made by serde-wasm-bindgen, or by js-sys. What they
//! take is why the npm package has a boundary of its own.
#![cfg(target_family = "wasm")]

use js_sys::{Array, Object, Reflect};
use payseal::bitloga::{Bitloga, Callback};
use payseal::{Secret, Value};
use serde::Serialize as _;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A client of Bitloga.
#[wasm_bindgen]
pub struct Client(Bitloga);

#[wasm_bindgen]
impl Client {
    /// # Errors
    /// Where the secret is not one.
    #[wasm_bindgen(constructor)]
    pub fn new(api_key: &str, api_secret: &str) -> Result<Self, JsError> {
        Ok(Self(Bitloga::new(api_key, Secret::new(api_secret)?)))
    }

    /// # Errors
    /// Where the callback does not verify.
    pub fn verify_serde(&self, body: &str, signature: &str) -> Result<JsValue, JsError> {
        let callback = self.0.verify_callback(body.as_bytes(), signature)?;
        Ok(callback.serialize(&Serializer::json_compatible())?)
    }

    /// # Errors
    /// Where the callback does not verify.
    pub fn verify_js_sys(&self, body: &str, signature: &str) -> Result<Object, JsError> {
        let callback = self.0.verify_callback(body.as_bytes(), signature)?;
        object(&callback).map_err(|_| JsError::new("no object takes a property"))
    }
}

fn object(callback: &Callback) -> Result<Object, JsValue> {
    let object = Object::new();
    let set = |name: &str, value: &str| set(&object, name, &value.into());
    set("to", &callback.to)?;
    set("amount", callback.amount.as_ref())?;
    set("type", callback.r#type.as_str())?;
    set("status", callback.status.as_str())?;
    set("invoiceid", &callback.invoiceid)?;
    set("uniqueid", &callback.uniqueid)?;
    set("event_id", &callback.event_id)?;
    let optional = [
        ("purse", &callback.purse),
        ("dtag", &callback.dtag),
        ("name", &callback.name),
        ("surname", &callback.surname),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            set(name, value)?;
        }
    }
    if !callback.extra.is_empty() {
        self::set(&object, "extra", members(callback.extra.iter())?.as_ref())?;
    }
    Ok(object)
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(|_| ())
}

fn members<'a>(members: impl Iterator<Item = (&'a str, &'a Value)>) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        set(&object, name, &value_of(value)?)?;
    }
    Ok(object)
}

/// As the npm package gives it: numbers as text, so that they keep their digits.
fn value_of(value: &Value) -> Result<JsValue, JsValue> {
    Ok(match value {
        Value::Null => JsValue::NULL,
        Value::Boolean(boolean) => (*boolean).into(),
        Value::Number(digits) => (&**digits).into(),
        Value::Text(text) => text.into(),
        Value::List(list) => list.iter().map(value_of).collect::<Result<Array, _>>()?.into(),
        Value::Object(fields) => members(fields.iter().map(|(name, value)| (name.as_str(), value)))?.into(),
    })
}
