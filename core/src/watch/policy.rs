//! The limits of a watch.

use core::time::Duration;

use crate::error::{Error, Result};
use crate::machine::whole_millis;

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

impl WatchPolicy {
    /// The names of the options, for bindings: all are times.
    #[doc(hidden)]
    pub const NAMES: [&'static str; 4] = ["first_pause", "longest_pause", "closing_pause", "give_up_time"];

    /// The defaults.
    pub const fn new() -> Self {
        Self {
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_secs(5 * 60),
            closing_pause: Duration::from_secs(60),
            give_up_time: Duration::from_secs(24 * 60 * 60),
        }
    }

    /// Sets [`WatchPolicy::first_pause`].
    #[must_use]
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets [`WatchPolicy::longest_pause`].
    #[must_use]
    pub const fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets [`WatchPolicy::closing_pause`].
    #[must_use]
    pub const fn closing_pause(mut self, pause: Duration) -> Self {
        self.closing_pause = pause;
        self
    }

    /// Sets [`WatchPolicy::give_up_time`].
    #[must_use]
    pub const fn give_up_time(mut self, time: Duration) -> Self {
        self.give_up_time = time;
        self
    }

    /// Checks the limits; a watch does so when it is made.
    ///
    /// # Errors
    /// `invalid_input`, naming the option as `policy.first_pause`.
    pub fn check(&self) -> Result<()> {
        let first = self.first_millis();
        let rules = [
            ((1..=WEEK).contains(&first), "policy.first_pause", "must be above zero, and at most 7 days"),
            (
                (first..=WEEK).contains(&self.longest_millis()),
                "policy.longest_pause",
                "must be at least the first pause, and at most 7 days",
            ),
            (self.closing_millis() <= WEEK, "policy.closing_pause", "must be at most 7 days"),
            (
                (1..=YEAR).contains(&self.give_up_millis()),
                "policy.give_up_time",
                "must be above zero, and at most 366 days",
            ),
        ];
        match rules.into_iter().find(|(holds, ..)| !holds) {
            Some((_, option, rule)) => Err(Error::invalid(option, rule)),
            None => Ok(()),
        }
    }

    /// Sets an option by its name, for bindings: a time in milliseconds.
    ///
    /// # Errors
    /// `invalid_input` where there is no such option.
    #[doc(hidden)]
    pub fn set(&mut self, name: &str, milliseconds: u64) -> Result<()> {
        let time = Duration::from_millis(milliseconds);
        match name {
            "first_pause" => self.first_pause = time,
            "longest_pause" => self.longest_pause = time,
            "closing_pause" => self.closing_pause = time,
            "give_up_time" => self.give_up_time = time,
            _ => return Err(Error::invalid("policy", "has an option that there is not")),
        }
        Ok(())
    }

    /// The options with their names, as [`WatchPolicy::set`] takes them.
    pub(super) fn options(&self) -> [(&'static str, u64); 4] {
        let values = [self.first_millis(), self.longest_millis(), self.closing_millis(), self.give_up_millis()];
        core::array::from_fn(|position| (Self::NAMES[position], values[position]))
    }

    pub(super) fn first_millis(&self) -> u64 {
        whole_millis(self.first_pause)
    }

    pub(super) fn longest_millis(&self) -> u64 {
        whole_millis(self.longest_pause)
    }

    pub(super) fn closing_millis(&self) -> u64 {
        whole_millis(self.closing_pause)
    }

    pub(super) fn give_up_millis(&self) -> u64 {
        whole_millis(self.give_up_time)
    }
}

impl Default for WatchPolicy {
    fn default() -> Self {
        Self::new()
    }
}

const DAY: u64 = 24 * 60 * 60 * 1_000;
const WEEK: u64 = 7 * DAY;
const YEAR: u64 = 366 * DAY;
