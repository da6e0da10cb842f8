//! Answers of any bytes to every method: a byte for the method, one for the status, the body.

#![no_main]

use libfuzzer_sys::fuzz_target;
use payseal::apiforcrypto::CreateInvoice as CreateCryptoInvoice;
use payseal::binding::{API_FOR_CRYPTO, BITLOGA};
use payseal::bitloga::{ApplyCode, CreateCode, CreateInvoice, ListCodes, Withdraw};
use payseal::{Amount, Answer, ApiForCrypto, Bitloga, Call, DEFAULT_MAX_BODY, Result, Secret};

const STATUSES: [u16; 8] = [200, 201, 204, 301, 404, 429, 500, 0];

fuzz_target!(|data: &[u8]| {
    let [method, status, body @ ..] = data else { return };
    let (method, status) = (usize::from(*method) % 10, STATUSES[usize::from(*status) % 8]);
    let bitloga = Bitloga::new("key", Secret::new("secret").unwrap());
    let apiforcrypto = ApiForCrypto::new("wallet");
    let one = || Amount::from(1);
    match method {
        0 => agree(bitloga.balances(None), 0, status, body),
        1 => agree(bitloga.create_invoice(&CreateInvoice::new("1", "WMZ", one(), "Z1")), 1, status, body),
        2 => agree(bitloga.withdraw(&Withdraw::new("1", "USD", "WMZ", one(), "Z1")), 2, status, body),
        3 => agree(bitloga.details("1"), 3, status, body),
        4 => agree(bitloga.create_code(&CreateCode::new(one(), "USD")), 4, status, body),
        5 => agree(bitloga.apply_code(&ApplyCode::new("code")), 5, status, body),
        6 => agree(bitloga.list_codes(&ListCodes::new()), 6, status, body),
        7 => {
            let invoice = CreateCryptoInvoice::new("tron", "USDT", one(), 15, 1);
            agree(apiforcrypto.create_invoice(&invoice), 7, status, body);
        }
        8 => agree(apiforcrypto.invoice("1"), 8, status, body),
        _ => agree(apiforcrypto.wallet(), 9, status, body),
    }
});

/// The typed interface takes what the table of the method lets through, and nothing else.
fn agree<T: Answer>(call: Result<Call<T>>, method: usize, status: u16, body: &[u8]) {
    let read = match method.checked_sub(BITLOGA.methods.len()) {
        None => BITLOGA.methods[method].read,
        Some(method) => API_FOR_CRYPTO.methods[method].read,
    };
    let table = read(status, body, DEFAULT_MAX_BODY);
    let typed = call.unwrap().parse(status, body);
    if table.is_ok() {
        assert!((200..300).contains(&status));
    }
    assert_eq!(typed.err(), table.err());
}
