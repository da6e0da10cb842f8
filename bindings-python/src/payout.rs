//! Payouts that happen exactly once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use payseal::payout::{Outcome, Step};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::bitloga::Bitloga;
use crate::body::Body;
use crate::call::PyRequest;
use crate::classes::{choice, record};
use crate::error::{invalid, raise};

/// One payout that is never paid twice, as a state machine without I/O.
///
/// A ``withdraw`` that times out leaves you not knowing whether money has moved. A payout settles
/// that by asking ``details``, and sends again only what the gateway does not know. Save
/// :meth:`to_text` before every send: a crash at any point then loses nothing.
///
/// Times are seconds since 1970, as ``time.time()`` gives them.
#[pyclass(module = "payseal", frozen)]
pub(crate) struct Payout {
    client: Py<Bitloga>,
    core: Mutex<payseal::payout::Payout>,
}

impl Payout {
    pub(crate) fn start(client: Py<Bitloga>, core: payseal::payout::Payout) -> Self {
        Self { client, core: Mutex::new(core) }
    }

    pub(crate) fn resume(client: Py<Bitloga>, text: &str, py: Python<'_>) -> PyResult<Self> {
        let core = payseal::payout::Payout::from_text(text).map_err(|error| raise(py, &error))?;
        Ok(Self::start(client, core))
    }

    fn core(&self) -> MutexGuard<'_, payseal::payout::Payout> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Payout {
    /// What to do now.
    ///
    /// Parameters:
    ///     now: The time, as ``time.time()`` gives it.
    ///
    /// Returns:
    ///     ``Send(request)``: save :meth:`to_text`, send the request, and report what came of it
    ///     with :meth:`on_response` or :meth:`on_no_response`. ``Wait(until)``: call again then.
    ///     ``Done(outcome)``: the payout is settled.
    ///
    /// Raises:
    ///     InvalidInputError: ``now`` is no time.
    ///
    /// >>> from payseal import Bitloga, Send
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> isinstance(step, Send), step.request.method
    /// (True, 'POST')
    fn next<'py>(&self, py: Python<'py>, now: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let now = milliseconds(now)?;
        let step = self.core().next(&self.client.get().core, now);
        match step.map_err(|error| raise(py, &error))? {
            Step::Send(request) => record(py, "Send", &[Bound::new(py, PyRequest(request))?.into_any()]),
            Step::Wait(until) => record(py, "Wait", &[seconds(until).into_pyobject(py)?.into_any()]),
            Step::Done(outcome) => record(py, "Done", &[to_python(py, &outcome)?]),
        }
    }

    /// Reports the answer to the request handed out last, whatever its status.
    ///
    /// Parameters:
    ///     status: The HTTP status.
    ///     body: The body exactly as received.
    ///     now: The time, as ``time.time()`` gives it.
    ///
    /// Raises:
    ///     InvalidInputError: No request is under way. A bad answer is no error here: it makes the
    ///         payout go on asking.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> payout.on_response(502, b"Bad Gateway", 1700000001)
    /// >>> payout.next(1700000002)
    /// Wait(until=1700000006.0)
    fn on_response(
        &self,
        py: Python<'_>,
        status: &Bound<'_, PyAny>,
        body: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let Ok(status) = status.extract::<u16>() else {
            return Err(invalid(py, "status", "must be the HTTP status of the answer"));
        };
        let (body, now) = (Body::take(body)?, milliseconds(now)?);
        body.read(|bytes| self.core().on_response(status, bytes, now)).map_err(|error| raise(py, &error))
    }

    /// Reports that the request handed out last got no answer: a time-out, a broken connection, or
    /// no telling whether it was sent at all.
    ///
    /// Parameters:
    ///     now: The time, as ``time.time()`` gives it.
    ///
    /// Raises:
    ///     InvalidInputError: No request is under way.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> step = payout.next(1700000000)
    /// >>> payout.on_no_response(1700000030)
    /// >>> payout.next(1700000030)
    /// Wait(until=1700000035.0)
    fn on_no_response(&self, py: Python<'_>, now: &Bound<'_, PyAny>) -> PyResult<()> {
        let now = milliseconds(now)?;
        self.core().on_no_response(now).map_err(|error| raise(py, &error))
    }

    /// The whole state, to be saved before every send. It holds no key and no secret.
    ///
    /// Returns:
    ///     A text for :meth:`Bitloga.resume_payout`.
    ///
    /// >>> from payseal import Bitloga
    /// >>> bitloga = Bitloga("api-key", "api-secret")
    /// >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    /// >>> payout.to_text()[:29]
    /// '{"version":1,"stage":"ready",'
    fn to_text(&self) -> String {
        self.core().to_text()
    }

    /// Payouts are equal where their states are.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| other.get().to_text() == self.to_text())
    }

    /// What is paid out stays out of logs.
    fn __repr__(&self) -> String {
        format!("<Payout {}>", self.core().withdraw().uniqueid)
    }
}

fn to_python<'py>(py: Python<'py>, outcome: &Outcome) -> PyResult<Bound<'py, PyAny>> {
    let optional = |text: Option<&str>| text.into_pyobject(py);
    let status = match &outcome.status {
        Some(status) => choice(py, "TransactionStatus", status.as_str())?,
        None => py.None().into_bound(py),
    };
    let values = [
        PyString::new(py, outcome.verdict.as_str()).into_any(),
        status,
        optional(outcome.orderid.as_deref())?,
        optional(outcome.transid.as_deref())?,
        optional(outcome.reason.as_deref())?,
    ];
    record(py, "Outcome", &values)
}

/// Python's seconds as the core's milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(now: &Bound<'_, PyAny>) -> PyResult<u64> {
    match now.extract::<f64>() {
        Ok(now) if (0.0..1e12).contains(&now) => Ok((now * 1000.0).round() as u64),
        _ => Err(invalid(now.py(), "now", "must be seconds since 1970, as time.time() gives them")),
    }
}

#[allow(clippy::cast_precision_loss)]
fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}
