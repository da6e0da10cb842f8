//! `create`, `apply` and `get`: codes that carry money.

use rusqlite::Connection;
use subtle::ConstantTimeEq;

use crate::{
    app::App,
    fields::{Fields, invalid},
    json::{Json, Object},
    random,
    refusal::Refusal,
    store::{
        codes::{self, Code},
        ledger::{self, Reason},
    },
    timestamp,
};

/// The most codes one answer lists.
const MAXIMUM_LIMIT: i64 = 100;

/// Creates a code, paid for from the balance.
pub(super) fn create(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let code = Code {
        // Given by the store.
        id: 0,
        text: random::code()?,
        amount: fields.required_amount("amount")?,
        currency: fields.required_text("currency")?.to_owned(),
        password: fields.owned("pass")?,
        desc: fields.owned("desc")?,
        status: "Active".to_owned(),
        created: timestamp::now(),
        applied: None,
    };
    ledger::debit(connection, &code.currency, &code.amount, &Reason::new(format!("code {} created", code.text)))?;
    codes::insert(connection, &code)?;
    Ok(Object::new().with("code", &code.text))
}

/// Redeems a code to the balance.
pub(super) fn apply(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let text = fields.required_text("code")?;
    let code = codes::find(connection, text)?.ok_or_else(|| Refusal::not_found("code is not known"))?;
    if let Some(password) = &code.password {
        let given = fields.text("pass")?.unwrap_or_default();
        if !bool::from(given.as_bytes().ct_eq(password.as_bytes())) {
            return Err(Refusal::forbidden("pass is not the password of this code"));
        }
    }
    must_be_active(&code)?;
    codes::settle(connection, code.id, "Redeemed", Some(timestamp::now()))?;
    ledger::credit(connection, &code.currency, &code.amount, &Reason::new(format!("code {} applied", code.text)))?;
    Ok(Object::new().with("amount", &code.amount).with("currency", code.currency))
}

/// Lists codes, the oldest first.
pub(super) fn get(_: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let status = fields.text("status")?;
    if status.is_some_and(|status| !matches!(status, "Active" | "Redeemed" | "Disabled")) {
        return Err(invalid("status", "must be Active, Redeemed or Disabled"));
    }
    let (text, currency) = (fields.text("code")?, fields.text("currency")?);
    let amount = fields.amount("amount")?;
    let offset = fields.integer_within("offset", 0..=i64::MAX)?.unwrap_or(0);
    let limit = fields.integer_within("limit", 1..=MAXIMUM_LIMIT)?.unwrap_or(MAXIMUM_LIMIT);

    let all = codes::all(connection)?;
    let wanted = all.iter().filter(|code| {
        text.is_none_or(|text| code.text == text)
            && amount.as_ref().is_none_or(|amount| code.amount == *amount)
            && currency.is_none_or(|currency| code.currency == currency)
            && status.is_none_or(|status| code.status == status)
    });
    let page = wanted.skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    Ok(Object::new().with("data", page.map(listed).collect::<Json>()))
}

/// Disables a code, and returns the money to the balance.
pub(crate) fn disable(connection: &Connection, text: &str) -> Result<(), Refusal> {
    let code = codes::find(connection, text)?.ok_or_else(|| Refusal::not_found("code is not known"))?;
    must_be_active(&code)?;
    codes::settle(connection, code.id, "Disabled", None)?;
    ledger::credit(connection, &code.currency, &code.amount, &Reason::new(format!("code {} disabled", code.text)))
}

fn must_be_active(code: &Code) -> Result<(), Refusal> {
    match code.status.as_str() {
        "Active" => Ok(()),
        status => Err(Refusal::conflict(format!("the code is {status}"))),
    }
}

fn listed(code: &Code) -> Object {
    Object::new()
        .with("code", &code.text)
        .with("amount", &code.amount)
        .with("currency", &code.currency)
        .with_some("pass", code.password.as_ref().map(|_| "Required"))
        .with_some("desc", code.desc.as_ref())
        .with("status", &code.status)
        .with("createtime", timestamp::to_the_minute(code.created))
        .with_some("applytime", code.applied.map(timestamp::to_the_minute))
}
