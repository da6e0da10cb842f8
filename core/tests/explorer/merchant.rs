//! A merchant whose workers run one payout, as the drivers do, and what happens to them.

use std::collections::BTreeSet;
use std::time::Duration;

use payseal::Request;
use payseal::bitloga::{Bitloga, Withdraw};
use payseal::payout::{Outcome, Outgoing, Payout, Policy, Step, Timestamp};

use crate::faults::{Fault, Kind, Point, When};
use crate::network::Network;
use crate::world::{AMOUNT, Answer, PURSE, Profile, SETTLE_TIME, UNIQUEID};

/// A time in 2023, so that a clock set back by years still tells the time.
pub(crate) const BEGIN: u64 = 1_700_000_000_000;

/// After so many steps a history has no end.
const MOST_STEPS: usize = 20_000;

/// No pause of the policy is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// A change of a payout's stage.
pub(crate) type Transition = (&'static str, &'static str);

/// Says what goes wrong with the request of that number: on its way, and with the merchant.
pub(crate) trait Script {
    fn faults(&mut self, place: usize, kind: Kind) -> [Option<Fault>; 2];
}

/// A request of a history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    /// Whether it is one of the first questions after a send, or of the first whose denials count.
    pub(crate) is_decisive: bool,
}

/// How a history ended.
#[derive(Default)]
pub(crate) struct End {
    /// What the merchant was told, more than once if the first was not saved.
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) has_ended: bool,
    pub(crate) debits: usize,
    pub(crate) places: Vec<Place>,
    pub(crate) sends: usize,
    /// Whether `withdraw` was sent after a text was saved in which the gateway had acknowledged the payout.
    pub(crate) is_sent_after_acknowledgement: bool,
}

struct Worker {
    payout: Payout,
    wakes_at: u64,
    /// The request before, whose answer must not be taken for one to the next.
    before: Option<Outgoing>,
}

#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    /// The worker has died, has lost to another one, or has ended.
    Gone,
}

pub(crate) struct Merchant<'a> {
    gateway: &'a Bitloga,
    network: Network,
    workers: Vec<Worker>,
    /// Text, revision, and whether the gateway had acknowledged the payout.
    stored: Option<(String, u64, bool)>,
    /// How far the merchant's clock is off.
    offset: i64,
    /// What will happen to the clock in the next pause.
    next_pause: Option<(i64, When)>,
    /// After how long the next process begins.
    downtime: u64,
    sent_at: u64,
    questions: [u32; 2],
    end: End,
    transitions: &'a mut BTreeSet<Transition>,
}

impl<'a> Merchant<'a> {
    pub(crate) fn new(gateway: &'a Bitloga, profile: Profile, transitions: &'a mut BTreeSet<Transition>) -> Self {
        let mut merchant = Self {
            gateway,
            network: Network::new(profile, BEGIN),
            workers: Vec::new(),
            stored: None,
            offset: 0,
            next_pause: None,
            downtime: 1_000,
            sent_at: BEGIN,
            questions: [0, 0],
            end: End::default(),
            transitions,
        };
        let payout = fresh(gateway, profile);
        if profile.is_saved_first {
            merchant.stored = Some((payout.to_text(), 0, false));
        }
        merchant.workers.push(Worker { payout, wakes_at: BEGIN, before: None });
        merchant
    }

    /// Runs the history until every worker has ended, and the world after them.
    pub(crate) fn run(mut self, script: &mut dyn Script) -> End {
        for _ in 0..MOST_STEPS {
            match (0..self.workers.len()).min_by_key(|worker| self.workers[*worker].wakes_at) {
                Some(next) => {
                    let mut worker = self.workers.remove(next);
                    self.network.pass_until(worker.wakes_at);
                    if self.step(&mut worker, script) == Next::GoOn {
                        self.workers.push(worker);
                    }
                }
                None if self.end.has_ended => break,
                None => {
                    self.network.pass_until(self.network.now + self.downtime);
                    let worker = self.resumed();
                    self.workers.push(worker);
                }
            }
        }
        self.end.has_ended &= self.workers.is_empty();
        self.end.debits = self.network.world.debits();
        self.end
    }

    fn step(&mut self, worker: &mut Worker, script: &mut dyn Script) -> Next {
        let (saved, stage) = (worker.payout.revision(), worker.payout.progress().stage);
        let clock = self.clock();
        let step = worker.payout.next(self.gateway, clock).unwrap();
        self.note(stage, worker);
        let outgoing = match step {
            Step::Done(outcome) => {
                if self.save(worker, saved, false) {
                    self.end.outcomes.push(outcome);
                    self.end.has_ended = self.stored.as_ref().map(|stored| stored.1) == Some(worker.payout.revision());
                }
                return Next::Gone;
            }
            Step::Wait(until) => {
                assert!(until > clock, "it waits for what has passed");
                assert!(until.since(clock) <= LONGEST_PAUSE, "it waits for too long");
                self.pause(worker, until.since(clock));
                return if self.save(worker, saved, false) { Next::GoOn } else { Next::Gone };
            }
            Step::Send(outgoing) => outgoing,
        };
        self.request(worker, saved, outgoing, script)
    }

    fn pause(&mut self, worker: &mut Worker, pause: Duration) {
        worker.wakes_at = self.network.now + u64::try_from(pause.as_millis()).unwrap();
        if let Some((by, when)) = self.next_pause.take() {
            self.offset += by;
            if when == When::PauseByClock {
                worker.wakes_at = self.network.now + 1;
            }
        }
    }

