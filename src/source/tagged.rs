//! What the formats of tags and lines share: RIS and EndNote's own.

mod spans;

pub use spans::spans;

use super::carrier::{self, Carrier, What};
use super::work::Work;
use super::{Found, Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::{Entry, Lang, Name, Script, Text};
use crate::text::markup;
use crate::text::names;
use crate::text::script::has_han;

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

/// A format of tags and lines.
pub struct Tagged {
    /// The name of the dialect.
    pub dialect: &'static str,
    /// Reads a line that begins with a tag.
    pub tag: fn(&str) -> Option<(&str, &str)>,
    /// The tag that begins a record.
    pub first: &'static str,
    /// The tag that ends it, where there is one.
    pub last: Option<&'static str>,
    /// An empty line ends a record.
    pub blank_ends: bool,
    /// Makes an entry of a record; what it leaves in the record is kept.
    pub entry: fn(&mut Record, &mut Work, &mut Sink<'_>),
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
    diagnostics: &mut Vec<crate::diagnostic::Diagnostic>,
) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut tell = |line: usize, finding| {
        let place = Place { file: file.into(), line, record: 0 };
        Sink { place, diagnostics: &mut *diagnostics }.add("", finding);
    };
    let (mut open, mut outside) = (false, false);
    // A lone CR ends a line on old Macs.
    let lines =
        text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    for (at, line) in lines.enumerate() {
        let tagged = (format.tag)(line);
        match (tagged, records.last_mut()) {
            (Some((tag, value)), last) if tag == format.first => {
                if let (Some(_), true, Some(end)) = (&last, open, format.last) {
                    let done = "the record ends where the next one begins";
                    tell(at + 1, Finding::new(Code::RecordEnd, format!("no {end}"), done));
                }
                let fields = vec![(tag.to_owned(), value.trim().to_owned())];
                records.push(Record { line: at + 1, fields });
                (open, outside) = (true, false);
            }
            (Some((tag, _)), _) if Some(tag) == format.last => open = false,
            (Some((tag, value)), Some(record)) if open => {
                record.fields.push((tag.to_owned(), value.trim().to_owned()));
            }
            (None, _) if line.trim().is_empty() => open &= !format.blank_ends,
            // What has no tag goes on with the value before.
            (None, Some(Record { fields, .. })) if open => {
                if let Some((_, value)) = fields.last_mut() {
                    if !value.is_empty() {
                        value.push(' ');
                    }
                    value.push_str(line.trim());
                }
            }
            _ if !std::mem::replace(&mut outside, true) => {
                let done = format!("passed over: a record begins with {}", format.first);
                tell(at + 1, Finding::new(Code::TextOutside, line.trim(), done));
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

/// What ends a line for some reader is a blank in a value that is written back as it stands.
fn on_one_line(value: &str) -> String {
    let ends = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    value.chars().map(|c| if ends(c) { ' ' } else { c }).collect()
}

/// A text as these formats have it: characters, and the mark-up of databases.
pub fn text(field: &str, raw: &str, sink: &mut Sink<'_>) -> Text {
    let read = markup::to_text(raw);
    sink.add_all(field, read.findings);
    read.text
}

/// A name: `Family, Given, Suffix`, a Chinese one without comma, an organisation's without one or
/// with one at its end (RIS specification, "AU"; EndNote manual, "Corporate authors").
pub fn name(field: &str, raw: &str, sink: &mut Sink<'_>) -> Option<Name> {
    let read = text(field, raw, sink);
    let text = read.plain();
    if let Some(whole) = text.strip_suffix(',') {
        let whole = whole.trim_end();
        return (!whole.is_empty()).then(|| chinese(whole).unwrap_or_else(|| Name::whole(whole)));
    }
    if text.is_empty() {
        return None;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (family, given, suffix) = match parts[..] {
        [whole] => return Some(chinese(whole).unwrap_or_else(|| undivided(whole))),
        // `Barnes and Noble, Inc.` is no person.
        [.., last] if names::is_legal_form(last) => return Some(Name::whole(text)),
        [family, given] => (family, given, None),
        [family, given, suffix] => (family, given, Some(suffix)),
        _ => {
            let done = "kept whole: a name has two commas at most";
            sink.add(field, Finding::new(Code::AuthorsGuessed, text, done));
            return Some(Name::whole(text));
        }
    };
    if has_han(family) && has_han(given) && suffix.is_none() {
        let given = Some(given.to_owned());
        return Some(Name { script: Script::Han, given, ..Name::whole(family) });
    }
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    let name = Name { given: some(given), suffix: suffix.and_then(some), ..names::family(family) };
    Some(name).filter(|name| !name.family.is_empty())
}

/// A name in Chinese characters alone.
fn chinese(text: &str) -> Option<Name> {
    has_han(text).then(|| names::one_author(text).names.pop()).flatten()
}

/// A Latin name without comma: one word is a family name, several are an organisation, unless they
/// are particles and one word.
fn undivided(text: &str) -> Name {
    let name = names::family(text);
    match name.family.contains(' ') {
        true => Name::whole(text),
        false => name,
    }
}

/// Takes a note that has one of our labels; false for any other.
pub fn note(field: &str, note: &str, work: &mut Work, sink: &mut Sink<'_>) -> bool {
    if note == "The list of authors is not complete (et al.)" {
        work.entry.more_authors = true;
        return true;
    }
    let Some((row, lang, value)) = carrier::of_note(note) else { return false };
    labelled(field, row, lang, value, work, sink);
    true
}

fn labelled(
    field: &str,
    row: &Carrier,
    lang: Option<Lang>,
    value: &str,
    work: &mut Work,
    sink: &mut Sink<'_>,
) {
    if row.what == What::Authors {
        for part in value.split(';') {
            if let Some(name) = name(field, part.trim(), sink) {
                work.other_author(row.name, name);
            }
        }
    } else {
        let text = text(field, value, sink);
        work.other(row.what, row.role, lang, field, text);
    }
}

/// Takes a line of Zotero's Extra that carries the other language; false for any other.
pub fn extra(field: &str, line: &str, work: &mut Work, sink: &mut Sink<'_>) -> bool {
    let Some((row, value)) = carrier::of_extra(line) else { return false };
    if row.what == What::Authors {
        let parted = value.split_once("||").map(|(f, g)| format!("{}, {}", f.trim(), g.trim()));
        if let Some(name) = name(field, parted.as_deref().unwrap_or(value), sink) {
            work.other_author(row.name, name);
        }
    } else {
        let text = text(field, value, sink);
        work.other(row.what, row.role, None, field, text);
    }
    true
}

/// A short value, clean.
pub fn plain(field: &str, value: Option<String>, sink: &mut Sink<'_>) -> Option<String> {
    let text = text(field, &value?, sink);
    (!text.is_empty()).then(|| text.plain().to_owned())
}

/// Pages and article number out of one value; a number that is known already is not pages.
pub fn pages(field: &str, raw: &str, entry: &mut Entry, sink: &mut Sink<'_>) {
    let found = crate::text::locator::pages(raw);
    sink.add_all(field, found.findings);
    let known = entry.article_number.as_deref();
    entry.pages = found.pages.filter(|pages| known != Some(&pages.join("-")));
    entry.article_number = entry.article_number.take().or(found.article_number);
}
