//! What to measure, and what was measured.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What to measure, and for how long.
#[derive(Deserialize)]
pub struct Plan {
    /// How long a turn takes.
    pub turn_milliseconds: f64,
    pub workloads: BTreeMap<String, Workload>,
    pub groups: Vec<Group>,
}

/// One callback.
#[derive(Deserialize)]
pub struct Workload {
    pub body: String,
    pub signature: String,
    /// The fields the documents name, as they must read.
    pub fields: BTreeMap<String, String>,
}

/// Contenders that take turns at one workload; or, where only one is named, its turns at several.
#[derive(Clone, Deserialize, Serialize)]
pub struct Group {
    pub operation: String,
    pub workloads: Vec<String>,
    /// The contenders to run, where not all of them.
    #[serde(default)]
    pub only: Vec<String>,
    /// How many threads share the work, where that is what is measured.
    #[serde(default)]
    pub threads: Option<usize>,
    /// How often each takes its turn.
    pub rounds: usize,
}

/// What was measured.
#[derive(Serialize)]
pub struct Report {
    pub versions: BTreeMap<&'static str, &'static str>,
    pub groups: Vec<Samples>,
}

/// The time one operation took, by contender (or by workload, where there are several), round by round.
#[derive(Serialize)]
pub struct Samples {
    #[serde(flatten)]
    pub group: Group,
    pub nanoseconds: Rounds,
}

/// Samples by name, one for each round.
pub type Rounds = BTreeMap<String, Vec<f64>>;
