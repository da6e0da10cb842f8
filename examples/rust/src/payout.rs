//! A payout that happens exactly once, whatever happens on the way.

use std::{env, fs};

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::driver::{self, System};
use payseal::payout::Outcome;

use crate::Result;
use crate::transport::Transport;

/// Pays out, and waits until the outcome is known.
pub(crate) fn pay_out(gateway: &Bitloga, http: &Transport, withdraw: &Withdraw) -> Result<Outcome> {
    // In a shop this is a row of the database: see `bin/payout.rs`.
    let saved = env::temp_dir().join(format!("payout-{}", withdraw.uniqueid));
    let mut payout = gateway.payout(withdraw)?;
    let send = |request: &payseal::Request| http.exchange(request);
    let store = |text: &str, _revision| fs::write(&saved, text);
    let outcome = driver::run(&mut payout, gateway, &mut System::new(send, store))?.ok_or("nobody stops this")?;
    fs::remove_file(&saved)?;
    Ok(outcome)
}
