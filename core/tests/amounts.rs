//! How amounts are printed, and what they are in decimal digits and in minor units.

#![allow(clippy::unwrap_used, reason = "tests")]

use payseal::Amount;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// A precision adds zeros. It never takes away a digit: nothing that is printed is less money than there is.
#[test]
fn a_precision_adds_zeros_and_cuts_nothing() {
    for (text, none, two) in [
        ("1234.50", "1234.50", "1234.50"),
        ("1", "1", "1.00"),
        ("1.5", "1.5", "1.50"),
        ("1.005", "1.005", "1.005"),
        ("-1234.5", "-1234.5", "-1234.50"),
        ("0", "0", "0.00"),
        ("1e2", "100", "100.00"),
        ("1.5e-3", "0.0015", "0.0015"),
        ("12.5E+1", "125", "125.00"),
        ("-5e-7", "-0.0000005", "-0.0000005"),
    ] {
        assert_eq!(format!("{:.0}", amount(text)), none, "{text}");
        assert_eq!(format!("{:.2}", amount(text)), two, "{text}");
    }
    assert_eq!(format!("{:.18}", amount("0.1")), "0.100000000000000000");
    assert_eq!(format!("{}", amount("5.0E-7")), "5.0E-7", "without a precision the digits are as written");
}

/// Width, alignment, fill, sign and zeros as for the numbers of Rust.
#[test]
fn pads_as_numbers_do() {
    assert_eq!(format!("{:>10}|", amount("1.50")), format!("{:>10}|", "1.50"));
    for (amount, number) in [(amount("1234"), 1234), (amount("-7"), -7), (amount("0"), 0)] {
        assert_eq!(format!("{amount:9}|"), format!("{number:9}|"));
        assert_eq!(format!("{amount:<9}|"), format!("{number:<9}|"));
        assert_eq!(format!("{amount:^9}|"), format!("{number:^9}|"));
        assert_eq!(format!("{amount:*>9}|"), format!("{number:*>9}|"));
        assert_eq!(format!("{amount:+}|"), format!("{number:+}|"));
        assert_eq!(format!("{amount:09}|"), format!("{number:09}|"));
        assert_eq!(format!("{amount:+09}|"), format!("{number:+09}|"));
        assert_eq!(format!("{amount:2}|"), format!("{number:2}|"));
    }
    for (amount, number) in [(amount("1234.50"), 1234.5), (amount("-0.25"), -0.25)] {
        assert_eq!(format!("{amount:12.2}|"), format!("{number:12.2}|"));
        assert_eq!(format!("{amount:<+12.3}|"), format!("{number:<+12.3}|"));
        assert_eq!(format!("{amount:012.2}|"), format!("{number:012.2}|"));
    }
}

#[test]
fn are_written_without_exponent() {
    for (text, decimal) in [
        ("1.00", "1.00"),
        ("1e2", "100"),
        ("1.50e1", "15.0"),
        ("1.5e-3", "0.0015"),
        ("-1.5E+3", "-1500"),
        ("0e5", "0"),
        ("0.0e3", "0"),
        ("0e-2", "0.00"),
        ("-0", "-0"),
        ("1e-63", "0.000000000000000000000000000000000000000000000000000000000000001"),
    ] {
        assert_eq!(amount(text).to_decimal_string(), decimal, "{text}");
        assert_eq!(amount(decimal), amount(text));
    }
    assert_eq!(amount("1e64").to_decimal_string(), format!("1{}", "0".repeat(64)));
}

#[test]
fn of_minor_units() {
    for (text, scale, units) in [
        ("1.00", 2, Some(100)),
        ("1", 2, Some(100)),
        ("1.5e-1", 2, Some(15)),
        ("1.005", 2, None),
        ("1.0050", 3, Some(1005)),
        ("-12.34", 2, Some(-1234)),
        ("0.000", 0, Some(0)),
        ("-0", 2, Some(0)),
        ("1500000", 0, Some(1_500_000)),
        ("1.000000000000000001", 18, Some(1_000_000_000_000_000_001)),
        ("170141183460469231731687303715884105727", 0, Some(i128::MAX)),
        ("-170141183460469231731687303715884105728", 0, Some(i128::MIN)),
        ("170141183460469231731687303715884105728", 0, None),
        ("1e64", 0, None),
        ("0e64", 64, Some(0)),
        ("1e-64", 64, Some(1)),
        ("1", u32::MAX, None),
        ("0", u32::MAX, Some(0)),
    ] {
        assert_eq!(amount(text).to_minor_units(scale), units, "{text} at {scale}");
        if let Some(units) = units
            && scale < 64
        {
            assert_eq!(Amount::from_minor_units(units, scale).unwrap(), amount(text), "{units} at {scale}");
        }
    }
    assert_eq!(Amount::from_minor_units(150, 2).unwrap().as_str(), "1.50");
    assert_eq!(Amount::from_minor_units(-5, 2).unwrap().as_str(), "-0.05");
    assert_eq!(Amount::from_minor_units(0, 0).unwrap().as_str(), "0");
    assert_eq!(Amount::from_minor_units(1, 64).unwrap_err().code(), "invalid_input");
    assert_eq!(Amount::from_minor_units(1, u32::MAX).unwrap_err().code(), "invalid_input");
}

#[test]
fn zero_is_a_constant() {
    const NOTHING: Amount = Amount::ZERO;
    assert!(NOTHING.is_zero() && NOTHING == amount("0.00") && NOTHING.as_str() == "0");
    assert_eq!([amount("1.5"), amount("2")].into_iter().fold(NOTHING, Amount::max), amount("2"));
}
