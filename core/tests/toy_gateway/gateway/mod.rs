//! A gateway that does not exist, with every kind of field: what a third one takes. It is one folder, and one line in
//! the list of gateways. Built with the feature `toy-gateway` only, which no release has.

mod client;
pub mod order;
pub mod receipt;

pub(crate) use client::GATEWAY;

use crate::schema::{Conventions, SuccessRule};

/// How the gateway writes its messages.
pub(crate) const CONVENTIONS: &Conventions =
    &Conventions { success: SuccessRule::Field("ok"), reasons: &["why"], withheld: &["checksum"] };
