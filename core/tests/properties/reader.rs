//! The strict reader accepts what `serde_json` accepts, less what it is stricter about, and reads
//! the same values.

use payseal::MAX_DEPTH;
use proptest::prelude::*;
use proptest::sample::Index;

use super::oracle::hold_against_oracle;
use super::texts::{damaged, garbage, json};
use super::{cases, oracle};

/// A value where a wallet is not read for it, and where it is.
fn framed(value: &[u8]) -> Vec<u8> {
    [br#"{"id":"w","x":"#, value, br#","accounts":[{"symbol":"s","x":"#, value, br#","blockchain":"b"}]}"#].concat()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn of_any_json(value in json()) {
        hold_against_oracle(&framed(value.as_bytes()));
        hold_against_oracle(value.as_bytes());
    }

    #[test]
    fn of_damaged_json(value in damaged(json())) {
        hold_against_oracle(&framed(&value));
        hold_against_oracle(&value);
    }

    #[test]
    fn of_a_damaged_frame(body in damaged(json().prop_map(|value| format!(r#" {{"id":"w","x":{value},"accounts":{{"symbol":"s","blockchain":"b","x":{value}}}}} "#)))) {
        hold_against_oracle(&body);
    }

    #[test]
    fn of_garbage(value in garbage()) {
        hold_against_oracle(&framed(&value));
        hold_against_oracle(&value);
    }

    #[test]
    fn of_escapes(unit in 0..0x1_0000_u32, second in 0xd700..0xe100_u32, upper: bool) {
        let escape = |unit| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
        for text in [escape(unit), escape(unit) + &escape(second), escape(second) + &escape(unit), escape(second) + "u"] {
            hold_against_oracle(&framed(format!("\"{text}\"").as_bytes()));
        }
    }

    #[test]
    fn of_depth(depth in MAX_DEPTH - 3..MAX_DEPTH + 3, closed in prop::bool::weighted(0.9), objects: bool) {
        let (open, close) = if objects { ("{\"a\":", "}") } else { ("[", "]") };
        let value = [&open.repeat(depth), "1", &close.repeat(depth - usize::from(!closed))].concat();
        hold_against_oracle(&framed(value.as_bytes()));
    }

    /// Keys of which none is there twice, or one, perhaps written differently.
    #[test]
    fn of_many_keys(count in 0..40_usize, width in 1..20_usize, twice: Option<(Index, Index)>, escaped: bool) {
        let mut keys: Vec<_> = (0..count).map(|number| format!("{number:0width$}")).collect();
        if let Some((from, to)) = twice.filter(|_| count > 0) {
            let key = &keys[from.index(count)];
            let key = if escaped { format!("\\u00{:x}{}", key.as_bytes()[0], &key[1..]) } else { key.clone() };
            keys.insert(to.index(count + 1), key);
        }
        let members: Vec<_> = keys.iter().map(|key| format!("\"{key}\":{{\"a\":0}}")).collect();
        hold_against_oracle(&framed(format!("{{{}}}", members.join(",")).as_bytes()));
    }
}

/// Strings are searched eight bytes at a time: every ASCII character in every place, among others that
/// are near to special ones or beyond ASCII.
#[test]
fn of_every_character_in_every_place() {
    for among in ["a", " ", "!", "#", "[", "]", "\u{7f}", "é"] {
        for place in 0..17 {
            for character in '\0'..='\u{80}' {
                let text = format!("{}{character}{}", among.repeat(place), among.repeat(17 - place));
                hold_against_oracle(format!(r#"{{"id":"w","x":"{text}"}}"#).as_bytes());
            }
        }
    }
}

/// Nothing but white space may be before or after the one value.
#[test]
fn of_what_stands_around() {
    let frame = framed(b"1");
    let around: [&[u8]; 12] = [
        b" \t\r\n",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\xc3",
        b"\0",
        b"\x0b",
        b"\x0c",
        b"\xc2\xa0",
        b",",
        b"{}",
        b"null",
        b"//",
    ];
    for text in around {
        hold_against_oracle(&[text, &frame].concat());
        hold_against_oracle(&[&frame, text].concat());
    }
}

/// The reader's hash does not tell the first two keys apart: that alone does not make them equal.
#[test]
fn of_keys_that_collide() {
    for keys in [["currency_balance", "VRSNdFPCzpnce5Zn"], ["currency_balance", "currency_balance"]] {
        hold_against_oracle(&framed(format!(r#"{{"{}":1,"{}":2}}"#, keys[0], keys[1]).as_bytes()));
    }
}

/// The oracle does not judge itself.
#[test]
fn the_oracle_is_strict() {
    for accepted in ["{}", " [1e999] ", r#"{"a":{"a":1},"b":"\ud83d\ude00"}"#, "\"\u{feff}\""] {
        assert!(oracle::read(accepted.as_bytes()).is_some(), "{accepted}");
    }
    let deep = "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1);
    for refused in ["", "\u{feff}{}", r#"{"a":1,"\u0061":2}"#, r#""\ud800""#, "01", "1 2", "[1,]", &deep, "\"\0\""] {
        assert!(oracle::read(refused.as_bytes()).is_none(), "{refused}");
    }
}
