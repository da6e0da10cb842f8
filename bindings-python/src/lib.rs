//! The native module of the Python package `payseal`: conversions between Python and the core.
//!
//! Everything follows the core's tables ([`payseal::binding`]). No rule of a gateway is written
//! here, and no name of a field.
#![allow(clippy::doc_markdown, reason = "the documentation of what Python sees is written for Python")]

mod apiforcrypto;
mod arguments;
mod base;
mod bitloga;
mod body;
mod call;
mod classes;
mod client;
mod decimal;
mod error;
mod extra;
mod interpreter;
mod machine;
mod objects;
mod payout;
mod policy;
mod result;
mod source;
mod test_message;
mod unknown_fields;
mod watch;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

/// A fresh identifier for ``uniqueid``.
///
/// Returns:
///     26 characters, safe in URLs, from 128 bits of the operating system's generator.
///
/// Raises:
///     OSError: The operating system has no random numbers.
///
/// >>> import payseal
/// >>> len(payseal.unique_id())
/// 26
#[pyfunction]
fn unique_id() -> PyResult<String> {
    let mut entropy = [0; 16];
    getrandom::fill(&mut entropy).map_err(|error| PyOSError::new_err(error.to_string()))?;
    Ok(payseal::unique_id(entropy))
}

/// The native part of payseal. Import from ``payseal`` instead.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::apiforcrypto::{resume_crypto_watch, test_notification, watch_crypto};
    #[pymodule_export]
    use super::base::{BaseClient, SecretKeyClient, SignedClient};
    #[pymodule_export]
    use super::bitloga::{
        compare, diagnose, payout, resume_bitloga_watch, resume_payout, sign_callback, sign_callback_body,
        watch_bitloga,
    };
    #[pymodule_export]
    use super::call::{Call, CodePages, PyRequest};
    #[pymodule_export]
    use super::decimal::decimal_digits;
    #[pymodule_export]
    use super::extra::Fields;
    #[pymodule_export]
    use super::interpreter::defined_once;
    #[pymodule_export]
    use super::machine::Machine;
    #[pymodule_export]
    use super::payout::Payout;
    #[pymodule_export]
    use super::test_message::{SignedCallback, TestMessage, TestNotification};
    #[pymodule_export]
    use super::unique_id;
    #[pymodule_export]
    use super::watch::Watch;

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::interpreter::claim(module.py())
    }
}
