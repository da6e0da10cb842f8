//! Numbers as texts, for readers that would round them.

use alloc::string::String;

use super::strings::plain_end;

/// Writes JSON that was read before, each number in it as a text.
pub fn push_quoting_numbers(out: &mut String, json: &str) {
    let bytes = json.as_bytes();
    let part = |start: usize, end: usize| json.get(start..end).unwrap_or_default();
    let (mut at, mut written) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                out.push_str(part(written, at));
                out.push('"');
                // One after the other: WebAssembly engines call a function to copy bytes.
                while let Some(byte) = bytes.get(at).filter(|byte| is_of_number(**byte)) {
                    out.push(char::from(*byte));
                    at += 1;
                }
                out.push('"');
                written = at;
            }
            _ => at += 1,
        }
    }
    out.push_str(part(written, json.len()));
}

fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E')
}

/// Where a string ends whose first character is at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            _ => return bytes.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_texts_and_nothing_else_changes() {
        for (json, expected) in [
            (
                r#"{"a":1,"b":[-2.50E+3, 0,1e-7],"c":{"d":10}}"#,
                r#"{"a":"1","b":["-2.50E+3", "0","1e-7"],"c":{"d":"10"}}"#,
            ),
            (
                r#"{"1":"2","\"3\\":["4","\\\"5",true,false,null]}"#,
                r#"{"1":"2","\"3\\":["4","\\\"5",true,false,null]}"#,
            ),
            (r#"{"a long text, and 1 escape: \u0031":2}"#, r#"{"a long text, and 1 escape: \u0031":"2"}"#),
            (r#"{"€":7,"😀":"8"}"#, r#"{"€":"7","😀":"8"}"#),
            ("{}", "{}"),
            ("7", r#""7""#),
        ] {
            let mut quoted = String::new();
            push_quoting_numbers(&mut quoted, json);
            assert_eq!(quoted, expected);
        }
    }
}
