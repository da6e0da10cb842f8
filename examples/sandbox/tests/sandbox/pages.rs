//! The page at `/`, and the pages payers are sent to.

use crate::harness::{Receiver, send, start};

#[tokio::test]
async fn the_page_and_what_it_needs_are_served() {
    let sandbox = start().await;
    for (path, content_type, content) in [
        ("/", "text/html", "<title>payseal sandbox</title>"),
        ("/page.css", "text/css", "font"),
        ("/page/layout.css", "text/css", "grid"),
        ("/page/main.js", "text/javascript", "import"),
        ("/page/views/trigger.js", "text/javascript", "export function trigger"),
        ("/page/icon.svg", "image/svg+xml", "<svg"),
    ] {
        let response = sandbox.client.get(sandbox.url(path)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with(content_type));
        assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
        assert!(response.text().await.unwrap().contains(content));
    }
    sandbox.get("/nothing").await.refused(404, "nothing");
    sandbox.get("/api/v1/").await.refused(405, "method");
}

/// A body that was sent and not read would close the connection under the next request.
#[tokio::test]
async fn connections_outlive_bodies_nobody_asked_for() {
    let sandbox = start().await;
    let body = "{}".repeat(10_000);
    for _ in 0..300 {
        sandbox.post("/sandbox/invoices/none/pay", &body).await.refused(404, "");
        sandbox.post("/nothing", &body).await.refused(404, "");
    }
}

#[tokio::test]
async fn paying_on_the_page_of_an_invoice() {
    let (sandbox, shop) = (start().await, Receiver::start(&[]).await);
    let body = format!(
        r#"{{"action":"invoice","uniqueid":"1","paysys":"WMZ","amount":1.00,"purse":"Z1","desc":"<script>alert(1)</script>","callbackurl":"{}","successurl":"https://shop.example/thanks"}}"#,
        shop.url
    );
    let url = sandbox.bitloga(&body).await.ok()["invoice"].as_str().unwrap().to_owned();
    let page = send(sandbox.client.get(&url)).await.text;
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script>"), "{page}");

    let pay = url.replace("/step-4", "/pay");
    let response = sandbox.client.post(&pay).send().await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "https://shop.example/thanks");
    shop.wait_for(1).await;
    assert_eq!(sandbox.client.post(&pay).send().await.unwrap().status(), 409);
    let page = send(sandbox.client.get(&url)).await.text;
    assert!(page.contains("Payed") && !page.contains("<button>"), "{page}");
    assert_eq!(sandbox.get("/exchange/id-unknown/step-4").await.status, 404);
}

#[tokio::test]
async fn paying_on_the_page_of_a_crypto_invoice() {
    let sandbox = start().await;
    let body = r#"{"blockchain":"tron","symbol":"TRX","value":10,"expiry":15,"confirmations":1,"data":{"url_failed":"https://shop.example/failed"}}"#;
    let invoice = sandbox.post("/api/v1/wallets/sandbox-wallet/invoices", body).await.ok();
    let url = invoice["data"]["url_pay"].as_str().unwrap();
    assert!(send(sandbox.client.get(url)).await.text.contains("Pay half"));
    let response = sandbox.client.post(format!("{url}/expire")).send().await.unwrap();
    assert_eq!(response.headers()["location"], "https://shop.example/failed");
    assert!(!send(sandbox.client.get(url)).await.text.contains("<button>"));
}
