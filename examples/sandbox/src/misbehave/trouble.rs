//! Random trouble: every request draws whether, and how, it goes wrong.

use std::{collections::HashMap, time::Duration};

use axum::http::{HeaderValue, StatusCode};

use super::{
    Asked,
    answer::Answer,
    draw::Draw,
    fault::{Details, Fault, Kind, Mode, WhichCopy},
    orders,
};
use crate::{
    behaviour::NotKnown,
    fields::{Fields, invalid},
    json::{Json, Object},
    refusal::Refusal,
};

const PARAMETERS: &[&str] = &[
    "seed",
    "per_mille",
    "actions",
    "late_ms",
    "delay_ms",
    "lag_ms",
    "twice_ms",
    "hang_up_ms",
    "denials",
    "retry_after",
];

const MAXIMUM_PAUSE: u64 = 86_400_000;

/// What to draw from, and how many requests have drawn.
#[derive(Clone)]
pub(super) struct Trouble {
    seed: u32,
    /// Kinds of faults with their names and how many of a thousand requests they hit.
    chances: Vec<(String, Kind, u64)>,
    /// Only these, if there are any.
    actions: Vec<String>,
    late: Range,
    delay: Range,
    lag: Range,
    twice: Range,
    hang_up: Range,
    denials: Vec<Answer>,
    retry_after: HeaderValue,
    /// Requests so far, by action and `uniqueid`.
    counts: HashMap<String, u64>,
}

/// Both ends in milliseconds, and both are drawn.
#[derive(Clone, Copy)]
struct Range(u64, u64);

impl Trouble {
    /// Reads `{"seed":1,"per_mille":{"drop":50,"late":20},"late_ms":[0,400]}`. Without chances there is no trouble.
    pub(super) fn read(fields: Fields<'_>, seed: u32) -> Result<Option<Self>, Refusal> {
        fields.only(PARAMETERS)?;
        let chances = chances(fields)?;
        let trouble = Self {
            seed: match fields.integer_within("seed", 0..=i64::from(u32::MAX))? {
                Some(given) => u32::try_from(given).unwrap_or(seed),
                None => seed,
            },
            chances,
            actions: actions(fields)?,
            late: Range::read(fields, "late_ms", Range(0, 1000))?,
            delay: Range::read(fields, "delay_ms", Range(0, 100))?,
            lag: Range::read(fields, "lag_ms", Range(0, 1000))?,
            twice: Range::read(fields, "twice_ms", Range(0, 0))?,
            hang_up: Range::read(fields, "hang_up_ms", Range(0, 0))?,
            denials: denials(fields)?,
            retry_after: orders::retry_after(fields)?,
            counts: HashMap::new(),
        };
        Ok(Some(trouble).filter(|trouble| !trouble.chances.is_empty()))
    }

    pub(super) fn describe(&self) -> Object {
        let chances = self.chances.iter();
        let chances = chances.fold(Object::new(), |object, (name, _, chance)| {
            object.with(name, i64::try_from(*chance).unwrap_or_default())
        });
        Object::new().with("seed", i64::from(self.seed)).with("per_mille", chances)
    }

    /// What goes wrong with this request, and the name of its kind.
    pub(super) fn next_fault(&mut self, asked: &Asked<'_>, form: NotKnown) -> Option<(String, Fault)> {
        if !self.actions.is_empty() && !self.actions.iter().any(|action| action == asked.action) {
            return None;
        }
        let count = self.counts.entry(format!("{}\0{}", asked.action, asked.uniqueid.unwrap_or_default())).or_default();
        *count += 1;
        let mut draw = Draw::of(self.seed, asked, *count);
        let mut lot = draw.below(1000);
        let hit = self.chances.iter().find(|(_, _, chance)| match lot.checked_sub(*chance) {
            Some(rest) => {
                lot = rest;
                false
            }
            None => true,
        });
        let (name, kind, _) = hit.filter(|(_, kind, _)| kind.fits(asked.action))?;
        Some((name.clone(), kind.fault(self.details(*kind, &mut draw, form))))
    }

