//! Where requests go.

use payseal::{ApiForCrypto, Bitloga};

use super::{bitloga, secret};

#[test]
fn another_base_url() {
    let gateway = bitloga().base_url("http://127.0.0.1:8787/api/v1/");
    assert_eq!(gateway.balances(None).unwrap().request().url, "http://127.0.0.1:8787/api/v1/");
    let gateway = ApiForCrypto::new("w").base_url("http://127.0.0.1:8787/api/v1");
    assert_eq!(gateway.wallet().unwrap().request().url, "http://127.0.0.1:8787/api/v1/wallets/w");
}

#[test]
fn a_base_url_needs_no_slash_at_its_end() {
    for base_url in ["http://127.0.0.1/api/v1", "http://127.0.0.1/api/v1/"] {
        let gateway = ApiForCrypto::new("wallet").base_url(base_url);
        assert_eq!(gateway.wallet().unwrap().request().url, "http://127.0.0.1/api/v1/wallets/wallet");
        assert_eq!(gateway.invoice("1").unwrap().request().url, "http://127.0.0.1/api/v1/invoices/1");
    }
}

#[test]
fn what_is_no_base_url() {
    for refused in ["", "bitloga.com", "ftp://bitloga.com/", "https://", "https://bit loga.com/", "//bitloga.com/"] {
        let error = bitloga().base_url(refused).balances(None).unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("base_url")), "{refused}");
        let error = ApiForCrypto::new("w").base_url(refused).wallet().unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("base_url")), "{refused}");
    }
}

/// A line break in a header would end it.
#[test]
fn what_is_no_api_key() {
    for refused in ["", " ", "a b", "key\n", "key\r\nX-Other: 1", "ключ", "key\0"] {
        let error = Bitloga::new(refused, secret("secret")).balances(None).unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("api_key")), "{refused:?}");
    }
    assert!(bitloga().check().is_ok());
}

#[test]
fn of_an_invoice() {
    let gateway = ApiForCrypto::new("w/1");
    let url = |gateway: &ApiForCrypto, uuid| gateway.invoice(uuid).unwrap().into_request().url;
    assert_eq!(url(&gateway, "i 1"), "https://api.apiforcrypto.com/api/v1/invoices/i%201");
    let gateway = gateway.with_invoice_url("{base_url}wallets/{wallet_id}/invoices/{uuid}");
    assert_eq!(url(&gateway, "../é"), "https://api.apiforcrypto.com/api/v1/wallets/w%2F1/invoices/..%2F%C3%A9");
    assert_eq!(url(&gateway.with_invoice_url("https://other/?id={uuid}"), "a&b"), "https://other/?id=a%26b");
}

#[test]
fn that_lead_elsewhere() {
    for refused in ["", " ", ".", ".."] {
        assert_eq!(ApiForCrypto::new("w").invoice(refused).unwrap_err().field(), Some("uuid"), "{refused}");
        assert_eq!(ApiForCrypto::new(refused).wallet().unwrap_err().field(), Some("wallet_id"), "{refused}");
    }
    for refused in ["", "{base_url}invoices/", "{uuid}", "invoices/{uuid}", "ftp://other/{uuid}"] {
        let error = ApiForCrypto::new("w").with_invoice_url(refused).check().unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("invoice_url")), "{refused}");
    }
}

/// What comes after `?` or `#` would swallow what the client appends, or never be sent.
#[test]
fn with_a_query_or_a_fragment() {
    for refused in
        ["http://127.0.0.1/api/v1?key=1", "http://127.0.0.1/api/v1/?", "http://127.0.0.1/#/", "http://127.0.0.1#"]
    {
        let error = ApiForCrypto::new("w").base_url(refused).wallet().unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("base_url")), "{refused}");
        let error = bitloga().base_url(refused).balances(None).unwrap_err();
        assert_eq!((error.code(), error.field()), ("invalid_input", Some("base_url")), "{refused}");
    }
    let template = "{base_url}invoices/#{uuid}";
    let error = ApiForCrypto::new("w").with_invoice_url(template).invoice("1").unwrap_err();
    assert_eq!((error.code(), error.field()), ("invalid_input", Some("invoice_url")));
    assert!(ApiForCrypto::new("w").with_invoice_url("https://other/?id={uuid}").check().is_ok());
}
