//! What can be chosen on the command line.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use clap::Parser;

use crate::{
    behaviour::{NotKnown, PayoutEnd, Repeats},
    json::Style,
};

/// A local payment gateway that speaks the protocols of Bitloga and Api for Crypto.
///
/// When it is ready it prints one line to standard output, `payseal-sandbox listening on http://HOST:PORT`; logs go
/// to standard error. The base URL of clients of both gateways is that address followed by `/api/v1/`. Open the
/// address in a browser to see and steer what happens.
#[derive(Clone, Parser)]
#[command(name = "payseal-sandbox", version)]
pub struct Options {
    /// Address to listen on
    #[arg(long, default_value_t = Options::default().host)]
    pub host: IpAddr,

    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = Options::default().port)]
    pub port: u16,

    /// End when standard input does, which it does with the process at its other end, however that ended
    #[arg(long)]
    pub end_with_parent: bool,

    /// The one API key Bitloga requests may carry in X-APIKEY
    #[arg(long, default_value_t = Options::default().api_key)]
    pub api_key: String,

    /// The secret that signs Bitloga requests and callbacks
    #[arg(long, default_value_t = Options::default().api_secret)]
    pub api_secret: String,

    /// The one wallet of Api for Crypto
    #[arg(long, default_value_t = Options::default().wallet_id)]
    pub wallet_id: String,

    /// `SQLite` file that keeps the state across restarts; without it the state lives in memory
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Write gateway JSON the way PHP does: `\/`, `\u` escapes, no trailing zeros, `5.0e-7`
    #[arg(long)]
    pub php_json: bool,

    /// Factor on the pauses between attempts to deliver a callback, which are 1 s, 2 s, 4 s … 256 s
    #[arg(long, value_name = "FACTOR", default_value_t = Options::default().pause_scale, value_parser = pause_scale)]
    pub pause_scale: f64,

    /// Pay every new invoice of either gateway by itself, this long after it was created
    #[arg(long, value_name = "MILLISECONDS", value_parser = milliseconds)]
    pub auto_pay: Option<Duration>,

    /// Time between two blocks of the pretended blockchains
    #[arg(long, value_name = "MILLISECONDS", default_value = "500", value_parser = milliseconds)]
    pub block_time: Duration,

    /// `details` answers as the world was this long ago
    #[arg(long, value_name = "MILLISECONDS", default_value = "0", value_parser = milliseconds)]
    pub details_lag: Duration,

    /// How `details` says that it does not know a `uniqueid`
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub not_known: NotKnown,

    /// What a `withdraw` does whose `uniqueid` is a payout's already
    #[arg(long, value_enum, default_value_t)]
    pub repeats: Repeats,

    /// How long payouts are pending
    #[arg(long, value_name = "MILLISECONDS", default_value = "0", value_parser = milliseconds)]
    pub payouts_pending: Duration,

    /// How payouts end
    #[arg(long, value_enum, default_value_t)]
    pub payouts_end: PayoutEnd,

    /// How long a request may take to arrive as a whole
    #[arg(long, value_name = "MILLISECONDS", default_value = "10000", value_parser = milliseconds)]
    pub body_timeout: Duration,

    /// A further name the control API may be reached by, and triggers may be sent to; may be given more than once
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,

    /// Random trouble, as `POST /sandbox/trouble` takes it
    #[arg(long, value_name = "JSON")]
    pub trouble: Option<String>,

    /// What random trouble is drawn from; without it a number is drawn and logged
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8787,
            end_with_parent: false,
            api_key: "sandbox-key".to_owned(),
            api_secret: "sandbox-secret".to_owned(),
            wallet_id: "sandbox-wallet".to_owned(),
            state: None,
            php_json: false,
            pause_scale: 1.0,
            auto_pay: None,
            block_time: Duration::from_millis(500),
            details_lag: Duration::ZERO,
            not_known: NotKnown::default(),
            repeats: Repeats::default(),
            payouts_pending: Duration::ZERO,
            payouts_end: PayoutEnd::default(),
            body_timeout: Duration::from_secs(10),
            allow_host: Vec::new(),
            trouble: None,
            seed: None,
        }
    }
}

impl Options {
    /// How gateways write JSON in this sandbox.
    pub(crate) fn json_style(&self) -> Style {
        if self.php_json { Style::Php } else { Style::Plain }
    }
}

fn pause_scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if (0.0..=1000.0).contains(&factor) => Ok(factor),
        _ => Err("expected a number from 0 to 1000".to_owned()),
    }
}

/// A year: what is added to the clock must stay a date.
pub(crate) const MAXIMUM_MILLISECONDS: i64 = 365 * 86_400_000;

fn milliseconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(milliseconds) if milliseconds <= MAXIMUM_MILLISECONDS.unsigned_abs() => {
            Ok(Duration::from_millis(milliseconds))
        }
        _ => Err("expected a whole number of milliseconds, at most a year".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_line_defaults_are_the_defaults_of_the_library() {
        let parsed = Options::try_parse_from(["payseal-sandbox"]).unwrap();
        let default = Options::default();
        assert_eq!(parsed.host, default.host);
        assert_eq!(parsed.port, default.port);
        assert_eq!(parsed.end_with_parent, default.end_with_parent);
        assert_eq!(parsed.api_key, default.api_key);
        assert_eq!(parsed.api_secret, default.api_secret);
        assert_eq!(parsed.wallet_id, default.wallet_id);
        assert_eq!(parsed.block_time, default.block_time);
        assert_eq!(parsed.auto_pay, None);
        assert_eq!(parsed.details_lag, default.details_lag);
        assert_eq!(parsed.not_known, default.not_known);
        assert_eq!(parsed.repeats, default.repeats);
        assert_eq!(parsed.payouts_pending, default.payouts_pending);
        assert_eq!(parsed.payouts_end, default.payouts_end);
        assert_eq!(parsed.body_timeout, default.body_timeout);
    }

    #[test]
    fn absurd_durations_are_refused() {
        for arguments in [["--pause-scale", "-1"], ["--pause-scale", "NaN"], ["--block-time", "99999999999999"]] {
            assert!(Options::try_parse_from(["payseal-sandbox"].iter().chain(&arguments)).is_err());
        }
    }
}
