//! Payouts in the control API: settling them, and proving what they moved.

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    response::Response,
};
use rusqlite::Connection;

use super::{answer, describe::payout_state, read_options, unknown_action};
use crate::{
    app::App,
    behaviour::Plan,
    bitloga,
    decimal::Decimal,
    fields::Fields,
    json::{Json, Object},
    payout_status::PayoutStatus,
    refusal::Refusal,
    store::{
        history::{self, Transaction},
        ledger::{self, Entry},
        payouts::{self, Payout},
        plans,
    },
    timestamp,
};

/// `POST /payouts/{uniqueid}/{action}`.
pub(super) async fn act(
    State(app): State<Arc<App>>,
    Path((uniqueid, action)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    answer(read_options(&body).and_then(|options| {
        let fields = Fields(&options);
        app.transaction(|connection| match action.as_str() {
            "plan" => plan(connection, &uniqueid, fields),
            _ => settle(connection, &uniqueid, &action, fields),
        })
    }))
}

fn plan(connection: &Connection, uniqueid: &str, fields: Fields<'_>) -> Result<Object, Refusal> {
    fields.only(&["pending_ms", "ends"])?;
    plans::set(connection, uniqueid, Plan::read(fields)?)?;
    Ok(Object::new())
}

fn settle(connection: &Connection, uniqueid: &str, action: &str, fields: Fields<'_>) -> Result<Object, Refusal> {
    let known: &[&str] = if action == "pend" { &["orderid", "pending_ms", "ends"] } else { &["orderid"] };
    fields.only(known)?;
    let payout = find(connection, uniqueid, fields.integer("orderid")?)?;
    let to = |status, end| bitloga::settle_payout(connection, &payout, status, end);
    match action {
        "complete" => to(PayoutStatus::Complete, None)?,
        "fail" => to(PayoutStatus::Error, None)?,
        "cancel" => to(PayoutStatus::Canceled, None)?,
        "pend" => to(PayoutStatus::Pending, Plan::read(fields)?.end_after(timestamp::now()))?,
        "reverse" => bitloga::reverse_payout(connection, &payout)?,
        _ => return Err(unknown_action("complete, fail, cancel, pend, reverse and plan")),
    }
    Ok(payout_state(&find(connection, uniqueid, Some(payout.orderid))?))
}

/// The payout with this number, or the newest.
fn find(connection: &Connection, uniqueid: &str, orderid: Option<i64>) -> Result<Payout, Refusal> {
    let payouts = payouts::with_uniqueid(connection, uniqueid)?;
    let found = payouts.into_iter().rev().find(|payout| orderid.is_none_or(|orderid| payout.orderid == orderid));
    found.ok_or_else(|| Refusal::not_found("no such payout"))
}

/// `GET /payouts/{uniqueid}`: every payout of it with its history, and every movement of money.
pub(super) async fn one(State(app): State<Arc<App>>, Path(uniqueid): Path<String>) -> Response {
    answer(app.read(|connection| {
        let payouts = payouts::with_uniqueid(connection, &uniqueid)?;
        let payouts = payouts.iter().map(|payout| with_history(connection, payout)).collect::<Result<Vec<_>, _>>()?;
        let entries = ledger::of_payouts(connection, &uniqueid)?;
        let (returns, debits): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.amount.is_positive());
        Ok(Object::new()
            .with("uniqueid", uniqueid)
            .with("payouts", payouts.into_iter().collect::<Json>())
            .with("debits", debits.into_iter().map(movement).collect::<Json>())
            .with("returns", returns.into_iter().map(movement).collect::<Json>()))
    }))
}

fn with_history(connection: &Connection, payout: &Payout) -> Result<Object, Refusal> {
    let history = history::of(connection, Transaction::Payout(payout.orderid))?;
    let line =
        |(time, status): (_, String)| Object::new().with("time", timestamp::rfc3339(time)).with("status", status);
    Ok(payout_state(payout).with("history", history.into_iter().map(line).collect::<Json>()))
}

fn movement(entry: &Entry) -> Object {
    Object::new()
        .with("time", timestamp::rfc3339(entry.time))
        .with("orderid", entry.payout)
        .with("currency", &entry.currency)
        .with("amount", entry.amount.absolute().to_string())
        .with("reason", &entry.reason)
}

/// `GET /payouts`, and `GET /payouts?fields=summary`.
pub(super) async fn all(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    answer(app.read(|connection| {
        let payouts = payouts::all(connection)?;
        let list = match query.as_deref() {
            None => payouts.iter().map(payout_state).collect::<Json>(),
            Some("fields=summary") => summaries(&payouts, &ledger::of_all_payouts(connection)?),
            Some(_) => return Err(Refusal::bad_input("the query must be fields=summary")),
        };
        Ok(Object::new().with("payouts", list))
    }))
}

/// All payouts of one `uniqueid`, counted together.
struct Summary<'a> {
    uniqueid: &'a str,
    status: PayoutStatus,
    payouts: i64,
    debits: i64,
    returns: i64,
    /// What was taken and has not returned.
    moved: Decimal,
}

fn summaries(payouts: &[Payout], entries: &[Entry]) -> Json {
    let mut summaries: Vec<Summary<'_>> = Vec::new();
    let (mut by_uniqueid, mut by_orderid) = (HashMap::new(), HashMap::new());
    for payout in payouts {
        let position = *by_uniqueid.entry(payout.uniqueid.as_str()).or_insert(summaries.len());
        by_orderid.insert(payout.orderid, position);
        match summaries.get_mut(position) {
            Some(summary) => {
                summary.status = payout.status;
                summary.payouts += 1;
            }
            None => summaries.push(Summary::of(payout)),
        }
    }
    for entry in entries {
        let position = entry.payout.and_then(|orderid| by_orderid.get(&orderid));
        if let Some(summary) = position.and_then(|position| summaries.get_mut(*position)) {
            summary.add(entry);
        }
    }
    summaries.iter().map(Summary::describe).collect()
}

impl<'a> Summary<'a> {
    fn of(payout: &'a Payout) -> Self {
        let uniqueid = payout.uniqueid.as_str();
        Self { uniqueid, status: payout.status, payouts: 1, debits: 0, returns: 0, moved: Decimal::zero() }
    }

    fn add(&mut self, entry: &Entry) {
        if entry.amount.is_positive() {
            self.returns += 1;
        } else {
            self.debits += 1;
        }
        self.moved = &self.moved - &entry.amount;
    }

    fn describe(&self) -> Object {
        Object::new()
            .with("uniqueid", self.uniqueid)
            .with("status", self.status)
            .with("transactions", self.payouts)
            .with("debits", self.debits)
            .with("returns", self.returns)
            .with("moved", self.moved.to_string())
    }
}
