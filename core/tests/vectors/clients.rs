//! The clients that vectors name, and a client of either gateway.

use payseal::binding::{API_FOR_CRYPTO, BITLOGA};
use payseal::signature::Keys;
use payseal::{ApiForCrypto, Bitloga, DEFAULT_MAX_BODY, Request, Result, Secret};
use serde_json::Value;

use super::schemas;
use super::typed::{self, Refused, TypedCall};

/// The client of a vector: made of its own `client` or `secrets`, or else of those of its file.
pub(crate) fn bitloga(vector: &Value, file: &Value) -> Bitloga {
    let client = vector.get("client").unwrap_or(&file["client"]);
    let one = [client["api_secret"].clone()];
    let secrets = vector.get("secrets").map_or(&one[..], |secrets| secrets.as_array().unwrap());
    let secrets = secrets.iter().map(|secret| Secret::new(secret.as_str().unwrap()).unwrap());
    Bitloga::new(client["api_key"].as_str().unwrap(), Keys::new(secrets).unwrap())
}

/// The client of a vector.
pub(crate) fn apiforcrypto(vector: &Value, file: &Value) -> Result<ApiForCrypto> {
    let client = vector.get("client").unwrap_or(&file["client"]).as_object().unwrap();
    let mut gateway = ApiForCrypto::new(client["wallet_id"].as_str().unwrap());
    for (name, value) in client {
        let value = value.as_str().unwrap();
        gateway = match name.as_str() {
            "wallet_id" => gateway,
            "notification_secret" => gateway.notification_secret(&Secret::new(value)?),
            "base_url" => gateway.base_url(value),
            "invoice_url" => gateway.with_invoice_url(value),
            other => panic!("clients have no {other}"),
        };
    }
    Ok(gateway)
}

/// The `secret_key` of a vector.
pub(crate) fn secret_key(vector: &Value) -> Option<&str> {
    vector.get("secret_key").map(|key| key.as_str().unwrap())
}

/// A client of either gateway, driven by the names of methods.
pub(crate) enum Client {
    Bitloga(Bitloga),
    ApiForCrypto(ApiForCrypto),
}

impl Client {
    pub(crate) fn of(gateway: &str, vector: &Value, file: &Value) -> Self {
        match gateway {
            "bitloga" => Self::Bitloga(bitloga(vector, file)),
            "apiforcrypto" => Self::ApiForCrypto(apiforcrypto(vector, file).unwrap()),
            other => panic!("there is no gateway {other}"),
        }
    }

    /// Makes a call through the typed interface.
    pub(crate) fn typed(&self, method: &str, input: &Value) -> Result<TypedCall, Refused> {
        match self {
            Self::Bitloga(client) => typed::bitloga(client, method, input),
            Self::ApiForCrypto(client) => typed::apiforcrypto(client, method, input),
        }
    }

    /// Makes a request through the schema of the method.
    pub(crate) fn build(&self, method: &str, input: &Value) -> Result<Request> {
        match self {
            Self::Bitloga(client) => schemas::build(client, BITLOGA.methods, method, input),
            Self::ApiForCrypto(client) => schemas::build(client, API_FOR_CRYPTO.methods, method, input),
        }
    }

    /// Reads an answer through the typed interface, to the first call with that method in the file.
    pub(crate) fn parse(&self, method: &str, file: &Value, status: u16, body: &[u8]) -> Result<Value> {
        let mut calls = file["calls"].as_array().unwrap().iter();
        let call = calls.find(|call| call["method"] == method).unwrap();
        (self.typed(method, &call["input"]).unwrap().parse)(status, body)
    }

    /// Reads an answer through the schema of the method.
    pub(crate) fn read(&self, method: &str, status: u16, body: &[u8]) -> Result<Value> {
        let parsed = match self {
            Self::Bitloga(_) => (schemas::find(BITLOGA.methods, method).read)(status, body, DEFAULT_MAX_BODY)?,
            Self::ApiForCrypto(_) => {
                (schemas::find(API_FOR_CRYPTO.methods, method).read)(status, body, DEFAULT_MAX_BODY)?
            }
        };
        Ok(schemas::value(&parsed))
    }
}
