//! Moments: the library reads no clock.

use core::time::Duration;

/// A moment, as the time since 1970 by the caller's clock. It may jump: machines count only the
/// time they asked to wait.
///
/// ```
/// use payseal::Timestamp;
/// use std::time::{Duration, SystemTime, UNIX_EPOCH};
///
/// let now = Timestamp::since_1970(SystemTime::now().duration_since(UNIX_EPOCH)?);
/// assert!(now > Timestamp::from_millis(0));
/// assert_eq!(Timestamp::from_millis(1_500).since(Timestamp::from_millis(500)), Duration::from_secs(1));
/// # Ok::<(), std::time::SystemTimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The last moment every language of this library can tell: 2^53-1 milliseconds.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// So many milliseconds since 1970, [`Timestamp::MAX`] at most.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(if milliseconds < Self::MAX.0 { milliseconds } else { Self::MAX.0 })
    }

    /// That long since 1970, [`Timestamp::MAX`] at most.
    pub fn since_1970(duration: Duration) -> Self {
        Self::from_millis(whole_millis(duration))
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// How long after another moment this is; nothing if it is before.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// That many milliseconds later, even after [`Timestamp::MAX`].
    pub(crate) fn after(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }
}

/// Whole milliseconds, rounded up, so that no pause is shorter than it was meant to be.
pub(crate) fn whole_millis(duration: Duration) -> u64 {
    let part = u64::from(duration.subsec_nanos().div_ceil(1_000_000));
    duration.as_secs().saturating_mul(1_000).saturating_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_millisecond_are_rounded_up() {
        let cases = [
            (Duration::ZERO, 0),
            (Duration::from_nanos(1), 1),
            (Duration::from_millis(5), 5),
            (Duration::new(1, 999_999_999), 2_000),
            (Duration::MAX, u64::MAX),
        ];
        for (duration, milliseconds) in cases {
            assert_eq!(whole_millis(duration), milliseconds, "{duration:?}");
        }
    }
}
