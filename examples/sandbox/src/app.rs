//! What every part of the running sandbox shares.

use rusqlite::Connection;
use tokio::sync::Notify;

use crate::{
    behaviour::Standing, changes::Changes, json::Json, misbehave::Misbehaviour, options::Options, refusal::Refusal,
    requests::RequestLog, signature::Signer, store::Store,
};

pub(crate) struct App {
    pub(crate) options: Options,
    /// `http://HOST:PORT`, without a slash at its end.
    pub(crate) url: String,
    pub(crate) signer: Signer,
    pub(crate) store: Store,
    pub(crate) standing: Standing,
    pub(crate) misbehaviour: Misbehaviour,
    pub(crate) requests: RequestLog,
    /// Tells pages that something changed.
    pub(crate) changes: Changes,
    /// Wakes the clock when something new has a time of its own.
    pub(crate) clock_changed: Notify,
    /// Wakes the delivery of callbacks when there is something new to deliver.
    pub(crate) deliveries_changed: Notify,
}

impl App {
    /// Does some work on the state, all of it or nothing, and wakes who may have to react to it.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let (result, is_changed) = self.store.transaction(|connection| {
            let before = connection.total_changes();
            let result = work(connection)?;
            Ok((result, connection.total_changes() != before))
        })?;
        if is_changed {
            self.clock_changed.notify_one();
            self.deliveries_changed.notify_one();
            self.changes.note();
        }
        Ok(result)
    }

    /// Looks at the state without changing it.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.store.transaction(work)
    }

    /// JSON as the gateways write it in this sandbox.
    pub(crate) fn gateway_json(&self, json: &Json) -> String {
        json.write(self.options.json_style())
    }
}
