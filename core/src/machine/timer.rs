//! How long a machine has waited, by a clock that may jump.

use super::Timestamp;

/// Counts time only as far as the machine asked for it: a clock that jumps forward adds one pause
/// at most, and one that is set back does not make a pause longer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Timer {
    /// What the caller's clock said last.
    pub(crate) seen: Option<Timestamp>,
    /// How much of the pause is left, in milliseconds.
    pub(crate) left: u64,
    /// How many milliseconds were waited since the timer was started.
    pub(crate) waited: u64,
    /// How many pauses were asked for since then: each is twice as long as the one before.
    pub(crate) pauses: u32,
}

impl Timer {
    /// Starts anew. A request is under way: as much of its time counts.
    pub(crate) fn restart(&mut self, allowance: u64) {
        *self = Self { seen: self.seen, left: allowance, waited: 0, pauses: 0 };
    }

    /// The time now.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        let passed = self.seen.map_or(0, |seen| now.millis().saturating_sub(seen.millis())).min(self.left);
        self.left -= passed;
        self.waited = self.waited.saturating_add(passed);
        self.seen = Some(now);
    }

    /// Asks for no more than this: a request is under way.
    pub(crate) fn allow(&mut self, milliseconds: u64) {
        self.left = milliseconds;
    }

    /// Asks for the next pause: `first` doubled with every pause, at most `longest`, at least 1.
    pub(crate) fn pause(&mut self, first: u64, longest: u64) {
        let doubled = first.saturating_mul(1 << self.pauses.min(32));
        self.left = doubled.min(longest).max(1);
        self.pauses = self.pauses.saturating_add(1);
    }

    /// When the pause is over; `None` if it is.
    pub(crate) fn until(&self) -> Option<Timestamp> {
        self.seen.filter(|_| self.left > 0).map(|seen| seen.after(self.left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    fn waiting() -> Timer {
        let mut timer = Timer { seen: Some(at(1_000)), ..Timer::default() };
        timer.pause(100, 1_000);
        timer
    }

    #[test]
    fn time_counts_as_it_passes() {
        let mut timer = waiting();
        timer.advance(at(1_040));
        assert_eq!((timer.waited, timer.until()), (40, Some(at(1_100))));
        timer.advance(at(1_100));
        assert_eq!((timer.waited, timer.until()), (100, None));
    }

    #[test]
    fn a_jump_forward_counts_for_one_pause() {
        let mut timer = waiting();
        timer.advance(at(1_000_000_000));
        assert_eq!((timer.waited, timer.until()), (100, None));
        timer.advance(at(2_000_000_000));
        assert_eq!(timer.waited, 100);
    }

    #[test]
    fn a_jump_back_does_not_lengthen_the_pause() {
        let mut timer = waiting();
        timer.advance(at(10));
        assert_eq!((timer.waited, timer.until()), (0, Some(at(110))));
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let mut timer = Timer::default();
        let pauses = [100, 200, 400, 800, 1_000, 1_000];
        for pause in pauses {
            timer.pause(100, 1_000);
            assert_eq!(timer.left, pause);
        }
    }
}
