//! Payment systems, understood from their codes.
//!
//! The gateway's list of codes is not public, and users test with the codes of their own accounts. So a code is read
//! by what it says (`SBP_RUB`, `USDTTRC20`) instead of being looked up, and only one that is malformed or starts with
//! `UNKNOWN` is refused.

use crate::{
    currency::{self, Currency},
    decimal::Decimal,
    fields::invalid,
    json::{Json, Object},
    random,
    refusal::Refusal,
};

/// How money reaches an account of a payment system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The internal balance of the gateway: the code is that of a currency, such as `USD`.
    Balance,
    /// An electronic wallet, paid by URL only: everything that is none of the others, such as `WMZ`.
    Wallet,
    Card,
    Phone,
    Account,
    Qr,
    Crypto,
}

/// One payment system.
#[derive(Debug)]
pub(crate) struct PaymentSystem {
    pub(crate) code: String,
    pub(crate) kind: Kind,
    pub(crate) currency: &'static Currency,
}

impl PaymentSystem {
    /// The system a field of a request names.
    pub(crate) fn named(field: &str, code: &str) -> Result<Self, Refusal> {
        let is_code = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        if !code.bytes().all(is_code) || !(2..=32).contains(&code.len()) || code.starts_with("UNKNOWN") {
            return Err(invalid(field, "names no known payment system"));
        }
        let kind = kind_of(code);
        Ok(Self { code: code.to_owned(), kind, currency: currency_of(code, kind) })
    }

    /// The markup of an exchange into this system.
    fn direction_fee(&self) -> Decimal {
        Decimal::new(if self.kind == Kind::Balance { 0 } else { 10 }, 3)
    }

    /// The service commission of a payout, on top of the direction fee.
    fn commission(&self) -> Decimal {
        Decimal::new(if matches!(self.kind, Kind::Balance | Kind::Wallet) { 0 } else { 5 }, 3)
    }

    pub(crate) fn with_direction_fee(&self, amount: &Decimal) -> Decimal {
        amount * &(&Decimal::new(1, 0) + &self.direction_fee())
    }

    pub(crate) fn with_commission(&self, amount: &Decimal) -> Decimal {
        amount * &(&Decimal::new(1, 0) + &self.commission())
    }

    /// The documented `requisites`; absent where payment is only possible by URL.
    pub(crate) fn requisites(&self, amount: &Decimal, payment_url: &str) -> Result<Option<Object>, Refusal> {
        let digits = random::hexadecimal(10)?;
        let (name, wallet, info, country) = match self.kind {
            Kind::Balance | Kind::Wallet => return Ok(None),
            Kind::Card => ("card", "2200700123456789".to_owned(), "Банк: любой. Получатель: Иван И.", Some("Russia")),
            Kind::Phone => {
                ("phone", "790888899999".to_owned(), "Bank: any bank. Recipient: Guora G.", Some("Tajikistan"))
            }
            Kind::Account => ("account", "40817810099910004312".to_owned(), "Bank: Sandbox Bank", None),
            Kind::Qr => ("qr", format!("https://qr.nspk.ru/{digits}"), "NSPK", Some("Russia")),
            Kind::Crypto => ("crypto", format!("T{digits}{digits}"), "Sandbox chain", None),
        };
        let payment_url = (self.kind == Kind::Qr).then_some(payment_url);
        Ok(Some(
            Object::new()
                .with("amount", amount)
                .with("currency", self.currency.code)
                .with("type", name)
                .with("wallet", wallet)
                .with_some("payment_url", payment_url)
                .with("info", info)
                .with_some("country", country.map(Json::from)),
        ))
    }
}

fn kind_of(code: &str) -> Kind {
    let says = |words: &[&str]| words.iter().any(|word| code.contains(word));
    match Currency::find(code) {
        Some(currency) if currency.is_fiat() => return Kind::Balance,
        _ => {}
    }
    if says(&["CARD", "VISA", "MASTERCARD"]) {
        Kind::Card
    } else if says(&["SBP", "PHONE"]) {
        Kind::Phone
    } else if says(&["NSPK", "QR"]) {
        Kind::Qr
    } else if says(&["ACCOUNT", "BANK", "IBAN"]) {
        Kind::Account
    } else if Currency::starting(code).is_some_and(|currency| !currency.is_fiat()) {
        Kind::Crypto
    } else {
        Kind::Wallet
    }
}

fn currency_of(code: &str, kind: Kind) -> &'static Currency {
    let code_of_wallet = match code {
        "WMR" | "WMP" => "RUB",
        "WME" => "EUR",
        "WMK" => "KZT",
        _ => "USD",
    };
    let by_suffix = code.rsplit('_').find_map(Currency::find);
    let by_prefix = || (kind != Kind::Wallet).then(|| Currency::starting(code)).flatten();
    by_suffix.or_else(by_prefix).or_else(|| Currency::find(code_of_wallet)).unwrap_or(&currency::DOLLAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_they_are() {
        for (code, kind, currency) in [
            ("USD", Kind::Balance, "USD"),
            ("WMZ", Kind::Wallet, "USD"),
            ("WMR", Kind::Wallet, "RUB"),
            ("WME", Kind::Wallet, "EUR"),
            ("CARD_RUB", Kind::Card, "RUB"),
            ("SBP_RUB", Kind::Phone, "RUB"),
            ("QR_RUB", Kind::Qr, "RUB"),
            ("ACCOUNT_KZT", Kind::Account, "KZT"),
            ("USDTTRC20", Kind::Crypto, "USDT"),
            ("BTC", Kind::Crypto, "BTC"),
        ] {
            let system = PaymentSystem::named("paysys", code).unwrap();
            assert_eq!((system.kind, system.currency.code), (kind, currency), "{code}");
        }
    }

    #[test]
    fn malformed_codes_are_refused() {
        for code in ["X", "wmz", "WM Z", "UNKNOWN_SYSTEM"] {
            assert!(PaymentSystem::named("paysys", code).is_err(), "{code}");
        }
    }
}
