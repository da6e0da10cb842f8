//! Exact decimal amounts.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use crate::error::{Error, Result};
use crate::json::number;

/// The most digits an amount may be written with.
const MAX_DIGITS: usize = 64;
/// The largest exponent, of either sign, an amount may be written with.
const MAX_EXPONENT: u64 = 64;
/// The most characters an exponent may be written with: sign, two digits, and a leading zero.
const MAX_EXPONENT_LENGTH: usize = 4;

/// An exact decimal number that keeps its digits as written.
///
/// `1.00` stays `1.00` on the wire and in print, and equals `1`: amounts compare, sort and hash
/// by value. Nothing ever passes through a binary float. What is accepted is a JSON number of at
/// most 64 digits, with an exponent within ±64.
///
/// ```
/// use payseal::Amount;
///
/// let amount: Amount = "1.00".parse()?;
/// assert_eq!(amount.to_string(), "1.00");
/// assert_eq!(amount, Amount::from(1));
/// assert!(amount < "1.01".parse()?);
/// assert!("1,00".parse::<Amount>().is_err());
///
/// // A precision adds zeros and never cuts digits; width and alignment are as for numbers.
/// let fee: Amount = "2.125".parse()?;
/// assert_eq!(format!("{:>8.2} {fee:.2}", Amount::from(5)), "    5.00 2.125");
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone)]
pub struct Amount(Cow<'static, str>);

impl Amount {
    /// Nothing, written `0`.
    pub const ZERO: Self = Self(Cow::Borrowed("0"));

    /// So many minor units, such as cents, of which `scale` decimal digits make one whole.
    ///
    /// ```
    /// # use payseal::Amount;
    /// assert_eq!(Amount::from_minor_units(150, 2)?.as_str(), "1.50");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input` where that takes more than 64 digits.
    pub fn from_minor_units(units: i128, scale: u32) -> Result<Self> {
        // A longer fraction is refused below, and need not be written first.
        let places = usize::try_from(scale).unwrap_or(usize::MAX).min(MAX_DIGITS);
        let (sign, digits) =
            (if units < 0 { "-" } else { "" }, alloc::format!("{:0>1$}", units.unsigned_abs(), places + 1));
        let (whole, fraction) = digits.split_at(digits.len() - places);
        [sign, whole, if fraction.is_empty() { "" } else { "." }, fraction].concat().parse()
    }

    /// How many minor units this is, such as cents, if `scale` decimal digits make one whole.
    /// Nothing is rounded: `None` where it is not a whole number of them, or beyond 128 bits.
    ///
    /// ```
    /// # use payseal::Amount;
    /// assert_eq!("1.5".parse::<Amount>()?.to_minor_units(2), Some(150));
    /// assert_eq!("1.005".parse::<Amount>()?.to_minor_units(2), None);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn to_minor_units(&self, scale: u32) -> Option<i128> {
        let Decimal { negative, whole, fraction } = Decimal::from_text(&self.0);
        let zeros = scale.checked_sub(u32::try_from(fraction.len()).ok()?)?;
        let sign = if negative { "-" } else { "" };
        match [sign, &whole, &fraction].concat().parse::<i128>().ok()? {
            0 => Some(0),
            units => units.checked_mul(10_i128.checked_pow(zeros)?),
        }
    }

    /// The digits without an exponent, for systems that take none: `1.5e-7` is `0.00000015`.
    ///
    /// ```
    /// # use payseal::Amount;
    /// assert_eq!("1.50E+3".parse::<Amount>()?.to_decimal_string(), "1500");
    /// assert_eq!("1.00".parse::<Amount>()?.to_decimal_string(), "1.00");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn to_decimal_string(&self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        [sign, &unsigned_decimal(&self.0)].concat()
    }

    fn is_negative(&self) -> bool {
        self.0.starts_with('-')
    }

    /// The digits as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the value is above zero.
    pub fn is_positive(&self) -> bool {
        Self::is_positive_text(&self.0)
    }

    /// Whether the value is zero, however it is written.
    pub fn is_zero(&self) -> bool {
        Self::is_zero_text(&self.0)
    }

    /// Whether it is written as a whole number, without fraction or exponent.
    pub fn is_integer(&self) -> bool {
        Self::is_integer_text(&self.0)
    }

    /// The rule that `text` breaks as an amount, if any.
    pub(crate) fn violated_rule(text: &str) -> Option<&'static str> {
        if number::scan(text.as_bytes()) != Some(text.len()) {
            return Some("must be a decimal number such as 1.00");
        }
        Self::violated_limit(text)
    }

    /// The limit that `text`, a JSON number, breaks as an amount, if any.
    pub(crate) fn violated_limit(text: &str) -> Option<&'static str> {
        let (mantissa, exponent) = split_exponent(text);
        if mantissa.len() > MAX_DIGITS && mantissa.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
            return Some("must have at most 64 digits");
        }
        let near = |exponent: &str| exponent.parse::<i64>().is_ok_and(|value| value.unsigned_abs() <= MAX_EXPONENT);
        let within = |exponent: &str| exponent.len() <= MAX_EXPONENT_LENGTH && near(exponent);
        if exponent.is_none_or(within) { None } else { Some("must have an exponent within -64 and 64") }
    }

    /// [`Amount::is_positive`] of text that breaks no rule.
    pub(crate) fn is_positive_text(text: &str) -> bool {
        !text.starts_with('-') && !Self::is_zero_text(text)
    }

    fn is_zero_text(text: &str) -> bool {
        let (mantissa, _) = split_exponent(text);
        !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
    }

    /// [`Amount::is_integer`] of text that breaks no rule.
    pub(crate) fn is_integer_text(text: &str) -> bool {
        text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    }

    /// Whether two texts that break no rule are of the same value.
    pub(crate) fn are_equal_texts(left: &str, right: &str) -> bool {
        left == right || Decimal::from_text(left) == Decimal::from_text(right)
    }

    /// Text already found to break no rule.
    pub(crate) fn checked(text: &str) -> Self {
        Self(Cow::Owned(text.into()))
    }
}

