//! RIS, the tags of both specifications (Reference Manager, 2001; EndNote's direct export, 2011).

use super::carrier::{self, What};
use super::kinds::Row;
use super::span::Span;
use super::table::unmarked;
use super::tagged::{self, Line, Record, Tagged, Tags, of_tags, text};
use super::work::Work;
use super::{Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding};
use crate::model::{Date, Kind};
use crate::text::date;

/// The types of `TY`.
pub const KINDS: &[Row] = &[
    ("JOUR", Kind::Article, false),
    ("EJOUR", Kind::Article, true),
    ("ABST", Kind::Article, true),
    ("INPR", Kind::Article, true),
    ("MGZN", Kind::Article, true),
    ("NEWS", Kind::Article, true),
    ("CONF", Kind::ConferencePaper, false),
    ("CPAPER", Kind::ConferencePaper, true),
    ("BOOK", Kind::Book, false),
    ("EBOOK", Kind::Book, true),
    ("EDBOOK", Kind::Book, true),
    ("CHAP", Kind::Chapter, false),
    ("ECHAP", Kind::Chapter, true),
    ("THES", Kind::Thesis, false),
    ("UNPB", Kind::Preprint, false),
    ("DATA", Kind::Dataset, false),
    ("DBASE", Kind::Other, true),
    ("AGGR", Kind::Dataset, true),
    ("GEN", Kind::Other, false),
    ("ADVS", Kind::Other, true),
    ("ANCIENT", Kind::Other, true),
    ("ART", Kind::Other, true),
    ("BILL", Kind::Other, true),
    ("BLOG", Kind::Other, true),
    ("CASE", Kind::Other, true),
    ("CHART", Kind::Other, true),
    ("CLSWK", Kind::Other, true),
    ("COMP", Kind::Other, true),
    ("CTLG", Kind::Other, true),
    ("DICT", Kind::Other, true),
    ("ELEC", Kind::Other, true),
    ("ENCYC", Kind::Other, true),
    ("EQUA", Kind::Other, true),
    ("FIGURE", Kind::Other, true),
    ("GOVDOC", Kind::Other, true),
    ("GRANT", Kind::Other, true),
    ("HEAR", Kind::Other, true),
    ("ICOMM", Kind::Other, true),
    ("JFULL", Kind::Other, true),
    ("LEGAL", Kind::Other, true),
    ("MANSCPT", Kind::Other, true),
    ("MAP", Kind::Other, true),
    ("MPCT", Kind::Other, true),
    ("MULTI", Kind::Other, true),
    ("MUSIC", Kind::Other, true),
    ("PAMP", Kind::Other, true),
    ("PAT", Kind::Other, true),
    ("PCOMM", Kind::Other, true),
    ("RPRT", Kind::Other, true),
    ("SER", Kind::Other, true),
    ("SLIDE", Kind::Other, true),
    ("SOUND", Kind::Other, true),
    ("STAND", Kind::Other, true),
    ("STAT", Kind::Other, true),
    ("UNBILL", Kind::Other, true),
    ("VIDEO", Kind::Other, true),
];

const FORMAT: Tagged = Tagged {
    dialect: "ris",
    tag,
    first: "TY",
    begins: "TY  - ",
    near,
    last: Some("ER"),
    blank_ends: false,
    apart: None,
    entry,
};

const TAGS: Tags = Tags {
    kind: ("TY", KINDS),
    authors: &["AU", "A1"],
    language: "LA",
    abstracts: &["AB", "N2"],
    keywords: "KW",
    numbers: ["VL", "IS", "C7"],
    pmcid: "C2",
    database: ["DB", "AN"],
    dois: &["DO", "M3"],
    url: "UR",
    carriers: carrier::RIS,
    notes: &[("N1", tagged::note), ("M2", tagged::extra)],
};

/// `ty - JOUR`, `Ty-JOUR`: a type of work behind a tag that no reader takes for one.
fn near(line: &str) -> bool {
    let parts = line.trim().split_once('-');
    parts.is_some_and(|(tag, word)| {
        tag.trim_end().eq_ignore_ascii_case("TY")
            && KINDS.iter().any(|(known, ..)| known.eq_ignore_ascii_case(word.trim()))
    })
}

/// True where a line begins a record.
pub fn looks_like(text: &[u8]) -> bool {
    text.split(|b| matches!(b, b'\n' | b'\r')).any(|line| {
        let Some((tag, rest)) = unmarked(line).split_at_checked(2) else { return false };
        match rest.strip_prefix(b"  -") {
            Some(_) => tag.eq_ignore_ascii_case(b"TY"),
            None => tag == b"TY" && rest.starts_with(b" - "),
        }
    })
}

/// Where the records of a file stand.
pub fn spans(text: &str) -> Vec<Span> {
    tagged::spans(&FORMAT, text)
}

