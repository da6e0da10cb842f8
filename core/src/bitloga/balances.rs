//! `balances`: what is on the account.

use alloc::string::String;
use alloc::vec::Vec;

use super::method::BitlogaMethod;
use crate::amount::Amount;
use crate::error::Result;
use crate::json::Extra;
use crate::schema::macros::parameters;
use crate::schema::{Answer, FromObject, ParsedObject, ResponseSchema, Rules};

parameters! {
    /// Your balances, or one of them.
    #[derive(Default)]
    pub struct GetBalances {
        /// Balance currency code, e.g. `USD`. If the parameter is not passed, all balances are output.
        pub currency: Option<String>,
    }
}

impl GetBalances {
    /// All balances.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Rules for GetBalances {}

impl BitlogaMethod for GetBalances {
    const NAME: &'static str = "balances";
    const ACTION: &'static str = "balances";
    type Answer = Balances;
}

/// Your balances by currency, in the order the gateway sent them.
///
/// The document names USDT, RUB, LTC, BTC and KZT, and shows USD: any currency code may come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balances {
    amounts: Vec<(String, Amount)>,
    /// Fields that are not amounts, kept as they came.
    pub extra: Extra,
}

impl Balances {
    /// The balance in a currency.
    pub fn get(&self, currency: &str) -> Option<&Amount> {
        self.iter().find(|(code, _)| *code == currency).map(|(_, amount)| amount)
    }

    /// The balances, each with its currency.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Amount)> {
        self.amounts.iter().map(|(currency, amount)| (currency.as_str(), amount))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.amounts.len()
    }

    /// Whether it has no balances.
    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty()
    }
}

impl core::ops::Index<&str> for Balances {
    type Output = Amount;

    /// # Panics
    /// Where no balance is in that currency; [`Balances::get`] gives nothing instead.
    #[expect(clippy::expect_used, reason = "indexing panics where nothing is, as that of a map does")]
    fn index(&self, currency: &str) -> &Amount {
        self.get(currency).expect("no balance in that currency")
    }
}

impl Answer for Balances {
    const NAME: &'static str = "Balances";
    const SCHEMAS: &'static [&'static ResponseSchema] = &[&ResponseSchema {
        name: "Balances",
        documentation: crate::schema::documented(&["Your balances: amounts by currency code."]),
        fields: &[],
        open_amounts: true,
        event_id: &[],
        conventions: super::CONVENTIONS,
    }];
}

impl FromObject for Balances {
    fn from_object(message: &str, object: &mut ParsedObject) -> Result<Self> {
        let amounts = object
            .amounts
            .iter()
            .map(|(currency, amount)| (currency.read(message).into_owned(), Amount::checked(&amount.read(message))))
            .collect();
        Ok(Self { amounts, extra: core::mem::take(&mut object.extra) })
    }
}

/// Amounts by currency, and what is not an amount under `extra`.
#[cfg(feature = "serde")]
mod interchange {
    use core::fmt;

    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use super::{Amount, Balances, Extra, String};

    const EXTRA: &str = "extra";

    impl Serialize for Balances {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            for (currency, amount) in self.iter() {
                map.serialize_entry(currency, amount)?;
            }
            if !self.extra.is_empty() {
                map.serialize_entry(EXTRA, &self.extra)?;
            }
            map.end()
        }
    }

    impl<'de> Deserialize<'de> for Balances {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_map(BalancesVisitor)
        }
    }

    /// A currency may be called `extra`, too: its amount is a text, and unknown fields are an object.
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Entry {
        Amount(Amount),
        Extra(Extra),
    }

    struct BalancesVisitor;

    impl<'de> Visitor<'de> for BalancesVisitor {
        type Value = Balances;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("amounts by currency")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Balances, A::Error> {
            let mut balances = Balances { amounts: super::Vec::new(), extra: Extra::default() };
            while let Some((currency, entry)) = map.next_entry::<String, Entry>()? {
                match entry {
                    Entry::Amount(_) if balances.get(&currency).is_some() => {
                        return Err(A::Error::custom("a currency that comes twice"));
                    }
                    Entry::Amount(amount) => balances.amounts.push((currency, amount)),
                    Entry::Extra(extra) if currency == EXTRA && balances.extra.is_empty() => balances.extra = extra,
                    Entry::Extra(_) => return Err(A::Error::custom("an amount that is an object")),
                }
            }
            Ok(balances)
        }
    }
}
