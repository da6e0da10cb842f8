//! When an invoice of Api for Crypto is final.

use payseal::ApiForCrypto;
use payseal::apiforcrypto::CryptoInvoice;

fn invoice(status: &str, active: &str) -> CryptoInvoice {
    let body = format!(
        r#"{{"id":"5b6e1f0a","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"{status}",
            "active":{active}}}"#
    );
    ApiForCrypto::new("wallet-id").invoice("5b6e1f0a").unwrap().parse(200, body.as_bytes()).unwrap()
}

#[test]
fn one_that_is_paid_is_final() {
    for active in ["true", "false", "null"] {
        assert!(invoice("PAID", active).is_final(), "{active}");
    }
}

#[test]
fn one_that_expired_without_being_paid_is_final() {
    for status in ["NOT_PAID", "PARTIALLY_PAID"] {
        for (active, is_final) in [("false", true), ("\"false\"", true), ("true", false), ("null", false)] {
            let invoice = invoice(status, active);
            assert_eq!((invoice.is_final(), invoice.status.is_final()), (is_final, false), "{status} {active}");
        }
    }
}

#[test]
fn one_with_a_payment_under_way_is_not() {
    for status in ["IN_MEMPOOL", "IN_BLOCK", "SOMETHING_NEW"] {
        for active in ["true", "false", "null"] {
            assert!(!invoice(status, active).is_final(), "{status} {active}");
        }
    }
}

#[test]
fn a_notification_knows_it_too() {
    let body = br#"{"id":"5b6e1f0a","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"NOT_PAID",
        "active":false,"secret_key":"s"}"#;
    assert!(ApiForCrypto::new("wallet-id").verify_notification(body, Some("s")).unwrap().is_final());
}
