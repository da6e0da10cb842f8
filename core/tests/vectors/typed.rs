//! What a Rust program does: every method by its name, every parameter by its setter.

use payseal::apiforcrypto::{CreateInvoice as CreateCryptoInvoice, FiatCurrency, UserData};
use payseal::binding::Answer;
use payseal::bitloga::{ApplyCode, CreateCode, CreateInvoice, Expected, ListCodes, Withdraw};
use payseal::{Amount, ApiForCrypto, Bitloga, Call, Error, Request, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, to_value};

/// Why there is no call.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Such a call cannot be written in Rust.
    Unwritable,
    /// Making an `Amount` has failed, which does not know what field it is for.
    Amount(Error),
    /// The gateway's client has refused it.
    Call(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

type Writable<T> = Result<T, Refused>;

/// A call whose answer is a value as vectors write it.
pub(crate) struct TypedCall {
    pub(crate) request: Request,
    pub(crate) parse: Parse,
}

type Parse = Box<dyn Fn(u16, &[u8]) -> Result<Value>>;

impl<T: Answer + Serialize + DeserializeOwned + 'static> From<Call<T>> for TypedCall {
    fn from(call: Call<T>) -> Self {
        let request = call.request().clone();
        Self { request, parse: Box::new(move |status, body| call.parse(status, body).map(|answer| value(&answer))) }
    }
}

/// An answer as vectors write it, which reads back as the same.
fn value<T: Serialize + DeserializeOwned>(answer: &T) -> Value {
    let value = to_value(answer).unwrap();
    let again: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(to_value(again).unwrap(), value, "read back");
    let text = serde_json::to_string(answer).unwrap();
    let again: T = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), text, "read back from text");
    value
}

/// Calls the setters of those parameters that are given.
macro_rules! set {
    ($parameters:ident from $input:ident: $($take:ident($($name:ident),*))*) => {
        $($(
            if let Some(value) = $take($input, stringify!($name))? {
                $parameters = $parameters.$name(value);
            }
        )*)*
    };
}

/// Makes a call of Bitloga.
pub(crate) fn bitloga(client: &Bitloga, method: &str, input: &Value) -> Writable<TypedCall> {
    Ok(match method {
        "balances" => client.balances(text(input, "currency")?.as_deref())?.into(),
        "create_invoice" => client.create_invoice(&create_invoice(input)?)?.into(),
        "withdraw" => client.withdraw(&withdraw(input)?)?.into(),
        "details" => client.details(&required(text(input, "uniqueid")?)?)?.into(),
        "create_code" => client.create_code(&create_code(input)?)?.into(),
        "apply_code" => client.apply_code(&apply_code(input)?)?.into(),
        "list_codes" => client.list_codes(&list_codes(input)?)?.into(),
        other => panic!("Bitloga has no method {other}"),
    })
}

/// Makes a call of Api for Crypto.
pub(crate) fn apiforcrypto(client: &ApiForCrypto, method: &str, input: &Value) -> Writable<TypedCall> {
    Ok(match method {
        "create_invoice" => client.create_invoice(&create_crypto_invoice(input)?)?.into(),
        "invoice" => client.invoice(&required(text(input, "uuid")?)?)?.into(),
        "wallet" => client.wallet()?.into(),
        other => panic!("Api for Crypto has no method {other}"),
    })
}

fn create_invoice(input: &Value) -> Writable<CreateInvoice> {
    let (uniqueid, paysys) = (required(text(input, "uniqueid")?)?, required(text(input, "paysys")?)?);
    let mut invoice = CreateInvoice::new(uniqueid, paysys, Amount::from(1), "purse");
    (invoice.amount, invoice.purse) = (None, None);
    set!(invoice from input:
        amount(amount, pay_amount)
        text(purse, paylist, comis, dtag, email, name, surname, desc, callbackurl, successurl, failurl));
    Ok(invoice)
}

fn withdraw(input: &Value) -> Writable<Withdraw> {
    let mut withdraw = Withdraw::new(
        required(text(input, "uniqueid")?)?,
        required(text(input, "currency")?)?,
        required(text(input, "paysys")?)?,
        required(amount(input, "amount")?)?,
        required(text(input, "purse")?)?,
    );
    set!(withdraw from input: text(dtag, name, surname));
    Ok(withdraw)
}

fn create_code(input: &Value) -> Writable<CreateCode> {
    let mut code = CreateCode::new(required(amount(input, "amount")?)?, required(text(input, "currency")?)?);
    set!(code from input: text(pass, desc));
    Ok(code)
}

fn apply_code(input: &Value) -> Writable<ApplyCode> {
    let mut code = ApplyCode::new(required(text(input, "code")?)?);
    set!(code from input: text(pass));
    Ok(code)
}

fn list_codes(input: &Value) -> Writable<ListCodes> {
    let mut codes = ListCodes::new();
    set!(codes from input: text(code, currency, status) amount(amount) integer(offset, limit));
    Ok(codes)
}

fn create_crypto_invoice(input: &Value) -> Writable<CreateCryptoInvoice> {
    let mut invoice = CreateCryptoInvoice::new(
        required(text(input, "blockchain")?)?,
        required(text(input, "symbol")?)?,
        Amount::from(1),
        required(integer(input, "expiry")?)?,
        required(integer(input, "confirmations")?)?,
    );
    invoice.value = None;
    set!(invoice from input:
        amount(value) fiat_currency(fiatCurrency) text(secret_key) integer(pause) user_data(data));
    Ok(invoice)
}

fn fiat_currency(input: &Value, name: &str) -> Writable<Option<FiatCurrency>> {
    let Some(input) = input.get(name) else { return Ok(None) };
    // The nearest to an absent currency that Rust can write is an empty one.
    let currency = text(input, "currency")?.unwrap_or_default();
    let mut fiat = FiatCurrency::new(currency, Amount::from(1));
    fiat.value = None;
    set!(fiat from input: amount(value) integer(percent));
    Ok(Some(fiat))
}

fn user_data(input: &Value, name: &str) -> Writable<Option<UserData>> {
    let Some(input) = input.get(name) else { return Ok(None) };
    let mut data = UserData::new();
    set!(data from input: text(order_id, title, description, url_callback, url_success, url_failed, user_data));
    Ok(Some(data))
}

/// What a callback is held against.
pub(crate) fn expected(input: &Value) -> Writable<Expected> {
    let mut expected = Expected::new();
    set!(expected from input: text(uniqueid, to, purse) amount(amount));
    Ok(expected)
}

fn required<T>(value: Option<T>) -> Writable<T> {
    value.ok_or(Refused::Unwritable)
}

#[allow(clippy::unnecessary_wraps, reason = "like the others")]
fn text(input: &Value, name: &str) -> Writable<Option<String>> {
    Ok(input.get(name).map(|value| value.as_str().unwrap().into()))
}

fn amount(input: &Value, name: &str) -> Writable<Option<Amount>> {
    input.get(name).map(|value| value.as_str().unwrap().parse().map_err(Refused::Amount)).transpose()
}

fn integer(input: &Value, name: &str) -> Writable<Option<i64>> {
    input.get(name).map(|value| value.as_i64().ok_or(Refused::Unwritable)).transpose()
}
