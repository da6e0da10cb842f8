//! Clocks that jump, either way, at every stage.

use payseal::payout::{Payout, Step, Verdict};

use crate::support::{
    BEGIN, DAY, HOUR, MINUTE, SECOND, action, at, complete, gateway, not_known, payout, refusal, report, restored,
};

/// Runs a payout that is refused, with a clock that jumps once: before the request of that number
/// is reported on if `in_flight`, else in the pause before it. Returns the verdict, and how much
/// time has really passed.
fn jump(begin: u64, by: i64, at_request: usize, in_flight: bool, lag: u64) -> (Verdict, u64) {
    let (mut payout, gateway, mut real, mut offset, mut requests) = (payout(), gateway(), 0_u64, 0_i64, 0);
    let mut jump = Some(by);
    for _ in 0..5_000 {
        let clock = |real: u64, offset: i64| (begin + real).saturating_add_signed(offset);
        let now = clock(real, offset);
        match payout.next(&gateway, at(now)).unwrap() {
            Step::Done(outcome) => return (outcome.verdict, real),
            Step::Wait(until) => {
                // A driver sleeps by a clock that does not jump.
                real += until.millis().saturating_sub(now);
                if !in_flight && requests == at_request {
                    offset += jump.take().unwrap_or(0);
                }
            }
            Step::Send(outgoing) => {
                requests += 1;
                if in_flight && requests == at_request {
                    offset += jump.take().unwrap_or(0);
                }
                let answer = match action(&outgoing.request).as_str() {
                    "withdraw" => refusal("used before"),
                    _ if real < lag => not_known(),
                    _ => complete(),
                };
                report(&mut payout, &outgoing, &answer, clock(real, offset));
            }
        }
    }
    panic!("it never ends");
}

#[test]
fn one_jump_makes_it_neither_hasty_nor_slow() {
    let year = i64::try_from(365 * DAY).unwrap();
    for by in [-year, -3_600_000, -1, 1, 60_000, 3_600_000, year] {
        for at_request in 1..16 {
            for in_flight in [false, true] {
                let (verdict, real) = jump(BEGIN * 2, by, at_request, in_flight, 10 * MINUTE);
                assert_eq!(verdict, Verdict::Paid, "{by} at {at_request}, in flight: {in_flight}");
                assert!(real < 13 * MINUTE, "{by} at {at_request}: {real}");
            }
        }
    }
}

#[test]
fn a_rejection_takes_the_settle_time_whatever_the_clock_does() {
    let year = i64::try_from(365 * DAY).unwrap();
    for by in [-year, year] {
        for at_request in 1..16 {
            let (verdict, real) = jump(BEGIN * 2, by, at_request, false, DAY);
            assert_eq!(verdict, Verdict::Rejected);
            assert!((10 * MINUTE..HOUR).contains(&real), "{by} at {at_request}: {real}");
        }
    }
}

#[test]
fn a_clock_that_never_moves_does_not_move_it() {
    let mut payout = payout();
    let Step::Send(outgoing) = payout.next(&gateway(), at(BEGIN)).unwrap() else { panic!() };
    report(&mut payout, &outgoing, &None, BEGIN);
    for _ in 0..100 {
        assert!(
            matches!(payout.next(&gateway(), at(BEGIN)).unwrap(), Step::Wait(until) if until == at(BEGIN + 5 * SECOND))
        );
    }
}

#[test]
fn a_pause_goes_on_after_a_restart_and_is_not_begun_anew() {
    let mut payout = payout();
    let Step::Send(outgoing) = payout.next(&gateway(), at(BEGIN)).unwrap() else { panic!() };
    report(&mut payout, &outgoing, &None, BEGIN);
    for later in [0, 3 * SECOND] {
        let mut resumed = restored(&payout);
        let Step::Wait(until) = resumed.next(&gateway(), at(BEGIN + later)).unwrap() else { panic!() };
        assert_eq!(until, at(BEGIN + 5 * SECOND));
    }
    let mut resumed = restored(&payout);
    assert!(matches!(resumed.next(&gateway(), at(BEGIN + DAY)).unwrap(), Step::Send(_)));
    assert!(resumed.to_text().contains(r#""waited":5000,"#), "a day counts for the pause that was asked for");
}

#[test]
fn a_clock_at_the_end_of_time_is_saved() {
    for now in [0, i64::MAX as u64, u64::MAX] {
        let mut payout = payout();
        let Step::Send(outgoing) = payout.next(&gateway(), at(now)).unwrap() else { panic!() };
        report(&mut payout, &outgoing, &None, now);
        assert_eq!(Payout::from_text(&payout.to_text()).unwrap(), payout);
    }
}
