//! What happens by itself: invoices that pay themselves, payouts that end, blocks that are found, invoices that expire.

use std::{sync::Arc, time::Duration};

use rusqlite::Connection;

use crate::{
    apiforcrypto::chain,
    app::App,
    bitloga,
    delivery::sleep_until,
    refusal::Refusal,
    store::{crypto, invoices, payouts},
    timestamp::{self, Timestamp},
};

/// How long to wait when the store itself fails.
const RECOVERY: Duration = Duration::from_secs(1);

/// Runs for as long as the sandbox does.
pub(crate) async fn run(app: Arc<App>) {
    loop {
        let now = timestamp::now();
        let next_moment = match app.store.transaction(|connection| tick(&app, connection, now)) {
            Ok((true, next_moment)) => {
                app.deliveries_changed.notify_one();
                app.changes.note();
                next_moment
            }
            Ok((false, next_moment)) => next_moment,
            Err(_) => Some(timestamp::after(now, RECOVERY)),
        };
        tokio::select! {
            () = app.clock_changed.notified() => {}
            () = sleep_until(next_moment) => {}
        }
    }
}

/// Does what is due. Says whether anything was, and when something will be next.
fn tick(app: &App, connection: &Connection, now: Timestamp) -> Result<(bool, Option<Timestamp>), Refusal> {
    let mut happened = 0;
    for invoice in invoices::to_pay(connection, now)? {
        bitloga::pay_invoice(app, connection, &invoice)?;
        happened += 1;
    }
    for payout in payouts::to_end(connection, now)? {
        if let Some(end) = payout.end {
            bitloga::settle_payout(connection, &payout, end.status, None)?;
            happened += 1;
        }
    }
    for mut invoice in crypto::to_pay(connection, now)? {
        chain::pay(app, connection, &mut invoice, false)?;
        happened += 1;
    }
    for mut invoice in crypto::to_confirm(connection, now)? {
        chain::next_block(app, connection, &mut invoice)?;
        happened += 1;
    }
    for mut invoice in crypto::to_expire(connection, now)? {
        chain::expire(connection, &mut invoice)?;
        happened += 1;
    }
    let moments =
        [invoices::next_moment(connection)?, payouts::next_moment(connection)?, crypto::next_moment(connection)?];
    Ok((happened > 0, moments.into_iter().flatten().min()))
}
