//! Finds the JSON records in a page of text.
//!
//! A record is an object with a title, or with another text that can hold one, wherever it stands:
//! alone, in an array, one a line, inside another object, or between lines of loose text.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::encoded;
use memchr::{memchr, memchr_iter};

/// What was found at one place of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw<'a> {
    /// The record, from brace to brace; what there is of it where it is not whole.
    pub json: Cow<'a, [u8]>,
    /// What went wrong with its braces and strings.
    pub fault: Option<Fault>,
    /// The loose text between the record before and this one.
    pub loose: Cow<'a, [u8]>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// Why a record is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The input ends before its closing brace.
    End,
    /// A string holds a raw control character, such as a line end.
    Control,
    /// Something stands where JSON does not allow it.
    Syntax,
}

/// Walks through an input and stops at each record.
pub struct Scanner<'a> {
    input: &'a [u8],
    at: usize,
    /// Where the loose text before the next record begins.
    loose: usize,
    /// The line on which `counted` stands.
    line: usize,
    counted: usize,
    /// The objects and arrays that are open.
    open: Vec<Frame>,
    /// Records that were found and not yet given out.
    found: VecDeque<Outline>,
    /// Where the record begins that was given out last; `None` where its quotes were entities.
    given: Option<usize>,
    /// Records whose quotes were entities, not yet given out; `None` where none are looked for.
    decoded: Option<VecDeque<Raw<'a>>>,
}

/// Where a record stands.
struct Outline {
    /// Where the outermost object around it begins: what is behind that is no loose text.
    outermost: usize,
    start: usize,
    end: usize,
    fault: Option<Fault>,
}

/// An object or an array that is open.
#[derive(Default)]
struct Frame {
    start: usize,
    is_object: bool,
    /// It has a member that can hold a title.
    titled: bool,
    /// It has another member of a record.
    bookish: bool,
    /// It has a member that only records of the source have.
    own: bool,
    /// It has a member that no record has.
    foreign: bool,
    /// The sign read last was the colon behind a name.
    colon: bool,
    /// How many records had been found when it opened; those after it are inside it.
    found: usize,
}

impl Frame {
    /// A title alone makes a record only where nothing else stands beside it: pages hold menus
    /// and other objects with titles too. The source's own members make one, too, unless there
    /// are `inside` records in it: then it is what the records came in.
    fn is_record(&self, inside: usize) -> bool {
        self.titled && (self.bookish || !self.foreign || (self.own && inside == 0))
    }

    fn member(&mut self, name: &[u8]) {
        match name {
            b"title" => self.titled = true,
            b"TitleCN" | b"resultStr" => (self.titled, self.own) = (true, true),
            b"authors" | b"doi" | b"DOIUrl" | b"abstract" | b"journal" | b"publicationDate"
            | b"publicationTypes" | b"paperid" | b"PeriodicalId" | b"PeriodicalName"
            | b"ListUrlMain" | b"AbstractTextCN" | b"PMCID" => self.bookish = true,
            b"url" => {}
            _ => self.foreign = true,
        }
    }
}

/// How deep objects and arrays may stand in each other: what the JSON parser takes.
const DEPTH: usize = 127;

impl<'a> Scanner<'a> {
    /// A walk through a whole input, without its byte order mark.
    pub fn new(input: &'a [u8]) -> Scanner<'a> {
        Scanner {
            input,
            at: 0,
            loose: 0,
            line: 1,
            counted: 0,
            open: Vec::new(),
            found: VecDeque::new(),
            given: None,
            decoded: Some(VecDeque::new()),
        }
    }

    /// Goes on behind a record of `length` bytes that was given out last, with a fault, and then
    /// mended.
    pub fn resume_behind(&mut self, length: usize) {
        let Some(given) = self.given else { return };
        self.at = self.at.max(given + length);
        self.loose = self.at;
        self.found.clear();
    }

    fn give(&mut self) -> Option<Raw<'a>> {
        let Outline { outermost, start, end, fault } = self.found.pop_front()?;
        let loose = &self.input[self.loose.min(outermost)..outermost];
        let line = self.line_of(start);
        self.given = Some(start);
        self.loose = if fault.is_none() { end } else { start + 1 };
        Some(Raw { json: self.input[start..end].into(), fault, loose: loose.into(), line })
    }

    /// The line of a place that is not before the one asked for last.
    fn line_of(&mut self, at: usize) -> usize {
        self.line += memchr_iter(b'\n', &self.input[self.counted..at]).count();
        self.counted = at;
        self.line
    }

