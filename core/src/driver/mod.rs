//! Runs payouts and watches, so that nobody has to write the loop: it saves before each request,
//! takes whatever stops a request for no answer, sleeps, and stops when asked to.
//!
//! It does no I/O itself: a [`Driver`] (or an [`AsyncDriver`], for any runtime) sends, saves and
//! sleeps. [`run`] goes on to the end; [`advance`] returns at the next pause, for callers that are
//! woken by something else, such as a job queue. With the feature `std`, `System` reads the clock and
//! sleeps.
//!
//! ```
//! use payseal::driver::{self, Driver, Pause};
//! use payseal::{Request, Timestamp};
//! # use payseal::{Bitloga, Secret, bitloga::Withdraw};
//!
//! struct Shop { now: u64, saved: Vec<(u64, String)> }
//!
//! impl Driver for Shop {
//!     type Failure = std::convert::Infallible;
//!
//!     fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
//!         // with the HTTP client you have; whatever goes wrong is `None`
//! #       let body = br#"{"to":"WMZ","amount_to":10.00,"purse":"Z1","status":"Complete","uniqueid":"135","success":true}"#;
//! #       assert_eq!(request.method, "POST");
//! #       Some((200, body.to_vec()))
//!     }
//!     fn store(&mut self, text: &str, revision: u64) -> Result<(), Self::Failure> {
//!         self.saved.push((revision, text.to_owned()));
//!         Ok(())
//!     }
//!     fn now(&mut self) -> Timestamp {
//!         Timestamp::from_millis(self.now)
//!     }
//!     fn sleep_until(&mut self, until: Timestamp) -> Pause {
//!         self.now = until.millis();
//!         Pause::Over
//!     }
//! }
//!
//! # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
//! let mut payout = gateway.payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z1"))?;
//! let mut shop = Shop { now: 0, saved: Vec::new() };
//! let outcome = driver::run(&mut payout, &gateway, &mut shop)?;
//! assert!(outcome.is_some_and(|outcome| outcome.is_paid()));
//! assert_eq!(shop.saved.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod asynchronous;
#[cfg(feature = "std")]
mod system;

use alloc::vec::Vec;
use core::fmt;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

use crate::call::Request;
use crate::error::Error;
use crate::machine::{Machine, Progress, Timestamp};

pub use asynchronous::{AsyncDriver, advance_async, run_async};
#[cfg(feature = "std")]
pub use system::System;

/// What a run needs of its caller.
pub trait Driver {
    /// What the store fails with: another worker has saved a later revision, or the disk is full.
    type Failure;

    /// Sends a request unchanged, without following redirects, once, and returns status and body
    /// of the answer, whatever the status. Whatever goes wrong is `None`: a time-out, a broken
    /// connection, an answer that breaks off.
    fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)>;

    /// Saves a text durably, if the one saved before is of the revision before (revision 1: if
    /// there is none). That is what keeps two workers from running one payout.
    ///
    /// # Errors
    /// Where it is not saved: the run ends, and nothing more is sent.
    fn store(&mut self, text: &str, revision: u64) -> Result<(), Self::Failure>;

    /// The time by the caller's clock.
    fn now(&mut self) -> Timestamp;

    /// Sleeps until then: for as long as that is after [`Driver::now`], by a clock that nobody
    /// sets. It may return sooner; [`Pause::Stop`] ends the run.
    fn sleep_until(&mut self, until: Timestamp) -> Pause;

    /// Where the machine is at, after each answer and before each pause.
    fn progress(&mut self, _progress: &Progress) {}

    /// Your own judgement whether an answer says that the gateway does not know the payout; `None`
    /// leaves it to the library. It is ignored for an answer to `withdraw`, and for one that says
    /// `success:true` about the payout.
    fn is_not_known(&mut self, _status: u16, _body: &[u8]) -> Option<bool> {
        None
    }
}

/// How a pause ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Its time has come.
    Over,
    /// The program is about to end: stop here. The saved text goes on later.
    Stop,
}

/// Why a run stopped early. What was saved can be resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunError<Failure> {
    /// The text was not saved.
    Store(Failure),
    /// The client is not the machine's, or cannot make a request.
    Machine(Error),
}

impl<Failure: fmt::Display> fmt::Display for RunError<Failure> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(failure) => write!(f, "not saved: {failure}"),
            Self::Machine(error) => error.fmt(f),
        }
    }
}

impl<Failure: core::error::Error + 'static> core::error::Error for RunError<Failure> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Store(failure) => Some(failure),
            Self::Machine(error) => Some(error),
        }
    }
}

/// What [`advance`] came to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Advanced<Outcome> {
    /// Call again at this time.
    Wait(Timestamp),
    /// It has ended.
    Done(Outcome),
}

/// Runs a payout or a watch to its end. `None`: it was stopped by [`Pause::Stop`].
///
/// # Errors
/// Where the text was not saved, or the client is not the machine's.
pub fn run<M: Machine, D: Driver>(
    machine: &mut M,
    gateway: &M::Gateway,
    driver: &mut D,
) -> Result<Option<M::Outcome>, RunError<D::Failure>> {
    at_once(run_async(machine, gateway, &mut Blocking(driver)))
}

/// Does all there is to do now: up to the next pause, or the end.
///
/// # Errors
/// As [`run`].
pub fn advance<M: Machine, D: Driver>(
    machine: &mut M,
    gateway: &M::Gateway,
    driver: &mut D,
) -> Result<Advanced<M::Outcome>, RunError<D::Failure>> {
    at_once(advance_async(machine, gateway, &mut Blocking(driver)))
}

/// A driver whose futures are ready at once: it blocks instead.
struct Blocking<'d, D>(&'d mut D);

impl<D: Driver> AsyncDriver for Blocking<'_, D> {
    type Failure = D::Failure;

    async fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
        self.0.send(request)
    }

    async fn store(&mut self, text: &str, revision: u64) -> Result<(), D::Failure> {
        self.0.store(text, revision)
    }

    fn now(&mut self) -> Timestamp {
        self.0.now()
    }

    async fn sleep_until(&mut self, until: Timestamp) -> Pause {
        self.0.sleep_until(until)
    }

    fn progress(&mut self, progress: &Progress) {
        self.0.progress(progress);
    }

    fn is_not_known(&mut self, status: u16, body: &[u8]) -> Option<bool> {
        self.0.is_not_known(status, body)
    }
}

/// The result of a future that never waits.
fn at_once<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