/// Reads every record of a file.
pub fn read(input: &[u8], file: &str, layers: Option<&mut Vec<Layer>>) -> Reading {
    tagged::read(&FORMAT, input, file, layers)
}

/// `XX  - value`. With both blanks before the hyphen the tag may be in lower case, and the blank behind
/// may be missing; with one of them, `we - the authors` would be a tag too.
fn tag(line: &str) -> Option<Line<'_>> {
    let (tag, rest) = line.split_at_checked(2)?;
    let [first, second] = *tag.as_bytes() else { return None };
    if !first.is_ascii_alphabetic() || !second.is_ascii_alphanumeric() {
        return None;
    }
    let is_upper = !tag.contains(|c: char| c.is_ascii_lowercase());
    if let Some(value) = rest.strip_prefix("  -") {
        let tag = if is_upper { tag.into() } else { tag.to_ascii_uppercase().into() };
        return Some((tag, value.trim()));
    }
    let value = rest.strip_prefix(" -").filter(|_| is_upper)?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then(|| (tag.into(), value.trim()))
}

fn entry(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    of_tags(&TAGS, record, work, sink);
    titles(record, work, sink);
    dates(record, work, sink);
    let range: Vec<String> = ["SP", "EP"].iter().filter_map(|tag| record.take_one(tag)).collect();
    tagged::pages("SP", &range.join("-"), &mut work.entry, sink);
    if let Some((_, key)) = record.fields.iter().find(|(tag, value)| tag == "ID" && is_key(value)) {
        work.entry.key.clone_from(key);
    }
}

/// A reference number is a citation key where it is one word.
fn is_key(value: &str) -> bool {
    value.len() <= 64 && value.chars().all(|c| !c.is_whitespace()) && !value.is_empty()
}

fn titles(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let in_book = matches!(work.entry.kind, Kind::Chapter | Kind::ConferencePaper);
    let mut titles = vec!["TI", "T1", "CT"];
    if !in_book {
        titles.push("BT");
    }
    // A title that stands twice would be written twice, and programs would read the last one.
    for tag in titles {
        for value in record.take(tag) {
            let text = text(tag, &value, sink);
            work.main(What::Title, tag, text, sink);
        }
    }
    // The full name goes before its abbreviations, which are kept beside it.
    let containers: &[&str] = match work.entry.kind {
        Kind::Book | Kind::Thesis => &["T2"],
        _ if in_book => &["BT", "T2", "JF", "JO"],
        _ => &["JF", "T2", "JO", "JA", "J2", "J1"],
    };
    for tag in containers {
        // What repeats the name says nothing; another name may be in the other language.
        let wanted = !work.has(What::Container) || matches!(*tag, "T2" | "BT");
        if let Some(value) = wanted.then(|| record.take_one(tag)).flatten() {
            let text = text(tag, &value, sink);
            work.main(What::Container, tag, text, sink);
        }
    }
}

/// The date of `2018/08//Spring`: year, month and day as far as they are there. The last part is free
/// text, which is told where there is some.
fn date_of(value: &str) -> (Option<Date>, Vec<Finding>) {
    let parts: Vec<&str> = value.split('/').map(str::trim).collect();
    let known = parts.iter().take(3).take_while(|part| !part.is_empty());
    let known = known.copied().collect::<Vec<_>>().join("/");
    let (found, mut findings) = date::date(&known);
    let other = parts.get(3).filter(|part| !part.is_empty());
    if let (Some(date), Some(_)) = (found, other) {
        let done = format!("kept {}", date.join('-'));
        findings.push(Finding::new(Code::DateReduced, value, done));
    }
    (found, findings)
}

/// `DA` says most, `PY` least. What cannot be typed is written back only where no date is.
fn dates(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let mut left = Vec::new();
    for tag in ["DA", "Y1", "PY"] {
        let Some(value) = record.take_one(tag) else { continue };
        let (found, findings) = date_of(&value);
        match (work.entry.date, found) {
            (None, Some(_)) => {
                sink.add_all(tag, findings);
                work.entry.date = found;
            }
            (Some(there), Some(found)) if there.join('-').starts_with(&found.join('-')) => {}
            (Some(there), Some(_)) => {
                let found = format!("{} and {value}", there.join('-'));
                sink.add(tag, Finding::new(Code::Contradiction, found, "the first was taken"));
            }
            (_, None) => left.push((tag, value)),
        }
    }
    for (tag, value) in left {
        let (code, done) = match work.entry.date {
            Some(_) => (Code::FieldLost, "left out: the entry has a date from elsewhere"),
            None => (Code::FieldKept, "kept as it stands, for RIS alone: it is no date"),
        };
        sink.add(tag, Finding::new(code, &value, done));
        if work.entry.date.is_none() {
            record.fields.push((tag.into(), value));
        }
    }
}
