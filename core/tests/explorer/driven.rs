//! The driver of the library runs payouts as the merchant here does: what is explored is what users run.

use payseal::driver::{self, Driver, Pause};
use payseal::{Request, Timestamp};

use crate::faults::{Fault, Kind};
use crate::merchant::{BEGIN, fresh, kind};
use crate::network::Network;
use crate::profiles;
use crate::search::Search;

struct Driven {
    network: Network,
    requests: usize,
    fault: (usize, Fault),
    saved: u64,
}

impl Driver for Driven {
    type Failure = String;

    fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
        let fault = (self.fault.0 == self.requests).then_some(self.fault.1);
        self.requests += 1;
        let answer = match kind(request) {
            Kind::Withdraw => self.network.withdraw(fault),
            Kind::Details => self.network.ask(fault),
        };
        answer.map(|(status, body)| (status, body.into_bytes()))
    }

    fn store(&mut self, _: &str, revision: u64) -> Result<(), String> {
        assert_eq!(revision, self.saved + 1);
        self.saved = revision;
        Ok(())
    }

    fn now(&mut self) -> Timestamp {
        Timestamp::from_millis(self.network.now)
    }

    fn sleep_until(&mut self, until: Timestamp) -> Pause {
        self.network.pass_until(until.millis());
        Pause::Over
    }
}

#[test]
fn the_driver_ends_histories_as_the_merchant_does() {
    let mut search = Search::default();
    for profile in profiles(&[0, 26_000]) {
        for place in 0..4 {
            for fault in Fault::of_network(if place == 0 { Kind::Withdraw } else { Kind::Details }) {
                let end = search.run(profile, &vec![(place, *fault)]);
                let network = Network::new(profile, BEGIN);
                let mut driven = Driven { network, requests: 0, fault: (place, *fault), saved: 0 };
                let mut payout = fresh(&search.gateway, profile);
                let outcome = driver::run(&mut payout, &search.gateway, &mut driven).unwrap();
                assert_eq!((outcome.as_slice(), driven.requests), (&*end.outcomes, end.places.len()));
                assert_eq!(driven.network.world.debits(), end.debits);
            }
        }
    }
    search.assert_sound();
}
