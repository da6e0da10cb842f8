//! Numbers of unknown fields, which JavaScript gets as texts: `JSON.parse` would round them.

/// Writes JSON that was read before, each number in it as a text.
pub(crate) fn push_quoting_numbers(out: &mut String, json: &str) {
    let bytes = json.as_bytes();
    let part = |start: usize, end: usize| json.get(start..end).unwrap_or_default();
    let (mut at, mut written) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                let end = number_end(bytes, at);
                for part in [part(written, at), "\"", part(at, end), "\""] {
                    out.push_str(part);
                }
                (at, written) = (end, end);
            }
            _ => at += 1,
        }
    }
    out.push_str(part(written, json.len()));
}

/// Where a number ends that begins at `at`.
fn number_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E')) {
        at += 1;
    }
    at
}

/// Where a string ends whose first character is at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
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
            (r#"{"€":7,"😀":"8"}"#, r#"{"€":"7","😀":"8"}"#),
            ("{}", "{}"),
        ] {
            let mut quoted = String::new();
            push_quoting_numbers(&mut quoted, json);
            assert_eq!(quoted, expected);
        }
    }
}
