//! A payout that happens exactly once, whatever happens on the way.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::payout::{Milliseconds, Outcome, Payout, Step};

use crate::Result;
use crate::transport::Transport;

/// Pays out, and waits until the outcome is known.
pub(crate) fn pay_out(gateway: &Bitloga, http: &Transport, withdraw: &Withdraw) -> Result<Outcome> {
    // In a shop this is a row of the database: after a crash, `Payout::from_text` takes it up again.
    let saved = env::temp_dir().join(format!("payout-{}", withdraw.uniqueid));
    let mut payout = Payout::new(withdraw)?;
    loop {
        match payout.next(gateway, now()?)? {
            Step::Send(request) => {
                fs::write(&saved, payout.to_text())?;
                match http.exchange(&request) {
                    Ok((status, body)) => payout.on_response(status, &body, now()?)?,
                    Err(_) => payout.on_no_response(now()?)?,
                }
            }
            Step::Wait(until) => thread::sleep(Duration::from_millis(until.saturating_sub(now()?))),
            Step::Done(outcome) => {
                fs::remove_file(&saved)?;
                return Ok(outcome);
            }
        }
    }
}

fn now() -> Result<Milliseconds> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?)
}
