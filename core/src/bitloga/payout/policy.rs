//! The limits of a payout, each with what it risks.

use core::time::Duration;

use crate::error::Result;
use crate::machine::policy::{WEEK, YEAR, check_pauses, policy};
use crate::machine::whole_millis;
use crate::schema::require;

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

policy! {
    Policy {
        settle_time: Duration = Duration::from_secs(10 * 60),
        denials: u32 = 2,
        sends: u32 = 1,
        first_pause: Duration = Duration::from_secs(5),
        longest_pause: Duration = Duration::from_secs(15 * 60),
        give_up_time: Duration = Duration::from_secs(24 * 60 * 60),
    }
}

/// Before the settle time is over, no pause is longer than this part of it: a clock that jumps
/// adds one pause at most, which is waited for in addition.
const PARTS_OF_SETTLE_TIME: u64 = 10;

impl Policy {
    /// Checks the limits; a payout does so when it is made.
    ///
    /// # Errors
    /// `invalid_input`, naming the option as `policy.sends`.
    pub fn check(&self) -> Result<()> {
        require(whole_millis(self.settle_time) <= WEEK, "policy.settle_time", "must be at most 7 days")?;
        require((2..=100).contains(&self.denials), "policy.denials", "must be from 2 to 100")?;
        require((1..=10).contains(&self.sends), "policy.sends", "must be from 1 to 10")?;
        check_pauses(self.first_pause, self.longest_pause)?;
        let give_up_time = whole_millis(self.give_up_time);
        require(
            give_up_time > self.settled_after() && give_up_time <= YEAR,
            "policy.give_up_time",
            "must be longer than the settle time and a tenth of it, and at most 366 days",
        )
    }

    /// How many milliseconds have to count before denials do: the settle time, and one pause to spare.
    pub(super) fn settled_after(&self) -> u64 {
        whole_millis(self.settle_time).saturating_add(self.unsettled_pause())
    }

    /// The longest pause before the settle time is over, in milliseconds.
    pub(super) fn unsettled_pause(&self) -> u64 {
        whole_millis(self.settle_time) / PARTS_OF_SETTLE_TIME
    }

    /// How many milliseconds of the time of a request count.
    pub(super) fn request_allowance(&self) -> u64 {
        whole_millis(self.first_pause).min(self.unsettled_pause())
    }
}
