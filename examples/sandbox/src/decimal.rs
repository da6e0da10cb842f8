//! Exact decimal numbers of a sane size. Nothing in the sandbox is ever a binary float.

use std::{
    fmt,
    ops::{Add, Mul, Neg, Sub},
    str::FromStr,
};

use bigdecimal::{BigDecimal, RoundingMode, Zero, num_bigint::BigInt};
use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

const MAXIMUM_DIGITS: usize = 64;
const MAXIMUM_EXPONENT: i64 = 64;

/// A decimal number that keeps its digits: `1.00` stays `1.00`, and equals `1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal(BigDecimal);

/// Not a decimal number, or one of absurd size.
#[derive(Debug)]
pub(crate) struct NotADecimal;

impl Decimal {
    pub(crate) fn zero() -> Self {
        Self(BigDecimal::zero())
    }

    /// `units` divided by ten to the power of `places`.
    pub(crate) fn new(units: i64, places: u8) -> Self {
        Self(BigDecimal::new(BigInt::from(units), i64::from(places)))
    }

    pub(crate) fn is_positive(&self) -> bool {
        self.0 > BigDecimal::zero()
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.0 < BigDecimal::zero()
    }

    pub(crate) fn absolute(&self) -> Self {
        Self(self.0.abs())
    }

    pub(crate) fn divided_by(&self, divisor: &Self) -> Self {
        Self(&self.0 / &divisor.0)
    }

    /// Rounded away from zero, so that a charge is never short.
    pub(crate) fn rounded_up(&self, places: u8) -> Self {
        Self(self.0.with_scale_round(i64::from(places), RoundingMode::Up))
    }

    pub(crate) fn rounded(&self, places: u8) -> Self {
        Self(self.0.with_scale_round(i64::from(places), RoundingMode::HalfEven))
    }

    pub(crate) fn rounded_down(&self, places: u8) -> Self {
        Self(self.0.with_scale_round(i64::from(places), RoundingMode::Down))
    }

    /// With the point moved left: an integer of smallest units becomes an amount.
    pub(crate) fn point_left(&self, places: u8) -> Self {
        let (digits, scale) = self.0.clone().into_bigint_and_exponent();
        Self(BigDecimal::new(digits, scale + i64::from(places)))
    }

    /// With the point moved right: an amount becomes one of smallest units.
    pub(crate) fn point_right(&self, places: u8) -> Self {
        let (digits, scale) = self.0.clone().into_bigint_and_exponent();
        Self(BigDecimal::new(digits, scale - i64::from(places)))
    }

    /// The significant digits without trailing zeros, and the number of places after the point.
    pub(crate) fn normalized_parts(&self) -> (BigInt, i64) {
        self.0.normalized().into_bigint_and_exponent()
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads a JSON number; nothing else is one.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(position) => (&text[..position], text[position + 1..].parse().map_err(|_| NotADecimal)?),
            None => (text, 0_i64),
        };
        let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !is_digits(whole)
            || !is_digits(fraction)
            || has_leading_zero
            || unsigned.len() > MAXIMUM_DIGITS + 1
            || exponent.abs() > MAXIMUM_EXPONENT
        {
            return Err(NotADecimal);
        }
        text.parse().map(Self).map_err(|_| NotADecimal)
    }
}

impl fmt::Display for Decimal {
    /// Never with an exponent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.to_plain_string())
    }
}

impl Add for &Decimal {
    type Output = Decimal;

    fn add(self, other: Self) -> Decimal {
        Decimal(&self.0 + &other.0)
    }
}

impl Sub for &Decimal {
    type Output = Decimal;

    fn sub(self, other: Self) -> Decimal {
        Decimal(&self.0 - &other.0)
    }
}

impl Mul for &Decimal {
    type Output = Decimal;

    fn mul(self, other: Self) -> Decimal {
        Decimal(&self.0 * &other.0)
    }
}

impl Neg for &Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        Decimal(-&self.0)
    }
}

/// Kept as text: `SQLite` knows only floats.
impl ToSql for Decimal {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Decimal {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        // Sums of the ledger may outgrow what a request may carry, so the bounds of `from_str` do not apply.
        BigDecimal::from_str(value.as_str()?).map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_digits() {
        for text in ["0", "1.00", "10.10", "-0.50", "123456789012345678901234567890.123456789"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("5e-7").to_string(), "0.0000005");
        assert_eq!(decimal("1.5e3").to_string(), "1500");
    }

    #[test]
    fn refuses_what_is_no_json_number_or_absurd() {
        let long = "1".repeat(10_000);
        for text in ["", "-", ".5", "5.", "+1", "01", "1_000", "NaN", "1e", "1e999999999", "0x10", " 1", &long] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!((&decimal("0.1") + &decimal("0.2")).to_string(), "0.3");
        assert_eq!((&decimal("1000.00") - &decimal("10.10")).to_string(), "989.90");
        assert_eq!(decimal("10.001").rounded_up(2).to_string(), "10.01");
        assert_eq!(decimal("12345678901234567890").point_left(18).to_string(), "12.345678901234567890");
    }
}
