//! What clients of every gateway do. Each operation takes the number of a client, or what it needs of one, and where its
//! input is.

use payseal::binding::{
    self, CallbackProof, GATEWAYS, Gateway, ProofKind, SettingKind, SettingValue, push_quoting_numbers,
};
use payseal::{Result, unique_id};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::body::{Body, body, source};
use crate::buffers::{InputBuffer, operate};
use crate::constants::{NO_PAGES, NO_SECRET_KEY};
use crate::output::Status;
use crate::wipe::wipe_stack;

/// Schedules the keys of some secrets, which JavaScript then keeps in place of them: 32 numbers for each.
#[wasm_bindgen]
pub fn schedule_keys(secrets: u32) -> u32 {
    let output = operate(move |input, _, output| {
        output.keys(&input.secrets(secrets)?);
        Ok(Status::Done)
    });
    wipe_stack();
    output
}

/// Opens a client of a gateway from its scheduled keys, which come first in the table, and its texts, in the order of
/// the gateway's settings. The keys are on the stack for a while.
#[wasm_bindgen]
pub fn open(gateway: u32, client: f64, length: u32, keys: u32, max_body: u32) -> u32 {
    let output = operate(move |input, clients, _| {
        let Some(gateway) = GATEWAYS.get(gateway as usize) else { return Ok(Status::End) };
        clients.put(client, (gateway.open)(&settings(gateway, input, length, keys, max_body)?)?);
        Ok(Status::Done)
    });
    wipe_stack();
    output
}

fn settings<'a>(
    gateway: &Gateway,
    input: InputBuffer<'a>,
    length: u32,
    keys: u32,
    max_body: u32,
) -> Result<Vec<Option<SettingValue<'a>>>> {
    let mut entries = input.entries(0, length);
    let mut keys = match keys {
        0 => None,
        _ => Some(SettingValue::Keys(binding::keys((0..keys).map(|_| entries.key()))?)),
    };
    let mut settings = Vec::with_capacity(gateway.settings.len());
    for setting in gateway.settings {
        settings.push(match setting.kind {
            // A text that is required and absent is empty: the gateway says what is wrong with it.
            SettingKind::Text => entries.text().or(setting.required.then_some("")).map(SettingValue::Text),
            SettingKind::Size => Some(SettingValue::Size(max_body as usize)),
            SettingKind::Secret | SettingKind::Secrets => keys.take(),
        });
    }
    Ok(settings)
}

/// Makes the request of a method; or, once pages have held `received` entries, the last of them `last`, for the page
/// after them. Nothing is left to do after the last page.
#[wasm_bindgen]
pub fn call(client: f64, method: u32, length: u32, received: u32, last: u32) -> u32 {
    operate(move |input, clients, output| {
        let Some(client) = clients.get(client) else { return Ok(Status::Evicted) };
        let Some(described) = client.gateway().methods.get(method as usize) else { return Ok(Status::End) };
        let arguments = input.arguments(length, described.request.parameters)?;
        let request = if received == NO_PAGES {
            Some((described.build)(client.as_any(), &arguments)?)
        } else {
            client.next_page(method as usize, &arguments, received as usize, last as usize)?
        };
        let Some(request) = request else { return Ok(Status::End) };
        output.request(&request);
        Ok(Status::Done)
    })
}

/// Reads the answer to a method of a gateway.
#[wasm_bindgen]
pub fn parse(gateway: u32, method: u32, status: u16, start: u32, length: u32, max_body: u32) -> u32 {
    operate(move |input, _, output| {
        let gateway = GATEWAYS.get(gateway as usize);
        let Some(method) = gateway.and_then(|gateway| gateway.methods.get(method as usize)) else {
            return Ok(Status::End);
        };
        let Body { bytes, limit } = body(input, start, length, max_body as usize);
        output.message(&(method.read)(status, bytes, limit)?, method.schemas);
        Ok(Status::Done)
    })
}

/// Verifies a callback by its signature or its secret key, and reads it. The secret key is absent where its length is
/// that of no text.
#[wasm_bindgen]
pub fn verify(client: f64, start: u32, length: u32, proof: u32, proof_length: u32, of_headers: bool) -> u32 {
    operate(move |input, clients, output| {
        let Some(client) = clients.get(client) else { return Ok(Status::Evicted) };
        let callback = &client.gateway().callback;
        let text = (proof_length != NO_SECRET_KEY).then(|| input.text(proof, proof_length));
        let proof = match callback.proof {
            ProofKind::Signature(_) => CallbackProof::Signature(source(text.unwrap_or_default(), of_headers)),
            ProofKind::SecretKey => CallbackProof::SecretKey(text),
        };
        let Body { bytes, limit } = body(input, start, length, client.max_body());
        let verified = client.verify(bytes, &proof, limit)?;
        output.set_aside(verified.secret_index.unwrap_or(0));
        output.message(&verified.parsed, callback.schemas);
        Ok(Status::Done)
    })
}

/// Quotes the numbers of unknown fields that were too large to do so before somebody looked.
#[wasm_bindgen]
pub fn quote_numbers(length: u32) -> u32 {
    operate(move |input, _, output| {
        let mut quoted = String::new();
        push_quoting_numbers(&mut quoted, input.text(0, length));
        output.push_text(&quoted);
        Ok(Status::Done)
    })
}

/// Makes an identifier out of 16 random bytes.
#[wasm_bindgen]
pub fn identifier() -> u32 {
    operate(move |input, _, output| {
        let Ok(entropy) = input.bytes(0, 16).try_into() else { return Ok(Status::End) };
        output.push_text(&unique_id(entropy));
        Ok(Status::Done)
    })
}
