//! Requests that are carried out later, whether or not anybody still waits for them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tokio::{sync::watch, task::JoinHandle};

/// Those that are under way.
#[derive(Default)]
pub(super) struct Later {
    under_way: Arc<AtomicI64>,
    abandoned: watch::Sender<()>,
}

impl Later {
    /// Does the work after the delay, unless it is abandoned before.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        delay: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<Option<T>> {
        let counted = Counted::start(&self.under_way);
        let mut abandoned = self.abandoned.subscribe();
        tokio::spawn(async move {
            let result = tokio::select! {
                () = tokio::time::sleep(delay) => Some(work()),
                _ = abandoned.changed() => None,
            };
            drop(counted);
            result
        })
    }

    /// What is under way will not be carried out any more.
    pub(super) fn abandon(&self) {
        self.abandoned.send_replace(());
    }

    pub(super) fn under_way(&self) -> i64 {
        self.under_way.load(Ordering::SeqCst)
    }
}

/// Counts for as long as it lives.
struct Counted(Arc<AtomicI64>);

impl Counted {
    fn start(counter: &Arc<AtomicI64>) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(counter))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
