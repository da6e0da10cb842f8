//! The causes, by name and in words.

use core::fmt;

/// One line for each cause: what it is called in Rust and as text, and the cause and the cure for a person.
macro_rules! causes {
    ($($(#[$documentation:meta])* $Cause:ident = $name:literal: $message:literal,)*) => {
        /// Why a callback does not verify.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$documentation])* $Cause,)*
        }

        impl Cause {
            /// All causes.
            ///
            /// ```
            /// # use payseal::Cause;
            /// assert!(Cause::ALL.contains(&Cause::BodyRewritten));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$Cause),*];

            /// The cause as text, and the cause and the cure for a person.
            const fn texts(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$Cause => ($name, $message),)*
                }
            }
        }
    };
}

causes! {
    /// It does verify.
    Valid = "valid":
        "the signature matches the body",
    /// There is no signature.
    SignatureMissing = "signature_missing":
        "there is no signature: hand over the request's headers, and see that no proxy drops X-SIGNATURE",
    /// Several different signatures came with it.
    SignatureAmbiguous = "signature_ambiguous":
        "several different signatures came with the request: a proxy may add its own",
    /// The signature is wrapped in white space or quotes, or has a prefix such as `sha512=`.
    SignatureWrapped = "signature_wrapped":
        "the signature is right but wrapped in something: hand over the 128 hexadecimal digits alone",
    /// The signature is right, but in base64.
    SignatureBase64 = "signature_base64":
        "the signature is right but in base64: hand over the 128 hexadecimal digits",
    /// The signature is the beginning of the right one.
    SignatureTruncated = "signature_truncated":
        "the signature is right but cut: hand over all 128 hexadecimal digits",
    /// The signature came in a header of another name.
    SignatureInAnotherHeader = "signature_in_another_header":
        "the signature is in a header of another name: see what renames X-SIGNATURE",
    /// The signature is not one of this gateway: in base64, or of another hash.
    SignatureOfAnotherKind = "signature_of_another_kind":
        "the signature is not 128 hexadecimal digits: it is of another hash, of base64 form, or another header's",
    /// The signature was made with key and message swapped.
    SignatureSwapped = "signature_swapped":
        "key and message are swapped where the signature is made: the secret is the key",
    /// There is no signature, but the body is a notification of Api for Crypto.
    OtherGateway = "other_gateway":
        "this is a notification of Api for Crypto, which signs nothing: give it to verify_notification",
    /// There is no signature of this gateway, but a header with one of another sender.
    OtherSender = "other_sender":
        "there is no X-SIGNATURE, but a signature of another service: see what calls this address",
    /// The body is longer than the client reads.
    BodyTooLong = "body_too_long":
        "the body is longer than the client reads: raise its limit if the gateway sends such bodies",
    /// The body is empty: something has read it before.
    BodyEmpty = "body_empty":
        "the body is empty: something read it before, such as a JSON middleware; keep the bytes as received",
    /// The body is compressed with gzip, zlib or zstd.
    BodyCompressed = "body_compressed":
        "the body is compressed (gzip, deflate or zstd): find what compresses requests on their way, or decompress it first",
    /// The body is the base64 form of what was signed, as some platforms hand it over.
    BodyBase64 = "body_base64":
        "the body is base64 of what was signed: decode it first (on AWS Lambda when isBase64Encoded is true)",
    /// The body is what was signed in hexadecimal digits.
    BodyHex = "body_hex":
        "the body is what was signed in hexadecimal: decode it first",
    /// The body is how Python prints the bytes that were signed: `b'…'`.
    BodyPrinted = "body_printed":
        "the body is what Python prints for the bytes that were signed (b'...'): hand over the bytes themselves, not \
         str() of them",
    /// The body is how a language prints what a parser made of it: `[object Object]`, `{'to': …}`.
    BodyParsed = "body_parsed":
        "the body is what a program prints for parsed JSON ([object Object]): verify the bytes as received",
    /// The signature is of the body in another text encoding: Latin-1, Windows-1252 or UTF-16.
    BodyReencoded = "body_reencoded":
        "the body was read or written as Latin-1 or UTF-16: verify the bytes as received",
    /// The body is what was signed as a form would send it.
    BodyFormEncoded = "body_form_encoded":
        "the body is what was signed, encoded as a form: verify the bytes as received, before any form middleware",
    /// The body is JSON that holds what was signed as a text.
    BodyQuoted = "body_quoted":
        "what was signed is a text in this JSON (an event, or JSON encoded twice): hand over that text",
    /// The signature is of the body with other line breaks.
    LineBreaksChanged = "line_breaks_changed":
        "the signature is of this body with other line breaks: something on its way changes CRLF and LF; verify the \
         bytes exactly as received",
    /// The signature is of the same JSON written differently: the body was parsed and written anew.
    BodyRewritten = "body_rewritten":
        "the signature is of this JSON written differently: the body was parsed and written anew on its way; verify \
         the bytes as received, before any JSON middleware",
    /// The signature is of the body without the white space, NUL or byte order mark around it, or with a byte
    /// order mark before it or a line break after it.
    BodyWrapped = "body_wrapped":
        "the signature is of this body but for white space, a NUL, a byte order mark or a line break around it: verify \
         the bytes exactly as received",
    /// The body's JSON ends before it is complete.
    BodyTruncated = "body_truncated":
        "the body's JSON is not complete: read all of it, and see whether a limit cuts it",
    /// The API key and the secret are swapped.
    KeysSwapped = "keys_swapped":
        "the API key and the secret are swapped where the client is made",
    /// The secret given for diagnosis is right, and the client has another.
    SecretDiffers = "secret_differs":
        "the secret given to diagnose is right, but the client was made with another",
    /// The secret has something around it: quotes, white space, `NAME=`.
    SecretWrapped = "secret_wrapped":
        "the secret has something around it, such as quotes or NAME=: see how it is read",
    /// The secret is encoded where it should not be, or was decoded.
    SecretEncoded = "secret_encoded":
        "the secret is in base64 or hexadecimal: decode it",
    /// The body was changed, or the secret is another.
    Other = "other":
        "the signature is of another body or another secret: check that the secret is the one of this API key, and \
         that the body is the one received with this signature",
}

impl Cause {
    /// The cause as text, the same in every language.
    pub const fn as_str(self) -> &'static str {
        self.texts().0
    }

    /// The cause and the cure, for a person.
    pub const fn message(self) -> &'static str {
        self.texts().1
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
