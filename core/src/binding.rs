//! The interface for bindings to other languages. It may change with any version.

use alloc::string::String;

use crate::apiforcrypto::{ApiForCrypto, TestNotification};
use crate::bitloga::{Bitloga, SignedCallback};
use crate::error::Result;
use crate::machine::Outgoing;
use crate::payout::Payout;
use crate::watch::{Watch, Watched};
use crate::{Request, apiforcrypto, bitloga};

pub use crate::gateway::{
    Callback, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, SettingValue, Settings,
    Verified, own,
};
pub use crate::json::{Members, ObjectWriter};
pub use crate::machine::PolicyOptions;
pub use crate::schema::{
    Answer, Argument, Arguments, Choice, Conventions, Documentation, Field, FieldKind, FieldType, FieldValue, Known,
    LongText, NamedArguments, Outcome, Paging, Parameter, ParameterKind, ParameterType, Parameters, Parsed,
    ParsedObject, Position, RequestSchema, ResponseSchema, Rules, SecretText, SuccessRule, TextSpan, Url,
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
