//! What only clients of Bitloga can do.

use payseal::binding::{self, Client, Parameters as _};
use payseal::bitloga::{Bitloga, CallbackFields, Expected, compare};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::body::{Body, body, source};
use crate::buffers::operate;
use crate::inputs::arguments;
use crate::output::Status;

/// Tells why a callback does not verify.
#[wasm_bindgen]
pub fn diagnose(client: f64, start: u32, length: u32, signature: u32, signature_length: u32, of_headers: bool) -> u32 {
    operate(move |input, clients, output| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Status::Evicted) };
        let source = source(input.text(signature, signature_length), of_headers);
        let Body { bytes, limit } = body(input, start, length, Client::max_body(client));
        let diagnosis = client.clone().max_body(limit).diagnose(bytes, source);
        output.push_text(diagnosis.cause.as_str());
        output.push_text(&diagnosis.message);
        Ok(Status::Done)
    })
}

/// Signs a callback. After its entries are the fields that no document names, as JSON without braces.
#[wasm_bindgen]
pub fn sign_callback(client: f64, length: u32, extra: u32) -> u32 {
    operate(move |input, clients, output| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Status::Evicted) };
        let fields = input.arguments(length, CallbackFields::SCHEMA.parameters)?;
        let signed = binding::sign_callback(client, &fields, input.text(length, extra))?;
        output.message_to_post(&signed.body, &signed.headers);
        Ok(Status::Done)
    })
}

/// Signs any body as the gateway would.
#[wasm_bindgen]
pub fn sign_callback_body(client: f64, length: u32) -> u32 {
    operate(move |input, clients, output| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Status::Evicted) };
        output.headers(&client.sign_callback_body(input.bytes(0, length)).headers);
        Ok(Status::Done)
    })
}

/// Holds a callback against what is expected of it.
#[wasm_bindgen]
pub fn expect_callback(length: u32) -> u32 {
    operate(move |input, _, _| {
        let mut entries = input.entries(0, length);
        let parameters = Expected::SCHEMA.parameters;
        let expected = arguments(&mut entries, parameters)?;
        compare(&expected, &arguments(&mut entries, parameters)?)?;
        Ok(Status::Done)
    })
}