    /// Reads the object at this place, whose quotes are entities, and the records in it.
    fn decode(&mut self) -> VecDeque<Raw<'a>> {
        let end = self.at + encoded::end(&self.input[self.at..]);
        let text = encoded::decoded(&self.input[self.at..end]);
        let line = self.line_of(self.at);
        let inner = Scanner { line, decoded: None, ..Scanner::new(&text) };
        let owned = |raw: Raw<'_>| Raw {
            json: raw.json.into_owned().into(),
            loose: raw.loose.into_owned().into(),
            ..raw
        };
        let mut records: VecDeque<Raw<'a>> = inner.map(owned).collect();
        if let Some(first) = records.front_mut() {
            first.loose = [&self.input[self.loose..self.at], &first.loose].concat().into();
            self.loose = end;
        }
        self.at = end;
        records
    }

    /// True where nothing that is still open can turn out to be a record around the found ones.
    fn is_settled(&self) -> bool {
        !self.open.iter().any(|frame| frame.titled || frame.bookish)
    }

    /// Reads one sign of JSON, or finds the next object in loose text.
    fn step(&mut self) -> Result<(), Fault> {
        if self.open.is_empty() {
            let Some(next) = memchr(b'{', &self.input[self.at..]) else {
                self.at = self.input.len();
                return Ok(());
            };
            self.at += next;
            // An object begins with a name; every other brace is loose text.
            let inner = &self.input[self.at + 1..];
            if inner.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'"') {
                self.push(true);
            } else if self.decoded.is_some() && encoded::begins(inner) {
                self.decoded = Some(self.decode());
                return Ok(());
            }
            self.at += 1;
            return Ok(());
        }
        match self.input.get(self.at).ok_or(Fault::End)? {
            b'"' => return self.string(),
            b'{' | b'[' if self.open.len() >= DEPTH => return Err(Fault::Syntax),
            b'{' | b'[' if self.wants_name() => {
                // The record was cut off before a name, and this is where the next one begins.
                self.at -= 1;
                return Err(Fault::Syntax);
            }
            b'{' => self.push(true),
            b'[' => self.push(false),
            b'}' | b']' => self.pop(),
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E' => {}
            _ => return Err(Fault::Syntax),
        }
        self.at += 1;
        Ok(())
    }

    /// True in an object where a name has to come before any value.
    fn wants_name(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.is_object && !frame.colon)
    }

    fn string(&mut self) -> Result<(), Fault> {
        let end = string_end(self.input, self.at)?;
        let (next, colon) = after_string(self.input, end)?;
        let name = &self.input[self.at + 1..end - 1];
        if let Some(frame) = self.open.last_mut().filter(|frame| frame.is_object) {
            frame.colon = colon;
            if colon {
                frame.member(name);
            }
        }
        self.at = next;
        Ok(())
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
        if let Some(frame) = self.open.pop().filter(|frame| frame.is_record(found - frame.found)) {
            // What was found inside a record is a part of it, such as a nested `resultStr`.
            self.found.truncate(frame.found);
            let outermost = self.open.first().map_or(frame.start, |outer| outer.start);
            let outline = Outline { outermost, start: frame.start, end: self.at + 1, fault: None };
            self.found.push_back(outline);
        }
    }

    /// Gives up what is open. The outermost record among it is reported; the records that were
    /// whole before the fault stay, also those that stand in it. The search goes on in the string that stood last: where a
    /// record was cut off inside a string, that string has swallowed the next record's brace.
    fn give_up(&mut self, fault: Fault) {
        let found = self.found.len();
        let is_record = |frame: &&Frame| frame.is_record(found - frame.found);
        if let Some(frame) = self.open.iter().find(is_record) {
            let outermost = self.open.first().map_or(frame.start, |outer| outer.start);
            let end = self.input.len();
            let outline = Outline { outermost, start: frame.start, end, fault: Some(fault) };
            self.found.insert(frame.found, outline);
        }
        self.open.clear();
        self.at = (self.at + 1).min(self.input.len());
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Raw<'a>> {
        loop {
            if let Some(raw) = self.decoded.as_mut().and_then(VecDeque::pop_front) {
                self.given = None;
                return Some(raw);
            }
            if !self.found.is_empty() && self.is_settled() {
                return self.give();
            }
            if self.at >= self.input.len() && self.open.is_empty() {
                return None;
            }
            if let Err(fault) = self.step() {
                self.give_up(fault);
            }
        }
    }
}

/// The place behind the closing quote of the string whose opening quote stands at `start`.
fn string_end(input: &[u8], start: usize) -> Result<usize, Fault> {
    let mut at = start + 1;
    while let Some(&byte) = input.get(at) {
        match byte {
            b'"' => return Ok(at + 1),
            b'\\' => at += 2,
            0..=0x1F => return Err(Fault::Control),
            _ => at += 1,
        }
    }
    Err(Fault::End)
}

/// What may follow a string: the place of the sign, and whether it is a colon.
fn after_string(input: &[u8], mut at: usize) -> Result<(usize, bool), Fault> {
    while let Some(byte) = input.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b':' => return Ok((at + 1, true)),
            b',' | b'}' | b']' => return Ok((at, false)),
            _ => return Err(Fault::Syntax),
        }
    }
    Err(Fault::End)
}

#[cfg(test)]
mod tests;
