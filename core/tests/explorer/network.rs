//! The network between merchant and gateway, and the time that passes on it.

use crate::faults::{Fault, later};
use crate::world::{Answer, Profile, World};

/// How long a worker waits for an answer, and how long one takes, in milliseconds.
const TIME_OUT: u64 = 30_000;
const ROUND_TRIP: u64 = 100;

pub(crate) struct Network {
    pub(crate) world: World,
    pub(crate) now: u64,
}

impl Network {
    pub(crate) fn new(profile: Profile, now: u64) -> Self {
        Self { world: World::new(profile), now }
    }

    pub(crate) fn pass_until(&mut self, time: u64) {
        self.now = self.now.max(time);
        self.world.advance(self.now);
    }

    /// Sends `withdraw`, and returns what comes back.
    pub(crate) fn withdraw(&mut self, fault: Option<Fault>) -> Option<Answer> {
        let (now, profile) = (self.now, self.world.profile);
        let answer = match fault {
            Some(Fault::RequestLost) => return None,
            Some(Fault::Passing(status, body)) => return Some((status, body.into())),
            Some(Fault::Late(tenths)) => return self.withdraw_late(later(now, tenths, &profile)),
            Some(Fault::Twice(1)) => {
                let answer = self.world.withdraw(now);
                self.world.withdraw(now);
                answer
            }
            Some(Fault::Twice(_)) => {
                self.world.withdraw(now);
                self.world.withdraw(now)
            }
            Some(Fault::TwiceLate(tenths)) => {
                self.world.send_late(later(now, tenths, &profile).max(now + 1));
                self.world.withdraw(now)
            }
            Some(Fault::RefusedThenLate(tenths)) => {
                self.world.empty_balance(now + 1);
                self.world.send_late(later(now, tenths, &profile).max(now + 1));
                self.world.withdraw(now)
            }
            Some(Fault::BalanceEmptied(tenths)) => {
                self.world.empty_balance(later(now, tenths, &profile).max(now + 1));
                self.world.withdraw(now)
            }
            _ => self.world.withdraw(now),
        };
        self.returned(answer, fault)
    }

    fn withdraw_late(&mut self, arrival: u64) -> Option<Answer> {
        if arrival > self.now + TIME_OUT {
            self.world.send_late(arrival);
            self.pass_until(self.now + TIME_OUT);
            return None;
        }
        self.pass_until(arrival);
        Some(self.world.withdraw(self.now))
    }

    /// Sends `details`, and returns what comes back.
    pub(crate) fn ask(&mut self, fault: Option<Fault>) -> Option<Answer> {
        let answer = match fault {
            Some(Fault::Passing(status, body)) => (status, body.into()),
            Some(Fault::FreshReplica) => self.world.details(self.now, 0),
            _ => self.world.details(self.now, self.world.profile.lag),
        };
        self.returned(answer, fault)
    }

    /// What becomes of an answer on its way.
    fn returned(&mut self, answer: Answer, fault: Option<Fault>) -> Option<Answer> {
        self.pass_until(self.now + ROUND_TRIP);
        match fault {
            Some(Fault::AnswerLost) => {
                self.pass_until(self.now + TIME_OUT);
                None
            }
            Some(Fault::Garbled(status, body)) => Some((status, body.into())),
            Some(Fault::OtherId) => Some((answer.0, answer.1.replace(r#""uniqueid":"135""#, r#""uniqueid":"999""#))),
            _ => Some(answer),
        }
    }
}
