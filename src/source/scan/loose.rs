//! The text between records, and where an object begins in it.

use std::collections::VecDeque;

use memchr::{memchr, memchr2};

use super::{Raw, Scanner, Stop};
use crate::source::Rejected;
use crate::source::encoded::{self, Encoded};

/// How far behind a brace the name of the first member may stand.
const BLANKS: usize = 4 << 10;

impl Scanner {
    /// Goes to the next object. An object begins with a name; every other brace is loose text.
    pub(super) fn loose_step(&mut self) -> Result<(), Stop> {
        let Some(next) = memchr2(b'{', b'}', &self.text[self.at..]) else {
            self.at = self.text.len();
            return Ok(());
        };
        self.at += next;
        if self.text[self.at] == b'}' {
            self.headless();
            self.at += 1;
            return Ok(());
        }
        let behind = &self.text[self.at + 1..];
        let blanks = behind.iter().take(BLANKS).take_while(|b| b.is_ascii_whitespace()).count();
        let name = &behind[blanks..];
        // The longest way to write a quote as an entity takes six bytes.
        if name.len() < 6 && blanks < BLANKS && !self.whole {
            return Err(Stop::More);
        }
        let plain = name.first() == Some(&b'"');
        let coded = !plain && self.decoded.is_some() && encoded::begins(name);
        if (plain || coded) && self.is_remark() {
            return self.pass_line();
        }
        if plain {
            self.push(true);
        } else if coded {
            // A record with a fault goes out before what begins here.
            let Some(front) = self.found.front_mut() else { return self.decode() };
            front.end = front.end.min(self.at);
            return Ok(());
        }
        self.at += 1;
        Ok(())
    }

    /// True in a line of [`Rejected`] that tells why a record did not go out: it shows the beginning of the
    /// record.
    fn is_remark(&self) -> bool {
        const LONGEST: usize = 4 << 10;
        let before = &self.text[self.at.saturating_sub(LONGEST)..self.at];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        before[start..].starts_with(Rejected::REMARK.as_bytes())
    }

    fn pass_line(&mut self) -> Result<(), Stop> {
        match memchr(b'\n', &self.text[self.at..]) {
            Some(length) => self.at += length,
            None if self.whole => self.at = self.text.len(),
            None => return Err(Stop::More),
        }
        Ok(())
    }

    /// Reads the object at this place, whose quotes are entities, and the records in it.
    fn decode(&mut self) -> Result<(), Stop> {
        let rest = &self.text[self.at..];
        let limit = self.limits.record_size.min(rest.len());
        let end = match encoded::end(&rest[..limit]) {
            Encoded::Unfinished(_) if limit == rest.len() && !self.whole => {
                return Err(Stop::More);
            }
            Encoded::Unfinished(end) | Encoded::Ends(end) => self.at + end,
        };
        let line = self.line_of(self.at);
        let mut inner = Scanner { line, decoded: None, whole: true, ..Scanner::new(self.limits) };
        inner.text = encoded::decoded(&self.text[self.at..end]);
        let mut loose = self.loose_until(self.at);
        let mut records = VecDeque::new();
        while let Some(raw) = inner.next() {
            let own = raw.own.unwrap_or_else(|| inner.text[raw.range].to_vec());
            let loose = std::mem::replace(&mut loose, end..end);
            records.push_back(Raw { range: self.at..end, own: Some(own), loose, ..raw });
            self.loose = end;
        }
        self.at = end;
        self.decoded = Some(records);
        Ok(())
    }
}
