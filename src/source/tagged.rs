//! What the formats of tags and lines share: RIS and EndNote's own.

mod spans;
mod tags;
mod values;

use std::borrow::Cow;

pub use spans::spans;
pub use tags::{Tags, of_tags};
pub use values::{extra, note, pages, plain, text};

use super::strays::Stray;
use super::work::Work;
use super::{Found, Layer, Reading, Sink};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};

/// A record: its tags and values in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The line on which it begins.
    pub line: usize,
    /// Tags and values, each on one line.
    pub fields: Vec<(String, String)>,
}

impl Record {
    /// The values of a tag, taken out of the record.
    pub fn take(&mut self, tag: &str) -> Vec<String> {
        let (taken, rest) =
            std::mem::take(&mut self.fields).into_iter().partition(|(known, _)| known == tag);
        self.fields = rest;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// The first value of a tag that says something, taken out; further ones stay.
    pub fn take_one(&mut self, tag: &str) -> Option<String> {
        let at = self.fields.iter().position(|(t, value)| t == tag && !value.is_empty())?;
        Some(self.fields.remove(at).1)
    }

    /// Shows each value of a tag, and takes those out that are accepted. The others stay in their
    /// places.
    pub fn offer(&mut self, tag: &str, mut accept: impl FnMut(&str) -> bool) {
        self.fields.retain(|(known, value)| known != tag || !accept(value));
    }

    /// True where a tag says something.
    pub fn has(&self, tag: &str) -> bool {
        self.fields.iter().any(|(t, value)| t == tag && !value.is_empty())
    }
}

/// The tag of a line, in capitals where the case of tags does not matter, and its value.
pub type Line<'t> = (Cow<'t, str>, &'t str);

/// A format of tags and lines.
pub struct Tagged {
    /// The name of the dialect.
    pub dialect: &'static str,
    /// Reads a line that begins with a tag.
    pub tag: fn(&str) -> Option<Line<'_>>,
    /// The tag that begins a record.
    pub first: &'static str,
    /// How the line with it begins.
    pub begins: &'static str,
    /// True for a line that would begin a record, were its tag written as it should be.
    pub near: fn(&str) -> bool,
    /// The tag that ends it, where there is one.
    pub last: Option<&'static str>,
    /// An empty line ends a record.
    pub blank_ends: bool,
    /// The tag whose further lines are a value each, as EndNote exports keywords.
    pub apart: Option<&'static str>,
    /// Makes an entry of a record; what it leaves in the record is kept.
    pub entry: fn(&mut Record, &mut Work, &mut Sink<'_>),
}

impl Tagged {
    /// The tag of a line and its value. A byte order mark begins a line where files were put one behind the other.
    fn line<'t>(&self, line: &'t str) -> Option<Line<'t>> {
        (self.tag)(line.strip_prefix('\u{FEFF}').unwrap_or(line))
    }
}

/// Reads every record of a file.
pub fn read(
    format: &Tagged,
    input: &[u8],
    file: &str,
    mut layers: Option<&mut Vec<Layer>>,
) -> Reading {
    let text = String::from_utf8_lossy(input);
    let mut reading = Reading::default();
    let records = records(format, &text, file, &mut reading.diagnostics);
    for mut record in records {
        reading.records += 1;
        let place = Place { file: file.into(), line: record.line, record: reading.records };
        let mut sink = Sink { place: place.clone(), diagnostics: &mut reading.diagnostics };
        let members = record.fields.clone();
        let mut work = Work::default();
        work.entry.kept.dialect = format.dialect;
        (format.entry)(&mut record, &mut work, &mut sink);
        let rest = record.fields.into_iter().filter(|(_, value)| !value.is_empty());
        let rest = rest.map(|(tag, value)| (tag, on_one_line(&value)));
        work.entry.kept.fields.extend(rest);
        let entry = work.finish(&mut sink);
        if let Some(layers) = &mut layers {
            let (path, entry) = (String::new(), entry.clone());
            layers.push(Layer { place: place.clone(), path, members, entry });
        }
        let entry = Box::new(entry);
        reading.found.push(Found { entry, place, others: Vec::new(), verbatim: Vec::new() });
    }
    reading
}

