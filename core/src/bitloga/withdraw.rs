//! `withdraw`: a payout from the balance.

use alloc::string::String;

use super::method::BitlogaMethod;
use super::status::TransactionStatus;
use crate::amount::Amount;
use crate::schema::Rules;
use crate::schema::macros::{answer, parameters};

parameters! {
    /// Pays out from your balance. After a time-out, which leaves you not knowing whether it
    /// happened, use `payout`, which never pays twice.
    pub struct Withdraw {
        /// A unique identifier in your system. Must not be repeated.
        pub uniqueid: String,
        /// The currency code of the balance from which the payment is made, e.g. `USD`.
        pub currency: String,
        /// The code of the payment system to which the payment will be made.
        pub paysys: String,
        /// Amount of payment in the currency of the payment system.
        pub amount: Amount,
        /// The account to which the funds will be sent: login, account, wallet, address or card
        /// number, depending on the payment system.
        pub purse: String,
        /// Destination Tag or Memo, if one is required.
        pub dtag: Option<String>,
        /// First name of the user. Mandatory for transfers to cards, together with `surname`.
        pub name: Option<String>,
        /// Last name of the user. Mandatory for transfers to cards, together with `name`.
        pub surname: Option<String>,
    }
}

impl Withdraw {
    /// A payout with what every payment system needs.
    pub fn new(
        uniqueid: impl Into<String>,
        currency: impl Into<String>,
        paysys: impl Into<String>,
        amount: Amount,
        purse: impl Into<String>,
    ) -> Self {
        Self {
            uniqueid: uniqueid.into(),
            currency: currency.into(),
            paysys: paysys.into(),
            amount,
            purse: purse.into(),
            ..Self::unset()
        }
    }
}

impl Rules for Withdraw {}

impl BitlogaMethod for Withdraw {
    const NAME: &'static str = "withdraw";
    const ACTION: &'static str = "withdraw";
    const MOVES_MONEY: bool = true;
    type Answer = Withdrawal;
}

answer! {
    /// A payout the gateway has taken on.
    pub struct Withdrawal {
        /// The currency from which the payment was made.
        pub from: String,
        /// The payment system to which the payment was made.
        pub to: String,
        /// The amount of payment in the balance currency, excluding the service commission.
        pub amount_from: Amount,
        /// The amount of payment in the balance currency, including the service commission. This
        /// amount was debited from the balance.
        pub amount_from_comis: Amount,
        /// The amount of the payout sent to the specified account.
        pub amount_to: Amount,
        /// The account to which the funds are sent.
        pub purse: Option<String>,
        /// Payment status. `Complete` is completed.
        pub status: TransactionStatus,
        /// Destination Tag or Memo.
        pub dtag: Option<String>,
        /// User's first name.
        pub name: Option<String>,
        /// User's last name.
        pub surname: Option<String>,
        /// Internal transaction identifier, as in the list of transactions in the user panel.
        pub orderid: String,
        /// The unique identifier of the transaction in the gateway's system.
        pub transid: Option<String>,
        /// A unique identifier in your system.
        pub uniqueid: String,
    }
}
