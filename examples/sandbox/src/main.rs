//! The command `payseal-sandbox`.

use std::{
    io::{self, Write},
    process::ExitCode,
    thread,
};

use clap::Parser;
use log::{LevelFilter, Log, Metadata, Record};
use payseal_sandbox::{Options, Sandbox};
use tokio::sync::oneshot;

#[tokio::main]
async fn main() -> ExitCode {
    if log::set_logger(&StandardError).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    // Listened for before anybody is told that the sandbox runs, so that nobody can stop it too early.
    let stop = StopSignals::listen()?;
    let end_with_parent = options.end_with_parent;
    let sandbox = Sandbox::start(options).await?;
    let mut stdout = io::stdout();
    writeln!(stdout, "payseal-sandbox listening on {}", sandbox.url())?;
    stdout.flush()?;
    tokio::select! {
        () = stop.received() => {}
        () = end_of_input(), if end_with_parent => {}
    }
    log::info!("stopping");
    sandbox.stop().await;
    Ok(())
}

/// Waits for the end of standard input.
async fn end_of_input() {
    let (ended, end) = oneshot::channel::<()>();
    // A thread of its own, which the program does not wait for when it ends: reading cannot be broken off.
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        drop(ended);
    });
    // The thread never sends anything: what is received is that it is done.
    let _ = end.await;
}

/// Writes every record to standard error, and does not mind if nobody reads it.
struct StandardError;

impl Log for StandardError {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("payseal_sandbox")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let _ = writeln!(io::stderr(), "payseal-sandbox: {}", record.args());
        }
    }

    fn flush(&self) {}
}

#[cfg(unix)]
struct StopSignals(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl StopSignals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    async fn received(mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct StopSignals;

#[cfg(not(unix))]
impl StopSignals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn received(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
