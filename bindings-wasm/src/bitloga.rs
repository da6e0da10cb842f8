//! What only clients of Bitloga can do.

use payseal::binding::{self, Client, Parameters as _};
use payseal::bitloga::{Bitloga, CallbackFields, Expected, Hints, compare};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::body::{Body, body, source};
use crate::buffers::operate;
use crate::constants::{OF_ANOTHER_HEADER, OF_HEADER};
use crate::inputs::arguments;
use crate::output::Status;
use crate::wipe::wipe_stack;

/// Tells why a callback does not verify. The signature is first in the input, its place a number of `constants`. The
/// secret is on the stack for a while; of none the length is 0.
#[wasm_bindgen]
pub fn diagnose(
    client: f64,
    start: u32,
    length: u32,
    signature_length: u32,
    place: u32,
    secret: u32,
    secret_length: u32,
) -> u32 {
    let output = operate(move |input, clients, output| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Status::Evicted) };
        let text = input.text(0, signature_length);
        let mut hints = Hints::new();
        let source = if place == OF_ANOTHER_HEADER {
            // Its name has that in it.
            hints = hints.headers([("signature", text)]);
            source("", true)
        } else {
            source(text, place == OF_HEADER)
        };
        if secret_length > 0 {
            hints = hints.secret(input.bytes(secret, secret_length));
        }
        let Body { bytes, limit } = body(input, start, length, Client::max_body(client));
        let diagnosis = client.clone().max_body(limit).diagnose_with(bytes, source, &hints);
        output.push_text(diagnosis.cause.as_str());
        output.push_text(&diagnosis.message);
        Ok(Status::Done)
    });
    wipe_stack();
    output
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
