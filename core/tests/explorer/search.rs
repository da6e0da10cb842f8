//! Runs histories, holds each against the invariants, and counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use payseal::payout::{Outcome, Verdict};
use payseal::{Bitloga, Secret};

use crate::faults::Fault;
use crate::merchant::{End, Merchant, Transition};
use crate::world::{Course, Profile, Repeats};

/// What is counted of the histories of a class.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Row {
    histories: usize,
    false_verdicts: usize,
    double_debits: [usize; 2],
    endless: usize,
    unknown: usize,
}

#[derive(Default)]
pub(crate) struct Table(BTreeMap<&'static str, Row>);

pub(crate) struct Search {
    gateway: Bitloga,
    pub(crate) histories: usize,
    pub(crate) table: Table,
    pub(crate) transitions: BTreeSet<Transition>,
    /// The first histories that broke an invariant.
    violations: Vec<String>,
}

impl Default for Search {
    fn default() -> Self {
        let gateway = Bitloga::new("api-key", Secret::new("api-secret").unwrap());
        Self { gateway, histories: 0, table: Table::default(), transitions: BTreeSet::new(), violations: Vec::new() }
    }
}

impl Search {
    /// One history, with these faults at requests of these numbers.
    pub(crate) fn run(&mut self, profile: Profile, faults: &[(usize, Fault)]) {
        let at = |request| faults.iter().find(|(place, _)| *place == request).map(|(_, fault)| *fault);
        let end = Merchant::new(&self.gateway, profile, &mut self.transitions).run(at);
        self.judge(profile, faults, &end);
    }

    /// One long history, with as many faults as the dice have.
    pub(crate) fn run_random(&mut self, profile: Profile, seed: u64, most: usize) {
        let (mut dice, mut faults) = (Dice(seed.wrapping_mul(2).wrapping_add(1)), Vec::new());
        let share = 2 + dice.below(5);
        let at = |request| {
            if faults.len() >= most || dice.below(share) > 0 {
                return None;
            }
            let fault = Fault::ALL[dice.below(Fault::ALL.len() as u64) as usize];
            faults.push((request, fault));
            Some(fault)
        };
        let end = Merchant::new(&self.gateway, profile, &mut self.transitions).run(at);
        self.judge(profile, &faults, &end);
    }

    fn judge(&mut self, profile: Profile, faults: &[(usize, Fault)], end: &End) {
        self.histories += 1;
        let happened: Vec<_> = faults.iter().filter(|(place, _)| *place < end.requests).collect();
        let is_false = end.outcome.as_ref().is_some_and(|outcome| !is_true(outcome, profile, end.debits));
        let is_doubled = end.debits > 1;
        let pays = usize::from(profile.repeats == Repeats::Pay);
        let may_double = pays == 1 && happened.iter().any(|(_, fault)| fault.may_debit_twice());
        let is_wrong = is_false && !is_doubled
            || is_doubled && !may_double
            || end.outcome.is_none()
            || end.is_sent_after_acknowledgement
            || end.withdrawals > most_sends(profile, &happened);
        if is_wrong && self.violations.len() < 10 {
            let outcome = end.outcome.as_ref().map(|outcome| outcome.verdict);
            self.violations.push(format!("{profile:?} {happened:?}: {outcome:?}, {} debits", end.debits));
        }
        let mut classes: Vec<_> = happened.iter().map(|(_, fault)| fault.class()).collect();
        classes.sort_unstable();
        classes.dedup();
        if classes.is_empty() {
            classes.push("no fault");
        }
        // A second debit is counted for what causes it, where something in the history is known to.
        let causes = |class| !may_double || happened.iter().any(|(_, it)| it.may_debit_twice() && it.class() == class);
        for class in classes {
            let row = self.table.0.entry(class).or_default();
            row.histories += 1;
            row.false_verdicts += usize::from(is_false && !is_doubled);
            row.double_debits[pays] += usize::from(is_doubled && causes(class));
            row.endless += usize::from(end.outcome.is_none());
            row.unknown += usize::from(end.outcome.as_ref().is_some_and(|it| it.verdict == Verdict::Unknown));
        }
    }

    pub(crate) fn assert_sound(&self) {
        assert!(self.violations.is_empty(), "{:#?}", self.violations);
    }
}

/// How often `withdraw` may be sent: again by every process that finds nothing stored of it.
fn most_sends(profile: Profile, happened: &[&(usize, Fault)]) -> usize {
    let lost = happened.iter().filter(|(_, fault)| *fault == Fault::WriteLost).count();
    profile.sends as usize + lost
}

/// Whether a verdict is what happened, seen from the end of the world.
fn is_true(outcome: &Outcome, profile: Profile, debits: usize) -> bool {
    match outcome.verdict {
        Verdict::Paid => debits == 1,
        Verdict::Failed => debits == 0 && profile.course == Course::PendingThenCanceled,
        Verdict::Rejected => debits == 0 && !profile.is_used,
        Verdict::Conflict => profile.is_used && !outcome.differences.is_empty(),
        Verdict::Unknown => true,
        _ => false,
    }
}

impl Table {
    pub(crate) fn sum(&self, of: fn(&Row) -> usize) -> usize {
        self.0.values().map(of).sum()
    }

    pub(crate) fn double_debits_if_refused(row: &Row) -> usize {
        row.double_debits[0]
    }

    pub(crate) fn endless(row: &Row) -> usize {
        row.endless
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| class | histories | false verdicts | double debits, repeats refused | double debits, repeats paid | never ended | unknown |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for (class, row) in &self.0 {
            let Row { histories, false_verdicts, double_debits: [refused, paid], endless, unknown } = row;
            writeln!(f, "| {class} | {histories} | {false_verdicts} | {refused} | {paid} | {endless} | {unknown} |")?;
        }
        Ok(())
    }
}

/// Deterministic randomness (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}
