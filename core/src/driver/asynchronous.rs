//! The same for every asynchronous runtime: nothing here knows which.

use alloc::vec::Vec;

use super::{Advanced, Pause, RunError};
use crate::call::Request;
use crate::machine::{Machine, Progress, Step, Timestamp};

/// What an asynchronous run needs of its caller: see [`super::Driver`]. The future of a run is
/// `Send` where those of the driver are.
#[allow(
    async_fn_in_trait,
    reason = "whether a run can be sent to another thread follows from the driver's own futures"
)]
pub trait AsyncDriver {
    /// What the store fails with.
    type Failure;

    /// [`super::Driver::send`].
    async fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)>;

    /// [`super::Driver::store`].
    ///
    /// # Errors
    /// Where the text is not saved.
    async fn store(&mut self, text: &str, revision: u64) -> Result<(), Self::Failure>;

    /// The time by the caller's clock.
    fn now(&mut self) -> Timestamp;

    /// [`super::Driver::sleep_until`].
    async fn sleep_until(&mut self, until: Timestamp) -> Pause;

    /// [`super::Driver::progress`].
    fn progress(&mut self, _progress: &Progress) {}

    /// [`super::Driver::is_not_known`].
    fn is_not_known(&mut self, _status: u16, _body: &[u8]) -> Option<bool> {
        None
    }
}

/// [`super::run`], asynchronously. Dropping the future is like a crash: the saved text goes on later.
///
/// # Errors
/// As [`super::run`].
pub async fn run_async<M: Machine, D: AsyncDriver>(
    machine: &mut M,
    gateway: &M::Gateway,
    driver: &mut D,
) -> Result<Option<M::Outcome>, RunError<D::Failure>> {
    loop {
        match advance_async(machine, gateway, driver).await? {
            Advanced::Done(outcome) => return Ok(Some(outcome)),
            Advanced::Wait(until) => {
                if driver.sleep_until(until).await == Pause::Stop {
                    return Ok(None);
                }
            }
        }
    }
}

/// [`super::advance`], asynchronously.
///
/// # Errors
/// As [`super::run`].
pub async fn advance_async<M: Machine, D: AsyncDriver>(
    machine: &mut M,
    gateway: &M::Gateway,
    driver: &mut D,
) -> Result<Advanced<M::Outcome>, RunError<D::Failure>> {
    loop {
        let (saved, now) = (machine.revision(), driver.now());
        let step = machine.next(gateway, now).map_err(RunError::Machine)?;
        save(machine, saved, driver).await?;
        let outgoing = match step {
            Step::Send(outgoing) => outgoing,
            Step::Wait(until) => {
                driver.progress(&machine.progress());
                return Ok(Advanced::Wait(until));
            }
            Step::Done(outcome) => return Ok(Advanced::Done(outcome)),
        };
        let answer = driver.send(&outgoing.request).await;
        let (saved, now) = (machine.revision(), driver.now());
        let reported = match answer {
            Some((status, body)) => match driver.is_not_known(status, &body) {
                Some(not_known) => machine.on_response_judged(&outgoing, status, &body, not_known, now),
                None => machine.on_response(&outgoing, status, &body, now),
            },
            None => machine.on_no_response(&outgoing, now),
        };
        reported.map_err(RunError::Machine)?;
        save(machine, saved, driver).await?;
        driver.progress(&machine.progress());
    }
}

async fn save<M: Machine, D: AsyncDriver>(machine: &M, saved: u64, driver: &mut D) -> Result<(), RunError<D::Failure>> {
    if machine.revision() == saved {
        return Ok(());
    }
    driver.store(&machine.to_text(), machine.revision()).await.map_err(RunError::Store)
}