/// At most 64 by construction.
fn digit_count(digits: usize) -> i64 {
    i64::try_from(digits).unwrap_or(i64::MAX)
}

/// The digits without sign and exponent.
fn unsigned_decimal(text: &str) -> String {
    let (mantissa, exponent) = split_exponent(text);
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    // Where the point is among the digits, or so many zeros before or after them. Both are small.
    let point = digit_count(whole.len()) + exponent.and_then(|exponent| exponent.parse().ok()).unwrap_or(0);
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
    let (before, after) = (zeros(-point), zeros(point - digit_count(digits.len())));
    let all = [before, digits, after].concat();
    let (whole, fraction) = all.split_at(usize::try_from(point).unwrap_or(0));
    let whole = whole.trim_start_matches('0');
    [if whole.is_empty() { "0" } else { whole }, if fraction.is_empty() { "" } else { "." }, fraction].concat()
}

fn split_exponent(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    }
}

/// An amount in digits alone, by which it compares: without zeros before the whole number and after the fraction.
#[derive(PartialEq, Eq, Hash)]
struct Decimal {
    /// False for zero.
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    fn from_text(text: &str) -> Self {
        let digits = unsigned_decimal(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        Self {
            negative: text.starts_with('-') && !Amount::is_zero_text(text),
            whole: whole.into(),
            fraction: fraction.trim_end_matches('0').into(),
        }
    }

    fn compare<'d>(&'d self, other: &'d Self) -> Ordering {
        let size = |decimal: &'d Self| (decimal.whole.len(), &decimal.whole, &decimal.fraction);
        match (self.negative, other.negative) {
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        Decimal::from_text(&self.0).compare(&Decimal::from_text(&other.0))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        Self::are_equal_texts(&self.0, &other.0)
    }
}

impl Eq for Amount {}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Decimal::from_text(&self.0).hash(state);
    }
}

