//! Callbacks: signed, retried with growing pauses, at most ten times.

use std::time::Duration;

use payseal_sandbox::Options;

use crate::harness::{Receiver, Running, a_while, options, sign, start, start_with};

async fn create(sandbox: &Running, uniqueid: &str, callbackurl: &str) {
    let body = format!(
        r#"{{"action":"invoice","uniqueid":"{uniqueid}","paysys":"WMZ","amount":1.00,"purse":"Z123456789012","dtag":"9","name":"A","surname":"B","callbackurl":"{callbackurl}"}}"#
    );
    sandbox.bitloga(&body).await.ok();
}

async fn pay(sandbox: &Running, uniqueid: &str) {
    sandbox.post(&format!("/sandbox/invoices/{uniqueid}/pay"), "").await.ok();
}

#[tokio::test]
async fn a_callback_as_documented() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    create(&sandbox, "125", &shop.url).await;
    a_while().await;
    assert!(shop.received().is_empty(), "nothing before it is paid");
    pay(&sandbox, "125").await;
    let received = shop.wait_for(1).await.remove(0);
    assert_eq!(
        received.body,
        r#"{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Payed","dtag":"9","name":"A","surname":"B","invoiceid":1,"uniqueid":"125"}"#
    );
    assert_eq!(received.signature, Some(sign(&received.body)));
    a_while().await;
    assert_eq!(shop.received().len(), 1, "nothing after it was answered with 200");
}

#[tokio::test]
async fn retried_with_growing_pauses_until_200() {
    let sandbox = start_with(Options { pause_scale: 0.04, ..options() }).await;
    // 201 and a redirect are not a success either, and redirects are not followed.
    let shop = Receiver::start(&[500, 201, 307, 404]).await;
    create(&sandbox, "1", &shop.url).await;
    pay(&sandbox, "1").await;
    let received = shop.wait_for(5).await;
    let pauses: Vec<Duration> = received.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    for (pause, least) in pauses.iter().zip([40, 80, 160, 320]) {
        assert!(*pause >= Duration::from_millis(least - 5), "{pauses:?}");
    }
    assert!(received.iter().all(|again| again.body == received[0].body && again.signature == received[0].signature));

    let attempts = sandbox.wait_for_deliveries(5).await;
    let statuses: Vec<_> = attempts.iter().map(|attempt| attempt["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [500, 201, 307, 404, 200]);
    let numbers: Vec<_> = attempts.iter().map(|attempt| attempt["attempt"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(attempts[0]["url"], shop.url);
    assert_eq!(attempts[0]["body"], received[0].body);
    assert_eq!(attempts[0]["subject"], "1");
    assert!(attempts[0]["time"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn given_up_after_ten_attempts() {
    let sandbox = start_with(Options { pause_scale: 0.001, ..options() }).await;
    let shop = Receiver::start(&[503; 20]).await;
    create(&sandbox, "1", &shop.url).await;
    pay(&sandbox, "1").await;
    shop.wait_for(10).await;
    sandbox.wait_for_deliveries(10).await;
    assert_eq!(sandbox.state().await["pending"].as_array().unwrap().len(), 0);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(shop.received().len(), 10);

    sandbox.post("/sandbox/invoices/1/resend", "").await.ok();
    shop.wait_for(11).await;
    let attempts = sandbox.wait_for_deliveries(11).await;
    assert_eq!(attempts[10]["attempt"], 1, "a resent callback has attempts of its own");
}

#[tokio::test]
async fn an_unreachable_server_is_tried_again() {
    let sandbox = start().await;
    // Nothing listens on the port of a socket that was closed.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    create(&sandbox, "1", &format!("http://127.0.0.1:{port}/")).await;
    pay(&sandbox, "1").await;
    let attempts = sandbox.wait_for_deliveries(3).await;
    assert!(attempts.iter().all(|attempt| attempt["status"].is_null() && attempt["error"].is_string()));
    let pending = &sandbox.state().await["pending"];
    assert!(pending[0]["next_attempt"].is_string(), "{pending}");
}

#[tokio::test]
async fn only_a_paid_invoice_with_a_callbackurl_has_a_callback() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    create(&sandbox, "1", &shop.url).await;
    sandbox.post("/sandbox/invoices/1/resend", "").await.refused(409, "Created");
    create(&sandbox, "2", "").await;
    pay(&sandbox, "2").await;
    sandbox.post("/sandbox/invoices/2/resend", "").await.refused(409, "callbackurl");
    sandbox.post("/sandbox/invoices/1/fail", "").await.ok();
    a_while().await;
    assert!(shop.received().is_empty());
}

#[tokio::test]
async fn invoices_can_pay_themselves() {
    let sandbox = start_with(Options { auto_pay: Some(Duration::from_millis(20)), ..options() }).await;
    let shop = Receiver::start(&[]).await;
    create(&sandbox, "1", &shop.url).await;
    assert_eq!(shop.wait_for(1).await[0].json()["status"], "Payed");
}

#[tokio::test]
async fn php_spelling_is_what_is_signed() {
    let sandbox = start_with(Options { php_json: true, ..options() }).await;
    let shop = Receiver::start(&[]).await;
    let body = format!(
        r#"{{"action":"invoice","uniqueid":"a/б","paysys":"USD","amount":10.50,"callbackurl":"{}"}}"#,
        shop.url
    );
    sandbox.bitloga(&body).await.ok();
    pay(&sandbox, "a%2F%D0%B1").await;
    let received = shop.wait_for(1).await.remove(0);
    assert_eq!(
        received.body,
        r#"{"to":"USD","amount":10.5,"type":"Invoice","status":"Payed","invoiceid":1,"uniqueid":"a\/\u0431"}"#
    );
    assert_eq!(received.signature, Some(sign(&received.body)));
}
