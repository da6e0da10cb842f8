//! Currencies and their fixed exchange rates.

use crate::decimal::Decimal;

/// A currency: its code, the decimal places amounts are rounded to, and its price in US dollars.
#[derive(Debug)]
pub(crate) struct Currency {
    pub(crate) code: &'static str,
    pub(crate) places: u8,
    /// Ten-thousandths of a dollar.
    price: i64,
}

pub(crate) const DOLLAR: Currency = Currency { code: "USD", places: 2, price: 10_000 };

static CURRENCIES: &[Currency] = &[
    DOLLAR,
    Currency { code: "EUR", places: 2, price: 11_000 },
    Currency { code: "RUB", places: 2, price: 125 },
    Currency { code: "KZT", places: 2, price: 20 },
    Currency { code: "USDT", places: 6, price: 10_000 },
    Currency { code: "USDC", places: 6, price: 10_000 },
    Currency { code: "BTC", places: 8, price: 1_000_000_000 },
    Currency { code: "LTC", places: 8, price: 1_000_000 },
    Currency { code: "ETH", places: 8, price: 25_000_000 },
    Currency { code: "BNB", places: 8, price: 5_000_000 },
    Currency { code: "TRX", places: 6, price: 2_500 },
    Currency { code: "DOGE", places: 8, price: 2_000 },
];

/// What a fresh sandbox holds, in the order of the documents.
pub(crate) const STARTING_BALANCES: &[(&str, &str)] = &[
    ("USD", "10000.00"),
    ("USDT", "10000.00"),
    ("RUB", "800000.00"),
    ("LTC", "100.00000000"),
    ("BTC", "1.00000000"),
    ("KZT", "5000000.00"),
];

impl Currency {
    pub(crate) fn find(code: &str) -> Option<&'static Self> {
        CURRENCIES.iter().find(|currency| currency.code == code)
    }

    /// The currency whose code starts `text`, the longest such code.
    pub(crate) fn starting(text: &str) -> Option<&'static Self> {
        let matching = CURRENCIES.iter().filter(|currency| text.starts_with(currency.code));
        matching.max_by_key(|currency| currency.code.len())
    }

    pub(crate) fn is_fiat(&self) -> bool {
        matches!(self.code, "USD" | "EUR" | "RUB" | "KZT")
    }

    /// Its price in US dollars.
    pub(crate) fn rate(&self) -> Decimal {
        Decimal::new(self.price, 4)
    }

    /// The equivalent of an amount in another currency, not yet rounded.
    pub(crate) fn convert(&self, amount: &Decimal, target: &Self) -> Decimal {
        if self.code == target.code {
            return amount.clone();
        }
        (amount * &self.rate()).divided_by(&target.rate())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversion() {
        let [rub, usd, btc] = ["RUB", "USD", "BTC"].map(|code| Currency::find(code).unwrap());
        let amount: Decimal = "80.00".parse().unwrap();
        assert_eq!(rub.convert(&amount, usd), "1".parse().unwrap());
        assert_eq!(usd.convert(&amount, btc), "0.0008".parse().unwrap());
        assert_eq!(usd.convert(&amount, usd).to_string(), "80.00");
    }

    #[test]
    fn the_longest_code_wins() {
        assert_eq!(Currency::starting("USDTTRC20").unwrap().code, "USDT");
        assert_eq!(Currency::starting("USD_CARD").unwrap().code, "USD");
    }
}
