//! RIS, the tags of both specifications (Reference Manager, 2001; EndNote's direct export, 2011).

use super::carrier::{self, What};
use super::languages::language;
use super::links::{self, take_doi, take_url};
use super::span::Span;
use super::tagged::{self, Record, Tagged, name, note, plain, text};
use super::work::Work;
use super::{Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding};
use crate::model::Kind;
use crate::text::date;

/// The type that a word of `TY` means, and whether the word says more.
pub const KINDS: &[(&str, Kind, bool)] = &[
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

const FORMAT: Tagged =
    Tagged { dialect: "ris", tag, first: "TY", last: Some("ER"), blank_ends: false, entry };

/// True where a line begins a record.
pub fn looks_like(text: &[u8]) -> bool {
    text.split(|b| matches!(b, b'\n' | b'\r')).any(|line| {
        let line = line.strip_prefix(b"TY").unwrap_or_default();
        line.starts_with(b"  - ") || line.starts_with(b" - ") || line == b"  -"
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

/// `XX  - value`; one blank before the hyphen and none behind it are borne with.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let [first, second] = *tag.as_bytes() else { return None };
    let fits =
        first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second.is_ascii_digit());
    let rest = rest.strip_prefix("  -").or_else(|| rest.strip_prefix(" -")).filter(|_| fits)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (tag, rest.trim()))
}

fn entry(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    kind(record, work, sink);
    // A second specification has the same datum under another tag; the first that is there counts.
    titles(record, work, sink);
    for tag in ["AU", "A1"] {
        for value in record.take(tag) {
            work.entry.authors.extend(name(tag, &value, sink));
        }
    }
    languages(record, work, sink);
    dates(record, work, sink);
    numbers(record, work, sink);
    for tag in ["AB", "N2"] {
        for value in record.take(tag) {
            let text = text(tag, &value, sink);
            work.main(What::Abstract, tag, text, sink);
        }
    }
    for value in record.take("KW") {
        // Some programs put all of them on one line.
        let words = value.split(';').filter_map(super::work::clean);
        for word in words {
            if !work.entry.keywords.contains(&word) {
                work.entry.keywords.push(word);
            }
        }
    }
    other_language(record, work, sink);
    if let Some(key) = record.fields.iter().find(|(tag, value)| tag == "ID" && is_key(value)) {
        work.entry.key = key.1.clone();
    }
}

/// A reference number is a citation key where it is one word.
fn is_key(value: &str) -> bool {
    value.len() <= 64 && value.chars().all(|c| !c.is_whitespace()) && !value.is_empty()
}

fn kind(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let word = record.take("TY").into_iter().next().unwrap_or_default();
    let found = KINDS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&word));
    if found.is_none() {
        let done = "taken as the general type; the word is kept for RIS";
        sink.add("TY", Finding::new(Code::TypeUnknown, &word, done));
    }
    let (kind, more) = found.map_or((Kind::Other, true), |(_, kind, more)| (*kind, *more));
    work.entry.kind = kind;
    work.entry.kept.kind = (more && !word.is_empty()).then_some(word);
}

