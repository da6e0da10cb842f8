//! What payouts and watches have in common: machines without I/O that say what to do next.
//!
//! No lock is held while Python code may run: what a machine says is computed under its lock, and
//! becomes Python objects, or an exception, after it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use payseal::{Outgoing, Progress, Step, Timestamp};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};

use crate::arguments::http_status;
use crate::body::Body;
use crate::call::PyRequest;
use crate::classes::record;
use crate::client::Client;
use crate::error::{invalid, raise};

/// How a machine ends.
pub(crate) trait Outcome: Send {
    fn to_python<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

/// A machine of the core, as far as the kinds differ: no callback is about a payout.
pub(crate) trait Kind: payseal::Machine<Gateway: 'static, Outcome: Outcome + 'static> + Send + 'static {
    fn observe(&mut self, _: &Observed) -> bool {
        false
    }

    fn is_called_back(&self) -> bool {
        false
    }
}

/// What a verified callback says.
pub(crate) struct Observed {
    pub(crate) invoice: String,
    pub(crate) kind: Option<String>,
    pub(crate) status: String,
    pub(crate) active: Option<bool>,
}

/// What a machine does, whatever its kind.
pub(crate) trait Work: Send {
    fn next(&mut self, now: Timestamp) -> payseal::Result<Step<Box<dyn Outcome>>>;
    fn report(&mut self, report: &Report<'_>, now: Timestamp) -> payseal::Result<()>;
    fn observe(&mut self, observed: &Observed) -> bool;
    fn is_called_back(&self) -> bool;
    fn revision(&self) -> u64;
    fn to_text(&self) -> String;
    fn progress(&self) -> Progress;
}

/// What came of a request.
pub(crate) struct Report<'b> {
    to: Outgoing,
    /// Status and body, unless there was no answer.
    answer: Option<(u16, &'b [u8])>,
    not_known: Option<bool>,
}

/// A machine, and the client whose requests it sends.
struct Running<M> {
    machine: M,
    client: Arc<Client>,
}

impl<M: Kind> Work for Running<M> {
    fn next(&mut self, now: Timestamp) -> payseal::Result<Step<Box<dyn Outcome>>> {
        Ok(match self.machine.next(self.client.own()?, now)? {
            Step::Send(outgoing) => Step::Send(outgoing),
            Step::Wait(until) => Step::Wait(until),
            Step::Done(outcome) => Step::Done(Box::new(outcome)),
        })
    }

    fn report(&mut self, report: &Report<'_>, now: Timestamp) -> payseal::Result<()> {
        let machine = &mut self.machine;
        match (report.answer, report.not_known) {
            (Some((status, body)), Some(not_known)) => {
                machine.on_response_judged(&report.to, status, body, not_known, now)
            }
            (Some((status, body)), None) => machine.on_response(&report.to, status, body, now),
            (None, _) => machine.on_no_response(&report.to, now),
        }
    }

    fn observe(&mut self, observed: &Observed) -> bool {
        self.machine.observe(observed)
    }

    fn is_called_back(&self) -> bool {
        self.machine.is_called_back()
    }

    fn revision(&self) -> u64 {
        self.machine.revision()
    }

    fn to_text(&self) -> String {
        self.machine.to_text()
    }

    fn progress(&self) -> Progress {
        self.machine.progress()
    }
}

/// What :class:`Payout` and :class:`Watch` have in common. ``payseal.driver`` runs both.
///
/// Times are seconds since 1970, as ``time.time()`` gives them.
#[pyclass(module = "payseal", frozen, subclass, weakref)]
pub(crate) struct Machine(Box<Mutex<dyn Work>>);

impl Machine {
    pub(crate) fn new(machine: impl Kind, client: &Arc<Client>) -> PyClassInitializer<Self> {
        Self(Box::new(Mutex::new(Running { machine, client: Arc::clone(client) }))).into()
    }

    /// Locked for as long as it computes.
    pub(crate) fn lock(&self) -> MutexGuard<'_, dyn Work + 'static> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Machine {
    /// What to do now.
    ///
    /// Parameters:
    ///     now: The time, as ``time.time()`` gives it.
    ///
    /// Returns:
    ///     ``Send(request)``: save :meth:`to_text` if :attr:`revision` has changed, send the
    ///     request, and report what came of it with :meth:`on_response` or
    ///     :meth:`on_no_response`. ``Wait(until)``: call again then. ``Done(outcome)``: it has
    ///     ended.
    ///
    /// Raises:
    ///     InvalidInputError: ``now`` is not a time.
    ///
    /// >>> from payseal import Bitloga, Send
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> isinstance(step, Send), step.request.method
    /// (True, 'POST')
    fn next<'py>(&self, py: Python<'py>, now: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let now = timestamp(now)?;
        let step = self.lock().next(now);
        match step.map_err(|error| raise(py, &error))? {
            Step::Send(outgoing) => record(py, "Send", &[Bound::new(py, PyRequest::outgoing(outgoing))?.into_any()]),
            Step::Wait(until) => record(py, "Wait", &[seconds(until.millis()).into_pyobject(py)?.into_any()]),
            Step::Done(end) => record(py, "Done", &[end.to_python(py)?]),
        }
    }

