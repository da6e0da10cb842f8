//! Every public type, with something confidential in every place that may hold it.

use std::any::type_name;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use payseal::apiforcrypto::{
    CreateInvoice as CreateCryptoInvoice, CryptoInvoiceStatus, FiatCurrency, GetInvoice, Notification,
    NotificationFields, UserData,
};
use payseal::bitloga::{
    ApplyCode, Bitloga, Callback, CallbackFields, CodeStatus, Comis, CreateCode, CreateInvoice, Details, Expected,
    GetBalances, GetDetails, Hints, ListCodes, RequisitesType, TransactionStatus, TransactionType, Withdraw,
};
use payseal::driver::{self, Pause, System};
use payseal::payout::{Step, Timestamp};
use payseal::signature::{Key, Keys, Source};
use payseal::watch::{self, Watch, WatchPolicy};
use payseal::{Amount, Call, Cause, Error, LongText, Optional, Proof, Request, SecretText, Url, Value};

use super::{
    API_KEY, CODE, PASSWORD, SECRET, SECRET_KEY, UUID, WALLET, apiforcrypto, assert_discreet, bitloga, secret,
};

/// The names of the types that were looked at.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    fn look<T: Debug>(&mut self, value: &T) {
        assert_discreet(value);
        let name = type_name::<T>().split('<').next().unwrap_or_default();
        self.0.insert(name.rsplit("::").next().unwrap_or_default().into());
    }
}

#[test]
fn is_discreet() {
    let mut seen = Seen::default();
    look_at_secrets(&mut seen);
    look_at_parameters(&mut seen);
    look_at_bitloga(&mut seen);
    look_at_payouts(&mut seen);
    look_at_watches(&mut seen);
    look_at_drivers(&mut seen);
    look_at_apiforcrypto(&mut seen);
    look_at_errors(&mut seen);
    let missing: Vec<_> = public_types().difference(&seen.0).cloned().collect();
    assert!(missing.is_empty(), "nobody has looked at {missing:?}: add them to this test");
}

/// The names of all types that the sources declare public, without the interface to bindings.
fn public_types() -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    collect_types(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut types);
    assert!(types.len() > 50, "only found {types:?}");
    // Part of that interface, though they are declared elsewhere, or named by sealed traits only.
    for hidden in ["Observed", "Sighting", "TextSpan"] {
        assert!(types.remove(hidden), "{hidden}");
    }
    types.extend(["LongText", "Optional", "SecretText", "Url"].map(String::from));
    types
}

fn collect_types(folder: &Path, types: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if ["schema", "gateway.rs"].iter().any(|hidden| entry.file_name() == *hidden) {
            continue;
        }
        if path.is_dir() {
            collect_types(&path, types);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(path).unwrap();
            let declared = text.lines().filter_map(|line| {
                let line = line.trim_start();
                let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|character: char| !character.is_alphanumeric()).next()
            });
            types.extend(declared.map(String::from));
        }
    }
}

fn look_at_secrets(seen: &mut Seen) {
    let key = Key::new(&secret());
    let signature = key.sign(SECRET_KEY.as_bytes());
    seen.look(&secret());
    seen.look(&key);
    seen.look(&Keys::new([secret(), secret()]).unwrap());
    seen.look(&signature);
    seen.look(&Source::Signature(&signature.to_hex()));
    seen.look(&Hints::new().secret(SECRET).headers([("x-api-key", API_KEY)]));
    seen.look(&SecretText::from(SECRET_KEY));
    seen.look(&LongText::from("a description"));
    seen.look(&Url::from("https://shop.example/callback"));
    seen.look(&Amount::from(1));
    seen.look(&Optional::from(SecretText::from(SECRET_KEY)));
}

fn look_at_parameters(seen: &mut Seen) {
    let one = || Amount::from(1);
    seen.look(&GetBalances::new());
    seen.look(&CreateInvoice::new("125", "WMZ", one(), "Z1"));
    seen.look(&Withdraw::new("135", "USD", "WMZ", one(), "Z1"));
    seen.look(&GetDetails::new("125"));
    seen.look(&CreateCode::new(one(), "USD").pass(PASSWORD));
    seen.look(&ApplyCode::new(CODE).pass(PASSWORD));
    seen.look(&ListCodes::new().code(CODE));
    seen.look(&Expected::new().uniqueid("125"));
    seen.look(&CallbackFields::new("WMZ", one(), "Z1", 5, "125"));
    seen.look(&GetInvoice::new(UUID));
    seen.look(&FiatCurrency::new("USD", one()));
    seen.look(&UserData::new().order_id("125"));
    seen.look(&CreateCryptoInvoice::new("tron", "USDT", one(), 15, 1).secret_key(SECRET_KEY));
}

