//! The limits of a watch.

use core::time::Duration;

use crate::error::Result;
use crate::machine::policy::{WEEK, YEAR, check_pauses, policy};
use crate::machine::whole_millis;
use crate::schema::require;

/// The limits of a watch. The defaults follow an invoice for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchPolicy {
    /// The first pause between questions: 5 seconds. Each further one is twice as long.
    pub first_pause: Duration,
    /// The longest pause: 5 minutes. Longer learns later that the invoice was paid.
    pub longest_pause: Duration,
    /// How long after it was first seen closed the invoice has to be seen so again: 1 minute.
    /// Shorter believes an answer that is out of date.
    pub closing_pause: Duration,
    /// After how long the watch gives up: 24 hours. It may be begun anew.
    pub give_up_time: Duration,
}

policy! {
    WatchPolicy {
        first_pause: Duration = Duration::from_secs(5),
        longest_pause: Duration = Duration::from_secs(5 * 60),
        closing_pause: Duration = Duration::from_secs(60),
        give_up_time: Duration = Duration::from_secs(24 * 60 * 60),
    }
}

impl WatchPolicy {
    /// Checks the limits; a watch does so when it is made.
    ///
    /// # Errors
    /// `invalid_input`, naming the option as `policy.first_pause`.
    pub fn check(&self) -> Result<()> {
        check_pauses(self.first_pause, self.longest_pause)?;
        require(whole_millis(self.closing_pause) <= WEEK, "policy.closing_pause", "must be at most 7 days")?;
        let gives_up = (1..=YEAR).contains(&whole_millis(self.give_up_time));
        require(gives_up, "policy.give_up_time", "must be above zero, and at most 366 days")
    }
}
