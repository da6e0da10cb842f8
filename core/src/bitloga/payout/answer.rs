//! What an answer of the gateway says of a payout. Read is only what settles it: `success`,
//! `uniqueid`, `type`, `status`, what is compared with what was asked for, and the gateway's
//! identifiers of the transaction.

use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::Amount;
use crate::bitloga::{CONVENTIONS, TransactionStatus, Withdraw};
use crate::error::{Difference, has_decided};
use crate::json::{Document, Kind};
use crate::machine::{LooseAnswer, shortened};

/// What an answer says.
pub(super) struct Heard {
    pub(super) says: Says,
    /// The gateway's reason, where it gave one.
    pub(super) reason: Option<String>,
}

pub(super) enum Says {
    /// `success:true` about this `uniqueid`.
    Known(Transaction),
    /// `success:false` from a server that has decided.
    Refused,
    /// The gateway does not know the transaction.
    NotKnown,
    /// Nothing that decides anything.
    Nothing,
}

/// What the gateway has said of the transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) status: Option<TransactionStatus>,
    pub(super) orderid: Option<String>,
    pub(super) transid: Option<String>,
}

/// What an answer says of the transaction.
pub(super) struct Transaction {
    pub(super) known: Known,
    /// Whether the amount paid out is there and the one asked for.
    pub(super) is_of_amount: bool,
    pub(super) differences: Vec<Difference>,
}

/// The answer to `withdraw`.
pub(super) fn of_withdraw(status: u16, body: &[u8], asked: &Withdraw) -> Heard {
    let Some(answer) = LooseAnswer::read(body, CONVENTIONS) else {
        return Heard { says: Says::Nothing, reason: None };
    };
    let says = match answer.success() {
        // It was this payout that was sent: an answer that names no uniqueid is about it, too.
        Some(true) if answer.text("uniqueid").is_none_or(|uniqueid| is_same(&uniqueid, &asked.uniqueid)) => {
            Says::Known(answer.transaction(status, asked))
        }
        Some(false) if has_decided(status) => Says::Refused,
        _ => Says::Nothing,
    };
    Heard { says, reason: answer.reason() }
}

/// The answer to `details`. `not_known` is the caller's judgement whether it says that the gateway
/// does not know the transaction.
pub(super) fn of_details(status: u16, body: &[u8], asked: &Withdraw, not_known: Option<bool>) -> Heard {
    let answer = LooseAnswer::read(body, CONVENTIONS);
    let known = answer.as_ref().filter(|answer| {
        answer.success() == Some(true)
            && answer.text("uniqueid").is_some_and(|uniqueid| is_same(&uniqueid, &asked.uniqueid))
    });
    let says = match (known, not_known) {
        (Some(known), _) => Says::Known(known.transaction(status, asked)),
        (None, Some(true)) => Says::NotKnown,
        (None, None) if answer.as_ref().is_some_and(|answer| answer.is_denial(status)) => Says::NotKnown,
        _ => Says::Nothing,
    };
    Heard { says, reason: answer.and_then(|answer| answer.reason()) }
}

/// Whether a server with this status has looked: not if it did not let the caller in, asked it to
/// wait or to go elsewhere, or failed.
fn has_looked(status: u16) -> bool {
    has_decided(status) && !matches!(status, 401 | 403 | 407) && matches!(status, 200..300 | 400..500)
}

impl LooseAnswer<'_> {
    fn transaction(&self, status: u16, asked: &Withdraw) -> Transaction {
        let amount = self.text("amount_to").filter(|amount| Amount::violated_rule(amount).is_none());
        // With another status than 2xx the gateway knows the transaction, but how it ended is not to be relied on.
        let status = if (200..300).contains(&status) { self.text("status") } else { None };
        Transaction {
            known: Known {
                status: status.map(|status| TransactionStatus::in_any_case(&shortened(&status))),
                orderid: self.text("orderid").as_deref().map(shortened),
                transid: self.text("transid").as_deref().map(shortened),
            },
            is_of_amount: amount
                .as_deref()
                .is_some_and(|amount| Amount::are_equal_texts(amount, asked.amount.as_str())),
            differences: self.differences(amount, asked),
        }
    }

    /// Every field that is there and differs from what was asked for.
    fn differences(&self, amount: Option<String>, asked: &Withdraw) -> Vec<Difference> {
        let is_invoice = |kind: &String| kind.trim().eq_ignore_ascii_case("Invoice");
        let Withdraw { paysys, purse, .. } = asked;
        let digits = asked.amount.as_str();
        let fields = [
            ("type", "Withdraw", self.text("type").filter(is_invoice)),
            ("to", paysys, self.text("to").filter(|to| !is_same_account(to, paysys))),
            ("amount_to", digits, amount.filter(|amount| !Amount::are_equal_texts(amount, digits))),
            ("purse", purse, self.text("purse").filter(|other| !is_same_account(other, purse))),
        ];
        let differs = |(field, expected, actual): (&'static str, &str, Option<String>)| {
            actual.map(|actual| Difference { field, expected: expected.into(), actual: Some(shortened(&actual)) })
        };
        fields.into_iter().filter_map(differs).collect()
    }

    /// Whether it says, in one of the ways a gateway may, that there is no such transaction. How
    /// this one does is not published: other words decide nothing.
    fn is_denial(&self, status: u16) -> bool {
        if !has_looked(status) || self.shows_a_transaction() {
            return false;
        }
        match (self.success(), self.reason()) {
            (Some(true), Some(reason)) => self.holds_nothing() && says_not_known(&reason, false),
            (Some(true), None) => self.holds_nothing(),
            (Some(false), Some(reason)) => says_not_known(&reason, status == 404),
            (None, Some(reason)) => status == 404 && says_not_known(&reason, true),
            (_, None) => status == 404 || self.holds_nothing(),
        }
    }

    /// Whether it has what only a transaction has, whatever else it says.
    fn shows_a_transaction(&self) -> bool {
        let is_transactions = |status: &String| match TransactionStatus::in_any_case(status) {
            // Also the word for the status of the answer itself.
            TransactionStatus::Error | TransactionStatus::Other(_) => false,
            _ => true,
        };
        ["orderid", "transid"].iter().any(|field| self.text(field).is_some())
            || self.text("status").as_ref().is_some_and(is_transactions)
    }

    /// `[]`, or an object whose `data` is empty.
    fn holds_nothing(&self) -> bool {
        let container = match self.object {
            Some(object) => self.document.field(object, "data"),
            None => Some(Document::ROOT),
        };
        container.is_some_and(|container| {
            matches!(self.document.node(container).kind, Kind::Array | Kind::Object)
                && self.document.children(container).next().is_none()
        })
    }
}