fn answer<T: payseal::Answer + Debug>(seen: &mut Seen, call: &Call<T>, body: &str) -> T {
    seen.look(call);
    seen.look(call.request());
    let answer = call.parse(200, body.as_bytes()).unwrap();
    seen.look(&answer);
    answer
}

fn look_at_bitloga(seen: &mut Seen) {
    let gateway = bitloga();
    seen.look(&gateway);
    let balances = answer(seen, &gateway.balances(None).unwrap(), r#"{"USD":1,"success":true}"#);
    seen.look(&balances.extra);
    let invoice = gateway.create_invoice(&CreateInvoice::new("125", "WMZ", Amount::from(1), "Z1")).unwrap();
    let requisites =
        r#"{"invoice":"https://x/id-1","requisites":{"amount":1,"currency":"RUB","type":"card"},"success":true}"#;
    let invoice = answer(seen, &invoice, requisites);
    seen.look(&invoice.requisites[0]);
    let withdraw = gateway.withdraw(&Withdraw::new("135", "USD", "WMZ", Amount::from(1), "Z1")).unwrap();
    answer(seen, &withdraw, WITHDRAWN);
    for body in [WITHDRAWN, BILLED, r#"{"type":"Exchange","status":"Frozen","uniqueid":"1","success":true}"#] {
        match answer(seen, &gateway.details("125").unwrap(), body) {
            Details::Withdraw(details) => seen.look(&details),
            Details::Invoice(details) => seen.look(&details),
            Details::Other(details) => seen.look(&details),
            other => unreachable!("{other:?}"),
        }
    }
    let create = gateway.create_code(&CreateCode::new(Amount::from(1), "USD").pass(PASSWORD)).unwrap();
    answer(seen, &create, &format!(r#"{{"code":"{CODE}","success":true}}"#));
    let apply = gateway.apply_code(&ApplyCode::new(CODE).pass(PASSWORD)).unwrap();
    answer(seen, &apply, r#"{"amount":1,"currency":"USD","success":true}"#);
    seen.look(&gateway.code_pages(ListCodes::new().code(CODE)));
    let page =
        format!(r#"{{"data":[{{"code":"{CODE}","amount":1,"currency":"USD","status":"Active"}}],"success":true}}"#);
    let page = answer(seen, &gateway.list_codes(&ListCodes::new().code(CODE)).unwrap(), &page);
    seen.look(&page.data[0]);
    look_at_callbacks(seen);
    seen.look(&TransactionStatus::Payed);
    seen.look(&TransactionType::Invoice);
    seen.look(&CodeStatus::Active);
    seen.look(&RequisitesType::Card);
    seen.look(&Comis::Payer);
}

const WITHDRAWN: &str = r#"{"from":"USD","to":"WMZ","amount_from":1,"amount_from_comis":1,"amount_to":1,"purse":"Z1",
    "type":"Withdraw","status":"Complete","orderid":29,"uniqueid":"135","success":true}"#;
const BILLED: &str =
    r#"{"to":"WMZ","amount":1,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}"#;

fn look_at_callbacks(seen: &mut Seen) {
    let signed = bitloga().sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    seen.look(&signed);
    let callback: Callback = bitloga().verify_callback(&signed.body, &signed.headers[1].1).unwrap();
    seen.look(&callback);
    let diagnosis = bitloga().diagnose(&signed.body, &signed.headers[1].1);
    seen.look(&diagnosis);
    seen.look(&Cause::Valid);
}

fn look_at_payouts(seen: &mut Seen) {
    let (mut payout, now) = (
        bitloga().payout(&Withdraw::new("135", "USD", "WMZ", Amount::from(1), "Z1")).unwrap(),
        Timestamp::from_millis(0),
    );
    seen.look(&payout);
    let step = payout.next(&bitloga(), now).unwrap();
    seen.look(&step);
    let Step::Send(outgoing) = step else { unreachable!("{step:?}") };
    seen.look(&outgoing);
    payout.on_response(&outgoing, 200, WITHDRAWN.as_bytes(), now).unwrap();
    seen.look(&payout.progress());
    seen.look(payout.policy());
    let step = payout.next(&bitloga(), now).unwrap();
    seen.look(&step);
    let Step::Done(outcome) = step else { unreachable!("{step:?}") };
    seen.look(&outcome);
    seen.look(&outcome.verdict);
    seen.look(&outcome.verdict.has_money_moved());
    seen.look(&now);
}

fn look_at_watches(seen: &mut Seen) {
    let now = Timestamp::from_millis(0);
    let mut watch = Watch::invoice(&bitloga(), CODE).unwrap();
    seen.look(&watch);
    seen.look(&WatchPolicy::new());
    let watch::Step::Send(outgoing) = watch.next(&bitloga(), now).unwrap() else { unreachable!("{watch:?}") };
    watch.on_response(&outgoing, 200, BILLED.replace("125", CODE).as_bytes(), now).unwrap();
    let step = watch.next(&bitloga(), now).unwrap();
    seen.look(&step);
    let watch::Step::Done(outcome) = step else { unreachable!("{step:?}") };
    seen.look(&outcome);
    seen.look(&outcome.verdict);

    let gateway = apiforcrypto();
    let mut watch = Watch::crypto_invoice(&gateway, UUID).unwrap();
    seen.look(&watch);
    seen.look(&watch.next(&gateway, now).unwrap());
    seen.look(&watch);
}

fn look_at_drivers(seen: &mut Seen) {
    type Send = fn(&Request) -> Option<(u16, Vec<u8>)>;
    type Store = fn(&str, u64) -> Result<(), String>;
    let withdraw = Withdraw::new("135", "USD", "WMZ", Amount::from(1), "Z1");
    let mut payout = bitloga().payout(&withdraw).unwrap();
    let send: Send = |_| None;
    let store: Store = |text, _| if text.contains("Z1") { Ok(()) } else { Err(text.into()) };
    let mut system = System::new(|request: &Request| send(request).ok_or("no answer"), store);
    seen.look(&System::new(send, store));
    seen.look(&driver::advance(&mut payout, &bitloga(), &mut system).unwrap());
    seen.look(&payout);
    seen.look(&driver::run(&mut payout, &Bitloga::new("other", secret()), &mut system).unwrap_err());
    seen.look(&Pause::Stop);
}

fn look_at_apiforcrypto(seen: &mut Seen) {
    let gateway = apiforcrypto();
    seen.look(&gateway);
    let wallet = format!(r#"{{"id":"{WALLET}","accounts":[{{"blockchain":"tron","symbol":"USDT"}}]}}"#);
    let wallet = answer(seen, &gateway.wallet().unwrap(), &wallet);
    seen.look(&wallet.accounts[0]);
    let body = format!(
        r#"{{"id":"{UUID}","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID","secret_key":
            "{SECRET_KEY}","fiat_currency":{{"currency":"USD"}},"data":{{"order_id":"1","secret_key":"{SECRET_KEY}"}}}}"#
    );
    let invoice = answer(seen, &gateway.invoice(UUID).unwrap(), &body);
    seen.look(&invoice.status);
    seen.look(&invoice.fiat_currency.unwrap());
    seen.look(&invoice.data.unwrap());
    let notification: Notification = gateway.verify_notification(body.as_bytes(), Some(SECRET_KEY)).unwrap();
    seen.look(&notification);
    seen.look(&CryptoInvoiceStatus::Paid);
    let fields = NotificationFields::new(UUID, "tron", "USDT", "T1", Amount::from(1)).secret_key(SECRET_KEY);
    seen.look(&fields);
    seen.look(&gateway.test_notification(&fields).unwrap());
}

fn look_at_errors(seen: &mut Seen) {
    let gateway = bitloga();
    let body = format!(r#"{{"success":false,"error":"no","request":"{API_KEY} {SECRET} {CODE} {PASSWORD}"}}"#);
    let error = gateway.balances(None).unwrap().parse(200, body.as_bytes()).unwrap_err();
    seen.look(&error);
    seen.look(&error.family());
    seen.look(error.reply().unwrap());
    let signed = gateway.sign_callback(&CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125")).unwrap();
    let callback = gateway.verify_callback(&signed.body, &signed.headers[1].1).unwrap();
    let error = callback.expect(&Expected::new().uniqueid("126")).unwrap_err();
    let Error::Mismatch { differences, .. } = &error else { unreachable!("{error}") };
    seen.look(&differences[0]);
    seen.look(&Proof::Signature);
    seen.look(&Value::Null);
}
