//! How much several threads do together.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::contenders::{self, Contender};
use crate::plan::{Group, Plan, Rounds};

/// How many operations a thread does before it looks at the clock.
const BATCH: u32 = 64;

/// Nanoseconds per operation of all threads together, by contender, one for each round.
pub fn measure(threads: usize, group: &Group, plan: &Plan) -> Result<Rounds, String> {
    let barrier = Barrier::new(threads);
    std::thread::scope(|scope| {
        let start = || scope.spawn(|| rates(&barrier, group, plan));
        let workers: Vec<_> = (0..threads).map(|_| start()).collect();
        let mut total = Rounds::new();
        for worker in workers {
            add(&mut total, worker.join().map_err(|_| "a thread has ended")??);
        }
        total.values_mut().flatten().for_each(|rate| *rate = 1e9 / *rate);
        Ok(total)
    })
}

/// Operations per second of one thread. All threads run the same contender at the same time.
fn rates(barrier: &Barrier, group: &Group, plan: &Plan) -> Result<Rounds, String> {
    let mut contenders = contenders::of(group, plan)?;
    let turn = Duration::from_secs_f64(plan.turn_milliseconds / 1e3);
    let mut rounds = Rounds::new();
    for _ in 0..group.rounds {
        for contender in &mut contenders {
            barrier.wait();
            rounds.entry(contender.name.clone()).or_default().push(rate(contender, turn));
        }
    }
    Ok(rounds)
}

fn rate(contender: &mut Contender<'_>, turn: Duration) -> f64 {
    let started = Instant::now();
    let mut batches = 0_u32;
    while started.elapsed() < turn {
        (contender.run)(BATCH.into());
        batches += 1;
    }
    f64::from(batches) * f64::from(BATCH) / started.elapsed().as_secs_f64()
}

fn add(total: &mut Rounds, other: Rounds) {
    for (name, rates) in other {
        let sum = total.entry(name).or_insert_with(|| vec![0.0; rates.len()]);
        sum.iter_mut().zip(rates).for_each(|(sum, rate)| *sum += rate);
    }
}
