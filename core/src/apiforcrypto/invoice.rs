//! Invoices: what to send to create one, and what comes back.

use alloc::string::String;
use alloc::vec::Vec;

use super::method::ApiForCryptoMethod;
use super::settings::ApiForCrypto;
use crate::amount::Amount;
use crate::call::Request;
use crate::error::{Error, Result};
use crate::json::ObjectWriter;
use crate::schema::macros::{answer, parameters, status};
use crate::schema::{
    Argument, Arguments, LongText, NamedArguments, Outcome, Parameters, Rules, SecretText, Url, require,
};

parameters! {
    /// Creates an invoice, priced in crypto (`value`) or in a fiat currency (`fiatCurrency`).
    pub struct CreateInvoice {
        /// Blockchain.
        pub blockchain: String,
        /// Cryptocurrency or token symbol.
        pub symbol: String,
        /// Invoice amount in cryptocurrency, a whole number. Not together with
        /// `fiatCurrency.value`.
        pub value: Option<Amount>,
        /// Fiat currency data. Beside `value` it may name a `currency` only.
        pub fiatCurrency: Option<FiatCurrency>,
        /// Waiting time for invoice payment in minutes, from 15 to 40 inclusive. After this time
        /// the invoice is considered unpaid, and the address can be used for another invoice.
        pub expiry: i64,
        /// Number of network confirmations after which the invoice will be considered paid, at least 1.
        pub confirmations: i64,
        /// A secret of yours that notifications of this invoice will carry. Derived from
        /// `data.order_id` if the client has a notification secret and this is not given.
        pub secret_key: Option<SecretText>,
        /// How long the address rests before it is given to another invoice.
        pub pause: Option<i64>,
        /// User information.
        pub data: Option<UserData>,
    }
}

parameters! {
    /// The price of an invoice in a fiat currency.
    pub struct FiatCurrency {
        /// Fiat currency. The invoice will be issued in the selected cryptocurrency, at the
        /// current exchange rate.
        pub currency: String,
        /// Invoice amount in fiat currency, a whole number.
        pub value: Option<Amount>,
        /// Markup percentage; negative for a discount.
        pub percent: Option<i64>,
    }
}

parameters! {
    /// What you want to find again in the invoice and its notifications.
    #[derive(Default)]
    pub struct UserData {
        /// User invoice ID.
        pub order_id: Option<String>,
        /// Invoice name.
        pub title: Option<String>,
        /// Invoice description.
        pub description: Option<LongText>,
        /// User's address for notification of invoice status changes.
        pub url_callback: Option<Url>,
        /// User address to which the payer will be redirected after paying the invoice.
        pub url_success: Option<Url>,
        /// User address to which the payer will be redirected if the invoice payment fails.
        pub url_failed: Option<Url>,
        /// Any user information.
        pub user_data: Option<LongText>,
    }
}

impl CreateInvoice {
    /// An invoice priced in crypto: `value` counts the smallest unit.
    pub fn new(
        blockchain: impl Into<String>,
        symbol: impl Into<String>,
        value: Amount,
        expiry: i64,
        confirmations: i64,
    ) -> Self {
        Self {
            blockchain: blockchain.into(),
            symbol: symbol.into(),
            value: Some(value),
            expiry,
            confirmations,
            ..Self::unset()
        }
    }

    /// An invoice priced in a fiat currency.
    pub fn in_fiat(
        blockchain: impl Into<String>,
        symbol: impl Into<String>,
        price: FiatCurrency,
        expiry: i64,
        confirmations: i64,
    ) -> Self {
        Self {
            blockchain: blockchain.into(),
            symbol: symbol.into(),
            fiatCurrency: Some(price),
            expiry,
            confirmations,
            ..Self::unset()
        }
    }
}

impl Rules for CreateInvoice {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        let fiat_value =
            arguments.group(Self::FIELDS.fiatCurrency).and_then(|fiat| fiat.text(FiatCurrency::FIELDS.value));
        match (arguments.text(Self::FIELDS.value), fiat_value) {
            (Some(_), Some(_)) => return Err(Error::invalid("value", "excludes fiatCurrency.value")),
            (None, None) => return Err(Error::invalid("value", "or fiatCurrency.value is required")),
            (Some(value), None) if !Amount::is_integer_text(value) => return Err(Error::invalid("value", WHOLE)),
            _ => {}
        }
        let integer = |field| arguments.integer(field);
        let expires = integer(Self::FIELDS.expiry).is_some_and(|minutes| (15..=40).contains(&minutes));
        require(expires, "expiry", "must be from 15 to 40 minutes")?;
        let confirms = integer(Self::FIELDS.confirmations).is_some_and(|confirmations| confirmations >= 1);
        require(confirms, "confirmations", "must be at least 1")?;
        let pauses = integer(Self::FIELDS.pause).is_none_or(|pause| pause >= 0);
        require(pauses, "pause", "must not be below zero")
    }
}

const WHOLE: &str = "must be a whole number, without fraction or exponent";

impl FiatCurrency {
    /// A price without markup.
    pub fn new(currency: impl Into<String>, value: Amount) -> Self {
        Self { currency: currency.into(), value: Some(value), percent: None }
    }
}

impl Rules for FiatCurrency {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        require(arguments.text(Self::FIELDS.value).is_none_or(Amount::is_integer_text), "value", WHOLE)
    }
}

impl UserData {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Rules for UserData {}

impl ApiForCryptoMethod for CreateInvoice {
    const NAME: &'static str = "create_invoice";
    type Answer = CryptoInvoice;

