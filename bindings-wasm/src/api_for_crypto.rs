//! What only clients of Api for Crypto can do.

use payseal::ApiForCrypto;
use payseal::apiforcrypto::NotificationFields;
use payseal::binding::{self, Parameters as _};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::operate;
use crate::output::Status;
use crate::wipe::wipe_stack;

/// Makes a notification. Its secret key is on the stack for a while.
#[wasm_bindgen]
pub fn test_notification(client: f64, length: u32) -> u32 {
    let output = operate(move |input, clients, output| {
        let Some(client) = clients.own::<ApiForCrypto>(client)? else { return Ok(Status::Evicted) };
        let fields = input.arguments(length, NotificationFields::SCHEMA.parameters)?;
        let notification = binding::test_notification(client, &fields)?;
        output.message_to_post(&notification.body, &notification.headers);
        Ok(Status::Done)
    });
    wipe_stack();
    output
}
