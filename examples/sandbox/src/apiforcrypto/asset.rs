//! The coins and tokens the wallet holds accounts in.

use crate::{currency::Currency, decimal::Decimal};

/// A coin or token of a blockchain.
pub(crate) struct Asset {
    pub(crate) blockchain: &'static str,
    pub(crate) symbol: &'static str,
    pub(crate) name: &'static str,
    /// A token has one, a coin has not.
    pub(crate) contract_address: Option<&'static str>,
    /// Decimal places of one whole coin in its smallest unit.
    pub(crate) decimal: u8,
    pub(crate) active: bool,
    /// How addresses of its blockchain begin.
    pub(crate) address_prefix: &'static str,
}

pub(crate) const ASSETS: &[Asset] = &[
    coin("bitcoin", "BTC", "Bitcoin", 8, "bc1q"),
    coin("litecoin", "LTC", "Litecoin", 8, "ltc1q"),
    coin("ethereum", "ETH", "Ethereum", 18, "0x"),
    token("ethereum", "USDT", "Tether USD", 6, "0x", "0xdac17f958d2ee523a2206206994597c13d831ec7"),
    token("ethereum", "USDC", "USD Coin", 6, "0x", "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"),
    coin("bsc", "BNB", "BNB", 18, "0x"),
    token("bsc", "USDT", "Tether USD", 18, "0x", "0x55d398326f99059ff775485246999027b3197955"),
    coin("tron", "TRX", "TRON", 6, "T"),
    token("tron", "USDT", "Tether USD", 6, "T", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    // One that is switched off, to see how a client takes that.
    Asset { active: false, ..coin("dogecoin", "DOGE", "Dogecoin", 8, "D") },
];

const fn coin(
    blockchain: &'static str,
    symbol: &'static str,
    name: &'static str,
    decimal: u8,
    address_prefix: &'static str,
) -> Asset {
    Asset { blockchain, symbol, name, contract_address: None, decimal, active: true, address_prefix }
}

const fn token(
    blockchain: &'static str,
    symbol: &'static str,
    name: &'static str,
    decimal: u8,
    address_prefix: &'static str,
    contract_address: &'static str,
) -> Asset {
    Asset { contract_address: Some(contract_address), ..coin(blockchain, symbol, name, decimal, address_prefix) }
}

impl Asset {
    /// Names of blockchains and symbols are understood in either case.
    pub(crate) fn find(blockchain: &str, symbol: &str) -> Option<&'static Self> {
        ASSETS.iter().find(|asset| {
            asset.blockchain.eq_ignore_ascii_case(blockchain) && asset.symbol.eq_ignore_ascii_case(symbol)
        })
    }

    /// The price of one whole coin in US dollars.
    pub(crate) fn rate(&self) -> Decimal {
        Currency::find(self.symbol).map_or_else(Decimal::zero, Currency::rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_has_a_price() {
        for asset in ASSETS {
            assert!(asset.rate().is_positive(), "{}", asset.symbol);
        }
    }
}
