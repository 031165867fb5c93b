//! The text between records, and where an object begins in it.

use std::ops::Range;

use memchr::{memchr, memchr2};

use super::{Raw, Scanner, Stop};
use crate::source::Rejected;
use crate::source::encoded::{AHEAD, Coding, Encoded};

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
        let plain = name.first() == Some(&b'"');
        if !plain && name.len() < AHEAD && blanks < BLANKS && !self.whole {
            return Err(Stop::More);
        }
        let coding = if plain || self.decoded.is_none() { None } else { Coding::of(name) };
        if (plain || coding.is_some()) && self.is_remark() {
            return self.pass_line();
        }
        if plain {
            self.push(true);
        } else if let Some(coding) = coding {
            match self.found.front_mut() {
                None => return self.decode(coding),
                // A record with a fault goes out before what begins here.
                Some(front) if coding == Coding::Entities => {
                    front.end = front.end.min(self.at);
                    return Ok(());
                }
                // What is in a string of such a record is a part of it.
                Some(_) => {}
            }
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

    /// Reads the object at this place, whose quotes are not plain, and the records in it.
    fn decode(&mut self, coding: Coding) -> Result<(), Stop> {
        let rest = &self.text[self.at..];
        let limit = self.limits.record_size.min(rest.len());
        let end = match coding.end(&rest[..limit]) {
            Encoded::Unfinished(_) if limit == rest.len() && !self.whole => {
                return Err(Stop::More);
            }
            Encoded::Unfinished(end) | Encoded::Ends(end) => self.at + end,
        };
        let mut loose = self.loose_until(self.at);
        self.decode_to(coding, end, &mut loose);
        Ok(())
    }

    /// Reads the object from this place to its end.
    fn decode_to(&mut self, coding: Coding, end: usize, loose: &mut Range<usize>) {
        let line = self.line_of(self.at);
        let mut inner = Scanner { line, decoded: None, whole: true, ..Scanner::new(self.limits) };
        inner.text = coding.decoded(&self.text[self.at..end]);
        let decoded = self.decoded.get_or_insert_default();
        while let Some(raw) = inner.next() {
            let own = raw.own.unwrap_or_else(|| inner.text[raw.range].to_vec());
            let loose = std::mem::replace(loose, end..end);
            // A string stands on one line.
            let line = if coding == Coding::Escapes { line } else { raw.line };
            decoded.push_back(Raw { range: self.at..end, own: Some(own), loose, line, ..raw });
            self.loose = end;
        }
        self.at = end;
    }

    /// Reads the records in the strings of an object that is no record and holds none.
    pub(super) fn strings_of(&mut self, object: Range<usize>) {
        if self.decoded.is_none() {
            return;
        }
        let mut loose = self.loose_until(object.start);
        self.at = object.start;
        while let Some(next) = memchr(b'{', &self.text[self.at..object.end]) {
            self.at += next;
            let text = &self.text[self.at..object.end];
            if Coding::of(&text[1..]) != Some(Coding::Escapes) {
                self.at += 1;
                continue;
            }
            let (Encoded::Ends(end) | Encoded::Unfinished(end)) = Coding::Escapes.end(text);
            self.decode_to(Coding::Escapes, self.at + end, &mut loose);
        }
        self.at = object.end;
        if self.loose > object.start {
            self.around = object.end;
        }
    }
}
