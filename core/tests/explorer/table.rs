//! Counts histories by what went wrong in them. Each cell has three numbers: for gateways that refuse repeats, that
//! replay the first answer, and that pay again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use payseal::payout::Verdict;

use crate::faults::Fault;
use crate::invariants::are_true;
use crate::merchant::End;
use crate::world::{Course, Profile, Repeats};

/// What is counted of the histories of a class.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) histories: usize,
    pub(crate) false_verdicts: usize,
    pub(crate) double_debits: usize,
    pub(crate) never_ended: usize,
    pub(crate) unknown: usize,
}

/// A history is counted in each class that it is of, and once in all.
#[derive(Default)]
pub(crate) struct Table(BTreeMap<(Repeats, &'static str), Row>);

const ALL: &str = "all";

impl Table {
    pub(crate) fn count(&mut self, profile: Profile, faults: &[Fault], end: &End) {
        let is_doubled = end.debits > 1;
        // A second debit is counted for what causes it, where something in the history is known to.
        let has_cause = profile.repeats == Repeats::Pay && faults.iter().any(|fault| fault.may_debit_twice());
        let is_cause = |class| faults.iter().any(|fault| fault.may_debit_twice() && fault.class() == class);
        for class in classes(profile, faults) {
            let row = self.0.entry((profile.repeats, class)).or_default();
            row.histories += 1;
            row.false_verdicts += usize::from(!is_doubled && !are_true(profile, end));
            row.double_debits += usize::from(is_doubled && (class == ALL || !has_cause || is_cause(class)));
            row.never_ended += usize::from(!end.has_ended);
            row.unknown += usize::from(end.outcomes.iter().any(|outcome| outcome.verdict == Verdict::Unknown));
        }
    }

    /// All histories at one kind of gateway.
    pub(crate) fn all(&self, repeats: Repeats) -> Row {
        self.0.get(&(repeats, ALL)).copied().unwrap_or_default()
    }
}

fn classes(profile: Profile, faults: &[Fault]) -> Vec<&'static str> {
    let mut classes: Vec<_> = faults.iter().map(|fault| fault.class()).collect();
    let of_profile = [
        (faults.is_empty(), "no fault"),
        (profile.lag > 0, "details out of date"),
        (profile.is_used, "uniqueid used before"),
        (profile.is_poor, "no balance"),
        (profile.course == Course::ErrorThenComplete, "error, then complete"),
        (profile.is_saved_first, "saved before the first step"),
        (true, ALL),
    ];
    classes.extend(of_profile.into_iter().filter_map(|(is_of, class)| is_of.then_some(class)));
    classes.sort_unstable();
    classes.dedup();
    classes
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| class | histories | false verdicts | double debits | never ended | unknown |")?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        let classes: BTreeSet<_> = self.0.keys().map(|(_, class)| *class).collect();
        for class in classes {
            let row = |repeats| self.0.get(&(repeats, class)).copied().unwrap_or_default();
            let rows = [Repeats::Refuse, Repeats::Replay, Repeats::Pay].map(row);
            let columns: [fn(&Row) -> usize; 5] = [
                |row| row.histories,
                |row| row.false_verdicts,
                |row| row.double_debits,
                |row| row.never_ended,
                |row| row.unknown,
            ];
            write!(f, "| {class} |")?;
            for column in columns {
                let [refuses, replays, pays] = [0, 1, 2].map(|gateway| column(&rows[gateway]));
                write!(f, " {refuses} / {replays} / {pays} |")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
