//! What comes back, with every kind of field.

use alloc::string::String;
use alloc::vec::Vec;

use crate::amount::Amount;
use crate::schema::SecretText;
use crate::schema::macros::{answer, message, status};

answer! {
    /// A receipt.
    pub struct Receipt {
        /// The gateway's number of the order.
        pub id: String,
        /// What it cost.
        pub price: Amount,
        /// How many parcels were sent.
        pub parcels: u64,
        /// Whether it was a gift.
        pub gift: Option<bool>,
        /// What opens the parcel.
        pub pin: Option<SecretText>,
        /// How far it is.
        pub state: OrderState,
        /// The colours that were taken.
        pub colours: Vec<String>,
        /// Who has it.
        pub holder: Option<Holder>,
        /// The toys in it.
        pub toys: Vec<PackedToy>,
    }
}

answer! {
    /// Who has an order.
    pub struct Holder {
        /// The name.
        pub name: String,
    }
}

answer! {
    /// A toy in a parcel.
    pub struct PackedToy {
        /// Its name.
        pub name: String,
    }
}

answer! {
    /// A page of receipts.
    pub struct ReceiptPage {
        /// The receipts.
        pub receipts: Vec<Receipt>,
    }
}

status! {
    /// How far an order is.
    pub enum OrderState {
        /// It was paid.
        Paid = "paid" => Paid,
        /// It waits.
        Waiting = "waiting" => Open,
        /// It will not come.
        Lost = "lost" => Closed,
    }
}

message! {
    []
    /// News of an order.
    #[event_id(id, state)]
    pub struct News {
        /// The gateway's number of the order.
        pub id: String,
        /// How far it is.
        pub state: OrderState,
    }
    also {
        /// What tells events apart.
        pub event_id: String,
    }
}
