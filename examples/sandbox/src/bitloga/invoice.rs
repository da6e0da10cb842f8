//! `invoice`, and what becomes of invoices.

use rusqlite::Connection;

use super::unused_uniqueid;
use crate::{
    app::App,
    decimal::Decimal,
    delivery,
    fields::{Fields, invalid, missing},
    json::{Json, Object},
    payment_system::{Kind, PaymentSystem},
    random,
    refusal::Refusal,
    store::{
        deliveries::Message,
        invoices::{self, Invoice},
        ledger::{self, Reason},
    },
    timestamp,
};

/// Creates an invoice.
pub(super) fn invoice(app: &App, connection: &Connection, fields: Fields<'_>) -> Result<Object, Refusal> {
    let target = PaymentSystem::named("paysys", fields.required_text("paysys")?)?;
    let sources = sources(fields)?;
    let (amount, pay_amount) = amounts(fields, &target, &sources)?;
    let invoice = read(app, connection, fields, amount, pay_amount)?;
    invoices::insert(connection, &invoice)?;

    let url = page_url(app, &invoice);
    let source = match sources.as_slice() {
        [] => Some(&target),
        [source] => Some(source),
        // Which of several systems will be paid by is chosen on the payment page.
        _ => None,
    };
    let requisites = source.map(|source| source.requisites(&to_pay(&invoice, &target, source), &url));
    Ok(Object::new().with("invoice", url).with_some("requisites", requisites.transpose()?.flatten()))
}

fn read(
    app: &App,
    connection: &Connection,
    fields: Fields<'_>,
    amount: Decimal,
    pay_amount: Option<Decimal>,
) -> Result<Invoice, Refusal> {
    let target = PaymentSystem::named("paysys", fields.required_text("paysys")?)?;
    let recipient = Recipient::read(fields, &target)?;
    let created = timestamp::now();
    Ok(Invoice {
        // Given by the store.
        invoiceid: 0,
        uniqueid: unused_uniqueid(connection, fields)?,
        page: random::hexadecimal(15)?,
        paysys: target.code,
        amount,
        pay_amount,
        purse: recipient.purse,
        paylist: fields.owned("paylist")?,
        comis: comis(fields)?,
        dtag: fields.owned("dtag")?,
        email: fields.owned("email")?,
        name: recipient.name,
        surname: recipient.surname,
        desc: fields.owned("desc")?,
        callbackurl: fields.web_address("callbackurl")?,
        successurl: fields.web_address("successurl")?,
        failurl: fields.web_address("failurl")?,
        status: "Created".to_owned(),
        created,
        pay_at: app.options.auto_pay.map(|pause| timestamp::after(created, pause)),
    })
}

/// Where money goes: rules that invoices and withdrawals share.
pub(super) struct Recipient {
    pub(super) purse: Option<String>,
    pub(super) name: Option<String>,
    pub(super) surname: Option<String>,
}

impl Recipient {
    pub(super) fn read(fields: Fields<'_>, target: &PaymentSystem) -> Result<Self, Refusal> {
        let [purse, name, surname] = ["purse", "name", "surname"].map(|field| fields.owned(field));
        let (purse, name, surname) = (purse?, name?, surname?);
        if purse.is_none() && target.kind != Kind::Balance {
            return Err(missing("purse"));
        }
        if target.kind == Kind::Card && (name.is_none() || surname.is_none()) {
            return Err(Refusal::bad_input("name and surname are required for transfers to cards"));
        }
        Ok(Self { purse, name, surname })
    }
}

fn sources(fields: Fields<'_>) -> Result<Vec<PaymentSystem>, Refusal> {
    let list = fields.text("paylist")?.unwrap_or_default();
    let codes = list.split(',').map(str::trim).filter(|_| !list.is_empty());
    codes.map(|code| PaymentSystem::named("paylist", code)).collect()
}

fn comis(fields: Fields<'_>) -> Result<String, Refusal> {
    match fields.text("comis")?.unwrap_or("payer") {
        comis @ ("payer" | "payee") => Ok(comis.to_owned()),
        _ => Err(invalid("comis", "must be payer or payee")),
    }
}