    /// Saves, sends and reports one request.
    fn request(&mut self, worker: &mut Worker, saved: u64, outgoing: Outgoing, script: &mut dyn Script) -> Next {
        let kind = kind(&outgoing.request);
        let [on_the_way, trouble] = script.faults(self.end.places.len(), kind);
        self.note_place(kind);
        if self.is_down_at(Point::BeforeSave, trouble, script)
            || !self.save(worker, saved, trouble == Some(Fault::WriteLost(Point::BeforeSave)))
        {
            return Next::Gone;
        }
        // What the store has now is what this worker goes by.
        let is_acknowledged = self.stored.as_ref().is_some_and(|(.., is_acknowledged)| *is_acknowledged);
        if self.is_down_at(Point::BeforeSend, trouble, script) {
            return Next::Gone;
        }
        match trouble {
            Some(Fault::Clock(by, When::Request)) => self.offset += by,
            Some(Fault::Clock(by, when)) => self.next_pause = Some((by, when)),
            _ => {}
        }
        let answer = match kind {
            Kind::Withdraw => {
                self.end.is_sent_after_acknowledgement |= is_acknowledged;
                self.end.sends += 1;
                (self.sent_at, self.questions) = (self.network.now, [0, 0]);
                self.network.withdraw(on_the_way)
            }
            Kind::Details => self.network.ask(on_the_way),
        };
        if self.is_down_at(Point::BeforeReport, trouble, script) {
            return Next::Gone;
        }
        let saved = worker.payout.revision();
        self.report(worker, outgoing, answer);
        let is_lost = trouble == Some(Fault::WriteLost(Point::AfterReport));
        if self.is_down_at(Point::AfterReport, trouble, script) || !self.save(worker, saved, is_lost) {
            return Next::Gone;
        }
        Next::GoOn
    }

    /// Whether the worker's process ends here. A second one does what it has to do at once.
    fn is_down_at(&mut self, point: Point, trouble: Option<Fault>, script: &mut dyn Script) -> bool {
        match trouble {
            Some(Fault::Crash(at, seconds)) if at == point => {
                self.downtime = seconds * 1_000;
                true
            }
            Some(Fault::SecondWorker(at)) if at == point => {
                let mut second = self.resumed();
                while self.step(&mut second, script) == Next::GoOn {
                    if second.wakes_at > self.network.now {
                        self.workers.push(second);
                        break;
                    }
                }
                false
            }
            _ => false,
        }
    }

    fn report(&mut self, worker: &mut Worker, outgoing: Outgoing, answer: Option<Answer>) {
        let (clock, stage, payout) = (self.clock(), worker.payout.progress().stage, &mut worker.payout);
        if let Some(before) = &worker.before {
            let text = payout.to_text();
            assert!(payout.on_response(before, 200, b"[]", clock).is_err(), "an answer to an earlier request");
            assert!(payout.on_no_response(before, clock).is_err(), "a report on an earlier request");
            assert_eq!(payout.to_text(), text, "what is refused changes nothing");
        }
        match answer {
            Some((status, body)) => payout.on_response(&outgoing, status, body.as_bytes(), clock).unwrap(),
            None => payout.on_no_response(&outgoing, clock).unwrap(),
        }
        self.note(stage, worker);
        worker.before = Some(outgoing);
    }

    /// Compares and swaps. Whether the store says that it is saved.
    fn save(&mut self, worker: &Worker, saved: u64, is_lost: bool) -> bool {
        let payout = &worker.payout;
        if payout.revision() == saved {
            return true;
        }
        assert_eq!(payout.revision(), saved + 1, "one step, one revision");
        let stored = self.stored.as_ref().map_or(0, |(_, revision, _)| *revision);
        // After a lost write the store has an older text, and a worker that goes on notices.
        if stored + 1 != payout.revision() {
            return false;
        }
        if !is_lost {
            self.stored = Some((payout.to_text(), payout.revision(), payout.progress().acknowledged));
        }
        true
    }

    /// A new worker that goes on from what is stored, or begins anew.
    fn resumed(&mut self) -> Worker {
        let payout = match &self.stored {
            Some((text, ..)) => {
                let payout = self.gateway.resume_payout(text).unwrap();
                if text.contains(r#""stage":"ready""#) {
                    self.transitions.insert(("ready", payout.progress().stage));
                }
                payout
            }
            None => fresh(self.gateway, self.network.world.profile),
        };
        Worker { payout, wakes_at: self.network.now, before: None }
    }

    fn note_place(&mut self, kind: Kind) {
        let is_late = self.network.now >= self.sent_at + SETTLE_TIME;
        let questions = &mut self.questions[usize::from(is_late)];
        *questions += u32::from(kind == Kind::Details);
        let is_decisive = kind == Kind::Withdraw || *questions <= if is_late { 4 } else { 2 };
        self.end.places.push(Place { kind, is_decisive });
    }

    fn clock(&self) -> Timestamp {
        Timestamp::from_millis(self.network.now.saturating_add_signed(self.offset))
    }

    fn note(&mut self, before: &'static str, worker: &Worker) {
        let after = worker.payout.progress().stage;
        if before != after {
            self.transitions.insert((before, after));
        }
    }
}

/// The payout that is explored.
pub(crate) fn fresh(gateway: &Bitloga, profile: Profile) -> Payout {
    let withdraw = Withdraw::new(UNIQUEID, "USD", "WMZ", AMOUNT.parse().unwrap(), PURSE);
    let policy = Policy::new()
        .settle_time(Duration::from_millis(SETTLE_TIME))
        .sends(profile.sends)
        .longest_pause(LONGEST_PAUSE)
        .give_up_time(Duration::from_secs(2 * 3_600));
    gateway.payout_with(&withdraw, policy).unwrap()
}

/// What is asked for.
pub(crate) fn kind(request: &Request) -> Kind {
    let body = request.body.as_deref().unwrap_or_default();
    if body.starts_with(br#"{"action":"withdraw""#) { Kind::Withdraw } else { Kind::Details }
}
