//! Bodies hold every text as `serde_json` would write it, and read back as what was given.

use payseal::apiforcrypto::{CreateInvoice as CreateCryptoInvoice, UserData};
use payseal::bitloga::{CreateInvoice, Withdraw};
use payseal::{Amount, ApiForCrypto, Bitloga, Request, Secret};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::cases;

/// Any text a parameter takes: not blank, without NUL.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{1,20}", "[\\x01-\\x7f]{1,20}", "[^\\x00]{1,20}", "[\"\\\\/\u{2028}é日😀]{1,9}"]
        .prop_filter("blank", |text| !text.trim().is_empty())
}

fn read(request: &Request) -> Value {
    serde_json::from_slice(request.body.as_ref().unwrap()).unwrap()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn of_bitloga(uniqueid in text(), purse in text(), name in text(), surname in text(), cents in 1..1_000_000_u32) {
        let amount: Amount = format!("{}.{:02}", cents / 100, cents % 100).parse().unwrap();
        let client = Bitloga::new("key", Secret::new("secret").unwrap());
        let withdraw = Withdraw::new(&uniqueid, "USD", "WMZ", amount.clone(), &purse).name(&name).surname(&surname);
        let body = client.withdraw(&withdraw).unwrap().request().body.clone().unwrap();
        let expected = format!(
            r#"{{"action":"withdraw","uniqueid":{},"currency":"USD","paysys":"WMZ","amount":{amount},"purse":{},"name":{},"surname":{}}}"#,
            quoted(&uniqueid), quoted(&purse), quoted(&name), quoted(&surname),
        );
        prop_assert_eq!(String::from_utf8(body).unwrap(), expected);
    }

    #[test]
    fn of_texts_that_are_not_given(purse in text(), desc in prop::option::of(text()), dtag in prop::option::of(text())) {
        let client = Bitloga::new("key", Secret::new("secret").unwrap());
        let invoice = CreateInvoice::new("1", "WMZ", Amount::from(1), &purse).desc(desc.clone()).dtag(dtag.as_ref());
        let mut expected = json!({"action": "invoice", "uniqueid": "1", "paysys": "WMZ", "amount": 1, "purse": purse});
        for (name, value) in [("desc", desc), ("dtag", dtag)] {
            if let Some(value) = value {
                expected[name] = value.into();
            }
        }
        prop_assert_eq!(read(client.create_invoice(&invoice).unwrap().request()), expected);
    }

    #[test]
    fn of_nested_objects(symbol in text(), order_id in text(), user_data in text(), value in 1_u64..) {
        let data = UserData::new().order_id(&order_id).user_data(user_data.as_str());
        let invoice = CreateCryptoInvoice::new("tron", &symbol, Amount::from(value), 15, 1).data(data);
        let call = ApiForCrypto::new("w").create_invoice(&invoice).unwrap();
        prop_assert_eq!(read(call.request()), json!({
            "blockchain": "tron", "symbol": symbol, "value": value, "expiry": 15, "confirmations": 1,
            "data": {"order_id": order_id, "user_data": user_data},
        }));
    }
}
