//! Finds the JSON records in a page of text.
//!
//! A record is an object with a title, or with another text that can hold one, wherever it stands:
//! alone, in an array, one a line, inside another object, or between lines of loose text. The text
//! comes in pieces; what has been given out is forgotten, so that its length does not matter.

mod braces;
mod extent;
mod fault;
mod frame;
mod string;

use std::collections::VecDeque;
use std::ops::Range;

use braces::Braces;
use extent::Walk;
use string::{after_string, sign};

pub use extent::is_closed;
use frame::Frame;

use super::booksci::says_enough;
use super::encoded::{self, Encoded};
use super::limits::Limits;
use super::strays::may_cite;
use memchr::{memchr, memchr_iter, memchr2};

/// What was found at one place of the input. Ranges are of the scanner's [`Scanner::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The record, from brace to brace; what there is of it where it is not whole.
    pub range: Range<usize>,
    /// The record where it is not read as it stands: entities taken back, faults mended.
    pub own: Option<Vec<u8>>,
    /// Its faults were mended.
    pub mended: bool,
    /// What went wrong with its braces and strings.
    pub fault: Option<Fault>,
    /// The loose text between the record before and this one.
    pub loose: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// Why a record is not whole, or not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The input ends before its closing brace.
    End,
    /// A string holds a line end.
    Control,
    /// Something stands where JSON does not allow it.
    Syntax,
    /// It is longer than [`Limits::record_size`].
    Size,
    /// It is deeper than [`Limits::depth`].
    Depth,
    /// It has lost its first brace.
    Headless,
    /// It has no title.
    Untitled,
    /// It is an item of CSL-JSON.
    Csl,
}

impl Fault {
    /// It is a limit that was passed: nothing is wrong with the record itself.
    fn is_limit(self) -> bool {
        matches!(self, Fault::Size | Fault::Depth)
    }

    /// It is read as JSON, and is no record.
    fn is_other(self) -> bool {
        matches!(self, Fault::Untitled | Fault::Csl)
    }
}

/// Why the walk has to stop.
enum Stop {
    /// More of the text is needed to go on.
    More,
    Fault(Fault),
}

/// Walks through a text and stops at each record.
pub struct Scanner {
    text: Vec<u8>,
    /// No more text will come.
    whole: bool,
    limits: Limits,
    at: usize,
    /// Where the loose text before the next record begins.
    loose: usize,
    /// The first loose text with a citation in it that was forgotten before a record came, and its line.
    missed: Option<(usize, Vec<u8>)>,
    /// The braces of the loose text.
    braces: Braces,
    /// Behind the last outermost object with a record in it: what is before that is no loose text.
    around: usize,
    /// The line on which `counted` stands.
    line: usize,
    counted: usize,
    /// The objects and arrays that are open.
    open: Vec<Frame>,
    /// Records that were found and not yet given out.
    found: VecDeque<Outline>,
    /// The walk behind a record over a limit, up to whose end nothing is looked for.
    skip: Option<Walk>,
    /// How far the last walk from a fault went: no part is walked for each fault in it.
    walked: usize,
    /// Records whose quotes were entities, not yet given out; `None` where none are looked for.
    decoded: Option<VecDeque<Raw>>,
}

/// Where a record stands.
struct Outline {
    /// Where the outermost object around it begins: what is behind that is no loose text.
    outermost: usize,
    start: usize,
    end: usize,
    fault: Option<Fault>,
    /// What stands in it, as far as brackets tell, is a part of it.
    closed: bool,
    /// It was tried to mend it.
    tried: bool,
}

impl Outline {
    fn new(outermost: usize, start: usize, end: usize, fault: Option<Fault>) -> Outline {
        Outline { outermost, start, end, fault, closed: false, tried: false }
    }

    /// One that ends with its brace, and that no mending makes a record.
    fn closed(outermost: usize, start: usize, end: usize, fault: Fault) -> Outline {
        let outline = Outline::new(outermost, start, end, Some(fault));
        Outline { closed: true, tried: true, ..outline }
    }
}

/// How much loose text belongs to a record: many times the longest that was seen before one.
pub const LOOSE: usize = 64 << 10;

/// How far behind a brace the name of the first member may stand.
const BLANKS: usize = 4 << 10;

impl Scanner {
    /// A walk through a text that comes by [`Scanner::text`] and ends by [`Scanner::end`].
    pub fn new(limits: Limits) -> Scanner {
        Scanner {
            text: Vec::new(),
            whole: false,
            limits,
            at: 0,
            loose: 0,
            missed: None,
            braces: Braces::default(),
            around: 0,
            line: 1,
            counted: 0,
            open: Vec::new(),
            found: VecDeque::new(),
            skip: None,
            walked: 0,
            decoded: Some(VecDeque::new()),
        }
    }