/// The records of a text. A record whose end is missing ends where the next one begins; lines that
/// belong to none are told, once for each run of them.
fn records(
    format: &Tagged,
    text: &str,
    file: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut tell = |line: usize, finding| {
        let place = Place { file: file.into(), line, record: 0 };
        Sink { place, diagnostics: &mut *diagnostics }.add("", finding);
    };
    let (mut open, mut outside) = (false, false);
    for (at, line) in lines(text).enumerate() {
        let tagged = format.line(line);
        match (tagged, records.last_mut()) {
            (Some((tag, value)), last) if tag == format.first => {
                if let (Some(_), true, Some(end)) = (&last, open, format.last) {
                    let done = "the record ends where the next one begins";
                    tell(at + 1, Finding::new(Code::RecordEnd, format!("no {end}"), done));
                }
                let fields = vec![(tag.into_owned(), value.trim().to_owned())];
                records.push(Record { line: at + 1, fields });
                (open, outside) = (true, false);
            }
            (Some((tag, _)), _) if Some(&*tag) == format.last => open = false,
            (Some((tag, value)), Some(record)) if open => {
                record.fields.push((tag.into_owned(), value.trim().to_owned()));
            }
            (None, _) if line.trim().is_empty() => open &= !format.blank_ends,
            (None, _) if (format.near)(line) => {
                let done = format!(
                    "the lines from here to the next record are left out: a record begins with \
                     `{}`; mend it and try again",
                    format.begins
                );
                tell(at + 1, Finding::new(Code::RecordBroken, line.trim(), done));
                (open, outside) = (false, true);
            }
            // What has no tag goes on with the value before.
            (None, Some(Record { fields, .. })) if open => {
                if let Some((tag, value)) = fields.last_mut() {
                    if Some(tag.as_str()) == format.apart {
                        let field = (tag.clone(), line.trim().to_owned());
                        fields.push(field);
                        continue;
                    }
                    if !value.is_empty() {
                        value.push(' ');
                    }
                    value.push_str(line.trim());
                }
            }
            _ if !std::mem::replace(&mut outside, true) => {
                let start = line.as_ptr() as usize - text.as_ptr() as usize;
                let (before, finding) = passed_over(format, &text[start..]);
                tell(at + 1 + before, finding);
            }
            _ => {}
        }
    }
    if let (true, Some(end)) = (open, format.last) {
        let line = records.last().map_or(0, |record| record.line);
        let done = "the record ends with the file";
        tell(line, Finding::new(Code::RecordEnd, format!("no {end}"), done));
    }
    records
}

/// A lone CR ends a line on old Macs.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// What is told of the lines up to the next record, and how many lines stand before what it is
/// about.
fn passed_over(format: &Tagged, text: &str) -> (usize, Finding) {
    let begins = |line: &&str| format.line(line).is_some_and(|(tag, _)| tag == format.first);
    let next = lines(text).find(begins);
    let end = next.map_or(text.len(), |line| line.as_ptr() as usize - text.as_ptr() as usize);
    let text = &text[..end];
    match Stray::first(text) {
        Some(stray) => (lines(&text[..stray.at]).count() - 1, stray.told(text)),
        None => {
            let done = format!("passed over: a record begins with {}", format.first);
            let first = lines(text).next().unwrap_or_default();
            (0, Finding::new(Code::TextOutside, first.trim(), done))
        }
    }
}

/// What ends a line for some reader is a blank in a value that is written back as it stands, and nothing
/// at its ends.
pub fn on_one_line(value: &str) -> String {
    let ends = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    value.trim_matches(|c: char| c.is_whitespace() || ends(c)).replace(ends, " ")
}
