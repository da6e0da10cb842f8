//! The operations. Each takes the number of a client, or what it needs of one, and where its input stands.

use alloc::vec;

use payseal::apiforcrypto::{Notification, NotificationFields};
use payseal::binding::{Answer, Parameters as _};
use payseal::bitloga::{Bitloga, Callback, CallbackFields, Expected, ListCodes, compare};
use payseal::signature::{Keys, Source};
use payseal::{ApiForCrypto, Method, Result, unique_id};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::constants::{NO_SECRET_KEY, TOO_LONG};
use crate::exchange::{Clients, Written, operate};
use crate::inputs::with_arguments;
use crate::reply::{Reply, Verdict};
use crate::slots::Slots;
use crate::wipe::wipe_stack;

/// Schedules the keys of some secrets, which JavaScript then keeps in place of them: 32 numbers for each.
#[wasm_bindgen]
pub fn schedule_keys(secrets: u32) -> u32 {
    let reply = operate(move |written, _, reply| {
        reply.keys(&written.secrets(secrets)?);
        Ok(Verdict::Done)
    });
    wipe_stack();
    reply
}

/// Opens a client. Its keys are on the stack for a while.
fn open(put: &mut dyn FnMut(Written<'_>, &mut Clients) -> Result<()>) -> u32 {
    let reply = operate(move |written, clients, _| {
        put(written, clients)?;
        Ok(Verdict::Done)
    });
    wipe_stack();
    reply
}

/// Opens a client of Bitloga from its API key, its address and, after them in the table, its scheduled keys.
#[wasm_bindgen]
pub fn open_bitloga(client: f64, length: u32, keys: u32, max_body: u32) -> u32 {
    open(&mut move |written, clients| {
        let mut entries = written.entries(0, length);
        let api_key = entries.text().unwrap_or_default();
        let base_url = entries.text();
        let keys = Keys::scheduled((0..keys).map(|_| entries.key()))?;
        let mut opened = Bitloga::new(api_key, keys).max_body(max_body as usize);
        if let Some(base_url) = base_url {
            opened = opened.base_url(base_url);
        }
        clients.bitloga.put(client, opened.checked()?);
        Ok(())
    })
}

/// Opens a client of Api for Crypto from its wallet id, its addresses and, after them in the table, the scheduled key
/// of its notification secret, if it has one.
#[wasm_bindgen]
pub fn open_api_for_crypto(client: f64, length: u32, keys: u32, max_body: u32) -> u32 {
    open(&mut move |written, clients| {
        let mut entries = written.entries(0, length);
        let mut opened = ApiForCrypto::new(entries.text().unwrap_or_default()).max_body(max_body as usize);
        if let Some(base_url) = entries.text() {
            opened = opened.base_url(base_url);
        }
        if let Some(invoice_url) = entries.text() {
            opened = opened.with_invoice_url(invoice_url);
        }
        for _ in 0..keys {
            opened = opened.notification_key(entries.key());
        }
        opened.check()?;
        clients.api_for_crypto.put(client, opened);
        Ok(())
    })
}

/// Makes the request of a method of Bitloga.
#[wasm_bindgen]
pub fn call_bitloga(client: f64, method: u32, length: u32) -> u32 {
    operate(move |written, clients, reply| {
        call(&clients.bitloga, client, Bitloga::METHODS, method, written, length, reply)
    })
}

/// Makes the request of a method of Api for Crypto.
#[wasm_bindgen]
pub fn call_api_for_crypto(client: f64, method: u32, length: u32) -> u32 {
    operate(move |written, clients, reply| {
        call(&clients.api_for_crypto, client, ApiForCrypto::METHODS, method, written, length, reply)
    })
}

/// Makes the request for the page behind some that held `received` codes, the last of them `last`.
#[wasm_bindgen]
pub fn next_code_page(client: f64, length: u32, received: u32, last: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Verdict::Stale) };
        written.with_arguments(length, ListCodes::SCHEMA.parameters, &mut |inputs| {
            let next = client.next_codes(inputs, received as usize, last as usize)?;
            let Some(request) = next else { return Ok(Verdict::End) };
            reply.request(&request);
            Ok(Verdict::Done)
        })
    })
}

/// Reads the answer to a method of Bitloga.
#[wasm_bindgen]
pub fn parse_bitloga(method: u32, status: u16, start: u32, length: u32, max_body: u32) -> u32 {
    operate(move |written, _, reply| {
        parse(Bitloga::METHODS, method, status, body(written, start, length), max_body, reply)
    })
}

/// Reads the answer to a method of Api for Crypto.
#[wasm_bindgen]
pub fn parse_api_for_crypto(method: u32, status: u16, start: u32, length: u32, max_body: u32) -> u32 {
    operate(move |written, _, reply| {
        parse(ApiForCrypto::METHODS, method, status, body(written, start, length), max_body, reply)
    })
}

/// Verifies a callback and reads it.
#[wasm_bindgen]
pub fn verify_callback(
    client: f64,
    start: u32,
    length: u32,
    signature: u32,
    signature_length: u32,
    of_headers: bool,
) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Verdict::Stale) };
        let source = source(written.text(signature, signature_length), of_headers);
        let (parsed, secret_index) = match body(written, start, length) {
            Body::Whole(body) => client.verify(body, &source)?,
            Body::TooLong => client.verify_within(0, b" ", &source)?,
        };
        reply.set_aside(secret_index);
        reply.message(&parsed, Callback::SCHEMAS);
        Ok(Verdict::Done)
    })
}

