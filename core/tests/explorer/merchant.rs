//! A merchant whose workers run one payout, as the drivers do, and what happens to them.

use std::collections::BTreeSet;
use std::time::Duration;

use payseal::bitloga::{Bitloga, Withdraw};
use payseal::payout::{Outcome, Outgoing, Payout, Policy, Step, Timestamp};

use crate::faults::Fault;
use crate::world::{AMOUNT, Answer, PURSE, Profile, SETTLE_TIME, UNIQUEID, World};

/// A time in 2023, so that a clock set back by years still tells the time.
const BEGIN: u64 = 1_700_000_000_000;

/// After so many steps a history has no end.
const MOST_STEPS: usize = 20_000;

/// A change of a payout's stage.
pub(crate) type Transition = (&'static str, &'static str);

/// How a history ended.
pub(crate) struct End {
    pub(crate) outcome: Option<Outcome>,
    pub(crate) debits: usize,
    pub(crate) requests: usize,
    pub(crate) withdrawals: usize,
    /// Whether `withdraw` was sent after the gateway had acknowledged the payout.
    pub(crate) is_sent_after_acknowledgement: bool,
}

struct Worker {
    payout: Payout,
    wakes_at: u64,
    /// The request before, whose answer must not be taken for one to the next.
    before: Option<Outgoing>,
}

pub(crate) struct Merchant<'g> {
    gateway: &'g Bitloga,
    world: World,
    workers: Vec<Worker>,
    stored: Option<(String, u64)>,
    now: u64,
    /// How far the merchant's clock is off.
    offset: i64,
    end: End,
    pub(crate) transitions: &'g mut BTreeSet<Transition>,
}

enum Next {
    GoOn,
    /// The worker has died, or another one has saved.
    Gone,
    Done(Outcome),
}

impl<'g> Merchant<'g> {
    pub(crate) fn new(gateway: &'g Bitloga, profile: Profile, transitions: &'g mut BTreeSet<Transition>) -> Self {
        let end = End { outcome: None, debits: 0, requests: 0, withdrawals: 0, is_sent_after_acknowledgement: false };
        let world = World::new(profile);
        let mut merchant =
            Self { gateway, world, workers: Vec::new(), stored: None, now: BEGIN, offset: 0, end, transitions };
        let payout = merchant.fresh();
        if profile.is_saved_first {
            merchant.stored = Some((payout.to_text(), 0));
        }
        merchant.hire(payout);
        merchant
    }

    /// Runs the history: `fault` says what goes wrong with the request of that number.
    pub(crate) fn run(mut self, mut fault: impl FnMut(usize) -> Option<Fault>) -> End {
        for _ in 0..MOST_STEPS {
            let Some(next) = (0..self.workers.len()).min_by_key(|worker| self.workers[*worker].wakes_at) else {
                self.resume();
                continue;
            };
            let mut worker = self.workers.remove(next);
            self.now = self.now.max(worker.wakes_at);
            self.world.advance(self.now);
            match self.step(&mut worker, &mut fault) {
                Next::GoOn => self.workers.push(worker),
                Next::Gone => {}
                Next::Done(outcome) => {
                    self.end.outcome = Some(outcome);
                    break;
                }
            }
        }
        self.end.debits = self.world.debits();
        self.end
    }

    fn step(&mut self, worker: &mut Worker, fault: &mut impl FnMut(usize) -> Option<Fault>) -> Next {
        let (saved, stage) = (worker.payout.revision(), worker.payout.progress().stage);
        let clock = self.clock();
        let step = worker.payout.next(self.gateway, clock).unwrap();
        self.note(stage, worker);
        let outgoing = match step {
            Step::Done(outcome) => return if self.save(worker, saved) { Next::Done(outcome) } else { Next::Gone },
            Step::Wait(until) => {
                assert!(until > clock, "it waits for what has passed");
                worker.wakes_at = self.now + until.since(clock).as_millis() as u64;
                return if self.save(worker, saved) { Next::GoOn } else { Next::Gone };
            }
            Step::Send(outgoing) => outgoing,
        };
        let fault = fault(self.end.requests);
        self.end.requests += 1;
        if let Some(end) = self.before_send(worker, saved, fault) {
            return end;
        }
        let answer = self.exchange(worker, &outgoing, fault);
        if matches!(fault, Some(Fault::CrashAfterSend | Fault::WriteLost)) {
            return Next::Gone;
        }
        self.report(worker, outgoing, answer, fault)
    }

    /// Saves, and whatever happens before the request is sent.
    fn before_send(&mut self, worker: &Worker, saved: u64, fault: Option<Fault>) -> Option<Next> {
        match fault {
            Some(Fault::CrashBeforeSave) => return Some(Next::Gone),
            Some(Fault::WriteLost) => return None,
            _ => {}
        }
        if !self.save(worker, saved) {
            return Some(Next::Gone);
        }
        match fault {
            Some(Fault::CrashBeforeSend) => return Some(Next::Gone),
            Some(Fault::SecondWorker) => self.resume(),
            Some(Fault::Clock(milliseconds)) => self.offset += milliseconds,
            _ => {}
        }
        None
    }

