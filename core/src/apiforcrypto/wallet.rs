//! The wallet and its accounts.

use alloc::string::String;
use alloc::vec::Vec;

use super::method::ApiForCryptoMethod;
use super::settings::ApiForCrypto;
use crate::amount::Amount;
use crate::call::Request;
use crate::error::Result;
use crate::schema::macros::{answer, parameters};
use crate::schema::{Arguments, Rules, SecretText};

parameters! {
    /// Your wallet and its accounts.
    pub(super) struct GetWallet {}
}

impl Rules for GetWallet {}

impl ApiForCryptoMethod for GetWallet {
    const NAME: &'static str = "wallet";
    type Answer = Wallet;

    fn request(client: &ApiForCrypto, _: Arguments<'_>) -> Result<Request> {
        client.wallet_url("").map(Request::get)
    }
}

answer! {
    /// A wallet and its accounts.
    pub struct Wallet {
        /// Wallet ID.
        pub id: SecretText,
        /// Wallet creation date.
        pub created: Option<String>,
        /// Wallet type.
        pub r#type: Option<String>,
        /// Wallet name.
        pub name: Option<String>,
        /// Wallet balance.
        pub balance: Option<Amount>,
        /// The accounts of the wallet.
        pub accounts: Vec<Account>,
    }
}

answer! {
    /// One currency of a wallet.
    pub struct Account {
        /// Blockchain.
        pub blockchain: String,
        /// Contract address, if the currency is a token.
        pub contract_address: Option<String>,
        /// Name of the currency.
        pub currency: Option<String>,
        /// Cryptocurrency or token symbol.
        pub symbol: String,
        /// Number of decimal places of the currency.
        pub decimal: Option<Amount>,
        /// Balance in the currency.
        pub decimal_balance: Option<Amount>,
        /// Exchange rate to the fiat currency.
        pub rate: Option<Amount>,
        /// Balance in the fiat currency.
        pub fiat_balance: Option<Amount>,
        /// Fiat currency.
        pub fiat_currency: Option<String>,
        /// Whether the account is active or not.
        pub active: Option<bool>,
    }
}
