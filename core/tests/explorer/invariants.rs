//! What has to hold at the end of every history, and what it needs of the gateway.
//!
//! | invariant | what it needs |
//! |---|---|
//! | money moves at most once | the gateway refuses or replays a repeated `uniqueid`; if it pays again: no proxy delivers twice, no write is lost |
//! | `paid`: the money that was asked for has moved, once | the gateway tells the truth |
//! | `failed`, `rejected`: no money has moved, and none will | a request is late, the gateway changes its mind, and `details` is out of date by no more than the settle time together |
//! | `conflict`: the `uniqueid` is of another payment | the gateway tells the truth |
//! | what is acknowledged, and saved as such, is never sent again | nothing |
//! | no more is sent than the policy allows, and once more for each lost write | nothing |
//! | every history ends | nothing, once faults end |
//! | a history without faults does not end in `unknown` | nothing |

use payseal::payout::{Certainty, Outcome, Verdict};

use crate::faults::Fault;
use crate::merchant::End;
use crate::world::{Course, Profile, Repeats};

/// An invariant that did not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    FalseVerdict,
    SecondDebit,
    NeverEnded,
    SentAfterAcknowledgement,
    SentTooOften,
    UnknownWithoutFault,
}

/// Which invariants a history broke, with these faults in it.
pub(crate) fn broken(profile: Profile, faults: &[Fault], end: &End) -> Vec<Broken> {
    let is_doubled = end.debits > 1;
    let lost_writes = faults.iter().filter(|fault| matches!(fault, Fault::WriteLost(_))).count();
    let is_unknown = end.outcomes.iter().any(|outcome| outcome.verdict == Verdict::Unknown);
    let found = [
        // Of two debits no verdict is true.
        (!is_doubled && !are_true(profile, end), Broken::FalseVerdict),
        (is_doubled && !may_debit_twice(profile, faults), Broken::SecondDebit),
        (!end.has_ended || end.outcomes.is_empty(), Broken::NeverEnded),
        (end.is_sent_after_acknowledgement, Broken::SentAfterAcknowledgement),
        (end.sends > profile.sends as usize + lost_writes, Broken::SentTooOften),
        (is_unknown && faults.is_empty(), Broken::UnknownWithoutFault),
    ];
    found.into_iter().filter_map(|(is_broken, what)| is_broken.then_some(what)).collect()
}

/// Whether a second debit is what the gateway and the faults lead one to expect.
pub(crate) fn may_debit_twice(profile: Profile, faults: &[Fault]) -> bool {
    profile.repeats == Repeats::Pay && faults.iter().any(|fault| fault.may_debit_twice())
}

/// Whether every verdict is what happened, seen from the end of the world.
pub(crate) fn are_true(profile: Profile, end: &End) -> bool {
    end.outcomes.iter().all(|outcome| is_true(outcome, profile, end.debits))
}

fn is_true(outcome: &Outcome, profile: Profile, debits: usize) -> bool {
    let money = match outcome.verdict.has_money_moved() {
        Certainty::Yes => debits == 1,
        Certainty::No => debits == 0,
        Certainty::Perhaps => true,
    };
    money
        && match outcome.verdict {
            Verdict::Failed => profile.course == Course::PendingThenCanceled,
            Verdict::Rejected => outcome.reason.is_some(),
            Verdict::Conflict => profile.is_used && !outcome.differences.is_empty(),
            _ => true,
        }
}
