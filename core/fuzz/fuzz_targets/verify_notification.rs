//! Notifications of any bytes, with the secret of the invoice and with a derived one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use payseal::binding::{CallbackProof, Client};
use payseal::{ApiForCrypto, DEFAULT_MAX_BODY, Secret};

fuzz_target!(|body: &[u8]| {
    let gateway = ApiForCrypto::new("wallet").notification_secret(&Secret::new("secret").unwrap());
    for secret_key in [None, Some("k"), Some("a secret of this invoice")] {
        let proof = CallbackProof::SecretKey(secret_key);
        let verified = Client::verify(&gateway, body, &proof, DEFAULT_MAX_BODY);
        match (gateway.verify_notification(body, secret_key), verified) {
            (Ok(notification), Ok(verified)) => {
                assert_eq!(notification.event_id, verified.parsed.event_id().as_str());
                let carried = secret_key.map(str::as_bytes).unwrap_or_default();
                assert!(body.windows(carried.len().max(1)).any(|window| window == carried) || body.contains(&b'\\'));
            }
            (Err(error), Err(other)) => assert_eq!(error, other),
            _ => panic!("the typed interface and the table disagree"),
        }
    }
});
