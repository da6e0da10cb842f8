//! Members of an object as they came.

use alloc::string::String;

use super::number;
use super::strings::plain_end;
use crate::text::joined;

/// Some members of a JSON object, without the braces around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(String);

impl Members {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member, as it is written.
    pub(crate) fn push(&mut self, member: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(member);
    }

    /// One JSON object of them.
    pub(super) fn object(&self) -> String {
        joined(&["{", &self.0, "}"])
    }

    /// Writes one JSON object of them whose numbers are strings, for readers that would round them. All of it was read
    /// before, so that there is nothing to check.
    pub fn write_with_quoted_numbers(&self, out: &mut String) {
        out.push('{');
        let bytes = self.0.as_bytes();
        let (mut written, mut at) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = string_end(bytes, at),
                b'-' | b'0'..=b'9' => {
                    let end = at + bytes.get(at..).and_then(number::scan).unwrap_or(1);
                    for part in [self.part(written, at), "\"", self.part(at, end), "\""] {
                        out.push_str(part);
                    }
                    (written, at) = (end, end);
                }
                _ => at += 1,
            }
        }
        out.push_str(self.part(written, at));
        out.push('}');
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.0.get(start..end).unwrap_or_default()
    }
}

/// Where the string ends that begins with the quote at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut end = plain_end(bytes, start + 1);
    while bytes.get(end) == Some(&b'\\') {
        end = plain_end(bytes, end + 2);
    }
    end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_nothing_else_are_quoted() {
        let mut members = Members::default();
        for member in [r#""a":1"#, r#""b 2\"":"3\\""#, r#""c":[-1.50e+3,{"4":null},true,"\u0035"]"#] {
            members.push(member);
        }
        let mut out = String::new();
        members.write_with_quoted_numbers(&mut out);
        assert_eq!(out, r#"{"a":"1","b 2\"":"3\\","c":["-1.50e+3",{"4":null},true,"\u0035"]}"#);
        out.clear();
        Members::default().write_with_quoted_numbers(&mut out);
        assert_eq!(out, "{}");
    }
}
