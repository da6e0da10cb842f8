//! Memory that has held secrets is wiped before it is given back: looked at by the allocator itself.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use payseal::apiforcrypto::{CreateInvoice, UserData};
use payseal::bitloga::{ApplyCode, CallbackFields, CreateCode};
use payseal::signature::{Key, Keys};
use payseal::{Amount, ApiForCrypto, Bitloga, Secret, SecretText};
use sha2::block_api::compress512;

/// Looks for [`NEEDLES`] in everything that is freed.
struct Searching;

static NEEDLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
static FOUND: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all memory is that of the system's allocator.
unsafe impl GlobalAlloc for Searching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises. Zeroed, so that everything in it may be looked at later.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        if let Some(needles) = NEEDLES.get() {
            // SAFETY: the caller gives the memory back, of which all is initialised.
            let bytes = unsafe { std::slice::from_raw_parts(memory, layout.size()) };
            let is_in = |needle: &Vec<u8>| bytes.windows(needle.len()).any(|window| window == needle);
            FOUND.fetch_add(needles.iter().filter(|needle| is_in(needle)).count(), Ordering::Relaxed);
        }
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Searching = Searching;

const SHORT: &str = "short secret 5f0c93bd77aa4e1b";
/// Longer than the block of SHA-512: hashed before it is used.
const LONG: &str = "a long secret c0de 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 \
                    0123456789 0123456789 its end 99f1";
const API_KEY: &str = "api-key-8d1f0e77aa93bd5f";
const CODE: &str = "wf9g-amrf-2o9t-831u";
const ORDER: &str = "order-125";

/// The state of SHA-512 before its first block.
const INITIAL: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Both states of the key that is made of a secret shorter than a block, as they are in memory.
fn states(secret: &str) -> [Vec<u8>; 2] {
    [0x36, 0x5c].map(|padding| {
        let mut block = [padding; 128];
        block.iter_mut().zip(secret.bytes()).for_each(|(byte, secret)| *byte ^= secret);
        let mut state = INITIAL;
        compress512(&mut state, &[block]);
        state.iter().flat_map(|word| word.to_ne_bytes()).collect()
    })
}

/// What is found in the memory that `work` frees.
fn found(work: impl FnOnce()) -> usize {
    let before = FOUND.load(Ordering::Relaxed);
    work();
    FOUND.load(Ordering::Relaxed) - before
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn bitloga() -> Bitloga {
    Bitloga::new(API_KEY, Keys::new([secret(SHORT), secret(LONG)]).unwrap())
}

/// One test: what others free at the same time would be looked at, too.
#[test]
fn before_it_is_freed() {
    let derived = Key::new(&secret(SHORT)).sign(ORDER.as_bytes()).to_hex();
    // A part of each, so that half a secret is found, too.
    let texts = [SHORT, LONG, API_KEY, CODE, &derived].map(|text| text.as_bytes()[text.len() - 16..].to_vec());
    let states = states(SHORT).map(|state| state[..16].to_vec());
    NEEDLES.set(texts.into_iter().chain(states.clone()).collect()).unwrap();

    assert_eq!(found(|| drop(black_box(String::from(SHORT)))), 1, "the search finds nothing");
    assert_eq!(found(|| drop(black_box(states[0].clone()))), 1, "the search finds nothing");

    assert_eq!(found(|| drop(secret(SHORT))), 0, "a secret");
    assert_eq!(found(|| drop(secret(LONG).clone())), 0, "a long secret");
    assert_eq!(found(|| drop(Key::new(&secret(SHORT)))), 0, "a key");
    assert_eq!(found(|| drop(Keys::new([secret(SHORT), secret(LONG), secret(SHORT)]).unwrap().clone())), 0, "keys");
    assert_eq!(found(|| drop(SecretText::from(CODE).clone())), 0, "a secret text");
    assert_eq!(found(|| drop(bitloga().clone())), 0, "a client");
    assert_eq!(found(use_bitloga), 0, "a client in use");
    assert_eq!(found(use_apiforcrypto), 0, "a client that derives secrets");
    assert_eq!(found(|| drop((CreateCode::new(Amount::from(1), "USD").pass(CODE), ApplyCode::new(CODE)))), 0, "codes");
}

fn use_bitloga() {
    let gateway = bitloga();
    let signed = gateway.sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    assert!(gateway.verify_callback(&signed.body, &signed.headers[1].1).is_ok());
    gateway.verify_callback(b"another body", &signed.headers[1].1).unwrap_err();
    assert_eq!(gateway.diagnose(&signed.body[1..], &signed.headers[1].1).cause.as_str(), "other");
    let create = gateway.create_code(&CreateCode::new(Amount::from(1), "USD")).unwrap();
    let body = format!(r#"{{"success":true,"code":"{CODE}"}}"#);
    create.parse(200, body.as_bytes()).unwrap();
    // What callers have in requests and bodies is theirs.
    std::mem::forget((create, body));
}

fn use_apiforcrypto() {
    let gateway = ApiForCrypto::new("wallet").notification_secret(&secret(SHORT));
    let invoice = CreateInvoice::new("tron", "USDT", Amount::from(1), 15, 1).data(UserData::new().order_id(ORDER));
    let call = gateway.create_invoice(&invoice).unwrap();
    std::mem::forget(call);
    let body = format!(
        r#"{{"id":"i","blockchain":"b","symbol":"s","address":"a","value":1,"status":"PAID","secret_key":"no",
            "data":{{"order_id":"{ORDER}"}}}}"#
    );
    gateway.verify_notification(body.as_bytes(), None).unwrap_err();
}
