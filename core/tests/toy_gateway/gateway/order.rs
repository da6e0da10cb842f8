//! `order`: what is sent, with every kind of parameter.

use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::schema::macros::parameters;
use crate::schema::{LongText, NamedArguments, Parameters, Rules, SecretText, Url};

parameters! {
    /// Orders toys.
    pub struct CreateOrder {
        /// Your number of the order.
        pub number: String,
        /// What it costs.
        pub price: Amount,
        /// How many parcels, at most 3.
        pub parcels: i64,
        /// Whether it is a gift.
        pub gift: bool,
        /// Whether someone has to sign for it.
        pub signed_for: Option<bool>,
        /// What is written on the card.
        pub greeting: Option<LongText>,
        /// What opens the parcel.
        pub pin: Option<SecretText>,
        /// Where news of it goes.
        pub news_url: Option<Url>,
        /// The colours to choose from.
        pub colours: Vec<String>,
        /// Where it goes.
        pub address: Address,
        /// The toys.
        pub toys: Vec<Toy>,
    }
}

impl Rules for CreateOrder {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        if arguments.integer(Self::FIELDS.parcels).is_some_and(|parcels| parcels > 3) {
            return Err(Error::invalid("parcels", "must be at most 3"));
        }
        Ok(())
    }
}

parameters! {
    /// Where an order goes.
    pub struct Address {
        /// The street.
        pub street: String,
        /// Who opens the door.
        pub person: Option<Person>,
    }
}

impl Rules for Address {}

parameters! {
    /// A person.
    pub struct Person {
        /// The name.
        pub name: String,
        /// Whether that is a child.
        pub child: Option<bool>,
    }
}

impl Rules for Person {}

parameters! {
    /// One toy.
    pub struct Toy {
        /// Its name.
        pub name: String,
        /// Its parts.
        pub parts: Vec<String>,
    }
}

impl Rules for Toy {}

parameters! {
    /// Lists the receipts, page by page.
    pub struct ListReceipts {
        /// How many are skipped.
        pub skip: Option<i64>,
        /// How many a page has.
        pub count: Option<i64>,
    }
}

impl Rules for ListReceipts {}
