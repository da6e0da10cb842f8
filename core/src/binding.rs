//! The interface for bindings to other languages. It may change with any version.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::apiforcrypto::{ApiForCrypto, TestNotification};
use crate::bitloga::{Bitloga, SignedCallback};
use crate::error::{Error, Family, Result};
use crate::json::Extra;
use crate::machine::Outgoing;
use crate::payout::Payout;
use crate::signature::{Key, Keys, State};
use crate::watch::{Watch, Watched};
use crate::{Request, apiforcrypto, bitloga};

pub use crate::gateway::{
    Callback, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, SettingValue, Settings,
    Verified, own,
};
pub use crate::json::{TextSpan, push_quoting_numbers};
pub use crate::machine::PolicyOptions;
pub use crate::schema::{
    Answer, Argument, Arguments, Choice, Conventions, Documentation, DocumentedChoice, Field, FieldKind, FieldType,
    FieldValue, Known, LongText, MAX_TEXT, NamedArguments, Outcome, Paging, Parameter, ParameterKind, ParameterType,
    Parameters, Parsed, ParsedObject, Position, RequestSchema, ResponseSchema, Rules, SecretText, SuccessRule, Url,
    without_password,
};
pub use crate::watch::watched::Observed;

/// Every gateway. To add one, add its folder and a line here.
pub static GATEWAYS: &[&Gateway] = &[
    &bitloga::GATEWAY,
    &apiforcrypto::GATEWAY,
    #[cfg(feature = "toy-gateway")]
    &crate::toy_gateway::GATEWAY,
];

/// Unknown fields as the members of one JSON object, without its braces, as they came.
pub fn extra_members(extra: &Extra) -> &str {
    extra.members()
}

/// Every code of an error with its class.
pub const ERROR_CODES: [(&str, Family); 11] = Error::CODES;

/// The position of an error's code in [`ERROR_CODES`].
pub const fn error_number(error: &Error) -> usize {
    error.number()
}

/// `invalid_input`: bindings convert arguments themselves.
pub fn invalid(field: impl Into<Cow<'static, str>>, rule: impl Into<Cow<'static, str>>) -> Error {
    Error::invalid(field, rule)
}

/// `invalid_secret`.
pub const fn invalid_secret(rule: &'static str) -> Error {
    Error::InvalidSecret { rule }
}

/// `body_not_raw`: the core only takes bytes.
pub fn body_not_raw(cure: impl Into<Cow<'static, str>>) -> Error {
    Error::BodyNotRaw { cure: cure.into() }
}

/// The error of what is in a group or a list element, with the name of that before its field's.
pub fn within(error: Error, outer: &str) -> Error {
    error.within(outer)
}

/// The state of a key, for a binding whose memory may be lost: it keeps that in place of the secret.
pub fn key_states(key: &Key) -> [State; 2] {
    key.states()
}

/// The key whose state that is.
pub fn key_from_states(states: &[State; 2]) -> Key {
    Key::from_states(states)
}

/// [`Keys::new`] of keys that are scheduled already.
///
/// # Errors
/// `invalid_secret` where there is none, or more than 16.
pub fn keys(keys: impl IntoIterator<Item = Key>) -> Result<Keys> {
    Keys::from_keys(keys)
}

/// Bitloga.
pub static BITLOGA: &Gateway = &bitloga::GATEWAY;

/// Api for Crypto.
pub static API_FOR_CRYPTO: &Gateway = &apiforcrypto::GATEWAY;

/// A request of a machine by its number alone: enough to report on it.
pub fn outgoing(number: u64) -> Outgoing {
    Outgoing { request: Request::get(String::new()), number }
}

/// Which of its machine's requests this is.
pub fn number(outgoing: &Outgoing) -> u64 {
    outgoing.number
}

/// The very payout that [`Payout::to_text`] wrote, for bindings that keep their payouts as texts: nothing can have been
/// sent in between.
///
/// # Errors
/// As [`Payout::from_text`].
pub fn continued(text: &str) -> Result<Payout> {
    Payout::continued(text)
}

/// Hands a verified callback to a watch. Returns whether it is about its invoice.
pub fn observe<Gateway: Watched>(watch: &mut Watch<Gateway>, observed: Observed<'_>) -> bool {
    watch.observe(observed)
}

/// [`Bitloga::sign_callback_with`] of fields that no document names as they are written, without the braces around them.
///
/// # Errors
/// `invalid_input`.
pub fn sign_callback(client: &Bitloga, arguments: Arguments<'_>, members: &str) -> Result<SignedCallback> {
    client.sign_arguments(arguments, |object| {
        if !members.is_empty() {
            object.members(members);
        }
    })
}

/// [`ApiForCrypto::test_notification`].
///
/// # Errors
/// `invalid_input`.
pub fn test_notification(client: &ApiForCrypto, arguments: Arguments<'_>) -> Result<TestNotification> {
    client.notification_of(arguments)
}
