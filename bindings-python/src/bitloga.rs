//! What only a client of Bitloga can do. `_clients.py` documents it.

use payseal::binding::Parameters;
use payseal::bitloga::{CallbackFields, Expected, Hints, SIGNATURE_HEADER, Withdraw};
use payseal::watch;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::arguments::with_arguments;
use crate::base::BaseClient;
use crate::body::Body;
use crate::classes::record;
use crate::client::{secret_bytes, text};
use crate::error::invalid;
use crate::payout::Payout;
use crate::policy::{payout_policy, watch_policy};
use crate::source::OwnedSource;
use crate::test_message::SignedCallback;
use crate::unknown_fields::extra_fields;
use crate::watch::Watch;

#[pyfunction]
pub(crate) fn diagnose<'py>(
    client: &Bound<'py, BaseClient>,
    body: &Bound<'py, PyAny>,
    source: &Bound<'py, PyAny>,
    secret: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, body, given) = (client.py(), Body::from_python(body)?, source);
    let source = OwnedSource::from_python(given, SIGNATURE_HEADER)?;
    let others = source.of_other_headers(given)?;
    let secret = secret.map(secret_bytes).transpose()?;
    // Their names have that in them.
    let mut hints = Hints::new().headers(others.iter().map(|value| ("signature", value.as_str())));
    if let Some(secret) = &secret {
        hints = hints.secret(secret);
    }
    let core = own(client)?;
    let diagnosis = body.read(|bytes| core.diagnose_with(bytes, source.borrow(), &hints));
    let texts = [diagnosis.cause.as_str(), &diagnosis.message].map(|text| PyString::new(py, text).into_any());
    record(py, "Diagnosis", &texts)
}

#[pyfunction]
pub(crate) fn payout(
    client: &Bound<'_, BaseClient>,
    values: &Bound<'_, PyTuple>,
    policy: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Payout>> {
    let (core, policy) = (own(client)?, payout_policy(policy)?);
    let payout = with_arguments(values, Withdraw::SCHEMA.parameters, |arguments| {
        core.payout_with(&Withdraw::from_arguments(arguments)?, policy)
    })?;
    Payout::start(client.py(), client.get().client(client.py())?, Ok(payout))
}

#[pyfunction]
pub(crate) fn resume_payout(client: &Bound<'_, BaseClient>, text: &Bound<'_, PyAny>) -> PyResult<Py<Payout>> {
    let payout = own(client)?.resume_payout(&self::text(text, "text")?);
    Payout::start(client.py(), client.get().client(client.py())?, payout)
}

#[pyfunction]
pub(crate) fn watch_bitloga(
    client: &Bound<'_, BaseClient>,
    uniqueid: &Bound<'_, PyAny>,
    policy: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Watch>> {
    let (core, policy) = (own(client)?, watch_policy(policy)?);
    let watch = watch::Watch::with_policy(core, text(uniqueid, "uniqueid")?, policy);
    Watch::start(client.py(), client.get().client(client.py())?, watch)
}

#[pyfunction]
pub(crate) fn resume_bitloga_watch(client: &Bound<'_, BaseClient>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
    let watch = watch::Watch::from_text(own(client)?, &self::text(text, "text")?);
    Watch::start(client.py(), client.get().client(client.py())?, watch)
}

#[pyfunction]
pub(crate) fn sign_callback(
    client: &Bound<'_, BaseClient>,
    values: &Bound<'_, PyTuple>,
    extra: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<SignedCallback>> {
    let (core, extra) = (own(client)?, extra_fields(extra)?);
    let parameters = CallbackFields::SCHEMA.parameters;
    let signed = with_arguments(values, parameters, |arguments| {
        let extra = extra.iter().map(|(name, value)| (name.as_str(), value.clone()));
        core.sign_callback_with(&CallbackFields::from_arguments(arguments)?, extra)
    })?;
    SignedCallback::new(client.py(), signed)
}

#[pyfunction]
pub(crate) fn sign_callback_body(
    client: &Bound<'_, BaseClient>,
    body: &Bound<'_, PyAny>,
) -> PyResult<Py<SignedCallback>> {
    let (core, body) = (own(client)?, Body::from_python(body)?);
    SignedCallback::new(client.py(), body.read(|bytes| core.sign_callback_body(bytes)))
}

fn own<'a>(client: &'a Bound<'_, BaseClient>) -> PyResult<&'a payseal::Bitloga> {
    client.get().own(client.py())
}

/// Holds what came against what was expected, both in the order of the parameters of ``expect``. What is not expected is
/// ``not_given``; ``None`` is a mistake, such as an order that was not found.
#[pyfunction]
pub(crate) fn compare(
    expected: &Bound<'_, PyTuple>,
    actual: &Bound<'_, PyTuple>,
    not_given: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let py = expected.py();
    let values = Expected::SCHEMA.parameters.iter().zip(expected.iter()).map(|(parameter, value)| {
        if value.is_none() {
            return Err(invalid(py, parameter.name, "is None: leave it out if it does not matter"));
        }
        Ok(if value.is(not_given) { py.None().into_bound(py) } else { value })
    });
    let expected = PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)?;
    with_arguments(actual, Expected::SCHEMA.parameters, |actual| {
        Ok(with_arguments(&expected, Expected::SCHEMA.parameters, |expected| {
            payseal::bitloga::compare(expected, actual)
        }))
    })?
}
