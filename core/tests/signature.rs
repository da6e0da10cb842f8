//! HMAC-SHA512 as RFC 4231 has it, signatures as they travel, and several secrets at once.

#![allow(clippy::unwrap_used, reason = "tests")]

use payseal::bitloga::{Bitloga, CallbackFields};
use payseal::signature::{Key, Keys, Signature, Source};
use payseal::{Amount, Error, Secret};

fn key(secret: impl AsRef<[u8]>) -> Key {
    Key::new(&Secret::new(secret).unwrap())
}

/// RFC 4231, sections 4.2 to 4.8. The key of case 5 is all form feeds, which no [`Secret`] may be;
/// its point is truncation, which does not happen here.
#[test]
fn rfc_4231() {
    let counting: Vec<u8> = (1..=25).collect();
    let cases: [(&[u8], &[u8], &str); 6] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde\
             daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39\
             bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        ),
        (
            &counting,
            &[0xcd; 50],
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db\
             a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
        (
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. \
              The key needs to be hashed before being used by the HMAC algorithm.",
            "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944\
             b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
        ),
    ];
    for (secret, message, expected) in cases {
        assert_eq!(key(secret).sign(message).to_hex(), expected);
        key(secret).verify(message, &Signature::from_hex(expected).unwrap()).unwrap();
    }
    assert_eq!(Secret::new([0x0c; 20]).unwrap_err().code(), "invalid_secret");
}

/// The block of SHA-512 is 128 bytes long: keys around it, with signatures by Python's `hmac`.
#[test]
fn keys_about_as_long_as_a_block() {
    for (length, expected) in [
        (
            127,
            "d31285a136d9bdfbd7a24e0b9d9dc38497f72d7d9ba7f9956966a44d5f58b2bb\
             a8d1d601f285473dc59fce79be7823fa034a8b064437e4ecfcd0d55ff9d0760c",
        ),
        (
            128,
            "73b9d00273f1a9c5948422a4cabe327dcaded0f8df306af23ada45cafcf6306d\
             f4f30a143e352f61f7a6629c88d59e4f9df9f688b85ed48bd3f519af96c7df63",
        ),
        (
            129,
            "fddb8a2194cbfb75ae9c862b615b44a2dcd28ffed5a6ed3f49723358398331c8\
             e295c9ab9661cd448d8aee44b80689d0a2f4f2bc7d0014d418283f5326a7c02d",
        ),
    ] {
        assert_eq!(key("k".repeat(length)).sign(b"").to_hex(), expected, "{length}");
    }
}

#[test]
fn secrets() {
    for refused in ["", " ", "\n", " secret", "secret ", "secret\n", "\tsecret", "secret\r\n", "secret\u{c}"] {
        assert_eq!(Secret::new(refused).unwrap_err().code(), "invalid_secret", "{refused:?}");
    }
    for accepted in [&b"s"[..], b"two words", b"\0", b"\xff\xfe", "секрет".as_bytes()] {
        assert!(Secret::new(accepted).is_ok(), "{accepted:?}");
    }
    assert_eq!(Keys::new([]).unwrap_err().code(), "invalid_secret");
    let keys = |count| Keys::new(std::iter::repeat_n(Secret::new("secret").unwrap(), count));
    assert!(keys(16).is_ok());
    let error = keys(17).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("16")), ("invalid_secret", true), "{error}");
}

