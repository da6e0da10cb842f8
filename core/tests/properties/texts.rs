//! Texts that are JSON, nearly JSON, or far from it.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A JSON value, written in one of the many ways there are to write it.
pub(crate) fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(&["null", "true", "false", "0", "-0", "\"\"", "[]", "{}"][..]).prop_map(String::from),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        string(),
    ];
    leaf.prop_recursive(6, 40, 5, |inner| {
        let elements = prop::collection::vec((space(), inner.clone(), space()), 0..5);
        let members = prop::collection::vec((space(), string(), space(), inner, space()), 0..5);
        prop_oneof![
            elements.prop_map(|elements| {
                let elements: Vec<_> = elements.iter().map(|(a, element, b)| [*a, element, *b].concat()).collect();
                format!("[{}]", elements.join(","))
            }),
            members.prop_map(|members| {
                let member = |(a, key, b, value, c): &(&str, String, &str, String, &str)| {
                    [*a, key, *b, ":", *c, value, *a].concat()
                };
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

fn space() -> impl Strategy<Value = &'static str> {
    select(&["", "", "", " ", "\n", "\r\n\t"][..])
}

/// A string in quotes: few enough short ones that keys meet, and the same one written differently.
fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[ab]".boxed(),
        2 => "[^\"\\\\\\x00-\\x1f]".boxed(),
        1 => select(&["\\u0061", "\\u0062", "\\\"", "\\\\", "\\/", "\\b", "\\n", "\\u0000"][..])
            .prop_map(String::from).boxed(),
        1 => select(&["\\ud83d\\ude00", "\\uD83D\\uDE00", "\\u20AC", "\\ufeff", "\\uffff"][..])
            .prop_map(String::from).boxed(),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// A text with a few of its bytes removed, replaced or put in.
pub(crate) fn damaged(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((any::<Index>(), 0..3, byte()), 0..4);
    (text, edits).prop_map(|(text, edits)| {
        let mut bytes = text.into_bytes();
        for (place, edit, byte) in edits {
            let place = place.index(bytes.len() + 1);
            match edit {
                0 => bytes.insert(place, byte),
                1 if place < bytes.len() => bytes[place] = byte,
                2 if place < bytes.len() => drop(bytes.remove(place)),
                _ => {}
            }
        }
        bytes
    })
}

/// A byte, most often one that means something in JSON.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![6 => select(&b"{}[]\",:\\/ubnd0189aeE+-.tfl \t\n\r\0"[..]), 1 => any::<u8>()]
}

/// Any bytes, most often from the alphabet of JSON.
pub(crate) fn garbage() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(byte(), 0..40)
}