    /// The text that is held, to be read into behind its end.
    pub fn text(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Says that no more text will come.
    pub fn end(&mut self) {
        self.whole = true;
    }

    /// Gives away the text in which the records stand that were given out, and keeps what is still
    /// wanted. The ranges of records given out before are of the text given away.
    pub fn take_text(&mut self) -> Vec<u8> {
        let keep = self.keep();
        let rest = self.text[keep..].to_vec();
        self.forget(keep);
        std::mem::replace(&mut self.text, rest)
    }

    /// Drops the text that nobody will ask for.
    pub fn drop_text(&mut self) {
        let keep = self.keep();
        self.forget(keep);
        self.text.drain(..keep);
    }

    /// Where the text begins that is still wanted.
    fn keep(&self) -> usize {
        let with_loose = |outermost: usize, start: usize| match outermost > self.loose {
            true => self.loose.max(outermost.saturating_sub(LOOSE)),
            false => start,
        };
        let outermost = self.open.first().map_or(self.at, |frame| frame.start);
        // What is over the limit is no record, whatever comes.
        let wanted = |f: &&Frame| !f.gave && self.at - f.start <= self.limits.record_size;
        let open = self.open.iter().find(wanted).map_or(self.at, |frame| frame.start);
        let found = self.found.front().map(|f| with_loose(f.outermost, f.start));
        with_loose(outermost, open).min(found.unwrap_or(usize::MAX)).min(self.text.len())
    }

    /// What was forgotten of the loose text and should not have been, and the line on which it begins.
    pub fn take_missed(&mut self) -> Option<(usize, Vec<u8>)> {
        self.missed.take()
    }

    /// Keeps what is about to be forgotten where there are citations in it: far before a record nobody else
    /// sees them.
    fn remember(&mut self, length: usize) {
        let from = self.loose.max(self.around);
        if from < length && self.missed.is_none() && may_cite(&self.text[from..length]) {
            let line = self.line_of(from);
            self.missed = Some((line, self.text[from..length].to_vec()));
        }
    }

    /// Moves every place to where it stands when the first `length` bytes are gone.
    fn forget(&mut self, length: usize) {
        self.remember(length);
        if length > self.counted {
            self.line_of(length);
        }
        self.at -= length;
        self.counted -= length;
        self.loose = self.loose.saturating_sub(length);
        self.around = self.around.saturating_sub(length);
        self.braces.seen = self.braces.seen.saturating_sub(length);
        self.walked = self.walked.saturating_sub(length);
        for frame in &mut self.open {
            frame.start = frame.start.saturating_sub(length);
        }
        for outline in &mut self.found {
            outline.outermost = outline.outermost.saturating_sub(length);
            outline.start -= length;
            outline.end -= length;
        }
    }

    /// The next record, or `None` where more text is needed, or there is none any more.
    pub fn next(&mut self) -> Option<Raw> {
        loop {
            if let Some(raw) = self.decoded.as_mut().and_then(VecDeque::pop_front) {
                return Some(raw);
            }
            if !self.found.is_empty() && self.is_settled() {
                if let Some(raw) = self.mended().ok()? {
                    return Some(raw);
                }
                self.drop_inside();
                if !self.is_in_fault() {
                    return self.give();
                }
            }
            if self.skip.is_some() && !self.skip_on() {
                return None;
            }
            if self.at >= self.text.len() && self.open.is_empty() {
                return None;
            }
            match self.steps() {
                Ok(()) => {}
                Err(Stop::More) if !self.whole => return None,
                Err(Stop::More) => self.give_up(Fault::End),
                // Where the record stops is looked for in what stands behind.
                Err(Stop::Fault(_)) if !self.whole && self.text.len() - self.at < LOOSE => {
                    return None;
                }
                Err(Stop::Fault(fault)) => self.give_up(fault),
            }
        }
    }

    /// Gives out the first record that was found.
    fn give(&mut self) -> Option<Raw> {
        let Outline { outermost, start, end, fault, .. } = self.found.pop_front()?;
        // A record with a fault ends where the next one begins.
        let next = self.found.front().map(|next| next.start).filter(|next| *next > start);
        let end = if fault.is_some() { end.min(next.unwrap_or(end)) } else { end };
        for frame in &mut self.open {
            frame.gave |= frame.start < start;
            frame.found = frame.found.saturating_sub(1);
        }
        let loose = self.loose_until(outermost);
        let line = self.line_of(start);
        self.loose = end;
        Some(Raw { range: start..end, own: None, mended: false, fault, loose, line })
    }

    /// The loose text before an object, from its last [`LOOSE`] bytes, at the beginning of a character.
    fn loose_until(&self, outermost: usize) -> Range<usize> {
        let around = if self.around <= outermost { self.around } else { 0 };
        let loose = self.loose.max(around);
        let from = loose.max(outermost.saturating_sub(LOOSE)).min(outermost);
        let inner = |b: &u8| (0x80..0xC0).contains(b);
        let cut = if from > loose { 3 } else { 0 };
        let skip = self.text[from..outermost].iter().take(cut).take_while(|b| inner(b)).count();
        from + skip..outermost
    }

    /// The loose text behind the last record, when no more text will come and all records have been given
    /// out, and the line on which it begins.
    pub fn tail(&mut self) -> (Range<usize>, usize) {
        let tail = self.loose_until(self.text.len());
        let line = self.line_of(tail.start);
        (tail, line)
    }

    /// The line of a place. They are asked for in their order, nearly always.
    fn line_of(&mut self, at: usize) -> usize {
        let lines = |part: &[u8]| memchr_iter(b'\n', part).count();
        match at < self.counted {
            true => self.line -= lines(&self.text[at..self.counted]),
            false => self.line += lines(&self.text[self.counted..at]),
        }
        self.counted = at;
        self.line
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

    /// True where nothing that is still open can turn out to be a record around the found ones.
    fn is_settled(&self) -> bool {
        if self.open.iter().any(Frame::may_be_record) {
            return false;
        }
        let is_other = |o: &Outline| o.fault.is_some_and(Fault::is_other);
        let Some(front) = self.found.front().filter(|front| is_other(front)) else { return true };
        // It may be a part of a record whose title comes later. What a record stands in is none.
        self.found.back().is_some_and(|back| !is_other(back))
            || !self.open.iter().any(|frame| frame.is_object && !frame.gave)
            || self.at - front.start > self.limits.record_size
    }

    /// Reads on until a record has been found, or nothing is open any more.
    fn steps(&mut self) -> Result<(), Stop> {
        loop {
            self.step()?;
            if self.open.is_empty() || !self.found.is_empty() {
                return Ok(());
            }
        }
    }

    /// Reads one sign of JSON, or finds the next object in loose text.
    fn step(&mut self) -> Result<(), Stop> {
        if self.open.is_empty() {
            return self.loose_step();
        }
        if self.at - self.open[0].start > self.limits.record_size {
            let over = |f: &Frame| self.at - f.start > self.limits.record_size;
            if self.open.iter().any(|frame| frame.may_be_record() && over(frame)) {
                return Err(Stop::Fault(Fault::Size));
            }
        }
        match self.text.get(self.at).ok_or(Stop::More)? {
            b'"' => return self.string(),
            b'{' | b'[' if self.open.len() >= self.limits.depth => {
                return Err(Stop::Fault(Fault::Depth));
            }
            b'{' | b'[' if self.wants_name() => {
                // The record was cut off before a name, and this is where the next one begins.
                return Err(Stop::Fault(Fault::Syntax));
            }
            b'{' => self.push(true),
            b'[' => self.push(false),
            b'}' | b']' => self.pop(),
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E' => {}
            _ => return Err(Stop::Fault(Fault::Syntax)),
        }
        self.at += 1;
        Ok(())
    }

    /// Goes to the next object. An object begins with a name; every other brace is loose text.
    fn loose_step(&mut self) -> Result<(), Stop> {
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

    /// True in a line of [`Rejected`](super::Rejected) that tells why a record did not go out: it shows
    /// the beginning of the record.
    fn is_remark(&self) -> bool {
        const LONGEST: usize = 4 << 10;
        let before = &self.text[self.at.saturating_sub(LONGEST)..self.at];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        before[start..].starts_with(super::Rejected::REMARK.as_bytes())
    }

    fn pass_line(&mut self) -> Result<(), Stop> {
        match memchr(b'\n', &self.text[self.at..]) {
            Some(length) => self.at += length,
            None if self.whole => self.at = self.text.len(),
            None => return Err(Stop::More),
        }
        Ok(())
    }

    /// True in an object where a name has to come before any value.
    fn wants_name(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.is_object && !frame.colon)
    }

    fn string(&mut self) -> Result<(), Stop> {
        let end = self.string_end()?;
        let (next, colon) = match after_string(&self.text, end) {
            Ok(found) => found,
            Err(stop) => {
                self.may_be_name(end, &stop);
                return Err(stop);
            }
        };
        if let Some(frame) = self.open.last_mut().filter(|frame| frame.is_object) {
            frame.colon = colon;
            if colon {
                frame.member(&self.text[self.at + 1..end - 1]);
            }
        }
        self.at = next;
        Ok(())
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
            frame.member(name.strip_suffix(b":").unwrap_or(name));
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

    fn push(&mut self, is_object: bool) {
        let found = self.found.len();
        if let Some(outer) = self.open.last_mut() {
            outer.colon = false;
        }
        self.open.push(Frame { start: self.at, is_object, found, ..Frame::default() });
    }

    fn pop(&mut self) {
        let found = self.found.len();
        let Some(frame) = self.open.pop() else { return };
        if self.open.is_empty() && (frame.gave || found > frame.found) {
            self.around = self.at + 1;
        }
        let (start, end) = (frame.start, self.at + 1);
        let outermost = self.open.first().map_or(start, |outer| outer.start);
        if frame.is_record(found - frame.found) {
            // What was found inside a record is a part of it, such as a nested `resultStr`.
            self.found.truncate(frame.found);
            let fault = (end - start > self.limits.record_size).then_some(Fault::Size);
            self.found.push_back(Outline::new(outermost, start, end, fault));
        } else if let Some(fault) = frame.near().filter(|_| found == frame.found)
            && (fault == Fault::Csl || says_enough(&self.text[start..end]))
        {
            self.found.push_back(Outline::closed(outermost, start, end, fault));
        }
    }
}

#[cfg(test)]
mod tests;
