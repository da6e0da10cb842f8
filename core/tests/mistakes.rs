//! Each mistake that people make with callbacks, made here, and the one cause that is told.

#![allow(clippy::unwrap_used, reason = "tests")]

use payseal::bitloga::{Bitloga, Hints};
use payseal::signature::Key;
use payseal::{Cause, Secret};
use proptest::prelude::*;

const SENT: &str = r#"{"to":"WMZ","amount":136.00,"purse":"https://x/ü","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","name":"Жанна – €"}"#;
const SECRET: &str = "c2VjcmV0IG9mIGJpdGxvZ2E";

/// What arrives, and what the receiver has, where all is well.
struct Received {
    body: Vec<u8>,
    signature: String,
    secret: String,
    /// The secret as diagnosis is told it.
    hint: Option<String>,
    header: Option<(&'static str, String)>,
}

impl Received {
    fn new() -> Self {
        Self { body: SENT.into(), signature: sign(SECRET, SENT), secret: SECRET.into(), hint: None, header: None }
    }

    fn body(body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::new() }
    }

    fn signature(signature: impl Into<String>) -> Self {
        Self { signature: signature.into(), ..Self::new() }
    }

    fn secret(secret: impl Into<String>) -> Self {
        let secret = secret.into();
        Self { hint: Some(secret.clone()), secret, ..Self::new() }
    }

    fn header(name: &'static str, signature: impl Into<String>) -> Self {
        Self { signature: String::new(), header: Some((name, signature.into())), ..Self::new() }
    }

    fn cause(&self) -> Cause {
        let mut hints = Hints::new();
        if let Some(secret) = &self.hint {
            hints = hints.secret(secret);
        }
        if let Some((name, value)) = &self.header {
            hints = hints.headers([("host", "shop.example"), (name, value)]);
        }
        let gateway = Bitloga::new("api-key", Secret::new(self.secret.trim()).unwrap());
        let diagnosis = gateway.diagnose_with(&self.body, &self.signature, &hints);
        assert_eq!(diagnosis.message, diagnosis.cause.message());
        diagnosis.cause
    }
}

fn sign(secret: &str, body: &str) -> String {
    Key::new(&Secret::new(secret).unwrap()).sign(body.as_bytes()).to_hex()
}

fn signed_bytes() -> Vec<u8> {
    let digits = sign(SECRET, SENT);
    (0..64).map(|byte| u8::from_str_radix(&digits[2 * byte..][..2], 16).unwrap()).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|group| {
        let word = group.iter().fold(0, |word, byte| word << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
        let digits = [18, 12, 6, 0].map(|shift| char::from(DIGITS[word >> shift & 63]));
        let text: String = digits[..=group.len()].iter().collect();
        format!("{text:=<4}")
    });
    groups.collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap()))
        .collect()
}

/// As JavaScript's `encodeURIComponent`.
fn percent(bytes: &[u8]) -> String {
    let escape = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(escape).collect()
}

/// As JavaScript's `JSON.stringify` of a string.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn utf16(order: fn(u16) -> [u8; 2], mark: &str) -> Vec<u8> {
    format!("{mark}{SENT}").encode_utf16().flat_map(order).collect()
}

/// The bytes of a text read as Windows-1252, as far as these tests need it.
fn windows_1252(text: &str) -> String {
    let read = |byte: u8| match byte {
        0x80 => '€',
        0x82 => '‚',
        0x93 => '“',
        0x96 => '–',
        other => char::from(other),
    };
    text.bytes().map(read).collect()
}

