//! Reads calls as JSON from standard input, and prints the request that each of them makes, or the error.

use std::io;

use payseal::apiforcrypto::{ApiForCrypto, BASE_URL, INVOICE_URL};
use payseal::binding::{API_FOR_CRYPTO, Argument, BITLOGA, Method, Parameter, ParameterKind, invalid};
use payseal::bitloga::Bitloga;
use payseal::{Request, Secret};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A call as the vectors describe it.
#[derive(Deserialize)]
struct Call {
    gateway: Gateway,
    client: ClientOptions,
    method: String,
    input: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gateway {
    Bitloga,
    ApiForCrypto,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ClientOptions {
    api_key: String,
    api_secret: String,
    wallet_id: String,
    notification_secret: Option<String>,
    base_url: Option<String>,
    invoice_url: String,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            api_key: String::new(),
            api_secret: String::new(),
            wallet_id: String::new(),
            notification_secret: None,
            base_url: None,
            invoice_url: INVOICE_URL.to_owned(),
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calls: Vec<Call> = serde_json::from_reader(io::stdin().lock())?;
    let requests: Vec<Value> = calls.iter().map(|call| describe(request(call))).collect();
    serde_json::to_writer(io::stdout().lock(), &requests)?;
    Ok(())
}

fn describe(request: payseal::Result<Request>) -> Value {
    match request {
        Ok(Request { method, url, headers, body, .. }) => {
            let body = body.map(|body| String::from_utf8_lossy(&body).into_owned());
            json!({"method": method, "url": url, "headers": headers, "body": body})
        }
        Err(error) => json!({"code": error.code(), "message": error.to_string(), "field": error.field()}),
    }
}

fn request(call: &Call) -> payseal::Result<Request> {
    let options = &call.client;
    match call.gateway {
        Gateway::Bitloga => {
            let client = Bitloga::new(&*options.api_key, Secret::new(&options.api_secret)?);
            let client = client.base_url(options.base_url.as_deref().unwrap_or(payseal::bitloga::BASE_URL));
            build(&client, BITLOGA.methods, call)
        }
        Gateway::ApiForCrypto => {
            let client = ApiForCrypto::new(&*options.wallet_id).with_invoice_url(&*options.invoice_url);
            let client = client.base_url(options.base_url.as_deref().unwrap_or(BASE_URL));
            let secret = options.notification_secret.as_ref().map(Secret::new).transpose()?;
            let client = secret.iter().fold(client, ApiForCrypto::notification_secret);
            build(&client, API_FOR_CRYPTO.methods, call)
        }
    }
}

/// Makes a request through the table of a method, as the bindings do.
fn build<Client: 'static>(client: &Client, methods: &[Method], call: &Call) -> payseal::Result<Request> {
    let unknown = || invalid("method", "is not known");
    let method = methods.iter().find(|method| method.name == call.method).ok_or_else(unknown)?;
    (method.build)(client, &arguments(method.request.parameters, &call.input))
}

fn arguments<'a>(parameters: &[Parameter], input: &'a Map<String, Value>) -> Vec<Option<Argument<'a>>> {
    parameters.iter().map(|parameter| argument(parameter, input.get(parameter.name)?)).collect()
}

fn argument<'a>(parameter: &Parameter, value: &'a Value) -> Option<Argument<'a>> {
    match (parameter.kind, value) {
        (_, Value::String(text)) => Some(Argument::Text(text)),
        // Arguments borrow. A program that ends at once may leak.
        (_, Value::Number(number)) => Some(Argument::Number(number.to_string().leak())),
        (ParameterKind::Group(schema), Value::Object(input)) => {
            Some(Argument::Group(arguments(schema.parameters, input)))
        }
        _ => None,
    }
}
