//! Waiting for an invoice: until it is paid or can no longer be, by asking with growing pauses or
//! by a verified callback that is handed in, whichever comes first.

mod outcome;
mod policy;
mod saved;
mod state;
pub(crate) mod watched;

use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use crate::error::Result;
use crate::machine::{LastAnswer, Machine, own_methods, shortened};

pub use self::outcome::{Step, WatchOutcome, WatchVerdict};
pub use self::policy::WatchPolicy;
use self::state::State;
pub use self::watched::Watched;
pub(crate) use self::watched::{Observed, Sighting, read, sealed};
pub use crate::machine::{Outgoing, Progress, Timestamp};

/// Waits for one invoice, as a state machine without I/O. [`crate::driver`] runs it.
///
/// Callbacks may come late, repeated or in another order: what was paid stays paid. An invoice
/// that was closed and is then paid after all becomes paid.
///
/// ```
/// use payseal::watch::{Step, Timestamp, Watch};
/// # use payseal::{Bitloga, Secret};
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// let mut watch = Watch::invoice(&gateway, "125")?;
/// let now = Timestamp::from_millis(0);
/// let Step::Send(outgoing) = watch.next(&gateway, now)? else { panic!("it asks first") };
/// # let body = br#"{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}"#;
/// watch.on_response(&outgoing, 200, body, now)?;
/// let Step::Done(outcome) = watch.next(&gateway, now)? else { panic!("it is paid") };
/// assert!(outcome.is_paid());
/// # Ok::<(), payseal::Error>(())
/// ```
pub struct Watch<Gateway> {
    state: State,
    gateway: PhantomData<fn(&Gateway)>,
}

impl<Gateway: Watched> Watch<Gateway> {
    /// Waits for an invoice, with other limits.
    ///
    /// # Errors
    /// `invalid_input` where the identifier cannot be one, or a limit is out of range.
    pub fn with_policy(gateway: &Gateway, invoice: impl Into<String>, policy: WatchPolicy) -> Result<Self> {
        let state = State::new(invoice.into(), gateway.account(), policy)?;
        gateway.question(&state.invoice).map(drop)?;
        Ok(Self::of(state))
    }

    fn of(state: State) -> Self {
        Self { state, gateway: PhantomData }
    }

    /// What to do now. A request that was handed out and not reported on counts as one without an answer.
    ///
    /// # Errors
    /// `invalid_input` where the client is of another account or address than the watch was begun with.
    pub fn next(&mut self, gateway: &Gateway, now: Timestamp) -> Result<Step> {
        self.state.next(&gateway.account(), &|invoice| gateway.question(invoice), now)
    }

    /// Reports the answer to a request, whatever its status.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    pub fn on_response(&mut self, to: &Outgoing, status: u16, body: &[u8], now: Timestamp) -> Result<()> {
        self.state.check_report(to)?;
        let (sighting, reason) = Gateway::sighting(status, body, &self.state.invoice);
        self.state.on_answer(sighting, LastAnswer { at: now, status, reason: reason.as_deref().map(shortened) });
        Ok(())
    }

    /// Reports that no answer came to a request.
    ///
    /// # Errors
    /// `invalid_input` where the request is not the one under way.
    pub fn on_no_response(&mut self, to: &Outgoing, now: Timestamp) -> Result<()> {
        self.state.on_no_response(to, now)
    }

    pub(crate) fn observe(&mut self, Observed { invoice, kind, status, active }: Observed<'_>) -> bool {
        if !Gateway::is_same(invoice, &self.state.invoice) {
            return false;
        }
        Gateway::seen(kind, status, active).map(|sighting| self.state.on_callback(sighting)).is_some()
    }

    /// Whether a callback was handed in that ends the watch with its next step.
    pub fn is_called_back(&self) -> bool {
        self.state.called_back.is_some()
    }

    /// The invoice it waits for.
    pub fn invoice_id(&self) -> &str {
        &self.state.invoice
    }

    /// Counted up by one with every step that has to be saved.
    pub fn revision(&self) -> u64 {
        self.state.common.revision
    }

    /// Where it is at, for a person to look at.
    pub fn progress(&self) -> Progress {
        self.state.progress()
    }

    /// The whole state. It holds no key and no secret but the identifier of the invoice.
    pub fn to_text(&self) -> String {
        self.state.to_text()
    }

    /// Goes on where [`Watch::to_text`] left off.
    ///
    /// # Errors
    /// `malformed_body` where the text is not what `to_text` wrote; `invalid_input` where it is of
    /// another account or address.
    pub fn from_text(gateway: &Gateway, text: &str) -> Result<Self> {
        let state = State::read(text)?;
        state.common.check_account(&gateway.account(), "watch")?;
        gateway.question(&state.invoice).map(drop)?;
        Ok(Self::of(state))
    }
}

impl<Gateway: Watched> Machine for Watch<Gateway> {
    type Gateway = Gateway;
    type Outcome = WatchOutcome;

    own_methods!();
}

// Derived, these would ask the same of the gateway.
impl<Gateway: Watched> Clone for Watch<Gateway> {
    fn clone(&self) -> Self {
        Self::of(self.state.clone())
    }
}

impl<Gateway: Watched> PartialEq for Watch<Gateway> {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

impl<Gateway: Watched> Eq for Watch<Gateway> {}

/// The UUID of a crypto invoice is a capability: it is not shown.
impl<Gateway: Watched> fmt::Debug for Watch<Gateway> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("revision", &self.state.common.revision)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
