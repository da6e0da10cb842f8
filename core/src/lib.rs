#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod amount;
pub mod apiforcrypto;
#[doc(hidden)]
pub mod binding;
pub mod bitloga;
mod call;
pub mod driver;
mod error;
mod gateway;
mod json;
mod machine;
mod schema;
mod shown;
pub mod signature;
#[cfg(feature = "toy-gateway")]
#[doc(hidden)]
#[path = "../tests/toy_gateway/gateway/mod.rs"]
pub mod toy_gateway;
mod unique_id;
pub mod watch;

pub use amount::Amount;
pub use apiforcrypto::ApiForCrypto;
pub use bitloga::{Bitloga, Cause, Diagnosis, payout};
pub use call::{Call, Request};
pub use error::{Difference, Error, Family, Proof, Reply, Result};
pub use json::{DEFAULT_MAX_BODY, Extra, MAX_DEPTH, Value};
pub use machine::{Machine, Outgoing, Progress, Step, Timestamp};
pub use schema::{Answer, LongText, Optional, SecretText, Url};
pub use signature::Secret;
pub use unique_id::unique_id;