    /// Sends the request, and returns what comes back.
    fn exchange(&mut self, worker: &Worker, outgoing: &Outgoing, fault: Option<Fault>) -> Option<Answer> {
        let body = String::from_utf8(outgoing.request.body.clone().unwrap()).unwrap();
        if body.contains(r#""action":"details""#) {
            return self.ask(fault);
        }
        self.end.withdrawals += 1;
        self.end.is_sent_after_acknowledgement |= worker.payout.progress().acknowledged;
        match fault {
            Some(Fault::RequestLost) => None,
            Some(Fault::Late(tenths)) => {
                self.world.send_late(Fault::arrival(tenths, self.now, &self.world));
                None
            }
            Some(Fault::RefusedThenLate) => {
                self.world.has_no_balance.set(true);
                let answer = self.world.withdraw(self.now);
                self.world.send_late(Fault::arrival(10, self.now, &self.world));
                Some(answer)
            }
            Some(Fault::Twice(copy)) => {
                let answers = [self.world.withdraw(self.now), self.world.withdraw(self.now)];
                Some(answers[usize::from(copy - 1)].clone())
            }
            _ => {
                self.world.has_no_balance.set(fault == Some(Fault::NoBalance));
                let answer = self.world.withdraw(self.now);
                self.world.has_no_balance.set(false);
                on_its_way_back(answer, fault)
            }
        }
    }

    fn ask(&mut self, fault: Option<Fault>) -> Option<Answer> {
        match fault {
            Some(Fault::RequestLost | Fault::Late(_)) => None,
            Some(Fault::Passing(status, body)) => Some((status, body.into())),
            Some(Fault::Stale) => Some(self.world.not_known()),
            _ => on_its_way_back(self.world.details(self.now), fault),
        }
    }

    fn report(
        &mut self,
        worker: &mut Worker,
        outgoing: Outgoing,
        answer: Option<Answer>,
        fault: Option<Fault>,
    ) -> Next {
        let (clock, saved, stage) = (self.clock(), worker.payout.revision(), worker.payout.progress().stage);
        if let Some(before) = &worker.before {
            assert!(worker.payout.on_response(before, 200, b"{}", clock).is_err(), "an answer to an earlier request");
        }
        match answer {
            Some((status, body)) => worker.payout.on_response(&outgoing, status, body.as_bytes(), clock).unwrap(),
            None => worker.payout.on_no_response(&outgoing, clock).unwrap(),
        }
        self.note(stage, worker);
        worker.before = Some(outgoing);
        if fault == Some(Fault::CrashAfterReport) || !self.save(worker, saved) { Next::Gone } else { Next::GoOn }
    }

    /// Compares and swaps. Whether it is saved.
    fn save(&mut self, worker: &Worker, saved: u64) -> bool {
        let revision = worker.payout.revision();
        if revision == saved {
            return true;
        }
        assert_eq!(revision, saved + 1, "one step, one revision");
        let stored = self.stored.as_ref().map_or(0, |(_, revision)| *revision);
        // After a lost write the store is behind, and a worker that goes on notices.
        if stored + 1 != revision {
            return false;
        }
        self.stored = Some((worker.payout.to_text(), revision));
        true
    }

    /// A new process goes on from what is stored, or begins anew.
    fn resume(&mut self) {
        let payout = match &self.stored {
            Some((text, _)) => {
                let payout = self.gateway.resume_payout(text).unwrap();
                if text.contains(r#""stage":"ready""#) {
                    self.transitions.insert(("ready", payout.progress().stage));
                }
                payout
            }
            None => self.fresh(),
        };
        self.hire(payout);
    }

    fn hire(&mut self, payout: Payout) {
        let wakes_at = self.now + 1_000;
        self.workers.push(Worker { payout, wakes_at, before: None });
    }

    fn fresh(&self) -> Payout {
        let withdraw = Withdraw::new(UNIQUEID, "USD", "WMZ", AMOUNT.parse().unwrap(), PURSE);
        let policy = Policy::new()
            .settle_time(Duration::from_millis(SETTLE_TIME))
            .sends(self.world.profile.sends)
            .give_up_time(Duration::from_secs(2 * 3_600));
        self.gateway.payout_with(&withdraw, policy).unwrap()
    }

    fn clock(&self) -> Timestamp {
        Timestamp::from_millis(self.now.saturating_add_signed(self.offset))
    }

    fn note(&mut self, before: &'static str, worker: &Worker) {
        let after = worker.payout.progress().stage;
        if before != after {
            self.transitions.insert((before, after));
        }
    }
}

/// What becomes of an answer before it arrives.
fn on_its_way_back(answer: Answer, fault: Option<Fault>) -> Option<Answer> {
    match fault {
        Some(Fault::AnswerLost) => None,
        Some(Fault::Garbled(status, body)) => Some((status, body.into())),
        Some(Fault::OtherId) => Some((answer.0, answer.1.replace(r#""uniqueid":"135""#, r#""uniqueid":"999""#))),
        _ => Some(answer),
    }
}