impl FromStr for Amount {
    type Err = Error;

    /// Reads a JSON number.
    ///
    /// # Errors
    /// `invalid_input` where the text is not a JSON number, has more than 64 digits, or an
    /// exponent beyond ±64.
    fn from_str(text: &str) -> Result<Self> {
        match Self::violated_rule(text) {
            None => Ok(Self::checked(text)),
            Some(rule) => Err(Error::invalid("amount", rule)),
        }
    }
}

impl TryFrom<&str> for Amount {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self> {
        text.parse()
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Amount {
            fn from(value: $integer) -> Self {
                Self(Cow::Owned(alloc::format!("{value}")))
            }
        }
    )*};
}
from_integers!(i32, u32, i64, u64, i128, u128);

/// The digits as written. With a precision they are without exponent, and get zeros up to that many decimal
/// places: a precision never cuts digits, so that nothing printed is less money than there is. Width,
/// alignment, fill and sign are as for the numbers of Rust.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(places) = f.precision() else {
            return f.pad_integral(!self.is_negative(), "", self.0.strip_prefix('-').unwrap_or(&self.0));
        };
        let mut digits = unsigned_decimal(&self.0);
        let fraction = digits.split_once('.').map(|(_, fraction)| fraction.len());
        if fraction.is_none() && places > 0 {
            digits.push('.');
        }
        for _ in fraction.unwrap_or(0)..places {
            digits.push('0');
        }
        f.pad_integral(!self.is_negative(), "", &digits)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({})", self.0)
    }
}

impl AsRef<str> for Amount {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.0.into_owned()
    }
}

/// Amounts serialise as text: most JSON readers would round a number.
#[cfg(feature = "serde")]
impl serde::Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_its_digits() {
        for text in ["1.00", "-0", "0.10", "1e-7", "5.0E+10", "123456789012345678901234567890.5"] {
            assert_eq!(amount(text).to_string(), text);
        }
    }

    #[test]
    fn compares_by_value() {
        for (left, right) in [
            ("1", "1.00"),
            ("0", "-0.000"),
            ("0e5", "0"),
            ("1e2", "100"),
            ("100", "1.00e2"),
            ("0.001", "1e-3"),
            ("120", "12e1"),
            ("-5.0", "-5"),
            ("1200.0", "1.2e3"),
        ] {
            assert_eq!(amount(left), amount(right), "{left} {right}");
        }
        let ordered = ["-100", "-99.9", "-1e-3", "0", "1e-64", "0.5", "0.51", "1", "9", "10", "1e64"];
        let amounts: Vec<_> = ordered.iter().map(|text| amount(text)).collect();
        for (position, left) in amounts.iter().enumerate() {
            for (other, right) in amounts.iter().enumerate() {
                assert_eq!(left.cmp(right), position.cmp(&other), "{left} {right}");
            }
        }
    }

    #[test]
    fn equal_amounts_hash_alike() {
        extern crate std;
        use std::collections::HashSet;
        let set: HashSet<_> = ["1", "1.0", "10e-1", "0", "-0.0", "2"].iter().map(|text| amount(text)).collect();
        assert_eq!(set.len(), 3);
    }

    #[test]
    fn refuses_what_is_no_json_number() {
        for text in [
            "",
            " 1",
            "1 ",
            "+1",
            ".5",
            "1.",
            "01",
            "1e",
            "1e+",
            "--1",
            "-",
            "NaN",
            "Infinity",
            "1,00",
            "0x10",
            "١",
            "1_000",
            "1e65",
            "1e-65",
            "1e999999999",
        ] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
        assert!("9".repeat(64).parse::<Amount>().is_ok());
        assert!("9".repeat(65).parse::<Amount>().is_err());
        assert!("1".repeat(10_000).parse::<Amount>().is_err());
    }
}
