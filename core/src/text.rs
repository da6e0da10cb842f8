//! Text put together and taken apart: less than `core::fmt` and the patterns of `str` can do, at a
//! twentieth of their size in WebAssembly.

use alloc::string::String;

/// The parts, one after the other.
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// The parts before and after the first byte that is `at`, an ASCII character.
pub(crate) fn cut(text: &str, at: fn(u8) -> bool) -> Option<(&str, &str)> {
    let place = text.bytes().position(at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The text from the first byte on that is not to be dropped, an ASCII character.
pub(crate) fn trimmed_start(text: &str, drop: fn(u8) -> bool) -> &str {
    let start = text.bytes().position(|byte| !drop(byte)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// The text up to the last byte that is not to be dropped, an ASCII character.
pub(crate) fn trimmed_end(text: &str, drop: fn(u8) -> bool) -> &str {
    let end = text.bytes().rposition(|byte| !drop(byte)).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}

/// Whether there is nothing in a text but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// The whole number that a text is: decimal digits after a sign, if any.
pub(crate) fn whole_number(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [b'-', digits @ ..] => 0_i64.checked_sub_unsigned(natural_number(digits)?),
        [b'+', digits @ ..] | digits => i64::try_from(natural_number(digits)?).ok(),
    }
}

/// The number that some decimal digits are.
pub(crate) fn natural_number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    let mut number = 0_u64;
    for byte in digits {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(number)
}

/// A whole number in decimal digits.
pub(crate) fn push_integer(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    push_decimal(out, number.unsigned_abs());
}

/// A number in decimal digits.
pub(crate) fn push_decimal(out: &mut String, number: u64) {
    if number >= 10 {
        push_decimal(out, number / 10);
    }
    out.push(digit((number % 10) as usize));
}

/// A number in decimal digits, as a text of its own.
pub fn decimal(number: u64) -> String {
    let mut text = String::new();
    push_decimal(&mut text, number);
    text
}

/// A UTF-16 code unit in four hexadecimal digits.
pub(crate) fn push_unit(out: &mut String, unit: u16) {
    for byte in unit.to_be_bytes() {
        push_byte(out, byte);
    }
}

/// A byte in two hexadecimal digits.
pub(crate) fn push_byte(out: &mut String, byte: u8) {
    out.push(digit(usize::from(byte >> 4)));
    out.push(digit(usize::from(byte & 0x0f)));
}

fn digit(value: usize) -> char {
    char::from(b"0123456789abcdef"[value])
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn numbers_are_read_as_core_reads_them() {
        let ends = ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"];
        for text in ["", "-", "+", "0", "-0", "+5", "007", "12", "-12", "1.0", "1e3", " 1", "1 ", "+-1", "٣"]
            .iter()
            .chain(&ends)
        {
            assert_eq!(whole_number(text), text.parse().ok(), "{text}");
        }
        for digits in ["", "0", "007", "1e3", "18446744073709551615", "18446744073709551616"] {
            assert_eq!(natural_number(digits.as_bytes()), digits.parse().ok(), "{digits}");
        }
    }

    #[test]
    fn numbers_are_as_core_writes_them() {
        for number in [0, 7, 10, 99, 100, 1_000_000_007, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
        for number in [0, -1, 42, i64::MIN, i64::MAX] {
            let mut text = String::new();
            push_integer(&mut text, number);
            assert_eq!(text, number.to_string());
        }
        for unit in [0, 0x1f, 0xd83d, u16::MAX] {
            let mut text = String::new();
            push_unit(&mut text, unit);
            assert_eq!(text, format!("{unit:04x}"));
        }
    }
}
