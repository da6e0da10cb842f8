//! The strict reader reads what `serde_json` reads, less what it is stricter about.

#![no_main]

#[path = "../../tests/properties/oracle.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    oracle::hold_against_oracle(body);
    oracle::hold_against_oracle(&[br#"{"id":"w","x":"#, body, b"}"].concat());
});
