//! Searches histories of gateway, network and merchant for one that ends wrongly: `invariants` says what has to hold.
//!
//! Short histories are searched exhaustively, long ones at random. `make explore` searches more, and prints the tables.

#![allow(clippy::unwrap_used, reason = "a test")]

mod driven;
mod faults;
mod invariants;
mod merchant;
mod network;
mod search;
mod table;
mod world;

use std::collections::BTreeSet;
use std::env;

use invariants::Broken;
use merchant::Transition;
use search::Search;
use world::{Course, NotKnown, Profile, Repeats};

const REPEATS: [Repeats; 3] = [Repeats::Refuse, Repeats::Replay, Repeats::Pay];
const NOT_KNOWN: [NotKnown; 4] = [NotKnown::Words, NotKnown::Status404, NotKnown::EmptyList, NotKnown::EmptyData];
const COURSES: [Course; 4] =
    [Course::Complete, Course::PendingThenComplete, Course::PendingThenCanceled, Course::ErrorThenComplete];

/// How out of date `details` is, in milliseconds.
const LAGS: [u64; 8] = [0, 1_000, 5_000, 16_000, 26_000, 60_000, 300_000, 599_000];
const FEW_LAGS: [u64; 3] = [0, 26_000, 599_000];

/// Whether to search for minutes rather than seconds.
fn is_long() -> bool {
    env::var_os("PAYSEAL_EXPLORE_LONG").is_some()
}

/// One of `long`, `short` and, without optimisation, `little`.
fn by_time<T>(long: T, short: T, little: T) -> T {
    match (is_long(), cfg!(debug_assertions)) {
        (true, _) => long,
        (false, false) => short,
        (false, true) => little,
    }
}

/// Gateways and merchants of all kinds.
fn profiles(lags: &[u64]) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (position, lag) in lags.iter().copied().enumerate() {
        for (shift, course) in COURSES.into_iter().enumerate() {
            for repeats in REPEATS {
                for sends in [1, 2] {
                    let turn = position + shift + usize::from(sends == 2);
                    let (not_known, is_saved_first) = (NOT_KNOWN[turn % NOT_KNOWN.len()], turn.is_multiple_of(2));
                    let (reserve, is_used, is_poor) = (0, false, false);
                    let plain =
                        Profile { repeats, course, not_known, lag, reserve, is_used, is_poor, sends, is_saved_first };
                    profiles.push(plain);
                    if course == Course::Complete {
                        profiles.push(Profile { is_poor: true, ..plain });
                        profiles.push(Profile { is_used: true, ..plain });
                        profiles.push(Profile { is_saved_first: !is_saved_first, ..plain });
                    }
                }
            }
        }
    }
    profiles
}

#[test]
fn no_history_with_two_faults_ends_wrongly() {
    let mut search = Search::of_share(by_time(5, 17, 2_003));
    search.is_everywhere = is_long();
    for profile in profiles(by_time(&LAGS, &FEW_LAGS, &FEW_LAGS)) {
        search.exhaust(profile, 2);
    }
    println!("at most two faults, at a gateway that refuses / replays / pays on repeats:\n{}", search.table);
    search.assert_sound();
    assert!(search.histories > by_time(1_000_000, 100_000, 10_000), "{}", search.histories);
}

#[test]
#[ignore = "takes minutes: make explore"]
fn no_history_with_three_faults_ends_wrongly() {
    let mut search = Search::of_share(61);
    for profile in profiles(&FEW_LAGS) {
        search.exhaust(profile, 3);
    }
    println!("at most three faults:\n{}", search.table);
    search.assert_sound();
}

#[test]
fn no_long_history_ends_wrongly() {
    /// How often a clock is set forward: the first time is waited for, the others take of the reserve.
    const FORWARD: usize = 3;
    let mut search = Search::default();
    let profiles = profiles(&LAGS);
    for seed in 0..by_time(400_000, 20_000, 1_000) {
        let profile = profiles[usize::try_from(seed).unwrap() % profiles.len()];
        let profile = Profile { lag: profile.lag.min(300_000), reserve: 120_000, ..profile };
        search.run_random(profile, seed, 60, FORWARD);
    }
    println!("up to 60 faults:\n{}", search.table);
    search.assert_sound();
}

/// The gateway breaks the assumption. A verdict may be false then, and a gateway that pays on repeats may pay again if
/// the policy has the payout sent again; all else holds.
fn assert_sound_beyond_the_settle_time(title: &str, profiles: impl IntoIterator<Item = Profile>) {
    let mut search = Search::of_share(by_time(5, 17, 2_003));
    search.is_excused = |profile, broken| {
        broken == Broken::FalseVerdict
            || broken == Broken::UnknownWithoutFault
            || broken == Broken::SecondDebit && profile.repeats == Repeats::Pay && profile.sends > 1
    };
    for profile in profiles {
        search.exhaust(profile, by_time(2, 1, 1));
    }
    println!("{title}:\n{}", search.table);
    search.assert_sound();
    for repeats in [Repeats::Refuse, Repeats::Replay] {
        assert_eq!(search.table.all(repeats).double_debits, 0);
    }
    // The assumption is needed: without it there are false verdicts.
    assert!(search.table.all(Repeats::Refuse).false_verdicts > 0);
}

#[test]
fn details_out_of_date_by_more_than_the_settle_time() {
    assert_sound_beyond_the_settle_time("details too out of date", profiles(&[700_000, 5_400_000]));
}

#[test]
fn requests_and_changes_of_mind_later_than_the_settle_time() {
    let late = profiles(&[0]).into_iter().map(|profile| Profile { reserve: -3_600_000, ..profile });
    assert_sound_beyond_the_settle_time("requests too late", late);
}

#[test]
fn the_diagram_of_states_is_what_the_machine_does() {
    let mut search = Search::default();
    for profile in profiles(&FEW_LAGS) {
        search.exhaust(profile, 1);
    }
    let page = include_str!("../../../docs/payouts.md");
    let edges = page.lines().filter_map(|line| line.trim().split_once(" --> "));
    let edges = edges.map(|(from, to)| (from, to.split(':').next().unwrap_or_default().trim()));
    let drawn: BTreeSet<Transition> = edges.filter(|(from, to)| *from != "[*]" && *to != "[*]").collect();
    assert_eq!(drawn, search.transitions);
}
