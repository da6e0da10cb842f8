//! Delivers callbacks and notifications: until they are answered with 200, with growing pauses, up to ten times.
//!
//! What is to be delivered lives in the store, so that a restart loses nothing.

use std::{collections::HashSet, sync::Arc, time::Duration};

use reqwest::Client;
use rusqlite::Connection;
use tokio::task::JoinSet;

use crate::{
    app::App,
    exchange,
    refusal::Refusal,
    store::deliveries::{self, Attempt, Delivery, Message},
    timestamp::{self, Timestamp},
};

const MAXIMUM_ATTEMPTS: i64 = 10;
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// Attempts under way at the same time.
const CONCURRENCY: usize = 64;
/// How long to wait when the store itself fails.
const RECOVERY: Duration = Duration::from_secs(1);

/// Puts a message on its way, twice if that was ordered.
pub(crate) fn enqueue(app: &App, connection: &Connection, message: &Message<'_>) -> Result<(), Refusal> {
    let copies = if app.misbehaviour.duplicates(message.kind) { 2 } else { 1 };
    for _ in 0..copies {
        deliveries::insert(connection, message, Some(timestamp::now()))?;
    }
    Ok(())
}

/// Delivers for as long as the sandbox runs.
pub(crate) async fn run(app: Arc<App>, client: Client) {
    let mut under_way = HashSet::new();
    let mut attempts = JoinSet::new();
    loop {
        let now = timestamp::now();
        let due =
            app.read(|connection| Ok((deliveries::due(connection, now)?, deliveries::next_moment(connection, now)?)));
        let (due, next_moment) = due.unwrap_or((Vec::new(), Some(timestamp::after(now, RECOVERY))));
        for delivery in due {
            if attempts.len() < CONCURRENCY && under_way.insert(delivery.id) {
                attempts.spawn(attempt(Arc::clone(&app), client.clone(), delivery));
            }
        }
        tokio::select! {
            Some(finished) = attempts.join_next() => {
                if let Ok(attempt) = finished {
                    under_way.remove(&attempt.delivery.id);
                    record(&app, &attempt).await;
                }
            }
            () = app.deliveries_changed.notified() => {}
            () = sleep_until(next_moment) => {}
        }
    }
}

/// Sleeps until a moment, or for ever if there is none.
pub(crate) async fn sleep_until(moment: Option<Timestamp>) {
    match moment {
        Some(moment) => {
            let pause = u64::try_from(moment - timestamp::now()).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        None => std::future::pending().await,
    }
}

async fn attempt(app: Arc<App>, client: Client, delivery: Delivery) -> Attempt {
    let time = timestamp::now();
    let exchange = exchange::post(&client, &delivery.url, &delivery.body, delivery.signature.as_deref()).await;
    let number = delivery.attempts + 1;
    let is_delivered = exchange.outcome.as_ref().is_ok_and(|received| received.status == 200);
    let is_over = is_delivered || number >= MAXIMUM_ATTEMPTS;
    let next_at = (!is_over).then(|| timestamp::after(timestamp::now(), pause(number, app.options.pause_scale)));
    Attempt { delivery, number, time, exchange, next_at }
}

async fn record(app: &App, attempt: &Attempt) {
    log::info!(
        "{} for {:?}, attempt {}: {}",
        attempt.delivery.kind,
        attempt.delivery.subject,
        attempt.number,
        match &attempt.exchange.outcome {
            Ok(received) => received.status.to_string(),
            Err(error) => error.clone(),
        }
    );
    if app.store.transaction(|connection| deliveries::record(connection, attempt)).is_err() {
        // The delivery is still due: without a pause it would be tried again without end.
        tokio::time::sleep(RECOVERY).await;
    }
    app.changes.note();
}

/// The pause after an attempt: 1 s, 2 s, 4 s …, scaled.
fn pause(attempt: i64, scale: f64) -> Duration {
    let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(30);
    (FIRST_PAUSE * 2_u32.pow(doublings)).mul_f64(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double() {
        let pauses: Vec<u64> = (1..=9).map(|attempt| pause(attempt, 1.0).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(pause(3, 0.01), Duration::from_millis(40));
    }
}
