//! The interface for bindings to other languages. It may change with any version.

use alloc::string::String;

use crate::json::Extra;
use crate::{apiforcrypto, bitloga};

pub use crate::gateway::{
    Callback, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, SettingValue, Settings,
    Verified, own,
};
pub use crate::json::TextSpan;
pub use crate::schema::{
    Answer, Argument, Arguments, Choice, Conventions, Documentation, Field, FieldKind, FieldType, FieldValue, Known,
    LongText, NamedArguments, Outcome, Paging, Parameter, ParameterKind, ParameterType, Parameters, Parsed,
    ParsedObject, Position, RequestSchema, ResponseSchema, Rules, SecretText, SuccessRule, Url, without_password,
};

/// Every gateway. To add one, add its folder and a line here.
pub static GATEWAYS: &[&Gateway] = &[
    &bitloga::GATEWAY,
    &apiforcrypto::GATEWAY,
    #[cfg(feature = "toy-gateway")]
    &crate::toy_gateway::GATEWAY,
];

/// Unknown fields as one JSON object, as they came.
pub fn extra_json(extra: &Extra) -> String {
    extra.to_json()
}
