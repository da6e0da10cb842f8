//! Amounts against whole numbers of any size.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use payseal::Amount;
use proptest::prelude::*;
use serde_json::value::RawValue;

use super::cases;

/// The value in units of 10^-128, which is a whole number of them for every amount.
fn units(text: &str) -> BigInt {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.parse().unwrap();
    let shift = 128 + exponent - i64::try_from(fraction.len()).unwrap();
    let digits: BigInt = [whole, fraction].concat().parse().unwrap();
    digits * BigInt::from(10).pow(u32::try_from(shift).unwrap())
}

fn hash(amount: &Amount) -> u64 {
    let mut hasher = DefaultHasher::new();
    amount.hash(&mut hasher);
    hasher.finish()
}

/// An amount written in any way.
fn any_amount() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,32})?([eE][+-]?[0-5]?[0-9])?"
}

/// A few values, each written in many ways: so that equal ones meet.
fn few_values() -> impl Strategy<Value = String> {
    (-20..20_i32, -3..4_i32, 0..4_usize, -2..3_i32).prop_map(|(digits, exponent, zeros, shift)| {
        let sign = if digits < 0 { "-" } else { "" };
        let digits = digits.unsigned_abs();
        let exponent = exponent - shift;
        let zeros = "0".repeat(zeros);
        match shift {
            0 => format!("{sign}{digits}e{exponent}"),
            1 => format!("{sign}{}.{}{zeros}E{:+}", digits / 10, digits % 10, exponent + 2),
            2 => format!("{sign}{}.{:02}{zeros}e{}", digits / 100, digits % 100, exponent + 4),
            _ => format!("{sign}{digits}.0{zeros}e{exponent}"),
        }
    })
}

fn hold_against_whole_numbers(left: &str, right: &str) {
    let (a, b): (Amount, Amount) = (left.parse().unwrap(), right.parse().unwrap());
    let expected = units(left).cmp(&units(right));
    assert_eq!(a.cmp(&b), expected, "{left} {right}");
    assert_eq!(a == b, expected.is_eq(), "{left} {right}");
    assert!(!expected.is_eq() || hash(&a) == hash(&b), "{left} {right} hash differently");
    assert_eq!(a.is_zero(), units(left) == BigInt::ZERO, "{left}");
    assert_eq!(a.is_positive(), units(left) > BigInt::ZERO, "{left}");
    assert_eq!(a.to_string(), left);
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn of_any_size(left in any_amount(), right in any_amount()) {
        hold_against_whole_numbers(&left, &right);
    }

    #[test]
    fn of_few_values(left in few_values(), right in few_values()) {
        hold_against_whole_numbers(&left, &right);
    }

    /// Rewriting an amount does not change it: another exponent, zeros at the end.
    #[test]
    fn of_one_value(whole in "-?[1-9][0-9]{0,20}", zeros in 0..10_usize, fraction in "[0-9]{0,10}") {
        let plain = format!("{whole}.{fraction}0");
        let scaled = format!("{whole}{fraction}{}e-{}", "0".repeat(zeros), fraction.len() + zeros);
        let (plain_amount, scaled_amount): (Amount, Amount) = (plain.parse().unwrap(), scaled.parse().unwrap());
        prop_assert_eq!(&plain_amount, &scaled_amount);
        prop_assert_eq!(hash(&plain_amount), hash(&scaled_amount));
        hold_against_whole_numbers(&plain, &scaled);
    }

    /// Accepted are the numbers of JSON that are within the limits, and nothing else.
    #[test]
    fn accepted(text in prop_oneof!["[-+0-9.eE]{0,8}", "[ -~]{0,5}", any_amount(), "[1-9][0-9]{60,66}", "1e[-+]?[0-9]{1,4}"]) {
        let number = serde_json::from_str::<&RawValue>(&text).is_ok_and(|raw| raw.get() == text);
        let number = number && text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let short = mantissa.bytes().filter(u8::is_ascii_digit).count() <= 64;
        let near = exponent.len() <= 4 && exponent.parse::<i64>().is_ok_and(|exponent| exponent.abs() <= 64);
        prop_assert_eq!(text.parse::<Amount>().is_ok(), number && short && near, "{}", text);
    }
}

/// An amount that is small in value is not therefore short.
#[test]
fn long_exponents_are_refused() {
    assert!("1e-064".parse::<Amount>().is_ok());
    assert!("1e-0064".parse::<Amount>().is_err());
    assert!(format!("1e{}1", "0".repeat(1_000_000)).parse::<Amount>().is_err());
}
