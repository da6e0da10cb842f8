//! Searches histories of gateway, network and merchant for one that ends wrongly.
//!
//! | invariant | what it needs of the gateway |
//! |---|---|
//! | money moves at most once | it refuses or replays a repeated `uniqueid`; if it pays again: no proxy delivers twice, no write is lost |
//! | `paid`: the money that was asked for has moved | it tells the truth |
//! | `failed`, `rejected`: no money has moved, and none will | a request is late, the gateway changes its mind, and `details` is behind by no more than the settle time together |
//! | `conflict`: the `uniqueid` is of another payment | it tells the truth |
//! | an acknowledged payout is never sent again; no more is sent than the policy allows | nothing |
//! | every history ends | nothing, once faults end |
//!
//! `make explore` searches more, and prints the table.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test")]

mod faults;
mod merchant;
mod search;
mod world;

use std::collections::BTreeSet;
use std::env;

use faults::Fault;
use merchant::Transition;
use search::{Search, Table};
use world::{Course, NotKnown, Profile, Repeats};

const REPEATS: [Repeats; 3] = [Repeats::Refuse, Repeats::Replay, Repeats::Pay];
const NOT_KNOWN: [NotKnown; 4] = [NotKnown::Words, NotKnown::Status404, NotKnown::EmptyList, NotKnown::EmptyData];
const COURSES: [Course; 4] =
    [Course::Complete, Course::PendingThenComplete, Course::PendingThenCanceled, Course::ErrorThenComplete];

/// Whether to search for minutes rather than seconds.
fn is_long() -> bool {
    env::var_os("PAYSEAL_EXPLORE_LONG").is_some()
}

/// Of so many pairs of faults one is tried: all are, in all profiles together. Without optimisation there is time
/// for fewer.
fn share() -> usize {
    match (is_long(), cfg!(debug_assertions)) {
        (true, _) => 1,
        (false, true) => 101,
        (false, false) => 7,
    }
}

/// Gateways and merchants of all kinds.
fn profiles() -> Vec<Profile> {
    let lags: &[u64] = if is_long() {
        &[0, 1_000, 5_000, 16_000, 26_000, 60_000, 300_000, 599_000]
    } else {
        &[0, 16_000, 300_000, 599_000]
    };
    let mut profiles = Vec::new();
    for repeats in REPEATS {
        for (position, &lag) in lags.iter().enumerate() {
            for (shift, course) in COURSES.into_iter().enumerate() {
                for sends in [1, 2] {
                    let not_known = NOT_KNOWN[(position + shift) % NOT_KNOWN.len()];
                    let is_saved_first = (position + shift + sends as usize).is_multiple_of(2);
                    let plain = Profile {
                        repeats,
                        course,
                        not_known,
                        lag,
                        is_used: false,
                        is_poor: false,
                        sends,
                        is_saved_first,
                    };
                    profiles.push(plain);
                    if course == Course::Complete {
                        profiles.push(Profile { is_poor: true, ..plain });
                        if repeats != Repeats::Pay {
                            profiles.push(Profile { is_used: true, ..plain });
                        }
                    }
                }
            }
        }
    }
    profiles
}

#[test]
fn no_history_with_two_faults_ends_wrongly() {
    let (mut search, mut pairs) = (Search::default(), 0);
    let places = if is_long() { 8 } else { 4 };
    for profile in profiles() {
        search.run(profile, &[]);
        for first in 0..places {
            for one in Fault::ALL {
                search.run(profile, &[(first, one)]);
                for second in first + 1..places {
                    for other in Fault::ALL {
                        pairs += 1;
                        if usize::is_multiple_of(pairs, share()) {
                            search.run(profile, &[(first, one), (second, other)]);
                        }
                    }
                }
            }
        }
    }
    println!("{}", search.table);
    search.assert_sound();
    assert!(search.histories > 1_000_000 / share(), "{}", search.histories);
}

#[test]
fn no_long_history_ends_wrongly() {
    let mut search = Search::default();
    let profiles = profiles();
    let seeds = if is_long() { 400_000 } else { 140_000 / share() as u64 };
    for seed in 0..seeds {
        let profile = profiles[seed as usize % profiles.len()];
        search.run_random(Profile { lag: profile.lag.min(300_000), ..profile }, seed, 60);
    }
    println!("random, up to 60 faults:\n{}", search.table);
    search.assert_sound();
}

/// What is left of the promises where the gateway breaks the assumption: `details` is behind by
/// more than the settle time.
#[test]
fn beyond_the_settle_time_a_gateway_that_refuses_repeats_debits_once() {
    let mut search = Search::default();
    for profile in profiles().into_iter().filter(|profile| profile.repeats != Repeats::Pay) {
        for lag in [700_000, 3_600_000] {
            for one in Fault::ALL {
                for place in 0..4 {
                    search.run(Profile { lag, ..profile }, &[(place, one)]);
                }
            }
        }
    }
    println!("details behind by more than the settle time:\n{}", search.table);
    assert_eq!(search.table.sum(Table::double_debits_if_refused), 0);
    assert_eq!(search.table.sum(Table::endless), 0);
}

#[test]
fn the_diagram_of_states_is_what_the_machine_does() {
    let mut search = Search::default();
    for profile in profiles() {
        for one in Fault::ALL {
            for place in 0..3 {
                search.run(profile, &[(place, one)]);
            }
        }
    }
    let page = include_str!("../../../docs/payouts.md");
    let edges = page.lines().filter_map(|line| line.trim().split_once(" --> "));
    let edges = edges.map(|(from, to)| (from, to.split(':').next().unwrap_or_default().trim()));
    let drawn: BTreeSet<(&str, &str)> = edges.filter(|(from, to)| *from != "[*]" && *to != "[*]").collect();
    let seen: BTreeSet<Transition> = search.transitions;
    assert_eq!(drawn, seen);
}