    /// Reports the answer to a request, whatever its status.
    ///
    /// Parameters:
    ///     step: The ``Send`` that :meth:`next` gave.
    ///     status: The HTTP status.
    ///     body: The body exactly as received.
    ///     now: The time, as ``time.time()`` gives it.
    ///     not_known: Your own judgement whether the answer to ``details`` says that the gateway
    ///         does not know the payout. Leave it out unless you know its words.
    ///
    /// Raises:
    ///     InvalidInputError: The request is not the one under way. A bad answer is not an error
    ///         here: it makes the payout go on asking.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> payout.on_response(step, 502, b"Bad Gateway", 1700000001)
    /// >>> payout.next(1700000002)
    /// Wait(until=1700000006.0)
    #[pyo3(signature = (step, status, body, now, not_known=None))]
    fn on_response(
        &self,
        py: Python<'_>,
        step: &Bound<'_, PyAny>,
        status: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
        not_known: Option<bool>,
    ) -> PyResult<()> {
        let to = sent(step)?;
        let (status, body, now) = (http_status(status)?, Body::take(body)?, timestamp(now)?);
        let reported =
            body.read(|bytes| self.lock().report(&Report { to, answer: Some((status, bytes)), not_known }, now));
        reported.map_err(|error| raise(py, &error))
    }

    /// Reports that no answer came to a request: a time-out, a broken connection, or no knowing
    /// whether it was sent at all.
    ///
    /// Parameters:
    ///     step: The ``Send`` that :meth:`next` gave.
    ///     now: The time, as ``time.time()`` gives it.
    ///
    /// Raises:
    ///     InvalidInputError: The request is not the one under way.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> payout.on_no_response(step, 1700000030)
    /// >>> payout.next(1700000030)
    /// Wait(until=1700000035.0)
    fn on_no_response(&self, py: Python<'_>, step: &Bound<'_, PyAny>, now: &Bound<'_, PyAny>) -> PyResult<()> {
        let (to, now) = (sent(step)?, timestamp(now)?);
        let reported = self.lock().report(&Report { to, answer: None, not_known: None }, now);
        reported.map_err(|error| raise(py, &error))
    }

    /// The whole state as text. It holds no key and no secret.
    ///
    /// Returns:
    ///     A text for :meth:`Bitloga.resume_payout` or ``resume_watch``.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> payout.to_text()[:26]
    /// '{"version":2,"revision":0,'
    fn to_text(&self) -> String {
        self.lock().to_text()
    }

    /// Counted up by one with every step that has to be saved. A store accepts a text only if the
    /// one it has is of the revision before: then two workers cannot both go on.
    #[getter]
    fn revision(&self) -> u64 {
        self.lock().revision()
    }

    /// Where it is at, for an operator's page. Nothing in it is a verdict.
    ///
    /// Returns:
    ///     A :class:`Progress`.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> payout.progress().stage
    /// 'ready'
    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let progress = self.lock().progress();
        let optional = |text: Option<&str>| text.into_pyobject(py);
        let time = |time: Option<Timestamp>| time.map(|time| seconds(time.millis())).into_pyobject(py);
        let values = [
            PyString::new(py, progress.stage).into_any(),
            PyBool::new(py, progress.acknowledged).to_owned().into_any(),
            progress.sends.into_pyobject(py)?.into_any(),
            progress.questions.into_pyobject(py)?.into_any(),
            progress.denials.into_pyobject(py)?.into_any(),
            optional(progress.refusal.as_deref())?,
            optional(progress.transaction_status.as_deref())?,
            progress.last_status.into_pyobject(py)?.into_any(),
            optional(progress.last_reason.as_deref())?,
            time(progress.last_answer_at)?,
            time(progress.since)?,
            time(progress.next_look)?,
        ];
        record(py, "Progress", &values)
    }

    /// Two of one payout would pay twice: there is no copy.
    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        let class = slf.get_type().name()?;
        Err(PyTypeError::new_err(format!(
            "{class} objects are neither copied nor pickled: save to_text(), and resume from that"
        )))
    }

    /// Equal where the states are.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        // One lock after the other: two threads may compare the same two the other way round.
        let own = self.to_text();
        other.cast::<Self>().is_ok_and(|other| other.get().to_text() == own)
    }
}

/// The request that a step handed out.
fn sent(step: &Bound<'_, PyAny>) -> PyResult<Outgoing> {
    let request = step.getattr("request").unwrap_or_else(|_| step.clone());
    let number = request.cast::<PyRequest>().ok().and_then(|request| request.get().number());
    let number = number.ok_or_else(|| invalid(step.py(), "step", "must be the Send that next() gave"))?;
    Ok(Outgoing::numbered(number))
}

/// Python's seconds as the core's time.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn timestamp(now: &Bound<'_, PyAny>) -> PyResult<Timestamp> {
    let number = if now.is_instance_of::<PyBool>() { None } else { now.extract::<f64>().ok() };
    match number {
        Some(now) if (0.0..1e12).contains(&now) => Ok(Timestamp::from_millis((now * 1000.0).round() as u64)),
        _ => Err(invalid(now.py(), "now", "must be seconds since 1970, as time.time() gives them")),
    }
}

/// The core's milliseconds as Python's seconds.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}