/// Every mistake: what it is called, its cause, and what arrives.
#[allow(clippy::too_many_lines, reason = "a table")]
fn mistakes() -> Vec<(&'static str, Cause, Received)> {
    let right = sign(SECRET, SENT);
    let lines = SENT.replace(',', ",\n");
    let ascii = SENT.replace('ü', "u").replace("Жанна – €", "Zhanna \u{e9}");
    let for_urls = |text: String| text.replace('+', "-").replace('/', "_").replace('=', "");
    let signed_as = |sent: &str, body: Vec<u8>| Received { signature: sign(SECRET, sent), ..Received::body(body) };
    let notification = r#"{"id":"1","blockchain":"tron","status":"PAID","secret_key":"k"}"#;
    let of_other_gateway = Received { body: notification.into(), ..Received::signature("") };
    let differs = Received { hint: Some(SECRET.into()), ..Received::secret("another") };
    let encoded = base64(SECRET.as_bytes());
    let swapped = Key::new(&Secret::new(SENT).unwrap()).sign(SECRET.as_bytes()).to_hex();
    let of_keys = Received { signature: sign("api-key", SENT), ..Received::new() };
    vec![
        ("nothing", Cause::Valid, Received::new()),
        ("upper-case digits", Cause::Valid, Received::signature(right.to_uppercase())),
        ("no signature", Cause::SignatureMissing, Received::signature("")),
        ("only other headers", Cause::SignatureMissing, Received::header("x-api-key", right.clone())),
        ("a prefix", Cause::SignatureWrapped, Received::signature(format!("sha512={right}"))),
        ("quotes", Cause::SignatureWrapped, Received::signature(format!("'{right}'\r\n"))),
        ("base64", Cause::SignatureBase64, Received::signature(base64(&signed_bytes()))),
        ("base64url", Cause::SignatureBase64, Received::signature(for_urls(base64(&signed_bytes())))),
        ("a column of 100", Cause::SignatureTruncated, Received::signature(&right[..100])),
        ("a column of 127", Cause::SignatureTruncated, Received::signature(&right[..127])),
        ("a column of 64", Cause::SignatureTruncated, Received::signature(&right[..64])),
        ("WSGI's name", Cause::SignatureInAnotherHeader, Received::header("HTTP_X_SIGNATURE", right.clone())),
        ("underscores", Cause::SignatureInAnotherHeader, Received::header("X_Signature", right.clone())),
        ("a proxy's name", Cause::SignatureInAnotherHeader, Received::header("X-Old-Signature", format!("v1={right}"))),
        ("Stripe", Cause::OtherSender, Received::header("stripe-signature", "t=1,v1=00ff")),
        ("GitHub", Cause::OtherSender, Received::header("X-Hub-Signature-256", format!("sha256={}", &right[..64]))),
        ("the other gateway", Cause::OtherGateway, of_other_gateway),
        ("HMAC-SHA256", Cause::SignatureOfAnotherKind, Received::signature("a".repeat(64))),
        ("HMAC-SHA1 in base64", Cause::SignatureOfAnotherKind, Received::signature("q1MKE+RZFJgrefm34+uplM/R8/s=")),
        ("hmac(message, key)", Cause::SignatureSwapped, Received { signature: swapped, ..Received::secret(SECRET) }),
        ("read before", Cause::BodyEmpty, Received::body("")),
        ("gzip", Cause::BodyCompressed, Received::body(*b"\x1f\x8b\x08\0\0\0\0\0\x02\xff\x1d\x8b")),
        ("gzip as text", Cause::BodyCompressed, Received::body("\x1f\u{fffd}\x08\0\0\0\0\0\x02\u{fffd}\x1d")),
        ("zlib, level 1", Cause::BodyCompressed, Received::body(*b"\x78\x01\x1d\x8b")),
        ("zlib, level 5", Cause::BodyCompressed, Received::body(*b"\x78\x5e\x1d\x8b")),
        ("zlib, level 6", Cause::BodyCompressed, Received::body(*b"\x78\x9c\x1d\x8b")),
        ("zlib, level 9", Cause::BodyCompressed, Received::body(*b"\x78\xda\x1d\x8b")),
        ("zstd", Cause::BodyCompressed, Received::body(*b"\x28\xb5\x2f\xfd\x20")),
        ("base64", Cause::BodyBase64, Received::body(base64(SENT.as_bytes()))),
        ("base64url", Cause::BodyBase64, Received::body(for_urls(base64(SENT.as_bytes())))),
        ("base64 in lines", Cause::BodyBase64, Received::body(base64(SENT.as_bytes()).replace("In", "\r\nIn") + "\n")),
        ("hex", Cause::BodyHex, Received::body(hex(SENT.as_bytes()))),
        ("hex in capitals", Cause::BodyHex, Received::body(hex(SENT.as_bytes()).to_uppercase() + "\n")),
        (
            "str() in Python",
            Cause::BodyPrinted,
            signed_as(&ascii, format!("b'{}'", ascii.replace('\u{e9}', "\\xc3\\xa9")).into()),
        ),
        ("String() in JavaScript", Cause::BodyParsed, Received::body("[object Object]")),
        ("str() of a dict", Cause::BodyParsed, Received::body("{'to': 'WMZ', 'amount': 136.0}")),
        ("read as Latin-1", Cause::BodyReencoded, Received::body(SENT.bytes().map(char::from).collect::<String>())),
        ("read as Windows-1252", Cause::BodyReencoded, Received::body(windows_1252(SENT))),
        ("written as Latin-1", Cause::BodyReencoded, signed_as(&ascii, ascii.chars().map(|c| c as u8).collect())),
        ("UTF-16", Cause::BodyReencoded, Received::body(utf16(u16::to_le_bytes, ""))),
        ("UTF-16, big", Cause::BodyReencoded, Received::body(utf16(u16::to_be_bytes, ""))),
        ("UTF-16 with a mark", Cause::BodyReencoded, Received::body(utf16(u16::to_le_bytes, "\u{feff}"))),
        ("UTF-16, big, with a mark", Cause::BodyReencoded, Received::body(utf16(u16::to_be_bytes, "\u{feff}"))),
        ("a form's name", Cause::BodyFormEncoded, Received::body(format!("{}=", percent(SENT.as_bytes())))),
        ("a form's value", Cause::BodyFormEncoded, Received::body(format!("payload={}", percent(SENT.as_bytes())))),
        ("a form with plus", Cause::BodyFormEncoded, Received::body(percent(SENT.as_bytes()).replace("%20", "+"))),
        ("a parsed form", Cause::BodyQuoted, Received::body(format!("{{{}:\"\"}}", quoted(SENT)))),
        ("stringify twice", Cause::BodyQuoted, Received::body(quoted(SENT))),
        ("an event", Cause::BodyQuoted, Received::body(format!(r#"{{"version":"2.0","body":{}}}"#, quoted(SENT)))),
        ("CRLF", Cause::LineBreaksChanged, signed_as(&lines, lines.replace('\n', "\r\n").into())),
        ("LF", Cause::LineBreaksChanged, signed_as(&lines.replace('\n', "\r\n"), lines.clone().into())),
        ("rewritten", Cause::BodyRewritten, Received::body(SENT.replace(':', ": ").replace("https: ", "https:"))),
        ("rounded", Cause::BodyRewritten, Received::body(SENT.replace("136.00", "136"))),
        ("mark gone", Cause::BodyWrapped, signed_as(&format!("\u{feff}{SENT}"), SENT.into())),
        ("mark added", Cause::BodyWrapped, Received::body(format!("\u{feff}{SENT}"))),
        ("line break gone", Cause::BodyWrapped, signed_as(&format!("{SENT}\n"), SENT.into())),
        ("line break added", Cause::BodyWrapped, Received::body(format!("{SENT}\r\n"))),
        ("ends with NUL", Cause::BodyWrapped, Received::body(format!("{SENT}\n\0\0"))),
        ("API key as the secret", Cause::KeysSwapped, of_keys),
        ("another secret", Cause::SecretDiffers, differs),
        ("secret in quotes", Cause::SecretWrapped, Received::secret(format!("\"{SECRET}\""))),
        ("secret in apostrophes", Cause::SecretWrapped, Received::secret(format!("'{SECRET}'"))),
        ("line of .env", Cause::SecretWrapped, Received::secret(format!("API_SECRET='{SECRET}'\n"))),
        ("line of YAML", Cause::SecretWrapped, Received::secret(format!("secret: {SECRET}"))),
        ("header's secret", Cause::SecretWrapped, Received::secret(format!("Bearer {SECRET}"))),
        ("line break spelt out", Cause::SecretWrapped, Received::secret(format!("{SECRET}\\r\\n"))),
        ("mark before the secret", Cause::SecretWrapped, Received::secret(format!("\u{feff}{SECRET}"))),
        ("unseen space", Cause::SecretWrapped, Received::secret(format!("{SECRET}\u{200b}"))),
        ("secret in base64", Cause::SecretEncoded, Received::secret(encoded)),
        ("echo secret | base64", Cause::SecretEncoded, Received::secret(base64(format!("{SECRET}\n").as_bytes()))),
        ("secret in hex", Cause::SecretEncoded, Received::secret(hex(SECRET.as_bytes()))),
        ("both", Cause::SecretEncoded, Received::secret(format!("KEY=\"{}\"", hex(SECRET.as_bytes())))),
        ("wrong secret", Cause::Other, Received::secret("another")),
        ("another body", Cause::Other, Received::body(SENT.replace("136", "137"))),
        ("no JSON", Cause::Other, Received::body("to=WMZ&amount=136.00")),
    ]
}

#[test]
fn every_mistake_has_its_cause() {
    for (name, expected, received) in mistakes() {
        assert_eq!(received.cause(), expected, "{name}");
    }
}

#[test]
fn every_cause_has_a_mistake() {
    // Of these there is more to tell elsewhere.
    let elsewhere = [Cause::SignatureAmbiguous, Cause::BodyTooLong, Cause::BodyTruncated];
    let made: Vec<_> = mistakes().into_iter().map(|(_, cause, _)| cause).chain(elsewhere).collect();
    for cause in Cause::ALL {
        assert!(made.contains(cause), "{cause}");
    }
}

/// The same mistakes with a signature of something else are not told: nothing proves them.
#[test]
fn nothing_is_claimed_without_a_genuine_signature() {
    let shown = [
        Cause::SignatureMissing,
        Cause::SignatureOfAnotherKind,
        Cause::OtherSender,
        Cause::OtherGateway,
        Cause::BodyEmpty,
        Cause::BodyCompressed,
        Cause::BodyParsed,
        Cause::Other,
    ];
    for (name, expected, mut received) in mistakes() {
        received.signature = if received.signature.is_empty() { String::new() } else { sign("a third", "a third") };
        received.header = received.header.map(|(name, _)| (name, sign("a third", "a third")));
        let is_utf16 = received.body.contains(&0) && expected == Cause::BodyReencoded;
        assert!(is_utf16 || shown.contains(&received.cause()), "{name}: {}", received.cause());
    }
}

/// Whoever has half of a signature cannot find the rest by asking, and less than half says nothing.
#[test]
fn signatures_cannot_be_guessed_digit_by_digit() {
    let right = sign(SECRET, SENT);
    for next in "0123456789abcdef".chars() {
        for known in [64, 65, 100, 126] {
            let guess = format!("{}{next}", &right[..known]);
            assert_eq!(Received::signature(guess).cause(), Cause::SignatureTruncated);
        }
    }
    for known in [1, 2, 16, 62, 63] {
        assert_eq!(Received::signature(&right[..known]).cause(), Cause::SignatureOfAnotherKind);
    }
    let wrong = format!("{}{}", if right.starts_with('0') { "1" } else { "0" }, &right[1..100]);
    assert_eq!(Received::signature(wrong).cause(), Cause::SignatureOfAnotherKind);
}

/// Wherever it is cut: in a name, a number, a word, an escape or a letter.
#[test]
fn truncated_bodies() {
    let sent = r#"{"a":[true,{"b":-1.5e+7,"c":"\u0416 \n ü"}],"d":null}"#;
    for length in 1..sent.len() {
        let received = Received { signature: sign(SECRET, sent), ..Received::body(&sent.as_bytes()[..length]) };
        assert_eq!(received.cause(), Cause::BodyTruncated, "{:?}", String::from_utf8_lossy(&received.body));
    }
}

#[test]
fn older_secrets_are_named() {
    let secrets = ["newest", "older", SECRET].map(|secret| Secret::new(secret).unwrap());
    let gateway = Bitloga::new("api-key", payseal::signature::Keys::new(secrets).unwrap());
    let signature = sign(SECRET, SENT);
    let diagnosis = gateway.diagnose(format!("{SENT}\n").as_bytes(), &signature);
    assert_eq!(diagnosis.cause, Cause::BodyWrapped);
    assert_eq!(diagnosis.message, format!("{} (secret 2, counted from 0)", Cause::BodyWrapped.message()));
    let diagnosis = gateway.diagnose(b"{}", &signature);
    assert_eq!(diagnosis.message, Cause::Other.message());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// A letter or digit that is another one is not a transformation.
    #[test]
    fn random_changes_are_other(place in any::<prop::sample::Index>(), by in 1_u8..10, secret in any::<bool>()) {
        let mut body = SENT.as_bytes().to_vec();
        // In a text: JSON stays JSON.
        let text = SENT.find("Invoice").unwrap();
        let place = text + place.index("Invoice".len());
        body[place] = b'a' + (body[place].to_ascii_lowercase() - b'a' + by) % 26;
        let received = Received { hint: secret.then(|| SECRET.into()), ..Received::body(body) };
        prop_assert_eq!(received.cause(), Cause::Other);
    }

    /// Whatever the body, the signature and the secret are: nothing is claimed but what the body shows.
    #[test]
    fn garbage_is_other(body in prop::collection::vec(any::<u8>(), 0..200), text in "[ -~]{0,100}", secret in "[!-~]{1,60}") {
        let shown = [Cause::BodyEmpty, Cause::BodyCompressed, Cause::BodyReencoded, Cause::BodyParsed, Cause::BodyTruncated, Cause::Other];
        for body in [body, text.into_bytes()] {
            let cause = Received { body, ..Received::secret(secret.clone()) }.cause();
            prop_assert!(shown.contains(&cause), "{}", cause);
        }
    }
}