    fn request(client: &ApiForCrypto, arguments: Arguments<'_>) -> Result<Request> {
        Self::SCHEMA.check(arguments)?;
        let named = NamedArguments::new(arguments);
        let order_id = named.group(Self::FIELDS.data).and_then(|data| data.text(UserData::FIELDS.order_id));
        let derived = if named.has(Self::FIELDS.secret_key) { None } else { client.derive_secret_key(order_id)? };
        let secret_key = derived.as_deref().map(Argument::Text);
        let mut object = ObjectWriter::new();
        Self::SCHEMA.write_with(arguments, &[(Self::FIELDS.secret_key, secret_key)], &mut object);
        Ok(Request::post(client.wallet_url("/invoices")?, object.finish()))
    }
}

parameters! {
    /// An invoice by its UUID.
    pub struct GetInvoice {
        /// Invoice UUID.
        pub uuid: SecretText,
    }
}

impl GetInvoice {
    /// The invoice with this UUID.
    pub fn new(uuid: impl Into<String>) -> Self {
        Self { uuid: SecretText::from(uuid.into()) }
    }
}

impl Rules for GetInvoice {}

impl ApiForCryptoMethod for GetInvoice {
    const NAME: &'static str = "invoice";
    type Answer = CryptoInvoice;

    fn request(client: &ApiForCrypto, arguments: Arguments<'_>) -> Result<Request> {
        Self::SCHEMA.check(arguments)?;
        let uuid = NamedArguments::new(arguments).text(Self::FIELDS.uuid);
        client.url_of_invoice(uuid.unwrap_or_default()).map(Request::get)
    }
}

answer! {
    /// An invoice as the gateway sees it.
    pub struct CryptoInvoice {
        /// Unique number of the issued invoice.
        pub id: SecretText,
        /// Blockchain.
        pub blockchain: String,
        /// Cryptocurrency or token symbol.
        pub symbol: String,
        /// Address for paying the invoice.
        pub address: String,
        /// Contract address, if the invoice was issued in a token.
        pub contract_address: Option<String>,
        /// Whether the invoice is active or not.
        pub active: Option<bool>,
        /// The final amount for payment in the blockchain currency, or in the token currency if
        /// there is a contract address.
        pub value: Amount,
        /// Invoice creation date.
        pub created: Option<String>,
        /// Time until which the invoice is valid.
        pub expiry: Option<String>,
        /// Invoice status.
        pub status: CryptoInvoiceStatus,
        /// Number of transaction confirmations on the network.
        pub confirmations: Option<u64>,
        /// Invoice data in fiat currency.
        pub fiat_currency: Option<FiatPrice>,
        /// Hash of each transaction for this invoice.
        pub txs: Vec<String>,
        /// User information.
        pub data: Option<InvoiceData>,
    }
}

status! {
    /// Invoice status.
    pub enum CryptoInvoiceStatus {
        /// Paid, with the confirmations asked for.
        Paid = "PAID" => Paid,
        /// Not paid.
        NotPaid = "NOT_PAID" => OpenWhileActive,
        /// A payment is waiting to be put into a block.
        InMempool = "IN_MEMPOOL" => Open,
        /// Less than the value was paid.
        PartiallyPaid = "PARTIALLY_PAID" => OpenWhileActive,
        /// A payment is in a block and waits for confirmations.
        InBlock = "IN_BLOCK" => Open,
    }
}

impl CryptoInvoiceStatus {
    /// What the status says of the money, with the invoice's `active`: one that is no longer active and has no
    /// payment under way stays unpaid.
    pub(crate) fn outcome_if(&self, active: Option<bool>) -> Option<Outcome> {
        match self.outcome() {
            Some(Outcome::OpenWhileActive) if active == Some(false) => Some(Outcome::Closed),
            outcome => outcome,
        }
    }
}

impl CryptoInvoice {
    /// Whether nothing will change any more: the invoice is paid, or it expired without being
    /// paid (`active` is false, and no payment is under way).
    ///
    /// ```
    /// # use payseal::ApiForCrypto;
    /// # let call = ApiForCrypto::new("wallet-id").invoice("5b6e1f0a")?;
    /// # let body = br#"{"id":"5b6e1f0a","blockchain":"tron","symbol":"USDT","address":"T1","value":1000000,"status":"NOT_PAID","active":false}"#;
    /// let invoice = call.parse(200, body)?;
    /// assert!(invoice.is_final() && !invoice.status.is_final() && !invoice.status.is_paid());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn is_final(&self) -> bool {
        self.status.outcome_if(self.active).is_some_and(Outcome::is_final)
    }
}

answer! {
    /// The price of an invoice in a fiat currency.
    pub struct FiatPrice {
        /// Fiat currency.
        pub currency: Option<String>,
        /// Invoice amount in fiat currency.
        pub value: Option<Amount>,
        /// Markup percentage; negative for a discount.
        pub percent: Option<Amount>,
    }
}

answer! {
    /// What was sent as `data`, and where the payer pays.
    pub struct InvoiceData {
        /// User invoice ID.
        pub order_id: Option<String>,
        /// Invoice name.
        pub title: Option<String>,
        /// Invoice description.
        pub description: Option<String>,
        /// User's address for notification of invoice status changes.
        pub url_callback: Option<String>,
        /// User address to which the payer will be redirected after paying the invoice.
        pub url_success: Option<String>,
        /// User address to which the payer will be redirected if the invoice payment fails.
        pub url_failed: Option<String>,
        /// Any user information.
        pub user_data: Option<String>,
        /// You can redirect your client to this link for invoice payment.
        pub url_pay: Option<String>,
    }
}
