//! What payouts and watches have in common: machines without I/O that say what to do next.
//!
//! A machine hands out requests one at a time. The caller sends each and reports what came of it;
//! between requests the machine asks for pauses. Its whole state is a text.

mod answer;
mod common;
mod fingerprint;
pub(crate) mod policy;
mod progress;
pub(crate) mod saved;
mod time;
mod timer;
pub(crate) mod verdict;

use crate::call::Request;
use crate::error::Result;

pub(crate) use answer::LooseAnswer;
pub(crate) use common::Common;
pub(crate) use fingerprint::fingerprint;
pub(crate) use policy::PolicyOption;
pub use policy::PolicyOptions;
pub use progress::Progress;
pub(crate) use progress::{LastAnswer, shortened};
pub use time::Timestamp;
pub(crate) use time::whole_millis;
pub(crate) use timer::Timer;

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Step<Outcome> {
    /// Save the machine if its revision has changed, send this, and report what came of it.
    Send(Outgoing),
    /// Call `next` again at this time.
    Wait(Timestamp),
    /// It has ended.
    Done(Outcome),
}

/// A request of a machine. Reports name it, so that no answer is taken for one to a later request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outgoing {
    /// What to send, unchanged.
    pub request: Request,
    pub(crate) number: u64,
}

/// A machine without I/O: [`crate::payout::Payout`] or [`crate::watch::Watch`].
/// [`crate::driver`] runs every one of them.
pub trait Machine {
    /// The client whose requests it sends.
    type Gateway;
    /// How it ends.
    type Outcome;

    /// What to do now. A request that was handed out and not reported on counts as one without
    /// an answer.
    ///
    /// # Errors
    /// `invalid_input` where the client is not the one of this machine, or cannot make a request.
    fn next(&mut self, gateway: &Self::Gateway, now: Timestamp) -> Result<Step<Self::Outcome>>;

    /// Reports the answer to a request, whatever its status.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()>;

    /// [`Machine::on_response`], with the caller's own judgement whether the answer says that the
    /// gateway does not know what it was asked for. A watch ignores it: nothing turns on that.
    ///
    /// # Errors
    /// As [`Machine::on_response`].
    fn on_response_judged(
        &mut self,
        to: &Outgoing,
        status: u16,
        body: &[u8],
        _not_known: bool,
        now: Timestamp,
    ) -> Result<()> {
        self.on_response(to, status, body, now)
    }

    /// Reports that no answer came to a request: a time-out, a broken connection, or a failure
    /// that leaves open whether it was sent at all.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()>;

    /// Counted up by one with every step that has to be saved: a store accepts a text only if the
    /// one it has is of the revision before.
    fn revision(&self) -> u64;

    /// The whole state as text. It holds no key and no secret.
    fn to_text(&self) -> alloc::string::String;

    /// Where it is at, for a person to look at.
    fn progress(&self) -> Progress;
}

/// The methods of a machine that its type has by itself, so that nobody has to import [`Machine`].
macro_rules! own_methods {
    () => {
        fn next(&mut self, gateway: &Self::Gateway, now: Timestamp) -> Result<Step> {
            Self::next(self, gateway, now)
        }

        fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()> {
            Self::on_response(self, to, status, body, now)
        }

        fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
            Self::on_no_response(self, to, now)
        }

        fn revision(&self) -> u64 {
            Self::revision(self)
        }

        fn to_text(&self) -> String {
            Self::to_text(self)
        }

        fn progress(&self) -> Progress {
            Self::progress(self)
        }
    };
}
pub(crate) use own_methods;
