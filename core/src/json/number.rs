//! The grammar of JSON numbers (RFC 8259, section 6).

/// The length of the number that `text` begins with; `None` where it begins with none.
///
/// `01` is the number `0` with something after it: callers check what follows.
pub(crate) fn scan(text: &[u8]) -> Option<usize> {
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        b'1'..=b'9' => digits(&text[at..]),
        _ => return None,
    };
    if text.get(at) == Some(&b'.') {
        at += 1 + required(digits(&text[at + 1..]))?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(text.get(at), Some(b'+' | b'-')));
        at += required(digits(&text[at..]))?;
    }
    Some(at)
}

fn digits(text: &[u8]) -> usize {
    text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len())
}

fn required(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}
