//! What `Debug` and errors do not say: secrets, signatures, bearer identifiers, passwords, bodies.

#![allow(clippy::unwrap_used, reason = "tests")]

mod every_type;

use std::fmt::Debug;

use payseal::apiforcrypto::{ApiForCrypto, CreateInvoice, GetInvoice, UserData};
use payseal::bitloga::{ApplyCode, Bitloga, CallbackFields, CreateCode, ListCodes};
use payseal::signature::{Key, Keys, Source};
use payseal::{Amount, Secret, SecretText};

const API_KEY: &str = "api-key-8d1f";
const SECRET: &str = "secret-5f0c";
const WALLET: &str = "wallet-77aa";
const UUID: &str = "uuid-0d9f2c7e";
const SECRET_KEY: &str = "secret-key-93bd";
const PASSWORD: &str = "password-4e1b";
const CODE: &str = "wf9g-amrf-2o9t-831u";
const CONFIDENTIAL: [&str; 7] = [API_KEY, SECRET, WALLET, UUID, SECRET_KEY, PASSWORD, CODE];

/// Neither form of `Debug` shows any of the constants above, or a signature.
fn assert_discreet(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for confidential in CONFIDENTIAL {
            assert!(!text.contains(confidential), "{text}");
            assert!(!text.contains(&format!("{:?}", confidential.as_bytes())), "{text}");
        }
        let hexadecimal = |run: &str| run.len() >= 64 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(!text.split(|c: char| !c.is_ascii_alphanumeric()).any(hexadecimal), "{text}");
    }
}

fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

fn bitloga() -> Bitloga {
    Bitloga::new(API_KEY, Keys::new([secret(), Secret::new(PASSWORD).unwrap()]).unwrap())
}

fn apiforcrypto() -> ApiForCrypto {
    ApiForCrypto::new(WALLET).notification_secret(&secret())
}

#[test]
fn of_signatures() {
    let key = Key::new(&secret());
    let signature = key.sign(b"message");
    let text = signature.to_hex();
    assert_discreet(&secret());
    assert_discreet(&key);
    assert_discreet(&Keys::from(secret()));
    assert_discreet(&signature);
    assert_discreet(&Source::Signature(&text));
    assert_discreet(&Source::HeaderValues(vec![&text]));
    assert_discreet(&SecretText::from(SECRET_KEY));
}

