//! Faults on demand: what goes wrong between a client and a gateway, when a test asks for it.

mod answer;
mod draw;
mod fault;
mod later;
mod orders;
mod trouble;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::response::Response;

pub(crate) use answer::HangUp;
use answer::hang_up;
use fault::{Effect, Fault, WhichCopy};
use later::Later;
use orders::Orders;
use trouble::Trouble;

use crate::{
    behaviour::NotKnown,
    fields::Fields,
    json::{Json, Object, Style},
    options::Options,
    refusal::Refusal,
};

/// What a request asks for.
pub(crate) struct Asked<'a> {
    pub(crate) action: &'static str,
    pub(crate) uniqueid: Option<&'a str>,
}

/// Marks a response with the name of what went wrong with its request.
#[derive(Clone)]
pub(crate) struct Happened(pub(crate) String);

/// The faults that were asked for and have not happened yet, and a count of those that have.
pub(crate) struct Misbehaviour {
    state: Mutex<State>,
    later: Later,
    /// What trouble is drawn from unless it has a seed of its own.
    seed: u32,
    at_start: Option<Trouble>,
    style: Style,
}

#[derive(Default)]
struct State {
    orders: Orders,
    trouble: Option<Trouble>,
    requests: BTreeMap<&'static str, i64>,
    faults: BTreeMap<String, i64>,
}

impl Misbehaviour {
    /// With the trouble of the options, if there is any.
    pub(crate) fn new(options: &Options, seed: u32, style: Style) -> Result<Self, Refusal> {
        let at_start = match &options.trouble {
            Some(text) => Trouble::read(Fields::of(&Json::parse(text.as_bytes()).map_err(Refusal::bad_input)?)?, seed)?,
            None => None,
        };
        let state = Mutex::new(State { trouble: at_start.clone(), ..State::default() });
        Ok(Self { state, later: Later::default(), seed, at_start, style })
    }

    /// Takes an order such as `{"action":"withdraw","mode":"drop-after","times":1}`.
    pub(crate) fn order(&self, fields: Fields<'_>, form: NotKnown) -> Result<(), Refusal> {
        self.state().orders.take(fields, form)
    }

    /// What was ordered and has not happened yet will not happen. Random trouble goes on.
    pub(crate) fn cancel_orders(&self) {
        self.state().orders = Orders::default();
    }

    /// Makes trouble such as `{"seed":1,"per_mille":{"drop":50}}`, in place of what there was.
    pub(crate) fn make_trouble(&self, fields: Fields<'_>) -> Result<(), Refusal> {
        self.state().trouble = Trouble::read(fields, self.seed)?;
        Ok(())
    }

    /// Back to the start, and what is still to be carried out is not.
    pub(crate) fn forget(&self) {
        *self.state() = State { trouble: self.at_start.clone(), ..State::default() };
        self.later.abandon();
    }

    /// What is still to be carried out is not.
    pub(crate) fn abandon(&self) {
        self.later.abandon();
    }

    /// The orders that have not been used up.
    pub(crate) fn describe(&self) -> Json {
        self.state().orders.describe()
    }

    pub(crate) fn describe_trouble(&self) -> Json {
        self.state().trouble.as_ref().map(Trouble::describe).into()
    }

    /// How many requests there were of each action, and how many faults of each kind.
    pub(crate) fn counts(&self) -> Object {
        let state = self.state();
        let requests = state.requests.iter().fold(Object::new(), |object, (name, count)| object.with(name, *count));
        let faults = state.faults.iter().fold(Object::new(), |object, (name, count)| object.with(name, *count));
        Object::new()
            .with("seed", i64::from(self.seed))
            .with("requests", requests)
            .with("faults", faults)
            .with("late_under_way", self.later.under_way())
    }

    /// Whether the next delivery of this kind is to be made twice.
    pub(crate) fn duplicates(&self, kind: &str) -> bool {
        let mut state = self.state();
        let is_duplicate = state.orders.next_duplicate(kind);
        if is_duplicate {
            state.count("duplicate".to_owned());
        }
        is_duplicate
    }

    /// Carries out a request, or fails to in the way that was ordered or drawn. The work is given a lag if this very
    /// request is to be answered as the world was.
    pub(crate) async fn around(
        &self,
        asked: &Asked<'_>,
        form: NotKnown,
        work: impl Fn(Option<Duration>) -> Response + Send + Sync + 'static,
    ) -> Response {
        let fault = self.state().next_fault(asked, form);
        let Some((name, fault)) = fault else { return work(None) };
        let mut response = self.carry_out(fault, work).await;
        response.extensions_mut().insert(Happened(name));
        response
    }

    async fn carry_out(
        &self,
        fault: Fault,
        work: impl Fn(Option<Duration>) -> Response + Send + Sync + 'static,
    ) -> Response {
        match fault {
            Fault::Lag(lag) => work(Some(lag)),
            Fault::Before(effect) => self.before(effect, work).await,
            Fault::After(effect) => self.after(effect, work(None)).await,
            Fault::Twice { pause, answer } => self.twice(pause, answer, work).await,
            Fault::Late { delay, hang_up: patience, answer } => {
                // Nobody waits for it: what a client does meanwhile changes nothing.
                drop(self.later.spawn(delay, move || work(None)));
                tokio::time::sleep(patience).await;
                answer.map_or_else(hang_up, |answer| answer.response(self.style))
            }
        }
    }

    async fn before(&self, effect: Effect, work: impl Fn(Option<Duration>) -> Response + Send + 'static) -> Response {
        match effect {
            Effect::Drop => hang_up(),
            Effect::Answer(answer) => answer.response(self.style),
            Effect::Delay(delay) => or_hang_up(self.later.spawn(delay, move || work(None)).await),
        }
    }

    async fn after(&self, effect: Effect, response: Response) -> Response {
        match effect {
            Effect::Drop => hang_up(),
            Effect::Answer(answer) => answer.response(self.style),
            Effect::Delay(delay) => {
                tokio::time::sleep(delay).await;
                response
            }
        }
    }

    async fn twice(
        &self,
        pause: Duration,
        answer: WhichCopy,
        work: impl Fn(Option<Duration>) -> Response + Send + Sync + 'static,
    ) -> Response {
        let first = work(None);
        if pause.is_zero() {
            let second = work(None);
            return match answer {
                WhichCopy::First => first,
                WhichCopy::Second => second,
            };
        }
        let second = self.later.spawn(pause, move || work(None));
        match answer {
            WhichCopy::First => first,
            WhichCopy::Second => or_hang_up(second.await),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Orders come first; a request they are used on draws no trouble.
    fn next_fault(&mut self, asked: &Asked<'_>, form: NotKnown) -> Option<(String, Fault)> {
        *self.requests.entry(asked.action).or_default() += 1;
        let drawn = || self.trouble.as_mut().and_then(|trouble| trouble.next_fault(asked, form));
        let (name, fault) = self.orders.next_fault(asked).or_else(drawn)?;
        self.count(name.clone());
        Some((name, fault))
    }

    fn count(&mut self, name: String) {
        *self.faults.entry(name).or_default() += 1;
    }
}

/// The answer of what was carried out later, unless it was abandoned.
fn or_hang_up(result: Result<Option<Response>, tokio::task::JoinError>) -> Response {
    result.ok().flatten().unwrap_or_else(hang_up)
}
