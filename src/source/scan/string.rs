//! The strings of JSON, as far as finding records needs them.

use memchr::{memchr, memchr3, memmem};

use super::frame::Frame;
use super::{Fault, Outline, Scanner, Stop};

impl Scanner {
    pub(super) fn string(&mut self) -> Result<(), Stop> {
        let end = self.string_end()?;
        let (next, colon) = match after_string(&self.text, end) {
            Ok(found) => found,
            Err(stop) => {
                self.may_be_name(end, &stop);
                return Err(stop);
            }
        };
        match self.open.last_mut() {
            Some(frame) if frame.is_object => {
                if colon {
                    let (found, name) = (self.found.len(), &self.text[self.at + 1..end - 1]);
                    let asked = !frame.work && Frame::tells_of_work(name);
                    let says = match asked.then(|| says(&self.text[next..])) {
                        Some(None) if !self.whole => return Err(Stop::More),
                        says => says.flatten().unwrap_or(true),
                    };
                    match frame.behind_records(self.at, found, name, says) {
                        Some(late) => *frame = late,
                        None => frame.member(name, says),
                    }
                }
                frame.colon = colon;
            }
            // The list has lost its bracket, or an object in it its brace.
            Some(_) if colon => return Err(Stop::Fault(Fault::Syntax)),
            _ => {}
        }
        if !colon {
            self.may_hold_records(end);
        }
        self.at = next;
        Ok(())
    }

    /// Remembers the string from here to `end` where records may stand in it, unless it is a part of one.
    fn may_hold_records(&mut self, end: usize) {
        const NAMES: [&[u8]; 4] = [b"title", b"TitleCN", b"resultStr", b"authors"];
        let Some(outermost) = self.outermost() else { return };
        if self.levels == 0 || self.open.iter().any(Frame::is_surely_record) {
            return;
        }
        let text = &self.text[self.at..end];
        let told = |name: &&[u8]| memmem::find(text, name).is_some();
        if memchr(b'{', text).is_some() && NAMES.iter().any(told) {
            self.found.push_back(Outline::string(outermost, self.at, end));
        }
    }

    /// Takes a string for the name of a member that lacks its colon, or has it within the quotes.
    fn may_be_name(&mut self, end: usize, stop: &Stop) {
        let Some(frame) = self.open.last_mut().filter(|frame| frame.is_object && !frame.colon)
        else {
            return;
        };
        if let Stop::Fault(_) = stop {
            let name = &self.text[self.at + 1..end - 1];
            // One that is not known can be two that ran together where the record was cut off.
            let foreign = frame.foreign;
            frame.member(name.strip_suffix(b":").unwrap_or(name), true);
            frame.foreign = foreign;
        }
    }

    /// The place behind the closing quote of the string whose opening quote stands here. Of control
    /// characters a line end alone is looked for, which tells that the record was cut off; others
    /// are found when the record is parsed.
    fn string_end(&self) -> Result<usize, Stop> {
        let mut at = self.at + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            at += match sign(rest) {
                Some(next) => next,
                None if self.text.len() - self.at > self.limits.record_size => {
                    return Err(Stop::Fault(Fault::Size));
                }
                None => return Err(Stop::More),
            };
            match self.text[at] {
                _ if at - self.at > self.limits.record_size => {
                    return Err(Stop::Fault(Fault::Size));
                }
                b'"' => return Ok(at + 1),
                b'\\' => at += 2,
                _ => return Err(Stop::Fault(Fault::Control)),
            }
        }
    }
}

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

/// True where the value that begins a text is not `null`, `""` or `[]`; `None` where too little of it is here.
pub fn says(value: &[u8]) -> Option<bool> {
    match value.trim_ascii_start() {
        [b'"', rest @ ..] => rest.first().map(|byte| *byte != b'"'),
        [b'[', rest @ ..] => rest.trim_ascii_start().first().map(|byte| *byte != b']'),
        rest => rest.first().map(|byte| *byte != b'n'),
    }
}

/// What may follow a string: the place of the sign, and whether it is a colon.
fn after_string(text: &[u8], mut at: usize) -> Result<(usize, bool), Stop> {
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
