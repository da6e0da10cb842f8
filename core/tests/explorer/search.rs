//! Runs histories, holds each against the invariants, and counts.

use std::collections::BTreeSet;

use payseal::{Bitloga, Secret};

use crate::faults::{Fault, Kind};
use crate::invariants::{Broken, broken};
use crate::merchant::{End, Merchant, Script, Transition};
use crate::table::Table;
use crate::world::Profile;

/// Faults with the numbers of the requests they befall, in order.
type Placed = Vec<(usize, Fault)>;

/// How many violations are told.
const MOST_TOLD: usize = 10;

/// No request of a higher number is befallen.
const MOST_PLACES: usize = 40;

pub(crate) struct Search {
    pub(crate) gateway: Bitloga,
    pub(crate) histories: usize,
    pub(crate) table: Table,
    pub(crate) transitions: BTreeSet<Transition>,
    /// Whether faults befall every request, not only the decisive ones.
    pub(crate) is_everywhere: bool,
    /// Of so many histories with two or more faults one is run.
    share: usize,
    /// What is not held against a history, because the gateway breaks the assumption.
    pub(crate) is_excused: fn(Profile, Broken) -> bool,
    counted: usize,
    violations: Vec<String>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            gateway: Bitloga::new("api-key", Secret::new("api-secret").unwrap()),
            histories: 0,
            table: Table::default(),
            transitions: BTreeSet::new(),
            is_everywhere: false,
            share: 1,
            is_excused: |_, _| false,
            counted: 0,
            violations: Vec::new(),
        }
    }
}

impl Search {
    pub(crate) fn of_share(share: usize) -> Self {
        Self { share, ..Self::default() }
    }

    /// Every history with at most so many faults, depth first.
    pub(crate) fn exhaust(&mut self, profile: Profile, most: usize) {
        self.extend(profile, &mut Vec::new(), most);
    }

    fn extend(&mut self, profile: Profile, faults: &mut Placed, left: usize) {
        let end = self.run(profile, faults);
        if left == 0 {
            return;
        }
        for (place, at) in end.places.iter().enumerate().take(MOST_PLACES) {
            if !at.is_decisive && !self.is_everywhere {
                continue;
            }
            for fault in Fault::of_network(at.kind).iter().chain(Fault::of_merchant()) {
                if !comes_after(faults.last(), place, *fault) || !self.is_of_share(faults.len()) {
                    continue;
                }
                faults.push((place, *fault));
                self.extend(profile, faults, left - 1);
                faults.pop();
            }
        }
    }

    /// All first faults are tried, and a share of what is added to them.
    fn is_of_share(&mut self, already: usize) -> bool {
        self.counted += usize::from(already > 0);
        already == 0 || self.counted.is_multiple_of(self.share)
    }

    /// One history, with these faults.
    pub(crate) fn run(&mut self, profile: Profile, faults: &Placed) -> End {
        let end = Merchant::new(&self.gateway, profile, &mut self.transitions).run(&mut Fixed(faults));
        self.judge(profile, faults, &end, None);
        end
    }

    /// One long history, with as many faults as the dice have.
    pub(crate) fn run_random(&mut self, profile: Profile, seed: u64, most: usize, most_forward: usize) {
        let mut script = Random::new(seed, most, most_forward);
        let end = Merchant::new(&self.gateway, profile, &mut self.transitions).run(&mut script);
        self.judge(profile, &script.faults, &end, Some(seed));
    }

    fn judge(&mut self, profile: Profile, faults: &Placed, end: &End, seed: Option<u64>) {
        self.histories += 1;
        let happened: Vec<Fault> = faults.iter().map(|(_, fault)| *fault).collect();
        self.table.count(profile, &happened, end);
        let mut broken = broken(profile, &happened, end);
        broken.retain(|broken| !(self.is_excused)(profile, *broken));
        if !broken.is_empty() && self.violations.len() < MOST_TOLD {
            let verdicts: Vec<_> = end.outcomes.iter().map(|outcome| outcome.verdict.as_str()).collect();
            let (debits, sends) = (end.debits, end.sends);
            self.violations.push(format!(
                "{broken:?}: {verdicts:?}, {debits} debits, {sends} sends; {profile:?}; {faults:?}; seed {seed:?}"
            ));
        }
    }

    pub(crate) fn assert_sound(&self) {
        assert!(self.violations.is_empty(), "{:#?}", self.violations);
    }
}

/// Each set of faults is tried once: in order of their places, at one place the merchant's after one on the way.
fn comes_after(last: Option<&(usize, Fault)>, place: usize, fault: Fault) -> bool {
    last.is_none_or(|(before, last)| {
        place > *before || place == *before && !last.is_of_merchant() && fault.is_of_merchant()
    })
}

struct Fixed<'f>(&'f Placed);

impl Script for Fixed<'_> {
    fn faults(&mut self, place: usize, _: Kind) -> [Option<Fault>; 2] {
        [false, true].map(|is_of_merchant| {
            let is_it = |(at, fault): &&(usize, Fault)| *at == place && fault.is_of_merchant() == is_of_merchant;
            self.0.iter().find(is_it).map(|(_, fault)| *fault)
        })
    }
}

/// Faults by dice.
struct Random {
    dice: Dice,
    faults: Placed,
    /// Of so many requests one is befallen.
    rarity: u64,
    most: usize,
    /// How often the clock may still be set forward.
    forward_left: usize,
}

impl Random {
    fn new(seed: u64, most: usize, forward_left: usize) -> Self {
        let mut dice = Dice(seed.wrapping_mul(2).wrapping_add(1));
        let rarity = 2 + dice.below(5);
        Self { dice, faults: Vec::new(), rarity, most, forward_left }
    }

    fn pick(&mut self, place: usize, menu: &[Fault]) -> Option<Fault> {
        if self.faults.len() >= self.most || self.dice.below(self.rarity) > 0 {
            return None;
        }
        let fault = menu[usize::try_from(self.dice.below(menu.len() as u64)).unwrap()];
        if fault.is_clock_set_forward() {
            self.forward_left = self.forward_left.checked_sub(1)?;
        }
        self.faults.push((place, fault));
        Some(fault)
    }
}

impl Script for Random {
    fn faults(&mut self, place: usize, kind: Kind) -> [Option<Fault>; 2] {
        [self.pick(place, Fault::of_network(kind)), self.pick(place, Fault::of_merchant())]
    }
}

/// Deterministic randomness (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}
