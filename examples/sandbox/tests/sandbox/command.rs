//! The command itself: its start-up line, and its clean end.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::Command,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(10);

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payseal-sandbox"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[cfg(unix)]
#[tokio::test]
async fn one_line_when_ready_and_a_clean_end() {
    for signal in ["-TERM", "-INT"] {
        let mut child = command().args(["--port", "0"]).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        timeout(PATIENCE, stdout.read_line(&mut line)).await.unwrap().unwrap();
        let url = line.strip_prefix("payseal-sandbox listening on ").unwrap().trim_end();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        assert_eq!(client.get(format!("{url}/sandbox/state")).send().await.unwrap().status(), 200);

        let id = child.id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
        let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{signal}: {status}");
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "", "exactly one line");
    }
}

#[tokio::test]
async fn it_ends_when_standard_input_does_if_it_is_told_to() {
    for (options, ends) in [(["--port", "0"].as_slice(), false), (&["--port", "0", "--end-with-parent"], true)] {
        let mut child = command().args(options).stdin(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        timeout(PATIENCE, stdout.read_line(&mut line)).await.unwrap().unwrap();

        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"not the end").await.unwrap();
        assert!(timeout(Duration::from_millis(300), child.wait()).await.is_err(), "ended before its input did");
        drop(stdin);
        match timeout(if ends { PATIENCE } else { Duration::from_millis(300) }, child.wait()).await {
            Ok(status) => assert!(ends && status.unwrap().success()),
            Err(_) => assert!(!ends, "it goes on"),
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn behaviour_is_chosen_on_the_command_line() {
    let mut child = command()
        .args(["--port", "0", "--seed", "77", "--details-lag", "16000", "--not-known", "404-message"])
        .args(["--repeats", "pay", "--payouts-pending", "5", "--payouts-end", "fail"])
        .args(["--trouble", r#"{"per_mille":{"429":7}}"#])
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    let url = line.strip_prefix("payseal-sandbox listening on ").unwrap().trim_end();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let state = client.get(format!("{url}/sandbox/state")).send().await.unwrap().text().await.unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(
        state["behaviour"],
        serde_json::json!({
            "details_lag_ms": 16000, "not_known": "404-message", "repeats": "pay", "payouts_pending_ms": 5,
            "payouts_end": "fail"
        })
    );
    assert_eq!(state["trouble"], serde_json::json!({"seed": 77, "per_mille": {"429": 7}}));
    child.kill().await.unwrap();
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert!(log.contains("seed 77"), "{log}");
}

#[tokio::test]
async fn help_and_mistakes() {
    let help = command().arg("--help").output().await.unwrap();
    assert!(help.status.success());
    let help = String::from_utf8(help.stdout).unwrap();
    for option in [
        "--host",
        "--port",
        "--end-with-parent",
        "--api-key",
        "--api-secret",
        "--wallet-id",
        "--state",
        "--php-json",
        "--pause-scale",
        "--auto-pay",
        "--block-time",
        "--body-timeout",
        "--allow-host",
        "--details-lag",
        "--not-known",
        "--repeats",
        "--payouts-pending",
        "--payouts-end",
        "--trouble",
        "--seed",
        "sandbox-key",
        "sandbox-secret",
        "sandbox-wallet",
        "8787",
    ] {
        assert!(help.contains(option), "{option} is missing in:\n{help}");
    }
    let mistake = command().args(["--pause-scale", "fast"]).output().await.unwrap();
    assert_eq!(mistake.status.code(), Some(2));
    assert!(mistake.stdout.is_empty());
}
