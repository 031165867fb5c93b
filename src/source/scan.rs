//! Finds the JSON records in a page of text.
//!
//! A record is an object with a title, or with another text that can hold one, wherever it stands:
//! alone, in an array, one a line, inside another object, or between lines of loose text. The text
//! comes in pieces; what has been given out is forgotten, so that its length does not matter.

mod braces;
mod extent;
mod fault;
mod frame;
mod loose;
mod outline;
mod string;
mod window;

use std::collections::VecDeque;
use std::ops::Range;

use braces::Braces;
use extent::Walk;
use frame::Frame;
use outline::Outline;

use super::booksci::says_enough;
use super::limits::Limits;

pub use extent::is_closed;

/// What was found at one place of the input. Ranges are of the scanner's [`Scanner::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The record, from brace to brace; what there is of it where it is not whole.
    pub range: Range<usize>,
    /// The record where it is not read as it stands: taken out of entities or a string, faults mended.
    pub own: Option<Vec<u8>>,
    /// It was taken out of entities or a string. The range is what it stands in, which can hold others too.
    pub coded: bool,
    /// Its faults were mended.
    pub mended: bool,
    /// What went wrong with its braces and strings.
    pub fault: Option<Fault>,
    /// The loose text between the record before and this one.
    pub loose: Range<usize>,
    /// The line on which that begins, from 1, where it says something.
    pub loose_line: usize,
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
    /// Its title stands behind the records in it, which were given out before that was read.
    Late,
}

impl Fault {
    /// It is a limit that was passed: nothing is wrong with the record itself.
    fn is_limit(self) -> bool {
        matches!(self, Fault::Size | Fault::Depth)
    }

    /// It is read as JSON, and is no record.
    pub fn is_other(self) -> bool {
        matches!(self, Fault::Untitled | Fault::Csl | Fault::Late)
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
    /// Loose texts with citations in them that are too far before a record to be of it, and their lines.
    missed: Vec<(usize, Vec<u8>)>,
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
    /// How many bytes were looked at to tell what objects with a fault would have been, and how many bytes of
    /// the input are forgotten.
    spent: usize,
    forgotten: usize,
    /// Before this no string between single quotes begins: their ends were looked for.
    unquoted: usize,
    /// Records whose quotes were not plain, not yet given out.
    decoded: VecDeque<Raw>,
    /// How many times over records are looked for whose quotes are not plain: in strings in strings.
    levels: u8,
}

/// How much loose text belongs to a record: many times the longest that was seen before one.
pub const LOOSE: usize = 64 << 10;

/// How many times over a record may have been put into strings.
const LEVELS: u8 = 3;

impl Scanner {
    /// A walk through a text that comes by [`Scanner::text`] and ends by [`Scanner::end`].
    pub fn new(limits: Limits) -> Scanner {
        Scanner {
            text: Vec::new(),
            whole: false,
            limits,
            at: 0,
            loose: 0,
            missed: Vec::new(),
            braces: Braces::default(),
            around: 0,
            line: 1,
            counted: 0,
            open: Vec::new(),
            found: VecDeque::new(),
            skip: None,
            walked: 0,
            spent: 0,
            forgotten: 0,
            unquoted: 0,
            decoded: VecDeque::new(),
            levels: LEVELS,
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

    /// The next record, or `None` where more text is needed, or there is none any more.
    pub fn next(&mut self) -> Option<Raw> {
        loop {
            if let Some(raw) = self.decoded.pop_front() {
                return Some(raw);
            }
            if !self.found.is_empty() && self.is_settled() {
                if self.decode_found() {
                    continue;
                }
                if let Some(raw) = self.mended().ok()? {
                    return Some(raw);
                }
                if !self.decoded.is_empty() {
                    continue;
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
            self.over_size()?;
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
            b'}' | b']' => {
                self.at += 1;
                self.pop();
                return Ok(());
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            // Behind the value no other one is waited for.
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E' => {
                self.open.last_mut().into_iter().for_each(|frame| frame.colon = false);
            }
            _ => return Err(Stop::Fault(Fault::Syntax)),
        }
        self.at += 1;
        Ok(())
    }

    /// True in an object where a name has to come before any value.
    fn wants_name(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.is_object && !frame.colon)
    }

    fn push(&mut self, is_object: bool) {
        let (found, mut of_journal) = (self.found.len(), false);
        if let Some(outer) = self.open.last_mut() {
            of_journal = outer.is_object && outer.journal;
            outer.colon = false;
        }
        let start = self.at;
        self.open.push(Frame { start, is_object, found, of_journal, ..Frame::default() });
    }

    fn pop(&mut self) {
        let Some(outermost) = self.outermost() else { return };
        let Some(frame) = self.open.pop() else { return };
        let gave = frame.gave || frame.late;
        if self.open.is_empty() && (gave || self.found_since(frame.found).next().is_some()) {
            self.around = self.at;
        }
        let (start, end) = (frame.start, self.at);
        if frame.is_record(|| self.holds_records(frame.found)) {
            // What was found inside a record is a part of it, such as a nested `resultStr`.
            self.found.truncate(frame.found);
            let fault = (end - start > self.limits.record_size).then_some(Fault::Size);
            let title_alone = !frame.bookish;
            let outline = match frame.late {
                true => Outline::closed(outermost, start, end, fault.unwrap_or(Fault::Late)),
                false => Outline::new(outermost, start, end, fault),
            };
            self.found.push_back(Outline { title_alone, ..outline });
        } else if let Some(fault) = frame.near().filter(|_| !self.holds_records(frame.found))
            && (fault == Fault::Csl || says_enough(&self.text[start..end]))
        {
            self.found.truncate(frame.found);
            self.found.push_back(Outline::closed(outermost, start, end, fault));
        }
    }

    /// Where the outermost object that is open begins; 0 where that is not held any more, or is no loose text.
    fn outermost(&self) -> Option<usize> {
        self.open.first().map(|frame| if frame.late { 0 } else { frame.start })
    }

    /// What has been found since there were `found`, strings aside.
    fn found_since(&self, found: usize) -> impl Iterator<Item = &Outline> {
        self.found.iter().skip(found).filter(|outline| !outline.coded)
    }

    /// True where records are among that, and not only titles.
    fn holds_records(&self, found: usize) -> bool {
        self.found_since(found).any(|outline| !outline.title_alone)
    }
}

#[cfg(test)]
mod tests;
