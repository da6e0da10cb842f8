//! The other side: what a payer does, and what the gateway delivers. With a real gateway none of this is needed.

use std::collections::HashSet;
use std::fmt::Display;
use std::time::{Duration, Instant};
use std::{env, thread};

use serde_json::{Value, json};

use crate::Result;

/// How long to wait for a delivery.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where everything is.
pub(crate) struct Sandbox {
    control: String,
    /// The base URL of both gateways.
    pub(crate) base_url: String,
    /// Where callbacks and notifications go to: `examples/cloudflare-worker`, if it runs.
    pub(crate) receiver: String,
}

/// A callback or a notification, exactly as it was posted.
pub(crate) struct Delivery {
    pub(crate) body: String,
    /// `X-SIGNATURE`; empty for notifications, which are not signed.
    pub(crate) signature: String,
}

impl Sandbox {
    /// `payseal-tour [SANDBOX [RECEIVER]]`.
    pub(crate) fn from_arguments() -> Self {
        let mut arguments = env::args().skip(1);
        let mut next = |default: &str| arguments.next().unwrap_or_else(|| default.to_owned());
        let url = next("http://127.0.0.1:8787");
        Self {
            control: format!("{url}/sandbox"),
            base_url: format!("{url}/api/v1/"),
            receiver: next("http://127.0.0.1:8788"),
        }
    }

    /// Pays an invoice, as its payer would.
    pub(crate) fn pay(&self, invoice: &str) -> Result<()> {
        ureq::post(format!("{}/{invoice}/pay", self.control)).send_empty()?;
        Ok(())
    }

    /// What the gateway delivers next about an invoice. A receiver would find it in the request.
    pub(crate) fn next_delivery(&self, seen: &mut HashSet<String>, subject: &str) -> Result<Delivery> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let mut answer = ureq::get(format!("{}/deliveries", self.control)).call()?;
            let answer: Value = answer.body_mut().read_json()?;
            for attempt in answer["deliveries"].as_array().into_iter().flatten() {
                if attempt["subject"] == subject && seen.insert(attempt["delivery"].to_string()) {
                    let text = |field: &str| attempt[field].as_str().unwrap_or_default().to_owned();
                    return Ok(Delivery { body: text("body"), signature: text("signature") });
                }
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err("nothing was delivered in time".into())
    }
}

/// Prints one step as a line of JSON: what was sent, and what the answer said once it was verified.
pub(crate) fn report(step: &str, sent: &str, verified: impl Display) {
    println!("{}", json!({"step": step, "sent": sent, "verified": verified.to_string()}));
}
