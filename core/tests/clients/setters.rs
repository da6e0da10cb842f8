//! What setters take: values, what becomes one, and an `Option` of either where a parameter is optional.

use payseal::apiforcrypto::{CreateInvoice as CreateCryptoInvoice, FiatCurrency, UserData};
use payseal::bitloga::{
    CallbackFields, CodeStatus, Comis, CreateCode, CreateInvoice, ListCodes, TransactionStatus, TransactionType,
};
use payseal::{Amount, LongText, SecretText, Url};

use super::{amount, bitloga};

fn invoice() -> CreateInvoice {
    CreateInvoice::new("125", "WMZ", Amount::from(1), "Z1")
}

#[test]
fn take_texts_of_every_kind() {
    let owned = String::from("D");
    for invoice in [
        invoice().dtag("D"),
        invoice().dtag(&owned),
        invoice().dtag(owned.clone()),
        invoice().dtag(Some("D")),
        invoice().dtag(Some(&owned)),
        invoice().dtag(Some(owned.clone())),
    ] {
        assert_eq!(invoice.dtag.as_deref(), Some("D"));
    }
    assert_eq!(invoice().dtag("D").dtag(None::<&str>).dtag, None);
    let long = [
        invoice().desc("D"),
        invoice().desc(owned.clone()),
        invoice().desc(Some("D")),
        invoice().desc(LongText::from("D")),
    ];
    assert!(long.iter().all(|invoice| invoice.desc == Some("D".into())));
    let url = "https://shop.example/";
    let urls = [invoice().callbackurl(url), invoice().callbackurl(Some(url)), invoice().callbackurl(Url::from(url))];
    assert!(urls.iter().all(|invoice| invoice.callbackurl == Some(url.into())));
    let code = || CreateCode::new(Amount::from(1), "USD");
    assert_eq!(code().pass("p").pass, code().pass(Some(SecretText::from("p"))).pass);
}

#[test]
fn take_numbers() {
    assert_eq!(invoice().pay_amount(amount("1.50")), invoice().pay_amount(Some(amount("1.50"))));
    assert_eq!(invoice().amount(5).amount, Some(Amount::from(5)));
    assert_eq!(invoice().amount(5).amount(None::<Amount>).amount, None);
    assert_eq!(ListCodes::new().limit(10).limit, Some(10));
    assert_eq!(ListCodes::new().limit(10).limit(None::<i64>).limit, None);
}

#[test]
fn take_known_values_and_their_texts() {
    let all = [
        ListCodes::new().status(CodeStatus::Active),
        ListCodes::new().status("Active"),
        ListCodes::new().status(Some("Active")),
    ];
    assert!(all.iter().all(|codes| codes.status == Some(CodeStatus::Active)));
    assert_eq!(invoice().comis(Comis::Payee), invoice().comis(String::from("payee")));
    let fields = CallbackFields::new("WMZ", Amount::from(1), "Z1", 5, "125");
    let fields = fields.r#type(TransactionType::Withdraw).status(TransactionStatus::Error);
    let signed = bitloga().sign_callback(&fields).unwrap();
    let callback = bitloga().verify_callback(&signed.body, &signed.headers[1].1).unwrap();
    assert_eq!((callback.r#type, callback.status), (TransactionType::Withdraw, TransactionStatus::Error));
}

#[test]
fn take_groups() {
    let invoice = || CreateCryptoInvoice::new("tron", "USDT", Amount::from(1), 15, 1);
    let data = UserData::new().order_id("125");
    assert_eq!(invoice().data(data.clone()), invoice().data(Some(data)));
    assert_eq!(invoice().fiatCurrency(None::<FiatCurrency>).fiatCurrency, None);
}
