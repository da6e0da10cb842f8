//! Measures payseal against what Rust programs use today: `payseal-bench PLAN.json` prints the samples as JSON.
//!
//! The plan says what to measure and for how long; `tests/bench/run.py` writes it and reads what comes back.

mod blocks;
mod contenders;
mod measure;
mod plan;
mod threads;

use std::error::Error;

use plan::{Group, Plan, Report, Samples};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: payseal-bench PLAN.json")?;
    let plan: Plan = serde_json::from_slice(&std::fs::read(path)?)?;
    let groups = plan.groups.iter().map(|group| run(&plan, group)).collect::<Result<_, _>>()?;
    println!("{}", serde_json::to_string(&Report { versions: contenders::versions(), groups })?);
    Ok(())
}

fn run(plan: &Plan, group: &Group) -> Result<Samples, Box<dyn Error>> {
    let nanoseconds = match group.threads {
        Some(threads) => threads::measure(threads, group, plan)?,
        None => measure::in_turn(&mut contenders::of(group, plan)?, group.rounds, plan.turn_milliseconds),
    };
    Ok(Samples { group: group.clone(), nanoseconds })
}