fn titles(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let in_book = matches!(work.entry.kind, Kind::Chapter | Kind::ConferencePaper);
    let mut titles = vec!["TI", "T1", "CT"];
    if !in_book {
        titles.push("BT");
    }
    for tag in titles {
        if let Some(value) = record.take_one(tag) {
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
        if !record.has(tag) {
            continue;
        }
        if !work.has(What::Container) {
            let value = record.take_one(tag).unwrap_or_default();
            let text = text(tag, &value, sink);
            work.main(What::Container, tag, text, sink);
        } else if matches!(*tag, "T2" | "BT") {
            // What repeats the name says nothing; another name may be in the other language.
            let value = record.take_one(tag).unwrap_or_default();
            let text = text(tag, &value, sink);
            work.main(What::Container, tag, text, sink);
        }
    }
}

fn languages(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let Some(word) = record.take_one("LA") else { return };
    work.language_named = true;
    work.entry.language = language(&word);
    if work.entry.language.is_none() {
        let done = "kept as it stands, for RIS alone";
        sink.add("LA", Finding::new(Code::FieldKept, &word, done));
        record.fields.push(("LA".into(), word));
    }
}

/// The date of `2018/08//Spring`: year, month and day as far as they are there. The last part is free
/// text, which is told where there is some.
fn date_of(value: &str) -> (Option<crate::model::Date>, Vec<Finding>) {
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

/// `DA` says most, `PY` least.
fn dates(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    for tag in ["DA", "Y1", "PY"] {
        let Some(value) = record.take_one(tag) else { continue };
        let (found, findings) = date_of(&value);
        let there = work.entry.date;
        if let Some(found) = found.filter(|_| there.is_none()) {
            sink.add_all(tag, findings);
            work.entry.date = Some(found);
            continue;
        }
        let says_less = |there: crate::model::Date| {
            found.is_some_and(|f| there.join('-').starts_with(&f.join('-')))
        };
        match there {
            Some(there) if says_less(there) => {}
            // A date of another year would contradict, one without a year cannot be typed.
            Some(there) => {
                let found = format!("{} and {value}", there.join('-'));
                sink.add(tag, Finding::new(Code::Contradiction, found, "the first was taken"));
            }
            None => record.fields.push((tag.into(), value)),
        }
    }
    // What could not be typed is written back only where no date is.
    if work.entry.date.is_some() {
        record.fields.retain(|(tag, _)| !matches!(tag.as_str(), "DA" | "PY" | "Y1"));
    }
}

fn numbers(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let entry = &mut work.entry;
    entry.volume = plain("VL", record.take_one("VL"), sink);
    entry.issue = plain("IS", record.take_one("IS"), sink);
    entry.article_number = plain("C7", record.take_one("C7"), sink);
    let (first, last) = (record.take_one("SP"), record.take_one("EP"));
    let range = [first.as_deref(), last.as_deref()];
    let range = range.into_iter().flatten().collect::<Vec<_>>().join("-");
    tagged::pages("SP", &range, entry, sink);
    let pmcid = |value: &String| value.to_ascii_uppercase().starts_with("PMC");
    if record.fields.iter().any(|(tag, value)| tag == "C2" && pmcid(value)) {
        entry.pmcid = plain("C2", record.take_one("C2"), sink);
    }
    let arxiv =
        |(tag, value): &(String, String)| tag == "DB" && value.eq_ignore_ascii_case("arxiv");
    if record.fields.iter().any(arxiv) && record.has("AN") {
        record.take_one("DB");
        entry.arxiv = plain("AN", record.take_one("AN"), sink);
    }
    for (tag, take) in [
        ("DO", take_doi as fn(&str, &str, &mut crate::model::Entry, &mut Sink<'_>) -> bool),
        ("M3", take_doi),
        ("UR", take_url),
    ] {
        record.offer(tag, |value| {
            let taken = value.is_empty() || take(tag, value, entry, sink);
            if !taken && tag == "DO" {
                let done = "kept as it stands, for RIS alone: it is not a DOI";
                sink.add(tag, Finding::new(Code::FieldKept, value, done));
            }
            taken
        });
    }
    links::arxiv(entry);
}

/// `TT`, `TA`, the notes with our labels, the lines for Zotero's Extra.
fn other_language(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    for row in carrier::RIS {
        for value in record.take(row.name) {
            if row.what == What::Authors {
                name(row.name, &value, sink)
                    .into_iter()
                    .for_each(|name| work.other_author(row.name, name));
            } else {
                let text = text(row.name, &value, sink);
                work.other(row.what, row.role, row.lang, row.name, text);
            }
        }
    }
    for (tag, take) in
        [("N1", note as fn(&str, &str, &mut Work, &mut Sink<'_>) -> bool), ("M2", tagged::extra)]
    {
        record.offer(tag, |value| take(tag, value, work, sink));
    }
}