#[test]
fn hexadecimal_digits() {
    let right = key("secret").sign(b"message").to_hex();
    assert_eq!(right.len(), 128);
    assert!(right.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')));
    for accepted in [right.clone(), right.to_uppercase(), right[..64].to_uppercase() + &right[64..]] {
        assert_eq!(Signature::from_hex(&accepted).unwrap().to_string(), right);
    }
    let refused = [
        String::new(),
        right[..127].into(),
        right[..126].into(),
        format!("{right}0"),
        format!("{right}00"),
        format!("{right}\n"),
        format!(" {right}"),
        format!("0x{}", &right[2..]),
        format!("0x{right}"),
        format!("{}g", &right[..127]),
        format!("{}é", &right[..126]),
        format!("{}0", &right[..127]).replace(|_| true, "０"),
        format!("{right}{right}"),
    ];
    for refused in refused {
        assert_eq!(Signature::from_hex(&refused).unwrap_err(), Error::SignatureMalformed, "{refused:?}");
    }
}

/// Every ASCII character in every place, whatever is read at a time.
#[test]
fn each_place_takes_digits_and_nothing_else() {
    let right = key("secret").sign(b"message").to_hex();
    for place in 0..right.len() {
        for character in (0..128).map(char::from) {
            let text = format!("{}{character}{}", &right[..place], &right[place + 1..]);
            let read = Signature::from_hex(&text).map(|signature| signature.to_hex());
            assert_eq!(read.ok(), character.is_ascii_hexdigit().then(|| text.to_ascii_lowercase()), "{text}");
        }
    }
}

#[test]
fn rotation() {
    let keys = |secrets: &[&str]| Keys::new(secrets.iter().map(|secret| Secret::new(secret).unwrap())).unwrap();
    let rotated = keys(&["new", "old", "older"]);
    for (index, secret) in ["new", "old", "older"].into_iter().enumerate() {
        assert_eq!(rotated.verify(b"message", &key(secret).sign(b"message")), Ok(index));
    }
    let error = rotated.verify(b"message", &key("other").sign(b"message")).unwrap_err();
    assert_eq!(error.code(), "signature_mismatch");
    assert_eq!(rotated.sign(b"message").to_hex(), key("new").sign(b"message").to_hex());
    assert_eq!(keys(&["same", "same"]).verify(b"message", &key("same").sign(b"message")), Ok(0));
    assert_eq!(Keys::from(Secret::new("new").unwrap()).verify(b"", &key("new").sign(b"")), Ok(0));
}

/// Verifies one callback whose signature comes in one of the forms that headers have.
fn verify<'s>(form: impl FnOnce(&'s str) -> Source<'s>) -> Result<String, &'static str> {
    let gateway = Bitloga::new("api-key", Secret::new("secret").unwrap());
    let signed = gateway.sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    assert_eq!(signed.signature(), signed.headers[1].1);
    let right: &str = String::from(signed.signature()).leak();
    gateway.verify_callback(&signed.body, form(right)).map(|callback| callback.uniqueid).map_err(|error| error.code())
}

#[test]
fn forms_of_the_signature() {
    let verified = Ok(String::from("125"));
    assert_eq!(verify(Source::Signature), verified);
    assert_eq!(verify(Source::from), verified);
    assert_eq!(verify(|right| Source::from(Some(right))), verified);
    assert_eq!(verify(|_| Source::from(None)), Err("signature_missing"));
    assert_eq!(verify(|_| Source::Signature("")), Err("signature_missing"));
    assert_eq!(verify(|_| Source::Signature(" ")), Err("signature_malformed"));
    assert_eq!(verify(|right| Source::Signature(format!(" {right}").leak())), Err("signature_malformed"));
}

#[test]
fn forms_of_headers() {
    let verified = Ok(String::from("125"));
    let values = |values: &[&'static str]| Source::HeaderValues(values.to_vec());
    assert_eq!(verify(|_| values(&[])), Err("signature_missing"));
    assert_eq!(verify(|_| values(&["", " ", ",", " , "])), Err("signature_missing"));
    assert_eq!(verify(|right| Source::HeaderValues(vec![right])), verified);
    assert_eq!(verify(|right| Source::HeaderValues(vec!["", right, right])), verified);
    assert_eq!(verify(|right| Source::HeaderValues(vec![right, right.to_uppercase().leak()])), verified);
    assert_eq!(verify(|right| Source::HeaderValues(vec![format!("\t{right}, {right} ,").leak()])), verified);

    let bytes = |right: &str| vec![right.as_bytes().to_vec(), b" ".to_vec()];
    assert_eq!(verify(|right| Source::from_header_values(&*bytes(right).leak())), verified);
    assert_eq!(verify(|right| Source::from_header_values([right])), verified);
    assert_eq!(verify(|right| Source::from_header_values(Some(right))), verified);
    assert_eq!(verify(|_| Source::from_header_values::<str>(None)), Err("signature_missing"));
    assert_eq!(verify(|_| Source::from_header_values([&[0xff_u8; 128]])), Err("signature_malformed"));
    assert_eq!(verify(|right| Source::from_header_values([right.as_bytes(), b"\xff"])), Err("signature_ambiguous"));

    let other = "0".repeat(128).leak();
    assert_eq!(verify(|right| Source::HeaderValues(vec![right, other])), Err("signature_ambiguous"));
    assert_eq!(verify(|right| Source::HeaderValues(vec![other, right])), Err("signature_ambiguous"));
    assert_eq!(verify(|right| Source::HeaderValues(vec![right, "garbage"])), Err("signature_ambiguous"));
    assert_eq!(
        verify(|right| Source::HeaderValues(vec![format!("{right},{other}").leak()])),
        Err("signature_ambiguous")
    );
    assert_eq!(verify(|_| Source::HeaderValues(vec!["garbage", "garbage"])), Err("signature_malformed"));
    assert_eq!(verify(|_| Source::HeaderValues(vec![other])), Err("signature_mismatch"));
}
