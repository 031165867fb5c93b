//! The text between the objects, and what stands there in another coding.

use std::ops::Range;

use memchr::{memchr, memchr2};

use super::extent::{End, Walk};
use super::{Fault, Outline, Raw, Scanner, Stop};
use crate::source::Rejected;
use crate::source::encoded::{AHEAD, Coding, Encoded, STRING, Single, decoded, single};
use crate::source::mend::blanks;

/// How far behind a brace the name of the first member may stand.
const BLANKS: usize = 4 << 10;

/// How the object that begins at a brace is read.
enum Way {
    /// As it stands.
    Plain,
    /// Decoded, up to its end.
    Coded(Coding),
    /// With the rest of the string between single quotes that it stands in: its length, and its text.
    Quoted(usize, Vec<u8>),
    /// It is none.
    No,
}

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
        let way = self.way()?;
        if !matches!(way, Way::No) && self.is_remark() {
            return self.pass_line();
        }
        let waits = self.found.front_mut();
        match (way, waits) {
            (Way::Plain, _) => self.push(true),
            (Way::Coded(coding), None) => return self.decode(coding),
            (Way::Quoted(length, text), None) => {
                let range = self.at..self.at + length;
                self.at = range.end;
                let (outermost, cut) = (range.start, Fault::Syntax);
                self.read_inner(Inner { range, outermost, text, cut, by_line: false });
                return Ok(());
            }
            // A record with a fault goes out before what begins here, unless that is in a string of it.
            (Way::Coded(coding), Some(front))
                if coding == Coding::Entities || self.at >= front.end =>
            {
                front.end = front.end.min(self.at);
                return Ok(());
            }
            (Way::Quoted(..), Some(front)) if self.at >= front.end => return Ok(()),
            (Way::Coded(_) | Way::Quoted(..) | Way::No, _) => {}
        }
        self.at += 1;
        Ok(())
    }

    /// How the object at this brace is read.
    fn way(&mut self) -> Result<Way, Stop> {
        let behind = &self.text[self.at + 1..];
        let blanks = blanks(&behind[..behind.len().min(BLANKS)]);
        let name = &behind[blanks..];
        let more = !self.whole && blanks < BLANKS;
        let plain = name.first() == Some(&b'"');
        // Two quotes may be one that is written twice.
        let sure = plain && name.get(1).is_some_and(|byte| *byte != b'"');
        if !sure && name.len() < AHEAD && more {
            return Err(Stop::More);
        }
        if self.levels == 0 {
            return Ok(if plain { Way::Plain } else { Way::No });
        }
        if !sure && let Some(coding) = Coding::of(name) {
            return Ok(Way::Coded(coding));
        }
        if !plain {
            return Ok(Way::No);
        }
        if self.at < self.unquoted {
            return Ok(Way::Plain);
        }
        let before = &self.text[self.at.saturating_sub(AHEAD)..self.at];
        let text = &self.text[self.at..];
        let length = text.len().min(self.limits.record_size);
        let end = match single(before, &text[..length], self.whole) {
            Single::Plain => return Ok(Way::Plain),
            Single::Unfinished if !self.whole && length == text.len() => return Err(Stop::More),
            Single::Unfinished => length,
            Single::Until(end, sign) => {
                let decoded = decoded(&text[..end], sign);
                // An apostrophe opens no string.
                if matches!(Walk::default().on(&decoded, 0), Ok(End::Closed(_))) {
                    return Ok(Way::Quoted(end, decoded));
                }
                end
            }
        };
        self.unquoted = self.at + end;
        Ok(Way::Plain)
    }

    /// True in a line of [`Rejected`] that tells why a record did not go out: it shows the beginning of the
    /// record.
    fn is_remark(&self) -> bool {
        const LONGEST: usize = 4 << 10;
        let before = &self.text[self.at.saturating_sub(LONGEST)..self.at];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        Rejected::is_remark(&before[start..])
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
        let (end, cut) = match coding.end(&rest[..limit]) {
            Encoded::Unfinished(_) if limit == rest.len() && !self.whole => {
                return Err(Stop::More);
            }
            Encoded::Unfinished(end) if limit < rest.len() => (end, Fault::Size),
            Encoded::Unfinished(end) => (end, Fault::End),
            Encoded::Ends(end) => (end, Fault::Syntax),
        };
        let range = self.at..self.at + end;
        self.at = range.end;
        let (outermost, text) = (range.start, coding.decoded(&self.text[range.clone()]));
        let by_line = coding != Coding::Escapes;
        self.read_inner(Inner { range, outermost, text, cut, by_line });
        Ok(())
    }

    /// Reads the records in the string that was found first; false where that is no string.
    pub(super) fn decode_found(&mut self) -> bool {
        let Some(outline) = self.found.pop_front_if(|outline| outline.coded) else { return false };
        let Outline { outermost, start, end, .. } = outline;
        let text = decoded(&self.text[start + 1..end - 1], STRING);
        let (range, cut) = (start..end, Fault::Syntax);
        match self.read_inner(Inner { range, outermost, text, cut, by_line: false }) {
            true => self.gave(start),
            false => self.gave(0),
        }
        if self.open.is_empty() && !self.decoded.is_empty() {
            self.around = self.at;
        }
        true
    }

    /// Reads the records in a text of another coding; false where there is none.
    pub(super) fn read_inner(&mut self, inner: Inner) -> bool {
        let Inner { range, outermost, text, cut, by_line } = inner;
        let levels = self.levels.saturating_sub(1);
        let mut scanner = Scanner { text, whole: true, levels, ..Scanner::new(self.limits) };
        let mut raws = std::iter::from_fn(|| {
            let raw = scanner.next()?;
            let own = raw.own.unwrap_or_else(|| scanner.text[raw.range.clone()].to_vec());
            Some(Raw { own: Some(own), coded: true, ..raw })
        });
        let Some(first) = raws.next() else { return false };
        let (mut loose, mut loose_line) = self.loose_before(outermost);
        let before = self.line_of(range.start) - 1;
        for raw in std::iter::once(first).chain(raws) {
            let line = before + if by_line { raw.line } else { 1 };
            let fault = raw.fault.map(|fault| if fault == Fault::End { cut } else { fault });
            let outer = Raw { range: range.clone(), fault, loose, loose_line, line, ..raw };
            self.decoded.push_back(outer);
            (loose, loose_line) = (range.end..range.end, line);
        }
        self.loose = range.end;
        true
    }
}

/// A text that stands here in another coding.
pub(super) struct Inner {
    /// Where it stands.
    pub range: Range<usize>,
    /// Where what is around it begins: the loose text is before that.
    pub outermost: usize,
    /// What it says.
    pub text: Vec<u8>,
    /// Why it ends, of a record in it that is not whole.
    pub cut: Fault,
    /// Its lines are those here.
    pub by_line: bool,
}
