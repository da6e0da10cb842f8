//! Balances in the control API, so that a test can empty one and fill it again.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use rusqlite::Connection;

use super::{answer, describe::balances_state, read_options, unknown_action};
use crate::{
    app::App,
    decimal::Decimal,
    fields::invalid,
    json::{Json, Object},
    refusal::Refusal,
    store::ledger::{self, Reason},
};

/// What is done to a balance with an amount.
type Change = fn(&Connection, &str, &Decimal, &Reason) -> Result<(), Refusal>;

/// `POST /balances`: makes balances what the body says.
pub(super) async fn set(State(app): State<Arc<App>>, body: Bytes) -> Response {
    answer(change(&app, &body, ledger::set, "balance set"))
}

/// `POST /balances/credit` and `/balances/debit`.
pub(super) async fn act(State(app): State<Arc<App>>, Path(action): Path<String>, body: Bytes) -> Response {
    answer(match action.as_str() {
        "credit" => change(&app, &body, ledger::credit, "balance credited"),
        "debit" => change(&app, &body, ledger::debit, "balance debited"),
        _ => Err(unknown_action("credit and debit")),
    })
}

fn change(app: &App, body: &[u8], change: Change, reason: &str) -> Result<Object, Refusal> {
    let amounts = read_options(body)?;
    app.transaction(|connection| {
        for (currency, amount) in amounts.iter() {
            change(connection, currency, &amount_of(currency, amount)?, &Reason::new(reason))?;
        }
        balances_state(connection)
    })
}

/// Text, as this API writes amounts, or a number.
fn amount_of(currency: &str, amount: &Json) -> Result<Decimal, Refusal> {
    let amount = match amount {
        Json::Text(text) | Json::Number(text) => text.parse::<Decimal>().ok(),
        _ => None,
    };
    let amount = amount.filter(|amount| !amount.is_negative());
    amount.ok_or_else(|| invalid(currency, "must be an amount of at least zero"))
}
