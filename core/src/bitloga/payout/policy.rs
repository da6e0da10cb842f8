//! The limits of a payout, each with what it risks.

use core::time::Duration;

use crate::error::{Error, Result};
use crate::machine::whole_millis;

/// The limits of a payout. The defaults are for a gateway of which nothing is known.
///
/// ```
/// use payseal::payout::Policy;
/// use std::time::Duration;
///
/// let policy = Policy::new().settle_time(Duration::from_secs(120)).sends(2);
/// assert_eq!(policy.denials, 2);
/// policy.check()?;
/// assert_eq!(Policy::new().sends(0).check().unwrap_err().field(), Some("policy.sends"));
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// How out of date `details` may be, and how late a request may arrive: 10 minutes. No denial
    /// counts before this time since the last send, and a closed status or a conflict has to be
    /// seen again after it. Too short, and a payout is called rejected, or sent again, while the
    /// first request is still on its way.
    pub settle_time: Duration,
    /// How many denials are needed: 2, the least. More take longer; each makes a passing refusal
    /// that looks like a denial less of a risk.
    pub denials: u32,
    /// How often `withdraw` may be sent: once. At a gateway that pays on a repeated `uniqueid`,
    /// every further send may pay again if the settle time was too short; at one that refuses
    /// repeats it is safe, and a lost request is made up for.
    pub sends: u32,
    /// The first pause before asking `details`: 5 seconds. Each further one is twice as long.
    /// Shorter asks more often.
    pub first_pause: Duration,
    /// The longest pause: 15 minutes. Longer learns later how the payout ended.
    pub longest_pause: Duration,
    /// After how long without an end the payout is `unknown`: 24 hours since the last send.
    /// Shorter leaves more payouts for a person to settle.
    pub give_up_time: Duration,
}

impl Policy {
    /// The options that are counts, for bindings: all others are times.
    #[doc(hidden)]
    pub const COUNTS: [&'static str; 2] = ["denials", "sends"];

    /// The names of the options, for bindings.
    #[doc(hidden)]
    pub const NAMES: [&'static str; 6] =
        ["settle_time", "denials", "sends", "first_pause", "longest_pause", "give_up_time"];

    /// The defaults.
    pub const fn new() -> Self {
        Self {
            settle_time: Duration::from_secs(10 * 60),
            denials: 2,
            sends: 1,
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_secs(15 * 60),
            give_up_time: Duration::from_secs(24 * 60 * 60),
        }
    }

    /// Sets [`Policy::settle_time`].
    #[must_use]
    pub const fn settle_time(mut self, time: Duration) -> Self {
        self.settle_time = time;
        self
    }

    /// Sets [`Policy::denials`].
    #[must_use]
    pub const fn denials(mut self, denials: u32) -> Self {
        self.denials = denials;
        self
    }

    /// Sets [`Policy::sends`].
    #[must_use]
    pub const fn sends(mut self, sends: u32) -> Self {
        self.sends = sends;
        self
    }

    /// Sets [`Policy::first_pause`].
    #[must_use]
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets [`Policy::longest_pause`].
    #[must_use]
    pub const fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets [`Policy::give_up_time`].
    #[must_use]
    pub const fn give_up_time(mut self, time: Duration) -> Self {
        self.give_up_time = time;
        self
    }

    /// Checks the limits; a payout does so when it is made.
    ///
    /// # Errors
    /// `invalid_input`, naming the option as `policy.sends`.
    pub fn check(&self) -> Result<()> {
        let limits = Limits::of(self);
        let rules = [
            (limits.settle_time <= WEEK, "policy.settle_time", "must be at most 7 days"),
            ((2..=100).contains(&self.denials), "policy.denials", "must be from 2 to 100"),
            ((1..=10).contains(&self.sends), "policy.sends", "must be from 1 to 10"),
            ((1..=WEEK).contains(&limits.first_pause), "policy.first_pause", "must be above zero, and at most 7 days"),
            (
                (limits.first_pause..=WEEK).contains(&limits.longest_pause),
                "policy.longest_pause",
                "must be at least the first pause, and at most 7 days",
            ),
            (
                limits.give_up_time > limits.settled_after() && limits.give_up_time <= YEAR,
                "policy.give_up_time",
                "must be longer than the settle time and a tenth of it, and at most 366 days",
            ),
        ];
        match rules.into_iter().find(|(holds, ..)| !holds) {
            Some((_, option, rule)) => Err(Error::invalid(option, rule)),
            None => Ok(()),
        }
    }

    /// Sets an option by its name, for bindings: a count, or a time in milliseconds.
    ///
    /// # Errors
    /// `invalid_input` where there is no such option.
    #[doc(hidden)]
    pub fn set(&mut self, name: &str, value: u64) -> Result<()> {
        let time = Duration::from_millis(value);
        let count = u32::try_from(value).unwrap_or(u32::MAX);
        match name {
            "settle_time" => self.settle_time = time,
            "denials" => self.denials = count,
            "sends" => self.sends = count,
            "first_pause" => self.first_pause = time,
            "longest_pause" => self.longest_pause = time,
            "give_up_time" => self.give_up_time = time,
            _ => return Err(Error::invalid("policy", "has an option that there is not")),
        }
        Ok(())
    }

    /// The options with their names, as [`Policy::set`] takes them.
    #[doc(hidden)]
    pub fn options(&self) -> [(&'static str, u64); 6] {
        let limits = Limits::of(self);
        let values = [
            limits.settle_time,
            self.denials.into(),
            self.sends.into(),
            limits.first_pause,
            limits.longest_pause,
            limits.give_up_time,
        ];
        core::array::from_fn(|position| (Self::NAMES[position], values[position]))
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

const DAY: u64 = 24 * 60 * 60 * 1_000;
const WEEK: u64 = 7 * DAY;
const YEAR: u64 = 366 * DAY;

/// Before the settle time is over, no pause is longer than this part of it: a clock that jumps
/// adds one pause at most, which is waited for in addition.
const PARTS_OF_SETTLE_TIME: u64 = 10;

/// The times of a policy in milliseconds.
pub(super) struct Limits {
    pub(super) settle_time: u64,
    pub(super) first_pause: u64,
    pub(super) longest_pause: u64,
    pub(super) give_up_time: u64,
}

impl Limits {
    pub(super) fn of(policy: &Policy) -> Self {
        Self {
            settle_time: whole_millis(policy.settle_time),
            first_pause: whole_millis(policy.first_pause),
            longest_pause: whole_millis(policy.longest_pause),
            give_up_time: whole_millis(policy.give_up_time),
        }
    }

    /// How much time has to count before denials do: the settle time, and one pause to spare.
    pub(super) fn settled_after(&self) -> u64 {
        self.settle_time.saturating_add(self.unsettled_pause())
    }

    /// The longest pause before the settle time is over.
    pub(super) fn unsettled_pause(&self) -> u64 {
        self.settle_time / PARTS_OF_SETTLE_TIME
    }

    /// How much of the time of a request counts.
    pub(super) fn request_allowance(&self) -> u64 {
        self.first_pause.min(self.unsettled_pause())
    }
}
