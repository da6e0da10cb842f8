//! The command itself: its start-up line, and its clean end.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
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
async fn help_and_mistakes() {
    let help = command().arg("--help").output().await.unwrap();
    assert!(help.status.success());
    let help = String::from_utf8(help.stdout).unwrap();
    for option in [
        "--host",
        "--port",
        "--api-key",
        "--api-secret",
        "--wallet-id",
        "--state",
        "--php-json",
        "--pause-scale",
        "--auto-pay",
        "--block-time",
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
