//! A client of the soak test: `payseal-soak SANDBOX DATABASE PREFIX COUNT WORKERS`.
//!
//! It runs the payouts `PREFIX-0` to `PREFIX-COUNT`, each to its verdict, and goes on with those
//! that an earlier process has left. It may be killed at any time.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, process, thread};

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::driver::{self, System};
use payseal::payout::{Payout, Policy};
use payseal::{Request, Secret};
use rusqlite::{Connection, OptionalExtension};
use ureq::{Agent, http};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The table is the same in all three languages.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)";
const FIND: &str = "SELECT text FROM payouts WHERE uniqueid = ?1";
const SAVE: &str = "INSERT INTO payouts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET revision = ?2, text = ?3
    WHERE revision = ?2 - 1 RETURNING 1";

struct Shop {
    gateway: Bitloga,
    agent: Agent,
    database: Mutex<Connection>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [sandbox, database, prefix, count, workers] = arguments.as_slice() else {
        return Err("usage: payseal-soak SANDBOX DATABASE PREFIX COUNT WORKERS".into());
    };
    let shop = Shop::open(sandbox, database)?;
    let (next, count, failed) = (AtomicU64::new(0), count.parse()?, AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..workers.parse::<usize>().unwrap_or(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    if let Err(error) = shop.pay_out(&format!("{prefix}-{number}"), number) {
                        eprintln!("{prefix}-{number}: {error}");
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    process::exit(i32::from(failed.into_inner() > 0));
}

impl Shop {
    fn open(sandbox: &str, database: &str) -> Result<Self> {
        let database = Connection::open(database)?;
        database.busy_timeout(Duration::from_secs(30))?;
        // Only processes are killed, never the machine: what the system has is safe.
        database.execute_batch(&format!("PRAGMA synchronous = OFF; {TABLE}"))?;
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Ok(Self {
            gateway: Bitloga::new("sandbox-key", Secret::new("sandbox-secret")?).base_url(format!("{sandbox}/api/v1/")),
            agent: config.timeout_global(Some(Duration::from_secs(1))).build().into(),
            database: Mutex::new(database),
        })
    }

    fn pay_out(&self, uniqueid: &str, number: u64) -> Result<()> {
        let mut payout = match self.find(uniqueid)? {
            Some(text) => self.gateway.resume_payout(&text)?,
            None => self.begin(uniqueid, number)?,
        };
        let send = |request: &Request| self.send(request);
        let store = |text: &str, revision| self.save(uniqueid, text, revision);
        let outcome = driver::run(&mut payout, &self.gateway, &mut System::new(send, store));
        outcome.map(drop).map_err(|error| error.to_string().into())
    }

    /// The limits of a real payout, a hundred and fifty times faster.
    fn begin(&self, uniqueid: &str, number: u64) -> Result<Payout> {
        let policy = Policy::new()
            .settle_time(Duration::from_secs(4))
            .first_pause(Duration::from_millis(15))
            .longest_pause(Duration::from_millis(400))
            .give_up_time(Duration::from_secs(20))
            .sends(1 + u32::from(number.is_multiple_of(2)));
        let amount = format!("1.{:02}", number % 100).parse()?;
        Ok(self.gateway.payout_with(&Withdraw::new(uniqueid, "USD", "WMZ", amount, "Z123456789012"), policy)?)
    }

    fn send(&self, request: &Request) -> std::result::Result<(u16, Vec<u8>), ureq::Error> {
        let mut answer = self.agent.run(http::Request::<Vec<u8>>::try_from(request)?)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_vec()?))
    }

    fn find(&self, uniqueid: &str) -> rusqlite::Result<Option<String>> {
        self.database().query_row(FIND, [uniqueid], |row| row.get(0)).optional()
    }

    fn save(&self, uniqueid: &str, text: &str, revision: u64) -> rusqlite::Result<()> {
        self.database().query_row(SAVE, (uniqueid, revision.cast_signed(), text), |_| Ok(()))
    }

    fn database(&self) -> std::sync::MutexGuard<'_, Connection> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
