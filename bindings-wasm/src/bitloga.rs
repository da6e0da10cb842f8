//! What only clients of Bitloga can do.

use payseal::binding::{Client, Parameters as _};
use payseal::bitloga::{Bitloga, CallbackFields, Expected, compare};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::body::{Body, body, source};
use crate::exchange::operate;
use crate::inputs::arguments;
use crate::reply::Verdict;

/// Tells why a callback does not verify.
#[wasm_bindgen]
pub fn diagnose(client: f64, start: u32, length: u32, signature: u32, signature_length: u32, of_headers: bool) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Verdict::Stale) };
        let source = source(written.text(signature, signature_length), of_headers);
        let Body { bytes, limit } = body(written, start, length, Client::max_body(client));
        let diagnosis = client.diagnose_within(limit, bytes, &source);
        reply.push_text(diagnosis.cause.as_str());
        reply.push_text(&diagnosis.message);
        Ok(Verdict::Done)
    })
}

/// Signs a callback. After its entries are the fields that no document names, as JSON without braces.
#[wasm_bindgen]
pub fn sign_callback(client: f64, length: u32, extra: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Verdict::Stale) };
        let fields = written.arguments(length, CallbackFields::SCHEMA.parameters)?;
        let signed = client.sign_inputs_with_written(&fields, written.text(length, extra))?;
        reply.message_to_post(&signed.body, &signed.headers);
        Ok(Verdict::Done)
    })
}

/// Signs any body as the gateway would.
#[wasm_bindgen]
pub fn sign_callback_body(client: f64, length: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.own::<Bitloga>(client)? else { return Ok(Verdict::Stale) };
        reply.headers(&client.sign_callback_body(written.bytes(0, length)).headers);
        Ok(Verdict::Done)
    })
}

/// Holds a callback against what is expected of it.
#[wasm_bindgen]
pub fn expect_callback(length: u32) -> u32 {
    operate(move |written, _, _| {
        let mut entries = written.entries(0, length);
        let parameters = Expected::SCHEMA.parameters;
        let expected = arguments(&mut entries, parameters)?;
        compare(&expected, &arguments(&mut entries, parameters)?)?;
        Ok(Verdict::Done)
    })
}
