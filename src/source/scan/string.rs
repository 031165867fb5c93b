//! The strings of JSON, as far as finding records needs them.

use memchr::memchr3;

use super::{Fault, Stop};

/// The first quote, backslash or line end. Names are short, and in a record in a record there is a
/// backslash every few bytes, so that the search goes by words of eight bytes first: a byte of
/// `word ^ pattern` that is 0 borrows in the subtraction (Warren, "Hacker's Delight", §6-1).
pub fn sign(text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const NEAR: usize = 8;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let (words, _) = text.as_chunks::<8>();
    for (at, word) in words.iter().take(NEAR).enumerate() {
        let word = u64::from_le_bytes(*word);
        let is = |byte: u8| zero(word ^ (ONES * u64::from(byte)));
        let found = is(b'"') | is(b'\\') | is(b'\n');
        if found != 0 {
            return Some(8 * at + found.trailing_zeros() as usize / 8);
        }
    }
    let near = 8 * words.len().min(NEAR);
    memchr3(b'"', b'\\', b'\n', &text[near..]).map(|at| near + at)
}

/// What may follow a string: the place of the sign, and whether it is a colon.
pub fn after_string(text: &[u8], mut at: usize) -> Result<(usize, bool), Stop> {
    while let Some(byte) = text.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b':' => return Ok((at + 1, true)),
            b',' => return Ok((at + 1, false)),
            b'}' | b']' => return Ok((at, false)),
            _ => return Err(Stop::Fault(Fault::Syntax)),
        }
    }
    Err(Stop::More)
}