/// Verifies a notification and reads it. The secret key is absent where its length is that of no text.
#[wasm_bindgen]
pub fn verify_notification(client: f64, start: u32, length: u32, secret_key: u32, secret_key_length: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.api_for_crypto.get(client) else { return Ok(Verdict::Stale) };
        let secret_key = (secret_key_length != NO_SECRET_KEY).then(|| written.text(secret_key, secret_key_length));
        let parsed = match body(written, start, length) {
            Body::Whole(body) => client.verify(body, secret_key)?,
            Body::TooLong => client.verify_within(0, b" ", secret_key)?,
        };
        reply.message(&parsed, Notification::SCHEMAS);
        Ok(Verdict::Done)
    })
}

/// Tells why a callback does not verify.
#[wasm_bindgen]
pub fn diagnose(client: f64, start: u32, length: u32, signature: u32, signature_length: u32, of_headers: bool) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Verdict::Stale) };
        let source = source(written.text(signature, signature_length), of_headers);
        let diagnosis = match body(written, start, length) {
            Body::Whole(body) => client.diagnose(body, source),
            Body::TooLong => client.diagnose_within(0, b" ", &source),
        };
        reply.push_text(diagnosis.cause.as_str());
        reply.push_text(&diagnosis.message);
        Ok(Verdict::Done)
    })
}

/// Signs a callback. After its entries are the fields that no document names, as JSON without braces.
#[wasm_bindgen]
pub fn sign_callback(client: f64, length: u32, extra: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Verdict::Stale) };
        written.with_arguments(length, CallbackFields::SCHEMA.parameters, &mut |inputs| {
            let signed = client.sign_inputs_with_written(inputs, written.text(length, extra))?;
            reply.push_text(core::str::from_utf8(&signed.body).unwrap_or_default());
            reply.headers(&signed.headers);
            Ok(Verdict::Done)
        })
    })
}

/// Signs any body as the gateway would.
#[wasm_bindgen]
pub fn sign_callback_body(client: f64, length: u32) -> u32 {
    operate(move |written, clients, reply| {
        let Some(client) = clients.bitloga.get(client) else { return Ok(Verdict::Stale) };
        reply.headers(&client.sign_callback_body(written.bytes(0, length)).headers);
        Ok(Verdict::Done)
    })
}

/// Makes a notification. Its secret key is on the stack for a while.
#[wasm_bindgen]
pub fn test_notification(client: f64, length: u32) -> u32 {
    let reply = operate(move |written, clients, reply| {
        let Some(client) = clients.api_for_crypto.get(client) else { return Ok(Verdict::Stale) };
        written.with_arguments(length, NotificationFields::SCHEMA.parameters, &mut |inputs| {
            let notification = client.notification_of(inputs)?;
            reply.push_text(core::str::from_utf8(&notification.body).unwrap_or_default());
            reply.headers(&notification.headers);
            Ok(Verdict::Done)
        })
    });
    wipe_stack();
    reply
}

/// Holds a callback against what is expected of it.
#[wasm_bindgen]
pub fn expect_callback(length: u32) -> u32 {
    operate(move |written, _, _| {
        let mut entries = written.entries(0, length);
        let parameters = Expected::SCHEMA.parameters;
        with_arguments(&mut entries.clone(), parameters, &mut |expected| {
            entries.skip(parameters.len());
            with_arguments(&mut entries, parameters, &mut |actual| {
                compare(expected, actual)?;
                Ok(Verdict::Done)
            })
        })
    })
}

/// Makes an identifier out of 16 random bytes.
#[wasm_bindgen]
pub fn identifier() -> u32 {
    operate(move |written, _, reply| {
        let Ok(entropy) = written.bytes(0, 16).try_into() else { return Ok(Verdict::End) };
        reply.push_text(&unique_id(entropy));
        Ok(Verdict::Done)
    })
}

fn call<Client: 'static>(
    clients: &Slots<Client>,
    client: f64,
    methods: &[Method],
    method: u32,
    written: Written<'_>,
    length: u32,
    reply: &mut Reply,
) -> Result<Verdict> {
    let Some(client) = clients.get(client) else { return Ok(Verdict::Stale) };
    let Some(method) = methods.get(method as usize) else { return Ok(Verdict::End) };
    written.with_arguments(length, method.request.parameters, &mut |inputs| {
        reply.request(&(method.build)(client, inputs)?);
        Ok(Verdict::Done)
    })
}

fn parse(
    methods: &[Method],
    method: u32,
    status: u16,
    body: Body<'_>,
    max_body: u32,
    reply: &mut Reply,
) -> Result<Verdict> {
    let Some(method) = methods.get(method as usize) else { return Ok(Verdict::End) };
    let (body, max_body) = match body {
        Body::Whole(body) => (body, max_body as usize),
        Body::TooLong => (b" ".as_slice(), 0),
    };
    reply.message(&(method.read)(status, body, max_body)?, method.schemas);
    Ok(Verdict::Done)
}

/// A body, unless it is longer than the client reads. The core then gets a short one that is too long
/// for a client that reads nothing, so that it says what is wrong in its own order.
#[derive(Clone, Copy)]
enum Body<'a> {
    Whole(&'a [u8]),
    TooLong,
}

fn body(written: Written<'_>, start: u32, length: u32) -> Body<'_> {
    if length == TOO_LONG { Body::TooLong } else { Body::Whole(written.bytes(start, length)) }
}

/// Values of several headers come joined by commas, as HTTP allows.
fn source(text: &str, of_headers: bool) -> Source<'_> {
    if of_headers { Source::HeaderValues(vec![text]) } else { Source::Signature(text) }
}