/// Words that say that there is no such transaction.
const NOT_KNOWN: [&str; 11] = [
    "not found",
    "not_found",
    "notfound",
    "not known",
    "not exist",
    "n't exist",
    "no such",
    "no transaction with",
    "no transaction found",
    "не найден",
    "не существует",
];

/// What is not known, where one of these words follows "unknown".
const UNKNOWN: [&str; 5] = ["uniqueid", "transaction", "payment", "payout", "order"];

/// What is not known of a transaction that is, where one of these words follows that.
const UNKNOWN_OF_IT: [&str; 4] = ["error", "status", "state", "type"];

/// Words that say that it is something else that was not found, or that it may be found later.
const OF_SOMETHING_ELSE: &str = "account action again apikey card class client column command currency customer \
    database driver endpoint file host ip key later maintenance merchant method module page partner path paysys \
    project purse receiver recipient relation retry route server service session shop signature state status store \
    table temporarily token unavailable upstream url user wallet yet аккаунт ключ метод мерчант пользователь";

/// Whether a reason says that there is no such transaction. With status 404 it need not say so.
fn says_not_known(reason: &str, is_404: bool) -> bool {
    let reason: String = reason.chars().map(lower_case).collect();
    let is_between_words = |character: char| character.is_ascii() && !character.is_ascii_alphanumeric();
    let words: Vec<_> = reason.split(is_between_words).collect();
    let is_unknown = |at: usize| {
        let (what, of_it) = (words.get(at + 1), words.get(at + 2));
        words[at] == "unknown"
            && what.is_some_and(|what| UNKNOWN.contains(what))
            && of_it.is_none_or(|of_it| !UNKNOWN_OF_IT.contains(of_it))
    };
    let is_denial = is_404 || NOT_KNOWN.iter().any(|words| reason.contains(words)) || (0..words.len()).any(is_unknown);
    is_denial && !OF_SOMETHING_ELSE.split(' ').any(|other| words.contains(&other))
}

/// Lower case in the two alphabets that reasons are written in. The tables of all others would be a
/// tenth of the WebAssembly module.
fn lower_case(character: char) -> char {
    match character {
        'А'..='Я' => char::from_u32(u32::from(character) + 0x20).unwrap_or(character),
        _ => character.to_ascii_lowercase(),
    }
}

/// Gateways trim what they store.
fn is_same(left: &str, right: &str) -> bool {
    left.trim() == right.trim()
}

/// Whether two names of an account or a payment system are the same, however they are spaced and
/// cased. Gateways mask card numbers: then the ends count.
fn is_same_account(actual: &str, expected: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        let kept = text.chars().filter(|character| !character.is_whitespace());
        kept.map(|character| character.to_ascii_lowercase()).collect()
    };
    let (actual, expected) = (plain(actual), plain(expected));
    let is_mask = |character: &char| matches!(character, '*' | '•' | '…');
    match (actual.iter().position(is_mask), actual.iter().rposition(is_mask)) {
        (Some(first), Some(last)) if !expected.iter().any(is_mask) => {
            let (start, end) = (&actual[..first], &actual[last + 1..]);
            start.len() + end.len() <= expected.len() && expected.starts_with(start) && expected.ends_with(end)
        }
        _ => actual == expected,
    }
}

#[cfg(test)]
mod tests {
    use super::says_not_known;

    #[test]
    fn a_reason_says_not_known_in_any_letter_case() {
        for reason in ["Transaction NOT FOUND", "Транзакция Не Найдена", "НЕ СУЩЕСТВУЕТ", "не найден"]
        {
            assert!(says_not_known(reason, false), "{reason}");
        }
    }

    #[test]
    fn a_reason_about_something_else_does_not() {
        for reason in ["Merchant not found", "API KEY not found", "не хватает средств", ""] {
            assert!(!says_not_known(reason, false), "{reason}");
        }
        assert!(!says_not_known("page not found", true));
    }
}
