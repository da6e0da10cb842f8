//! What only a client of Api for Crypto can do. `_clients.py` documents it.

use payseal::apiforcrypto::NotificationFields;
use payseal::binding::Parameters;
use payseal::watch;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::with_arguments;
use crate::base::BaseClient;
use crate::client::text;
use crate::policy::watch_policy;
use crate::test_message::TestNotification;
use crate::watch::Watch;

#[pyfunction]
pub(crate) fn watch_crypto(
    client: &Bound<'_, BaseClient>,
    uuid: &Bound<'_, PyAny>,
    policy: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Watch>> {
    let (core, policy) = (own(client)?, watch_policy(policy)?);
    let watch = watch::Watch::with_policy(core, text(uuid, "uuid")?, policy);
    Watch::start(client.py(), client.get().client(client.py())?, watch)
}

#[pyfunction]
pub(crate) fn resume_crypto_watch(client: &Bound<'_, BaseClient>, text: &Bound<'_, PyAny>) -> PyResult<Py<Watch>> {
    let watch = watch::Watch::from_text(own(client)?, &self::text(text, "text")?);
    Watch::start(client.py(), client.get().client(client.py())?, watch)
}

#[pyfunction]
pub(crate) fn test_notification(
    client: &Bound<'_, BaseClient>,
    values: &Bound<'_, PyTuple>,
) -> PyResult<Py<TestNotification>> {
    let core = own(client)?;
    let parameters = NotificationFields::SCHEMA.parameters;
    let made = with_arguments(values, parameters, |arguments| payseal::binding::test_notification(core, arguments))?;
    TestNotification::new(client.py(), made)
}

fn own<'a>(client: &'a Bound<'_, BaseClient>) -> PyResult<&'a payseal::ApiForCrypto> {
    client.get().own(client.py())
}
