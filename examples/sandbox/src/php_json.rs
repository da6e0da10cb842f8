//! The spelling of PHP's `json_encode`, for clients to prove that they do not depend on formatting.
//!
//! Values stay exact: where PHP would round a number to a float, the digits are kept.

use std::fmt::Write;

use crate::decimal::Decimal;

/// A number as PHP writes a float: `1.00` is `1`, `0.0000005` is `5.0e-7`. Integers stay as they are.
pub(crate) fn number(text: &str) -> String {
    let is_integer = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match text.parse::<Decimal>() {
        Ok(value) if !is_integer => float(&value),
        _ => text.to_owned(),
    }
}

fn float(value: &Decimal) -> String {
    let (digits, places) = value.normalized_parts();
    let digits = digits.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let point = i64::try_from(digits.len()).unwrap_or(i64::MAX) - places;
    // PHP turns to exponents where four zeros would follow the point.
    if places <= 0 || point >= -3 {
        return plain(value);
    }
    let (first, rest) = digits.split_at(1);
    let rest = if rest.is_empty() { "0" } else { rest };
    format!("{sign}{first}.{rest}e{}", point - 1)
}

fn plain(value: &Decimal) -> String {
    let text = value.to_string();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A character that needs no escape in plain JSON, as PHP writes it: `\/`, and `\u` for all that is not ASCII.
pub(crate) fn push_character(output: &mut String, character: char) {
    match character {
        '/' => output.push_str("\\/"),
        ascii if ascii.is_ascii() => output.push(ascii),
        other => {
            for unit in other.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(output, "\\u{unit:04x}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{Json, Style};

    #[test]
    fn numbers() {
        for (plain, php) in [
            ("1.00", "1"),
            ("10.10", "10.1"),
            ("0.00", "0"),
            ("-2.50", "-2.5"),
            ("0.0001", "0.0001"),
            ("0.00012", "0.00012"),
            ("0.00001", "1.0e-5"),
            ("0.0000005", "5.0e-7"),
            ("-0.00000123", "-1.23e-6"),
            ("100", "100"),
            ("36893488147419103232", "36893488147419103232"),
        ] {
            assert_eq!(super::number(plain), php);
        }
    }

    #[test]
    fn texts() {
        let written = Json::from("https://a/é 😀\n\"").write(Style::Php);
        assert_eq!(written, r#""https:\/\/a\/\u00e9 \ud83d\ude00\n\"""#);
    }
}
