//! Identifiers nobody can guess.

use crate::refusal::Refusal;

/// This many random bytes in hexadecimal.
pub(crate) fn hexadecimal(bytes: usize) -> Result<String, Refusal> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| Refusal::internal(&error))?;
    Ok(hex::encode(buffer))
}

/// A number to draw other numbers from, small enough for any JSON reader.
pub(crate) fn seed() -> Result<u32, Refusal> {
    let mut buffer = [0; 4];
    getrandom::fill(&mut buffer).map_err(|error| Refusal::internal(&error))?;
    Ok(u32::from_be_bytes(buffer))
}

/// A code such as `wf9g-amrf-2o9t-831u`.
pub(crate) fn code() -> Result<String, Refusal> {
    // Thirty-two symbols, so that a random byte picks one without bias.
    const SYMBOLS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut buffer = [0; 16];
    getrandom::fill(&mut buffer).map_err(|error| Refusal::internal(&error))?;
    let symbols: Vec<char> = buffer.iter().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect();
    Ok(symbols.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_have_the_documented_form() {
        let code = super::code().unwrap();
        assert_eq!(code.len(), 19);
        assert!(code.split('-').all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_alphanumeric())));
        assert_ne!(code, super::code().unwrap());
    }
}
