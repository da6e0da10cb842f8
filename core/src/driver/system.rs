//! A driver by the system's clock: the feature `std`.

extern crate std;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::thread;
use std::time::{Instant, UNIX_EPOCH};

use super::{Driver, Pause};
use crate::call::Request;
use crate::machine::Timestamp;

/// How often a sleeping driver looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);

/// Reads the system's clock and sleeps in this thread; you send and store.
///
/// ```
/// use payseal::Request;
/// use payseal::driver::{self, System};
/// # use payseal::{Bitloga, Secret, bitloga::Withdraw};
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let exchange = |_: &Request| -> Result<(u16, Vec<u8>), std::io::Error> {
/// #     Ok((200, br#"{"to":"WMZ","amount_to":10.00,"purse":"Z1","status":"Complete","uniqueid":"135","success":true}"#.to_vec()))
/// # };
/// # let save = |_: &str, _: u64| -> Result<(), std::io::Error> { Ok(()) };
/// let mut payout = gateway.payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z1"))?;
/// let outcome = driver::run(&mut payout, &gateway, &mut System::new(exchange, save))?;
/// assert!(outcome.is_some_and(|outcome| outcome.is_paid()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct System<Send, Store> {
    send: Send,
    store: Store,
    stop: Arc<AtomicBool>,
    /// The time that was told last: pauses count from it.
    told: Timestamp,
}

impl<Send, Store> System<Send, Store> {
    /// `send` as [`Driver::send`], with whatever error your HTTP client has; `store` as
    /// [`Driver::store`].
    pub fn new(send: Send, store: Store) -> Self {
        Self { send, store, stop: Arc::default(), told: Timestamp::from_millis(0) }
    }

    /// Stops in a pause once this is `true`, as when a signal has come.
    #[must_use]
    pub fn stop(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = stop;
        self
    }
}

impl<Send, Store, SendError, StoreError> Driver for System<Send, Store>
where
    Send: FnMut(&Request) -> Result<(u16, Vec<u8>), SendError>,
    Store: FnMut(&str, u64) -> Result<(), StoreError>,
{
    type Failure = StoreError;

    fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
        (self.send)(request).ok()
    }

    fn store(&mut self, text: &str, revision: u64) -> Result<(), StoreError> {
        (self.store)(text, revision)
    }

    fn now(&mut self) -> Timestamp {
        self.told = Timestamp::since_1970(UNIX_EPOCH.elapsed().unwrap_or_default());
        self.told
    }

    /// The pause is measured by a clock that nobody sets: one that is set back does not lengthen it.
    fn sleep_until(&mut self, until: Timestamp) -> Pause {
        let (begin, pause) = (Instant::now(), until.since(self.told));
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Pause::Stop;
            }
            let left = pause.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return Pause::Over;
            }
            thread::sleep(left.min(LOOK));
        }
    }
}
