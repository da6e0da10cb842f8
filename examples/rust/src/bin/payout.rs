//! A payout that happens exactly once: run it again after a crash, and it goes on.
use payseal::{Bitloga, Request, Secret, bitloga::Withdraw, driver};
use rusqlite::{Connection, OptionalExtension};
use ureq::{Agent, http};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gateway = Bitloga::new("sandbox-key", Secret::new("sandbox-secret")?).base_url("http://127.0.0.1:8787/api/v1/");
    let agent: Agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let send = |request: &Request| -> Result<_, ureq::Error> {
        let mut answer = agent.run(http::Request::<Vec<u8>>::try_from(request)?)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_vec()?))
    };
    let shop = Connection::open("payouts.sqlite")?;
    let table = "CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)";
    shop.execute_batch(&format!("PRAGMA synchronous = EXTRA; {table}"))?; // what is saved survives a loss of power
    let save = "INSERT INTO payouts VALUES ('135', ?1, ?2) ON CONFLICT DO UPDATE SET revision = ?1, text = ?2
        WHERE revision = ?1 - 1 RETURNING 1"; // no row: another worker has it
    let store = |text: &str, revision: u64| shop.query_row(save, (revision.cast_signed(), text), |_| Ok(()));
    let mut payout = match shop.query_row("SELECT text FROM payouts", [], |row| row.get::<_, String>(0)).optional()? {
        Some(text) => gateway.resume_payout(&text)?,
        None => gateway.payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z123456789012"))?,
    };
    let outcome = driver::run(&mut payout, &gateway, &mut driver::System::new(send, store))?;
    println!("{}", outcome.map_or("stopped", |outcome| outcome.verdict.as_str())); // paid
    Ok(())
}
