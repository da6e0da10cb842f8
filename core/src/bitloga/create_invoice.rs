//! `invoice`: a bill for a payer.

use alloc::string::String;
use alloc::vec::Vec;

use super::method::BitlogaMethod;
use crate::amount::Amount;
use crate::error::Result;
use crate::schema::macros::{answer, choice, parameters};
use crate::schema::{LongText, NamedArguments, Parameters, Rules, Url, require};

parameters! {
    /// Creates an invoice. Either `amount` or `pay_amount` says how much.
    pub struct CreateInvoice {
        /// A unique identifier in your system. Must not be repeated.
        pub uniqueid: String,
        /// The code of the payment system to which payment will be made after payment of the
        /// invoice.
        pub paysys: String,
        /// Invoice amount (amount to receive in paysys currency). Required if `pay_amount` is not
        /// passed.
        pub amount: Option<Amount>,
        /// The amount whose equivalent you want to receive (in the payment system currency from
        /// `paylist`). If passed, `amount` (in paysys currency) is calculated automatically. The
        /// actual amount to pay will differ and is usually higher for `comis` `payer` due to
        /// direction fees.
        pub pay_amount: Option<Amount>,
        /// The account to which the funds will be sent: login, account, wallet, address or card
        /// number, depending on the payment system. Not required for the internal balance.
        pub purse: Option<String>,
        /// List of payment systems from which the invoice payment is available, separated by
        /// commas. If not specified, no restrictions. Exactly one code if `pay_amount` is passed.
        pub paylist: Option<String>,
        /// Who pays the fee: `payer`, or `payee` (you). Default is `payer`.
        pub comis: Option<Comis>,
        /// Destination Tag or Memo, if one is required.
        pub dtag: Option<String>,
        /// User's email.
        pub email: Option<String>,
        /// User's first name. Mandatory for transfers to cards, together with `surname`.
        pub name: Option<String>,
        /// User's last name. Mandatory for transfers to cards, together with `name`.
        pub surname: Option<String>,
        /// Invoice description. Will be shown to the payer.
        pub desc: Option<LongText>,
        /// The URL to which the invoice payment notification will be sent.
        pub callbackurl: Option<Url>,
        /// The URL that returns the user to after paying the invoice.
        pub successurl: Option<Url>,
        /// The URL to which it returns the user if the invoice payment fails.
        pub failurl: Option<Url>,
    }
}

impl CreateInvoice {
    /// An invoice over an amount to receive in paysys currency.
    pub fn new(
        uniqueid: impl Into<String>,
        paysys: impl Into<String>,
        amount: Amount,
        purse: impl Into<String>,
    ) -> Self {
        Self {
            uniqueid: uniqueid.into(),
            paysys: paysys.into(),
            amount: Some(amount),
            purse: Some(purse.into()),
            ..Self::unset()
        }
    }

    /// An invoice over the equivalent of `pay_amount` in the currency of the one payment system
    /// that `paylist` names.
    pub fn with_pay_amount(
        uniqueid: impl Into<String>,
        paysys: impl Into<String>,
        pay_amount: Amount,
        purse: impl Into<String>,
        paylist: impl Into<String>,
    ) -> Self {
        Self {
            uniqueid: uniqueid.into(),
            paysys: paysys.into(),
            pay_amount: Some(pay_amount),
            purse: Some(purse.into()),
            paylist: Some(paylist.into()),
            ..Self::unset()
        }
    }
}

impl Rules for CreateInvoice {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        let has_pay_amount = arguments.has(Self::FIELDS.pay_amount);
        let has_amount = arguments.has(Self::FIELDS.amount) || has_pay_amount;
        require(has_amount, "amount", "is required unless pay_amount is given")?;
        let paylist = arguments.text(Self::FIELDS.paylist);
        let codes = paylist.map(|paylist| paylist.split(',').collect::<Vec<_>>()).unwrap_or_default();
        let has_empty = codes.iter().any(|code| code.trim_ascii().is_empty());
        require(!has_empty, "paylist", "must not have an empty entry")?;
        let is_one_code = codes.len() == 1;
        require(!has_pay_amount || is_one_code, "paylist", "must hold exactly one code if pay_amount is given")?;
        let is_unknown = matches!(arguments.text(Self::FIELDS.comis).map(Comis::from), Some(Comis::Other(_)));
        require(!is_unknown, "comis", "must be payer or payee")
    }
}

choice! {
    /// Who pays the fee.
    pub enum Comis {
        /// The payer.
        Payer = "payer",
        /// You.
        Payee = "payee",
    }
}

impl BitlogaMethod for CreateInvoice {
    const NAME: &'static str = "create_invoice";
    const ACTION: &'static str = "invoice";
    type Answer = Invoice;
}

answer! {
    /// An invoice that was created.
    pub struct Invoice {
        /// URL for invoice payment.
        pub invoice: String,
        /// Payment details; empty if payment is only possible via URL. (The document types them
        /// Array and shows an object: both are read.)
        pub requisites: Vec<Requisites>,
    }
}

answer! {
    /// Where the payer may pay directly.
    pub struct Requisites {
        /// Payment amount.
        pub amount: Amount,
        /// Payment currency.
        pub currency: String,
        /// Payment type.
        pub r#type: RequisitesType,
        /// Card number, phone number, account number, QR or address for payment.
        pub wallet: Option<String>,
        /// Payment page or QR URL, for types such as `qr`.
        pub payment_url: Option<String>,
        /// Additional information: bank, card owner, etc.
        pub info: Option<String>,
        /// Country, if provided by the payment system.
        pub country: Option<String>,
    }
}

choice! {
    /// How the payer may pay directly.
    pub enum RequisitesType {
        /// Payment to card.
        Card = "card",
        /// Payment by phone number (SBP).
        Phone = "phone",
        /// Bank account number.
        Account = "account",
        /// QR for payment.
        Qr = "qr",
        /// Crypto address.
        Crypto = "crypto",
    }
}