    fn details(&self, kind: Kind, draw: &mut Draw, form: NotKnown) -> Details {
        let delays = match kind.mode() {
            Mode::Twice => self.twice,
            Mode::Late => self.late,
            _ => self.delay,
        };
        Details {
            delay: delays.draw(draw),
            hang_up: self.hang_up.draw(draw),
            lag: self.lag.draw(draw),
            copy: if draw.below(2) == 0 { WhichCopy::First } else { WhichCopy::Second },
            status: None,
            denial: self.denial(draw),
            form,
            retry_after: self.retry_after.clone(),
        }
    }

    fn denial(&self, draw: &mut Draw) -> Answer {
        let position = usize::try_from(draw.below(self.denials.len() as u64)).unwrap_or_default();
        self.denials.get(position).cloned().unwrap_or_else(|| Answer::denial(StatusCode::OK, None))
    }
}

impl Range {
    fn read(fields: Fields<'_>, name: &str, default: Self) -> Result<Self, Refusal> {
        let number = |json: &Json| match json {
            Json::Number(text) => text.parse().ok().filter(|number| *number <= MAXIMUM_PAUSE),
            _ => None,
        };
        let wrong = || invalid(name, "must be two whole numbers of milliseconds, the smaller first, at most a day");
        match fields.value(name) {
            None => Ok(default),
            Some(Json::List(ends)) => match ends.as_slice() {
                [low, high] => {
                    let (low, high) = (number(low).ok_or_else(wrong)?, number(high).ok_or_else(wrong)?);
                    if low <= high { Ok(Self(low, high)) } else { Err(wrong()) }
                }
                _ => Err(wrong()),
            },
            Some(_) => Err(wrong()),
        }
    }

    fn draw(self, draw: &mut Draw) -> Duration {
        Duration::from_millis(self.0 + draw.below(self.1 - self.0 + 1))
    }
}

fn chances(fields: Fields<'_>) -> Result<Vec<(String, Kind, u64)>, Refusal> {
    let Some(object) = fields.object("per_mille")? else { return Ok(Vec::new()) };
    let mut chances = Vec::new();
    for name in object.names() {
        let kind = Kind::named(name)
            .ok_or_else(|| Refusal::bad_input(format!("per_mille knows no {name:?}: there are {}", Kind::names())))?;
        let chance = Fields(object).integer_within(name, 0..=1000)?.unwrap_or(0).unsigned_abs();
        chances.push((name.to_owned(), kind, chance));
    }
    if chances.iter().map(|(_, _, chance)| chance).sum::<u64>() > 1000 {
        return Err(invalid("per_mille", "must not add up to more than 1000"));
    }
    Ok(chances)
}

fn actions(fields: Fields<'_>) -> Result<Vec<String>, Refusal> {
    let wrong = || invalid("actions", &format!("must be a list of {}", orders::requests()));
    match fields.value("actions") {
        None => Ok(Vec::new()),
        Some(Json::List(actions)) => actions
            .iter()
            .map(|action| match action {
                Json::Text(action) if orders::is_request(action) => Ok(action.clone()),
                _ => Err(wrong()),
            })
            .collect(),
        Some(_) => Err(wrong()),
    }
}

/// Denials that say nothing about a transaction, unless others are given.
fn denials(fields: Fields<'_>) -> Result<Vec<Answer>, Refusal> {
    match fields.value("denials") {
        None => {
            let words = ["too many requests", "invalid signature", "maintenance"];
            Ok(words.iter().map(|words| Answer::denial(StatusCode::OK, Some(words))).collect())
        }
        Some(Json::List(denials)) => denials.iter().map(|denial| Answer::read(Fields::of(denial)?)).collect(),
        Some(_) => Err(invalid("denials", "must be a list of objects with status, and error or body")),
    }
}
