//! The limits of a payout.

use std::time::Duration;

use payseal::binding::PolicyOptions as _;
use payseal::payout::{Payout, Policy, Verdict};

use crate::support::{
    MINUTE, SECOND, always, gateway, not_known, of_status, payout_with, refusal, run, says, withdraw,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn out_of_range_is_refused_by_name() {
    let new = Policy::new;
    let over = |time: Duration| time + Duration::from_millis(1);
    let wrong = [
        ("policy.settle_time", new().settle_time(over(7 * DAY)).give_up_time(366 * DAY)),
        ("policy.settle_time", new().settle_time(Duration::MAX)),
        ("policy.denials", new().denials(0)),
        ("policy.denials", new().denials(1)),
        ("policy.denials", new().denials(101)),
        ("policy.sends", new().sends(0)),
        ("policy.sends", new().sends(11)),
        ("policy.first_pause", new().first_pause(Duration::ZERO)),
        ("policy.first_pause", new().first_pause(over(7 * DAY)).longest_pause(Duration::MAX)),
        ("policy.longest_pause", new().longest_pause(Duration::from_secs(4))),
        ("policy.longest_pause", new().longest_pause(over(7 * DAY))),
        ("policy.give_up_time", new().give_up_time(Duration::from_secs(11 * 60))),
        ("policy.give_up_time", new().give_up_time(over(366 * DAY))),
    ];
    for (option, policy) in wrong {
        let refused = policy.check().unwrap_err();
        assert_eq!((refused.code(), refused.field()), ("invalid_input", Some(option)), "{policy:?}");
        assert_eq!(gateway().payout_with(&withdraw(), policy.clone()).unwrap_err(), refused);
        assert_eq!(Payout::with_policy(&withdraw(), policy).unwrap_err(), refused);
    }
}

#[test]
fn the_ends_of_the_ranges_are_within() {
    let least = Policy::new().settle_time(Duration::ZERO).denials(2).sends(1).first_pause(Duration::from_millis(1));
    let least = least.longest_pause(Duration::from_millis(1)).give_up_time(Duration::from_millis(1));
    let most = Policy::new().settle_time(7 * DAY).denials(100).sends(10).first_pause(7 * DAY).longest_pause(7 * DAY);
    for policy in [least, most.give_up_time(366 * DAY), Policy::new().give_up_time(Duration::from_millis(660_001))] {
        policy.check().unwrap();
        assert_eq!(payout_with(policy.clone()).policy(), &policy);
    }
}

#[test]
fn no_fraction_of_a_millisecond_is_lost() {
    let policy = Policy::new().first_pause(Duration::from_nanos(1));
    policy.check().unwrap();
    let text = payout_with(policy).to_text();
    assert!(text.contains("\"first_pause\":1,"), "{text}");
}

#[test]
fn the_settle_time_is_kept_however_long_or_short() {
    for settle_time in [0, 5, 20, 999, 10_000, 120_000, 3_600_000] {
        let policy = Policy::new().settle_time(Duration::from_millis(settle_time));
        let rejected = run(&mut payout_with(policy.clone()), always(refusal("no"), not_known()));
        assert_eq!(rejected.verdict(), Verdict::Rejected);
        let settled = settle_time + settle_time / 10;
        let counted: Vec<_> = rejected.sent.iter().map(|(when, _)| *when).filter(|when| *when >= settled).collect();
        assert_eq!(counted.len(), 2 + usize::from(settle_time == 0), "{settle_time}: {:?}", rejected.sent);
        let failed = run(&mut payout_with(policy), always(None, says(200, &of_status("Error"))));
        assert_eq!(failed.verdict(), Verdict::Failed);
        assert!(failed.ended >= settled && failed.questions() >= 2, "{settle_time}: {:?}", failed.sent);
    }
}

#[test]
fn pauses_are_as_long_as_told() {
    let policy = Policy::new().first_pause(Duration::from_secs(2)).longest_pause(Duration::from_secs(30));
    let run = run(&mut payout_with(policy), always(None, None));
    let times: Vec<_> = run.sent.iter().map(|(when, _)| *when).collect();
    let pauses: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0]) / SECOND).collect();
    assert_eq!(pauses[..5], [2, 4, 8, 16, 32]);
    let settled = times.iter().position(|when| *when >= 11 * MINUTE).unwrap();
    assert!(pauses[settled..].iter().all(|pause| *pause <= 30), "{pauses:?}");
}

#[test]
fn options_are_set_by_name() {
    let mut policy = Policy::new();
    for (position, name) in Policy::NAMES.iter().enumerate() {
        policy.set(name, 1_000 + position as u64).unwrap();
    }
    let millis = Duration::from_millis;
    let expected = Policy::new().settle_time(millis(1_000)).denials(1_001).sends(1_002).first_pause(millis(1_003));
    assert_eq!(policy, expected.longest_pause(millis(1_004)).give_up_time(millis(1_005)));
    assert_eq!(policy.set("retries", 1).unwrap_err().code(), "invalid_input");
    policy.set("sends", u64::MAX).unwrap();
    assert_eq!(policy.check().unwrap_err().field(), Some("policy.denials"));
}