#[test]
fn of_bitloga() {
    let gateway = bitloga();
    let code = CreateCode::new(Amount::from(1), "USD").pass(PASSWORD);
    let apply = ApplyCode::new(CODE).pass(PASSWORD);
    let call = gateway.create_code(&code).unwrap();
    assert!(String::from_utf8_lossy(call.request().body.as_ref().unwrap()).contains(PASSWORD));
    assert_discreet(&gateway);
    assert_discreet(&code);
    assert_discreet(&apply);
    assert_discreet(&call);
    assert_discreet(call.request());
    assert_discreet(&gateway.code_pages(ListCodes::new().code(CODE)));
    let created = call.parse(200, format!(r#"{{"code":"{CODE}","success":true}}"#).as_bytes()).unwrap();
    assert_eq!(created.code, CODE);
    assert_discreet(&created);
    let fields = CallbackFields::new(PASSWORD, Amount::from(1), SECRET_KEY, 5, UUID);
    assert_discreet(&gateway.sign_callback(&fields).unwrap());
}

#[test]
fn of_apiforcrypto() {
    let gateway = apiforcrypto();
    let invoice = CreateInvoice::new("tron", "USDT", Amount::from(1), 15, 1).secret_key(SECRET_KEY);
    let derived = CreateInvoice::new("tron", "USDT", Amount::from(1), 15, 1).data(UserData::new().order_id("125"));
    assert_discreet(&gateway);
    assert_discreet(&invoice);
    assert_discreet(&gateway.create_invoice(&invoice).unwrap());
    assert_discreet(&gateway.create_invoice(&derived).unwrap());
    assert_discreet(gateway.invoice(UUID).unwrap().request());
    assert_discreet(gateway.wallet().unwrap().request());
    assert_discreet(&GetInvoice::new(UUID));
}

#[test]
fn of_answers() {
    let gateway = apiforcrypto();
    let wallet = format!(r#"{{"id":"{WALLET}","accounts":[]}}"#);
    let wallet = gateway.wallet().unwrap().parse(200, wallet.as_bytes()).unwrap();
    assert_eq!(wallet.id, WALLET);
    assert_discreet(&wallet);

    let body = format!(
        r#"{{"id":"{UUID}","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID",
            "secret_key":"{SECRET_KEY}","data":{{"order_id":"125","secret_key":"{SECRET_KEY}"}}}}"#
    );
    let invoice = gateway.invoice(UUID).unwrap().parse(200, body.as_bytes()).unwrap();
    let notification = gateway.verify_notification(body.as_bytes(), Some(SECRET_KEY)).unwrap();
    assert_eq!(notification.id, UUID);
    assert_eq!(notification.event_id, format!("{UUID}:PAID").as_str());
    assert_discreet(&invoice);
    assert_discreet(&notification);
    assert!(notification.extra.is_empty() && notification.data.as_ref().unwrap().extra.is_empty());
}

#[test]
fn of_errors() {
    let (bitloga, apiforcrypto) = (bitloga(), apiforcrypto());
    let confidential = CONFIDENTIAL.join(" ");
    let signature = Key::new(&secret()).sign(b"another message").to_hex();
    let reply = format!(r#"{{"success":false,"error":"refused","request":"{confidential} {signature}"}}"#);
    let notification = format!(r#"{{"id":"{UUID}","secret_key":"{SECRET_KEY}"}}"#);
    let errors = [
        Secret::new(format!(" {SECRET}")).unwrap_err(),
        bitloga.verify_callback(confidential.as_bytes(), &signature).unwrap_err(),
        bitloga.verify_callback(confidential.as_bytes(), &signature[1..]).unwrap_err(),
        bitloga.balances(None).unwrap().parse(200, reply.as_bytes()).unwrap_err(),
        bitloga.balances(None).unwrap().parse(200, confidential.as_bytes()).unwrap_err(),
        bitloga.create_code(&CreateCode::new(Amount::from(0), "USD").pass(PASSWORD)).unwrap_err(),
        bitloga.create_code(&CreateCode::new(Amount::from(1), "USD").pass(PASSWORD.repeat(100))).unwrap_err(),
        Bitloga::new(format!("{API_KEY}\n"), secret()).check().unwrap_err(),
        apiforcrypto.wallet().unwrap().parse(500, reply.as_bytes()).unwrap_err(),
        apiforcrypto.invoice(&format!("{UUID}\0")).unwrap_err(),
        apiforcrypto.verify_notification(notification.as_bytes(), Some(PASSWORD)).unwrap_err(),
        apiforcrypto.verify_notification(notification.as_bytes(), Some(SECRET_KEY)).unwrap_err(),
        apiforcrypto.verify_notification(notification.as_bytes(), None).unwrap_err(),
        apiforcrypto.clone().base_url(WALLET).check().unwrap_err(),
    ];
    for error in errors {
        assert_discreet(&error);
        let text = error.to_string();
        assert!(!CONFIDENTIAL.iter().any(|confidential| text.contains(confidential)), "{text}");
        assert!(!text.contains(&signature), "{text}");
    }
}

/// An address may hold a user and a password.
#[test]
fn of_addresses() {
    for address in [
        format!("https://{SECRET}:{PASSWORD}@gateway.example/api/v1/"),
        format!("https://{PASSWORD}@gateway.example:8080/"),
        format!("https://a@b:{PASSWORD}@gateway.example/a@b"),
        format!("{PASSWORD}@gateway.example"),
        format!("https:/{PASSWORD}"),
    ] {
        let (bitloga, apiforcrypto) = (bitloga().base_url(&*address), apiforcrypto().base_url(&*address));
        assert_discreet(&bitloga);
        assert_discreet(&apiforcrypto);
        assert_discreet(&bitloga.check());
        assert_discreet(&apiforcrypto.check());
    }
    let shown = format!("{:?}", bitloga().base_url(format!("https://a:{PASSWORD}@gateway.example:8080/a@b")));
    assert!(shown.contains("https://gateway.example:8080/a@b"), "{shown}");
    assert!(format!("{:?}", bitloga()).contains("https://bitloga.com/api/v1/"));
}
