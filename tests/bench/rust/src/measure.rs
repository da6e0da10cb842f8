//! Rounds in which every contender takes its turn.

use std::hint::black_box;
use std::time::Instant;

use crate::contenders::Contender;
use crate::plan::Rounds;

/// An operation, repeated as often as it is told.
pub type Repeated<'a> = Box<dyn FnMut(u64) + 'a>;

/// The operation repeated in a loop of its own, so that no call stands between.
pub fn repeated<'a, T>(mut operation: impl FnMut() -> T + 'a) -> Repeated<'a> {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(operation());
        }
    })
}

/// Nanoseconds per operation, by contender, one for each round. Every round begins with another contender.
pub fn in_turn(contenders: &mut [Contender<'_>], rounds: usize, turn_milliseconds: f64) -> Rounds {
    let turn = turn_milliseconds * 1e6;
    let repetitions: Vec<u64> = contenders.iter_mut().map(|each| repetitions(&mut each.run, turn)).collect();
    let mut samples = Rounds::new();
    for round in 0..rounds {
        for place in 0..contenders.len() {
            let number = (round + place) % contenders.len();
            let contender = &mut contenders[number];
            let sample = nanoseconds(&mut contender.run, repetitions[number]);
            samples.entry(contender.name.clone()).or_default().push(sample);
        }
    }
    samples
}

/// How often an operation runs in a turn of so many nanoseconds. Warms it up, too.
fn repetitions(run: &mut Repeated<'_>, turn: f64) -> u64 {
    let mut times = 1;
    loop {
        let total = nanoseconds(run, times) * float(times);
        if total >= turn / 4.0 {
            return whole((float(times) * turn / total).max(1.0));
        }
        times *= 2;
    }
}

/// Nanoseconds per operation.
fn nanoseconds(run: &mut Repeated<'_>, times: u64) -> f64 {
    let started = Instant::now();
    run(times);
    started.elapsed().as_secs_f64() * 1e9 / float(times)
}

#[allow(clippy::cast_precision_loss, reason = "counts of operations are far below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 1, and far below 2^53")]
fn whole(count: f64) -> u64 {
    count as u64
}
