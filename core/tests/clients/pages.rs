//! Codes, page after page.

use payseal::Call;
use payseal::bitloga::{CodePage, ListCodes};

use super::{bitloga, body};

fn page(call: &Call<CodePage>, codes: usize) -> CodePage {
    let codes = vec![r#"{"code":"c","amount":1,"currency":"USD","status":"Active"}"#; codes].join(",");
    call.parse(200, format!(r#"{{"data":[{codes}],"success":true}}"#).as_bytes()).unwrap()
}

/// The bodies of the calls made while pages of these lengths come back.
fn bodies(filter: ListCodes, lengths: &[usize]) -> Vec<String> {
    let gateway = bitloga();
    let mut pages = gateway.code_pages(filter);
    let mut bodies = Vec::new();
    for length in lengths {
        let call = pages.next_call().unwrap().unwrap();
        bodies.push(body(call.request()).into());
        pages.received(&page(&call, *length));
    }
    assert!(pages.next_call().unwrap().is_none(), "there is another page");
    pages.received(&page(&gateway.list_codes(&ListCodes::new()).unwrap(), 100));
    assert!(pages.next_call().unwrap().is_none(), "the end is not the end");
    bodies
}

#[test]
fn end_at_the_first_short_one() {
    assert_eq!(
        bodies(ListCodes::new().status("Active").limit(2), &[2, 2, 1]),
        [
            r#"{"action":"get","status":"Active","limit":2}"#,
            r#"{"action":"get","status":"Active","offset":2,"limit":2}"#,
            r#"{"action":"get","status":"Active","offset":4,"limit":2}"#,
        ]
    );
    assert_eq!(bodies(ListCodes::new().offset(7).limit(3), &[3, 0]).len(), 2);
    assert_eq!(bodies(ListCodes::new().limit(1), &[0]).len(), 1);
}

/// Nobody has published how long a page is if no limit is given: one of 20 codes need not be the last.
#[test]
fn of_unknown_length_end_with_an_empty_one() {
    assert_eq!(
        bodies(ListCodes::new(), &[20, 3, 0]),
        [r#"{"action":"get"}"#, r#"{"action":"get","offset":20}"#, r#"{"action":"get","offset":23}"#]
    );
}

#[test]
fn begin_where_they_are_told() {
    let bodies = bodies(ListCodes::new().offset(40).limit(100), &[100, 99]);
    assert_eq!(bodies[1], r#"{"action":"get","offset":140,"limit":100}"#);
}

#[test]
fn are_asked_for_again_until_they_came() {
    let gateway = bitloga();
    let mut pages = gateway.code_pages(ListCodes::new().limit(1));
    let first = pages.next_call().unwrap().unwrap();
    assert_eq!(first.parse(502, b"").unwrap_err().code(), "http_status");
    assert!(pages.next_call().unwrap().unwrap().request() == first.request());
    pages.received(&page(&first, 1));
    assert!(pages.next_call().unwrap().unwrap().request() != first.request());
}

#[test]
fn are_checked() {
    for refused in [ListCodes::new().limit(0), ListCodes::new().limit(101), ListCodes::new().offset(-1)] {
        assert_eq!(bitloga().code_pages(refused).next_call().unwrap_err().code(), "invalid_input");
    }
    assert_eq!(ListCodes::new().offset(i64::MAX).limit(1).next_page(1), None);
}
