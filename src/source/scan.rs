//! Finds the JSON records in a page of text.
//!
//! A record is an object with a title, or with another text that can hold one, wherever it stands:
//! alone, in an array, one a line, inside another object, or between lines of loose text.

use std::collections::VecDeque;

use memchr::{memchr, memchr_iter};

/// What was found at one place of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw<'a> {
    /// The record, from brace to brace; what there is of it where it is not whole.
    pub json: &'a [u8],
    /// What went wrong with its braces and strings.
    pub fault: Option<Fault>,
    /// The loose text between the record before and this one.
    pub loose: &'a [u8],
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
    /// Where the record begins that was given out last.
    given: usize,
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
            given: 0,
        }
    }

    /// Goes on behind a record of `length` bytes that was given out last, with a fault, and then
    /// mended.
    pub fn resume_behind(&mut self, length: usize) {
        self.at = self.at.max(self.given + length);
        self.loose = self.at;
        self.found.clear();
    }

    fn give(&mut self) -> Option<Raw<'a>> {
        let Outline { outermost, start, end, fault } = self.found.pop_front()?;
        let loose = &self.input[self.loose.min(outermost)..outermost];
        let line = self.line + memchr_iter(b'\n', &self.input[self.counted..start]).count();
        (self.line, self.counted, self.given) = (line, start, start);
        self.loose = if fault.is_none() { end } else { start + 1 };
        Some(Raw { json: &self.input[start..end], fault, loose, line })
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
mod tests {
    use super::*;

    fn found(input: &str) -> Vec<(String, Option<Fault>, usize)> {
        let text = |raw: Raw| String::from_utf8_lossy(raw.json).into_owned();
        Scanner::new(input.as_bytes()).map(|r| (text(r.clone()), r.fault, r.line)).collect()
    }

    fn whole(input: &str) -> Vec<String> {
        found(input).into_iter().filter(|f| f.1.is_none()).map(|f| f.0).collect()
    }

    const A: &str = r#"{"title":"A","doi":"10.1/a"}"#;
    const B: &str = r#"{"title":"B {x} \"{\\\"title\\\":1}\"","journal":{"name":"J"}}"#;

    #[test]
    fn records_are_found_wherever_they_stand() {
        for (input, expected) in [
            (A.to_owned(), vec![A]),
            (format!("[{A},\n {B}]"), vec![A, B]),
            (format!("{A}\n{B}\n"), vec![A, B]),
            (format!("{A}{B}"), vec![A, B]),
            (format!("最新文献 {{x}}\n<div>{A}</div> loose \" text {B} more"), vec![A, B]),
            (format!("{{\"data\":{{\"list\":[{A},{B}],\"n\":2}}}}"), vec![A, B]),
            (r#"{"title":"alone"}"#.to_owned(), vec![r#"{"title":"alone"}"#]),
            (r#"{"title":"Home","href":"/"}"#.to_owned(), vec![]),
            (r#"{"TitleCN":"A","id":1}"#.to_owned(), vec![r#"{"TitleCN":"A","id":1}"#]),
            (format!("{{\"resultStr\":null,\"code\":0,\"data\":[{A},{B}]}}"), vec![A, B]),
            ("no record at all".to_owned(), vec![]),
            (String::new(), vec![]),
        ] {
            assert_eq!(whole(&input), expected, "{input}");
        }
    }

    #[test]
    fn a_record_that_is_cut_off_is_reported_and_costs_no_other() {
        for cut in [
            r#"{"title":"C","doi":"10.1/c","abstract":"cut here"#,
            r#"{"title":"C","doi":"10.1/c","#,
            r#"{"title":"C","doi":"10.1/c","journal":{"name":"J","#,
            r#"{"title":"C","doi":"10.1/c","abstract":"cut \"#,
            r#"{"title":"C","doi":"10.1/c","journal":"#,
            r#"{"title":"C","doi""#,
            r#"{"title":"C","doi"#,
        ] {
            for gap in ["", "\n", "\n引用次数: 0\nNext\n"] {
                let input = format!("{A}\n{cut}{gap}{B}\nend");
                assert_eq!(whole(&input), [A, B], "{input}");
                assert_eq!(found(&input).iter().filter(|f| f.1.is_some()).count(), 1, "{input}");
            }
        }
    }

    #[test]
    fn what_stands_in_another_object_is_no_loose_text() {
        let input = format!("before {{\"note\":\"inside\",\"list\":[{A},{B}]}} after {A}");
        let loose = |raw: Raw| String::from_utf8_lossy(raw.loose).into_owned();
        let found: Vec<String> = Scanner::new(input.as_bytes()).map(loose).collect();
        assert_eq!(found[..2], ["before ", ""]);
        assert!(found[2].ends_with(" after "));
    }

    #[test]
    fn lines_are_counted() {
        let lines: Vec<usize> =
            found(&format!("a\r\n\r\n{A}\n\n{B}")).iter().map(|f| f.2).collect();
        assert_eq!(lines, [3, 5]);
    }

    #[test]
    fn braces_without_end_take_linear_time() {
        for part in ["{", "[{", "{\"a\":", "{\"title\":{", "{\"title\":\"", "{ ", "\\\"{"] {
            // Long enough that squared time would not end.
            let input = part.repeat(1_000_000);
            assert!(Scanner::new(input.as_bytes()).all(|raw| raw.fault.is_some()), "{part}");
        }
    }
}
