//! A local payment gateway for tests and demonstrations.
//!
//! It speaks the protocols of Bitloga and of Api for Crypto as documented, on real sockets: it verifies signatures,
//! keeps a ledger, delivers signed callbacks with growing pauses, and misbehaves on demand. Nothing in it comes from
//! the crate `payseal`, so that a client and its counterpart cannot share a mistake.
//!
//! ```no_run
//! # async fn example() -> Result<(), payseal_sandbox::StartError> {
//! use payseal_sandbox::{Options, Sandbox};
//!
//! let sandbox = Sandbox::start(Options { port: 0, ..Options::default() }).await?;
//! println!("base URL of clients: {}/api/v1/", sandbox.url());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod apiforcrypto;
mod app;
mod behaviour;
mod bitloga;
mod changes;
mod checkout;
mod clock;
mod control;
mod currency;
mod decimal;
mod delivery;
mod exchange;
mod fields;
mod guard;
mod json;
mod misbehave;
mod options;
mod page;
mod payment_system;
mod payout_status;
mod php_json;
mod random;
mod refusal;
mod request;
mod requests;
mod server;
mod signature;
mod store;
mod timestamp;

pub use behaviour::{NotKnown, PayoutEnd, Repeats};
pub use options::Options;
pub use server::{Sandbox, StartError};
