//! Callbacks of any bytes, with any signature and with the right one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use payseal::binding::{CallbackProof, Client};
use payseal::signature::{Key, Source};
use payseal::{Bitloga, Cause, DEFAULT_MAX_BODY, Secret};

fuzz_target!(|data: &[u8]| {
    let secret = Secret::new("secret").unwrap();
    let right = Key::new(&secret).sign(data).to_hex();
    let gateway = Bitloga::new("key", secret);

    // Up to the first line break: the values of the header, separated by bars.
    let (headers, body) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let headers = String::from_utf8_lossy(headers);
    for source in [Source::Signature(&headers), Source::HeaderValues(headers.split('|').collect())] {
        let error = gateway.verify_callback(body, source.clone()).unwrap_err();
        assert!(error.code().starts_with("signature_"));
        assert_ne!(gateway.diagnose(body, source).cause, Cause::Valid);
    }

    let proof = CallbackProof::Signature(Source::Signature(&right));
    match (gateway.verify_callback(data, &right), Client::verify(&gateway, data, &proof, DEFAULT_MAX_BODY)) {
        (Ok(callback), Ok(verified)) => assert_eq!(callback.event_id, verified.parsed.event_id()),
        (Err(error), Err(other)) => {
            assert_eq!(error.code(), "malformed_body");
            assert_eq!(error, other);
        }
        _ => panic!("the typed interface and the table disagree"),
    }
});