/// The amount to receive, and the `pay_amount` it was calculated from if there was one.
fn amounts(
    fields: Fields<'_>,
    target: &PaymentSystem,
    sources: &[PaymentSystem],
) -> Result<(Decimal, Option<Decimal>), Refusal> {
    match (fields.amount("amount")?, fields.amount("pay_amount")?, sources) {
        (Some(amount), None, _) => Ok((amount, None)),
        (_, Some(pay_amount), [source]) => {
            let amount = source.currency.convert(&pay_amount, target.currency).rounded(target.currency.places);
            if !amount.is_positive() {
                return Err(invalid("pay_amount", "is too small"));
            }
            Ok((amount, Some(pay_amount)))
        }
        (_, Some(_), _) => Err(invalid("paylist", "must contain exactly one code if pay_amount is given")),
        (None, None, _) => Err(Refusal::bad_input("amount is required if pay_amount is not given")),
    }
}

/// What the payer pays: the equivalent, and the direction fee where that is the payer's.
fn to_pay(invoice: &Invoice, target: &PaymentSystem, source: &PaymentSystem) -> Decimal {
    let equivalent = match &invoice.pay_amount {
        Some(pay_amount) => pay_amount.clone(),
        None => target.currency.convert(&invoice.amount, source.currency),
    };
    let due = if invoice.comis == "payer" { source.with_direction_fee(&equivalent) } else { equivalent };
    due.rounded_up(source.currency.places)
}

/// Where the payer pays.
pub(crate) fn page_url(app: &App, invoice: &Invoice) -> String {
    format!("{}/exchange/id-{}/step-4", app.url, invoice.page)
}

/// Pays an invoice: moves the money and tells the merchant.
pub(crate) fn pay(app: &App, connection: &Connection, invoice: &Invoice) -> Result<(), Refusal> {
    must_be_created(invoice)?;
    invoices::settle(connection, invoice.invoiceid, "Payed")?;
    let target = PaymentSystem::named("paysys", &invoice.paysys)?;
    // Money for an external account leaves for its purse at once and never rests on a balance.
    if target.kind == Kind::Balance && ledger::balance(connection, target.currency.code)?.is_some() {
        let reason = Reason::new(format!("invoice {}", invoice.uniqueid));
        ledger::credit(connection, target.currency.code, &invoice.amount, &reason)?;
    }
    let paid = Invoice { status: "Payed".to_owned(), ..invoice.clone() };
    match paid.callbackurl {
        Some(_) => send_callback(app, connection, &paid),
        None => Ok(()),
    }
}

/// Lets an invoice fail. The documents know no callback for that.
pub(crate) fn cancel(connection: &Connection, invoice: &Invoice) -> Result<(), Refusal> {
    must_be_created(invoice)?;
    invoices::settle(connection, invoice.invoiceid, "Canceled")
}

/// Sends the callback of a paid invoice once more, with attempts of its own.
pub(crate) fn resend_callback(app: &App, connection: &Connection, invoice: &Invoice) -> Result<(), Refusal> {
    if invoice.status != "Payed" {
        return Err(Refusal::conflict(format!("there is no callback for an invoice that is {}", invoice.status)));
    }
    send_callback(app, connection, invoice)
}

fn must_be_created(invoice: &Invoice) -> Result<(), Refusal> {
    match invoice.status.as_str() {
        "Created" => Ok(()),
        status => Err(Refusal::conflict(format!("the invoice is {status} already"))),
    }
}

fn send_callback(app: &App, connection: &Connection, invoice: &Invoice) -> Result<(), Refusal> {
    let url = invoice.callbackurl.as_deref().ok_or_else(|| Refusal::conflict("the invoice has no callbackurl"))?;
    let body = app.gateway_json(&Json::Object(super::callback_fields(invoice)));
    let signature = app.signer.sign(body.as_bytes());
    let (kind, subject) = ("callback", invoice.uniqueid.as_str());
    delivery::enqueue(app, connection, &Message { kind, subject, url, body: &body, signature: Some(&signature) })
}
