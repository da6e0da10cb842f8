//! The files, read in place, and the forms that `tests/vectors/README.md` describes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use payseal::Request;
use payseal::signature::Source;
use serde_json::{Value, json};

/// One of the files.
pub(crate) fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name).with_extension("json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Runs a check over every vector of a list, then names all those that failed it.
pub(crate) fn each(vectors: &Value, check: impl Fn(&Value)) {
    let vectors = vectors.as_array().unwrap();
    assert!(!vectors.is_empty(), "there are no vectors");
    let fails = |vector: &&Value| catch_unwind(AssertUnwindSafe(|| check(vector))).is_err();
    let failed: Vec<_> = vectors.iter().filter(fails).map(|vector| &vector["name"]).collect();
    println!("{} vectors", vectors.len());
    assert!(failed.is_empty(), "{} of {} vectors failed: {failed:#?}", failed.len(), vectors.len());
}

/// The bytes of a body; `None` for what is not bytes.
pub(crate) fn body(form: &Value) -> Option<Vec<u8>> {
    if let Some(text) = form.as_str() {
        return Some(text.into());
    }
    if let Some(text) = form.get("base64") {
        return Some(decode_base64(text.as_str().unwrap()));
    }
    let pieces = form.get("pieces")?.as_array().unwrap();
    let repeat = |piece: &Value| {
        let times = usize::try_from(piece[1].as_u64().unwrap()).unwrap();
        piece[0].as_str().unwrap().repeat(times).into_bytes()
    };
    Some(pieces.iter().flat_map(repeat).collect())
}

/// A signature: a text, nothing, or the values of several headers.
pub(crate) fn source(form: &Value) -> Source<'_> {
    match form {
        Value::Array(values) => Source::HeaderValues(values.iter().map(|value| value.as_str().unwrap()).collect()),
        Value::Null => Source::from(None::<&str>),
        text => Source::from(text.as_str()),
    }
}

/// A request as vectors write it.
pub(crate) fn request(request: &Request) -> Value {
    let mut form = json!({"method": request.method, "url": request.url, "headers": request.headers});
    if let Some(body) = &request.body {
        form["body"] = std::str::from_utf8(body).unwrap().into();
    }
    form
}

fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets = text.bytes().filter_map(|byte| ALPHABET.iter().position(|letter| *letter == byte));
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0, 0);
    for sextet in sextets {
        (bits, count) = ((bits << 6 | sextet) & 0xffff, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}
