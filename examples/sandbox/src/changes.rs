//! Tells whoever watches that something changed.

use tokio::sync::watch;

/// The number of the latest change.
pub(crate) struct Changes(watch::Sender<Latest>);

/// What a watcher is told.
#[derive(Clone, Copy)]
pub(crate) enum Latest {
    Change(u64),
    /// The sandbox is about to stop: nothing more will change.
    Over,
}

impl Changes {
    pub(crate) fn none_yet() -> Self {
        Self(watch::Sender::new(Latest::Change(0)))
    }

    /// Something changed that the control API shows.
    pub(crate) fn note(&self) {
        self.0.send_modify(|latest| {
            if let Latest::Change(number) = latest {
                *number += 1;
            }
        });
    }

    pub(crate) fn end(&self) {
        self.0.send_replace(Latest::Over);
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Latest> {
        self.0.subscribe()
    }
}
