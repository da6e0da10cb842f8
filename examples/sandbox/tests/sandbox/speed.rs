//! How many requests the sandbox serves: enough that a soak test tests its clients, and not the sandbox.

use std::{
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    task::JoinSet,
};

use crate::{harness::sign, payouts::WITHDRAW};

const PAYOUTS: usize = 14_000;
const CLIENTS: usize = 16;

/// One payout as a client makes it: `withdraw`, then `details`.
async fn pay_out(client: &reqwest::Client, url: &str, number: usize) {
    let withdraw = WITHDRAW.replace("135", &number.to_string()).replace("10.00", "0.10");
    for body in [withdraw, format!(r#"{{"action":"details","uniqueid":"{number}"}}"#)] {
        let request = client.post(format!("{url}/api/v1/")).header("Content-type", "application/json");
        let request = request.header("X-APIKEY", "sandbox-key").header("X-SIGNATURE", sign(&body)).body(body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
        response.bytes().await.unwrap();
    }
}

/// What a process has used of a processor, if the system says so, in hundredths of a second.
fn processor_time(id: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11..13)?.iter().map(|ticks| ticks.parse::<u64>().unwrap_or(0)).sum();
    Some(Duration::from_millis(ticks * 10))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, made with --release: cargo test --release -p payseal-sandbox speed -- --ignored --nocapture"]
async fn payouts_by_the_thousand() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_payseal-sandbox"))
        .args(["--port", "0", "--trouble", r#"{"per_mille":{"lag":0,"drop":0}}"#])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    let url: Arc<str> = line.strip_prefix("payseal-sandbox listening on ").unwrap().trim_end().into();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();

    let (next, mut clients, start) = (Arc::new(AtomicUsize::new(0)), JoinSet::new(), Instant::now());
    for _ in 0..CLIENTS {
        let (client, url, next) = (client.clone(), Arc::clone(&url), Arc::clone(&next));
        clients.spawn(async move {
            loop {
                match next.fetch_add(1, Ordering::Relaxed) {
                    number if number < PAYOUTS => pay_out(&client, &url, number).await,
                    _ => return,
                }
            }
        });
    }
    while let Some(result) = clients.join_next().await {
        result.unwrap();
    }
    let (elapsed, used) = (start.elapsed(), child.id().and_then(processor_time));

    let start = Instant::now();
    let summary = client.get(format!("{url}/sandbox/payouts?fields=summary")).send().await.unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary.text().await.unwrap()).unwrap();
    let summary_took = start.elapsed();
    let payouts = summary["payouts"].as_array().unwrap();
    assert_eq!(payouts.len(), PAYOUTS);
    assert!(payouts.iter().all(|payout| payout["debits"] == 1 && payout["moved"] == "0.11"));
    println!("{} requests in {elapsed:.2?}, of a processor {used:.2?}; summary in {summary_took:.2?}", 2 * PAYOUTS);
}
